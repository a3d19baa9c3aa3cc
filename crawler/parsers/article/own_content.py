"""What a page holds besides what recurs on its site, as the site's profile knows it."""

from __future__ import annotations

import copy
import dataclasses
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property
from itertools import islice, pairwise

import lxml.html

from crawler.parsers.article.asides import find_asides
from crawler.parsers.article.blocks import LONG, SENTENCE_END, TextBlock, read_shown_blocks
from crawler.parsers.article.body import Body
from crawler.parsers.article.printed_dates import PrintedDate, printed_dates
from crawler.parsers.article.title import Titles, headline
from crawler.parsers.elements import Elements
from crawler.profiles import DatePlace, SiteProfile
from crawler.profiles.lines import counter_key, exact_key
from crawler.profiles.places import Places, below_body

LABEL = 4
"""Words of a label at most."""
SENTENCE = 6
"""Words beside a day from which on a line that ends like a sentence tells what happened then."""
_KEPT_TAGS = frozenset({"html", "head", "body"})


class OwnContent:
    """A page, or an element of one, without what recurs on its site.

    A page of nothing else is left as it is.
    """

    def __init__(self, page: Elements, tree: lxml.html.HtmlElement, profile: SiteProfile) -> None:
        """Find what recurs below an element of the page, and take it out of a copy: contacts are
        read from all of it.
        """
        self.profile = profile
        self._places = Places()
        self._originals: Mapping[lxml.html.HtmlElement, lxml.html.HtmlElement] = {}
        self._clocks = [
            dataclasses.replace(clock, place=below_body(clock.place)) for clock in profile.clocks
        ]
        self._known_lines: dict[tuple[str, str], bool] = {}
        """Place and text of a line → whether it recurs: blocks are read more than once."""
        page.of(page.root)  # the whole page is looked at once
        blocks = read_shown_blocks(tree, page)
        self._asides = find_asides(blocks, profile.asides, self._places, self._recurs)
        kept = self._own_blocks(blocks)
        if self._asides and profile.knows(self._words(kept)) is False:
            self._asides = frozenset()  # what is called so may be the text of this template
            kept = self._own_blocks(blocks)
        self._shown = blocks
        self._blocks = [block for block in kept if block is not None]
        self.tree = tree
        self.is_known = profile.knows(self._words(kept)) is not False
        """The page is made as those that the profile was learnt from: its places hold."""
        if not self._blocks:
            self._blocks = blocks
        elif len(self._blocks) < len(blocks):
            recurring = (b.element for b, own in zip(blocks, kept, strict=True) if own is None)
            self._prune(_with_ancestors(recurring))
        self.elements = page.within(tree) if self.tree is tree else Elements(self.tree)

    def placed(self) -> Iterator[tuple[str, TextBlock]]:
        """What is left, as blocks of `tree`, each with its place."""
        twins = self._twins()
        for block in self._blocks:
            twin = dataclasses.replace(block, element=twins.get(block.element, block.element))
            yield self._places.of(block.element), twin

    @property
    def shown(self) -> Sequence[TextBlock]:
        """All blocks of the page, with what recurs on its site."""
        return self._shown

    def place(self, element: lxml.html.HtmlElement) -> str:
        """The place of an element of `tree` in the whole page."""
        return self._places.of(self.original(element))

    def _twins(self) -> Mapping[lxml.html.HtmlElement, lxml.html.HtmlElement]:
        """Element → its copy, where there is one."""
        return {original: twin for twin, original in self._originals.items()}

    def _words(self, kept: Iterable[TextBlock | None]) -> Mapping[str, int]:
        """How many words of its own the page has at each place."""
        found: Counter[str] = Counter()
        for block in filter(None, kept):
            found[self._places.of(block.element)] += len(block.words)
        return found

    @cached_property
    def dates(self) -> Sequence[PrintedDate]:
        """The dates of the page but for clocks."""
        return tuple(printed_dates(self._blocks, self._places))

    def is_clock(self, surface: str) -> bool:
        """A day stands where the site prints that of the visit, and nowhere in what is the page's.

        The tree keeps a clock that stands in one element with what does not recur.
        """
        if not self.profile.clocks or any(surface in block.text for block in self._blocks):
            return False
        return any(
            surface in line.text and self._is_clock(line, self._places.of(line.element))
            for block in self._shown
            if surface in block.text
            for line in block.lines
        )

    def announced(self) -> tuple[str, ...]:
        """The days that stand where the site prints days to come; none where one of publication
        stands too.
        """
        return () if self.is_dated_as_others else self._days_at(self.profile.ahead, prose=False)

    def announcing(self, blocks: Sequence[TextBlock]) -> frozenset[lxml.html.HtmlElement]:
        """Elements of those blocks that stand where the site prints days to come, with what short
        lines stand in one box with them: where it takes place.
        """
        days = frozenset(place.place for place in self.profile.ahead) if self.announced() else ()
        boxes = {b.element.getparent() for b in blocks if self.place(b.element) in days}
        return frozenset(
            b.element for b in blocks if len(b.words) < LONG and b.element.getparent() in boxes
        )

    @property
    def is_dated_as_others(self) -> bool:
        """A day stands where the site prints that of publication."""
        return bool(self._days_at(self.profile.dates))

    def _days_at(self, places: Sequence[DatePlace], *, prose: bool = True) -> tuple[str, ...]:
        if not (self.is_known and places):
            return ()
        return tuple(
            each.surface
            for each in self.dates
            if any(place.is_at(each.place, each.label) for place in places)
            and (prose or not each.in_prose)
        )

    def titles(self, found: Titles) -> Titles:
        """The titles that were found, unless the place where the site shows them has another."""
        line = self._headline() if self.is_known else None
        title = headline(line.text) if line is not None else None
        if line is None or title is None or title == found.title:
            return found
        heading = self._twins().get(line.element, line.element)
        if heading is found.heading and found.title and title.endswith(found.title):
            return found  # without the label that the heading begins with
        others = [title for title in (found.title, *found.alternatives) if title]
        return Titles(title, heading, tuple(others), inferred=True)

    def body(self, body: Body) -> Body:
        """The body without blocks and lines that recur inside of elements that hold more, and with
        the day of the event that the page announces.
        """
        own = [self._own_lines(b, self.original(b.element)) for b in body.blocks]
        kept = self._with_labels(body.blocks, own)
        if not any(kept):
            return body
        numbers = [i for i, block in enumerate(kept) if block is not None]
        chosen = set(body.chosen)
        announcing = self.announcing(body.blocks)
        chosen |= {i for i, block in enumerate(body.blocks) if block.element in announcing}
        return Body(
            tuple(block for block in kept if block is not None),
            tuple(new for new, old in enumerate(numbers) if old in chosen),
        )

    def without_day(self, blocks: Sequence[TextBlock], surface: str) -> tuple[TextBlock, ...]:
        """The text without short lines that print the day of publication, found with this surface,
        or stand where the site does so.
        """
        kept = []
        for block in blocks:
            lines = dataclasses.replace(block, element=self.original(block.element)).lines
            numbers = [i for i, line in enumerate(lines) if not self._is_day(line, surface)]
            if len(numbers) == len(lines):
                kept.append(block)
            elif numbers:
                kept.append(block.only(numbers))
        return tuple(kept) or tuple(blocks)

    def _is_day(self, line: TextBlock, surface: str) -> bool:
        told = sum(1 for _ in islice((w for w in line.words if not w.isdigit()), LONG))
        if told >= LONG or (told >= SENTENCE and SENTENCE_END.search(line.text)):
            return False
        places = self.profile.dates if self.is_known else ()
        return any(
            printed.surface in surface
            or any(place.is_at(printed.place, printed.label) for place in places)
            for printed in printed_dates([line], self._places)
        )

    def originals(self, blocks: Iterable[TextBlock]) -> frozenset[lxml.html.HtmlElement]:
        """The elements of blocks in the whole page."""
        return frozenset(self.original(block.element) for block in blocks)

    def original(self, element: lxml.html.HtmlElement) -> lxml.html.HtmlElement:
        """The element in the whole page."""
        return self._originals.get(element, element)

    def _own_blocks(self, blocks: Sequence[TextBlock]) -> list[TextBlock | None]:
        """The blocks of the page without lines that recur; None where no line is left."""
        return self._with_labels(blocks, [self._own_lines(b, b.element) for b in blocks])

    def _own_lines(self, block: TextBlock, element: lxml.html.HtmlElement) -> TextBlock | None:
        """The block without its lines that recur; None if no line is left."""
        place = self._places.of(element)
        if place in self.profile.boxes or self._is_beside(element):
            return None
        lines = block.lines
        kept = [i for i, line in enumerate(lines) if not self._recurs(line, place)]
        if len(kept) == len(lines):
            return block
        return block.only(kept) if any(lines[i].words for i in kept) else None

    def _is_beside(self, element: lxml.html.HtmlElement) -> bool:
        """Whether it stands in a box that holds nothing of a page's own."""
        return bool(self._asides) and not self._asides.isdisjoint(
            (element, *element.iterancestors())
        )

    def _with_labels(
        self, blocks: Sequence[TextBlock], kept: Sequence[TextBlock | None]
    ) -> list[TextBlock | None]:
        """With the labels of short values of the page's own, which recur: `Venue:`, `Begins`. That
        of the day of publication is none of its own.
        """
        dated = {place.place for place in self.profile.dates}
        found = list(kept)
        for index, (label, value) in enumerate(pairwise(blocks)):
            if kept[index] is None and kept[index + 1] is not None and _names(label, value):
                places = [self.place(block.element) for block in (label, value)]
                if places[0] not in self.profile.boxes and places[1] not in dated:
                    found[index] = label
        return found

    def _recurs(self, line: TextBlock, place: str) -> bool:
        known = self._known_lines.get((place, line.text))
        if known is None:
            known = self._known_lines[place, line.text] = self._is_known(line, place)
        return known

    def _is_known(self, line: TextBlock, place: str) -> bool:
        profile = self.profile
        if exact_key(place, line.words) in profile.lines:
            return True
        if profile.counters and counter_key(place, line.words) in profile.counters:
            return True
        return bool(profile.clocks) and len(line.words) < LONG and self._is_clock(line, place)

    def _is_clock(self, line: TextBlock, place: str) -> bool:
        """A short line with a date that is none of the page's own, and no other. A clock runs on
        pages of every template, unless one prints its date there.
        """
        labels = [printed.label for printed in printed_dates([line], self._places)]
        below = below_body(place)
        return bool(labels) and all(
            any(clock.is_at(below, label) for clock in self._clocks)
            and not any(known.is_at(place, label) for known in self.profile.dates)
            for label in labels
        )

    def _headline(self) -> TextBlock | None:
        """The first line at the best known of the places of titles that the page has."""
        found: dict[str, TextBlock] = {}
        wanted = frozenset(self.profile.headlines)
        for block in self._blocks:
            place = self._places.of(block.element)
            if place in wanted:
                shown = (line for line in block.lines if line.link_share <= 0.5)
                line = next((line for line in shown if headline(line.text)), None)
                if line is not None:
                    found.setdefault(place, line)
        return next((found[place] for place in self.profile.headlines if place in found), None)

    def _prune(self, around_recurring: AbstractSet[lxml.html.HtmlElement]) -> None:
        around_own = _with_ancestors(block.element for block in self._blocks)
        doomed = frozenset(_outermost(self.tree, around_recurring, around_own))
        copied = copy.deepcopy(self.tree)
        self._originals = dict(zip(copied.iter(), self.tree.iter(), strict=True))
        for twin in [twin for twin, original in self._originals.items() if original in doomed]:
            twin.drop_tree()
        self.tree = copied


def _names(label: TextBlock, value: TextBlock) -> bool:
    """A term, or a few words with a colon, stand before a short value."""
    if label.link_share or value.link_share or len(value.words) >= LONG:
        return False
    return len(label.words) <= LABEL and (label.tag == "dt" or label.text.endswith(":"))


def _with_ancestors(
    elements: Iterable[lxml.html.HtmlElement],
) -> frozenset[lxml.html.HtmlElement]:
    """The elements and all that they are inside of; each is visited once."""
    found: set[lxml.html.HtmlElement] = set()
    for element in elements:
        current: lxml.html.HtmlElement | None = element
        while current is not None and current not in found:
            found.add(current)
            current = current.getparent()
    return frozenset(found)


def _outermost(
    root: lxml.html.HtmlElement,
    around_recurring: AbstractSet[lxml.html.HtmlElement],
    around_own: AbstractSet[lxml.html.HtmlElement],
) -> Iterator[lxml.html.HtmlElement]:
    """Elements that hold what recurs and nothing else, not those inside of such ones."""
    stack = [root]
    while stack:
        element = stack.pop()
        if element not in around_recurring:
            continue
        if element in around_own or element.tag in _KEPT_TAGS:
            stack.extend(element)
        else:
            yield element
