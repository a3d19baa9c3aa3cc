"""What a page holds besides what recurs on its site, as the site's profile knows it."""

from __future__ import annotations

import copy
import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

import lxml.html

from crawler.parsers.article.blocks import LONG, TextBlock, read_blocks
from crawler.parsers.article.body import Body
from crawler.parsers.article.boilerplate import is_hidden
from crawler.parsers.article.printed_dates import PrintedDate, printed_dates
from crawler.profiles import SiteProfile
from crawler.profiles.lines import counter_key, exact_key
from crawler.profiles.places import Places

_KEPT_TAGS = frozenset({"html", "head", "body"})


@dataclass(frozen=True, slots=True)
class OwnContent:
    """A page without what recurs: a copy of its tree, for contacts and markup count as they are."""

    tree: lxml.html.HtmlElement
    profile: SiteProfile | None = None
    dates: tuple[PrintedDate, ...] = ()
    """Those of the whole page but for clocks."""
    _originals: Mapping[lxml.html.HtmlElement, lxml.html.HtmlElement] = dataclasses.field(
        default_factory=dict
    )

    def originals(self, blocks: Iterable[TextBlock]) -> frozenset[lxml.html.HtmlElement]:
        """The elements of blocks in the page itself."""
        return frozenset(self._originals.get(b.element, b.element) for b in blocks)

    def own_blocks(self, body: Body) -> Body:
        """The body without blocks and lines that recur inside of elements that hold more."""
        if self.profile is None:
            return body
        places = Places()
        kept = [_own_lines(block, self.profile, places) for block in body.blocks]
        numbers = [i for i, block in enumerate(kept) if block is not None]
        chosen = set(body.chosen)
        return Body(
            tuple(block for block in kept if block is not None),
            tuple(new for new, old in enumerate(numbers) if old in chosen),
        )


def own_content(tree: lxml.html.HtmlElement, profile: SiteProfile | None) -> OwnContent:
    """Take away what recurs; a page of nothing else is left as it is."""
    if profile is None:
        return OwnContent(tree)
    places = Places()
    blocks = read_blocks(tree, is_hidden)
    kept = [_own_lines(block, profile, places) for block in blocks]
    own = [block for block in kept if block is not None]
    if not own:
        return OwnContent(tree)
    dates = tuple(printed_dates(own, places)) if profile.dates else ()
    if len(own) == len(blocks):
        return OwnContent(tree, profile, dates)
    around_own = _with_ancestors(block.element for block in own)
    around_known = _with_ancestors(
        block.element for block, left in zip(blocks, kept, strict=True) if left is None
    )
    known = frozenset(_outermost(tree, around_known, around_own))
    copied = copy.deepcopy(tree)
    originals = dict(zip(copied.iter(), tree.iter(), strict=True))
    for twin in [twin for twin, original in originals.items() if original in known]:
        twin.drop_tree()
    return OwnContent(copied, profile, dates, originals)


def _own_lines(block: TextBlock, profile: SiteProfile, places: Places) -> TextBlock | None:
    """The block without its lines that recur; None if no line is left."""
    place = places.of(block.element)
    if place in profile.boxes:
        return None
    lines = block.lines
    kept = [
        i
        for i, line in enumerate(lines)
        if exact_key(place, line.words) not in profile.lines
        and counter_key(place, line.words) not in profile.counters
        and not _is_clock(line, profile, places)
    ]
    if len(kept) == len(lines):
        return block
    return block.only(kept) if any(lines[i].words for i in kept) else None


def _is_clock(line: TextBlock, profile: SiteProfile, places: Places) -> bool:
    """A short line that holds a date which is none of the page's own, and no other."""
    if not profile.clocks or len(line.words) >= LONG:
        return False
    printed = list(printed_dates([line], places))
    return bool(printed) and all(
        any(clock.is_at(each.place, each.label) for clock in profile.clocks) for each in printed
    )


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
    around_known: AbstractSet[lxml.html.HtmlElement],
    around_own: AbstractSet[lxml.html.HtmlElement],
) -> Iterator[lxml.html.HtmlElement]:
    """Elements that hold what recurs and nothing else, not those inside of such ones."""
    stack = [root]
    while stack:
        element = stack.pop()
        if element not in around_known:
            continue
        if element in around_own or element.tag in _KEPT_TAGS:
            stack.extend(element)
        else:
            yield element
