"""Title, teaser and text of a page, and what they were read from.

Either in full, or by the places that the profile of its site knows.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from itertools import islice, takewhile

import lxml.html

from crawler.parsers.article.blocks import LONG, TextBlock, read_shown_blocks, words_of
from crawler.parsers.article.body import (
    Body,
    Frame,
    complete_lists,
    read_body,
    read_candidates,
    read_long_blocks,
    read_other,
    trim,
)
from crawler.parsers.article.boilerplate_lines import BoilerplateLines
from crawler.parsers.article.comments import without_comments
from crawler.parsers.article.lists import holder_of
from crawler.parsers.article.next_article import without_next_article
from crawler.parsers.article.other_beginnings import without_other_beginnings
from crawler.parsers.article.own_content import OwnContent
from crawler.parsers.article.page_words import PageWords
from crawler.parsers.article.printed_dates import has_date, says_day_of_any_year
from crawler.parsers.article.teaser import heading_index, read_teaser
from crawler.parsers.article.title import Titles, read_title, window_title
from crawler.parsers.elements import Elements
from crawler.parsers.html import HtmlDocument
from crawler.parsers.markup import Markup, read_markup
from crawler.parsers.reading_parts import ReadingParts
from crawler.profiles import ArticlePlaces, SiteProfile
from crawler.profiles.lines import place_key
from crawler.profiles.places import elements_at

_DESCRIPTIONS = ("description", "og:description", "twitter:description")
FEWEST_OF_LEAD = 4
"""Words of a sentence between title and text that is part of the text."""
MOST_OF_LEAD = 120
"""Words of a lead between them."""
_FIRST_LINES = 3
"""Of the text, among which those with the day and place of an event may stand."""
_MOST_FACTS = 16
"""Lines with day, place and the like between headline and text."""
_NO_TITLES = Titles(None, None, ())


@dataclass(frozen=True, slots=True)
class Content:
    """Title, teaser and text, and what they were read from."""

    tree: lxml.html.HtmlElement
    """The page, without what recurs on its site; or the element that holds the article."""
    own: OwnContent | None
    markup: Markup
    titles: Titles
    body: Body
    teaser: str | None
    blocks: tuple[TextBlock, ...]
    """Those of the text."""
    shown: Sequence[TextBlock]
    """All that the page shows, dialogs and boxes too."""
    elements: Elements
    """Those of the tree."""

    def originals(self) -> frozenset[lxml.html.HtmlElement]:
        """Elements of the text's blocks in the tree of the whole page."""
        if self.own is not None:
            return self.own.originals(self.blocks)
        return frozenset(block.element for block in self.blocks)

    @property
    def announced(self) -> tuple[str, ...]:
        """Days that stand where the site, by its profile, prints days to come."""
        return self.own.announced() if self.own is not None else ()


class ContentReader:
    """Reads title, teaser and text."""

    def __init__(self, lines: BoilerplateLines, words: PageWords) -> None:
        self._lines = lines
        self._words = words

    def read(
        self,
        document: HtmlDocument,
        url: str | None,
        profile: SiteProfile | None,
        reading: ReadingParts,
        stated: str | None = None,
    ) -> Content:
        """Read in full; what the profile knows to recur is left out. `stated`: what lists call the
        page.
        """
        page = document.elements
        own = (
            reading.read("site profile", lambda: OwnContent(page, page.root, profile), None)
            if profile is not None
            else None
        )
        elements = own.elements if own is not None else page
        tree = elements.root
        markup = reading.read("markup", lambda: read_markup(document, url), Markup())
        frame: frozenset[str] = profile.title_frame if profile else frozenset()
        titles = reading.read(
            "title", lambda: read_title(elements, markup, frame, stated=stated), _NO_TITLES
        )
        body = reading.read("text", lambda: read_body(tree, elements), None)
        if body is None:
            body = reading.read("blocks", lambda: read_long_blocks(tree), Body((), ()))
        if own is not None:
            shown_titles, whole = titles, body
            titles = reading.read(
                "title of the site profile", lambda: own.titles(shown_titles), shown_titles
            )
            body = reading.read("text of the site profile", lambda: own.body(whole), whole)
        with_others = body
        text = reading.read(
            "other articles",
            lambda: without_other_beginnings(
                without_next_article(with_others, titles.heading),
                titles.heading,
                self._words,
                own.shown if own is not None else (),
                own.original if own is not None else _itself,
            ),
            body,
        )
        body = reading.read(
            "lists of the text",
            lambda: complete_lists(text, self._lines.data_elements(text.blocks)),
            text,
        )
        shown = reading.read("shown blocks", lambda: read_shown_blocks(tree, elements), [])
        found = Content(tree, own, markup, titles, body, None, (), shown, elements)
        return self._complete(found, reading)

    def read_by_places(
        self,
        document: HtmlDocument,
        url: str | None,
        profile: SiteProfile,
        reading: ReadingParts,
        stated: str | None = None,
    ) -> Content | None:
        """Read what stands at the places of the site's articles; None where the page has others.
        `stated`: what lists call the page.
        """
        places = profile.articles
        holders = elements_at(document.tree, places.holder.split(" > ")) if places else []
        if places is None or len(holders) != 1:
            return None
        own = OwnContent(document.elements, holders[0], profile)
        elements = own.elements
        body = _body_at(own, places) if own.is_known else None
        if body is None:
            return None
        markup = read_markup(document, url)
        window = window_title(document.elements)
        titles = own.titles(read_title(elements, markup, profile.title_frame, window, stated))
        given = Content(own.tree, own, markup, titles, body, None, (), body.blocks, elements)
        return self._complete(given, reading)

    def event_text(self, found: Content, day: str, ahead: date | None) -> tuple[TextBlock, ...]:
        """The blocks of the text where the page is about an event: with the lines below the
        headline that say when it is, and what short lines stand in one box with them: where.

        `day`: the day of publication as it is printed, which is none of these; `ahead`: a day to
        come that lists state, found without its year, too.
        """
        body = found.body
        if not body.chosen:
            return found.blocks
        start = heading_index(body, found.titles)
        facts = takewhile(lambda i: not _tells(body.blocks[i]), range(start, len(body.blocks)))
        behind = start + len(list(islice(facts, _MOST_FACTS)))
        end = min(len(body.blocks), max(body.first, behind) + _FIRST_LINES)
        near = range(start, end)
        titles = {words_of(name) for name in _names(found.titles)}
        lines = {
            i: block
            for i, block in ((i, body.blocks[i]) for i in near)
            if not (
                _is_long(block)
                or block.link_share
                or block.words in titles
                or self._lines.is_label(block)
            )
        }
        told = frozenset(b.element for b in lines.values() if self._says_when(b.text, day, ahead))
        if told:
            text = next((i for i in near if _tells(body.blocks[i])), end)
            told |= {b.element for i, b in lines.items() if i < text and self._is_fact(b, day)}
        boxes = {element.getparent() for element in told} - {b.element for b in lines.values()}
        whole = {b.element.getparent() for b in body.blocks if len(b.words) >= LONG}
        beside = (b.element for b in lines.values() if b.element.getparent() in boxes - whole)
        told = told.union(beside) if told else told
        chosen = {*body.chosen, *(i for i in near if body.blocks[i].element in told)}
        return self._trim(dataclasses.replace(body, chosen=tuple(sorted(chosen))), found, told)

    def _is_fact(self, block: TextBlock, day: str) -> bool:
        """Whether a short line between headline and text says when, where, by whom, for how much:
        not when the page was published, or how often it was read.
        """
        return not (
            self._lines.is_publication_line(block.text)
            or self._lines.counts_views(block)
            or (day and day in block.text)
        )

    def _says_when(self, line: str, day: str, ahead: date | None) -> bool:
        if day in line if day else self._lines.is_publication_line(line):
            return False
        if has_date(line):
            return True
        return ahead is not None and says_day_of_any_year(
            line, ahead, self._words.month_names(ahead.month)
        )

    def other_text(self, found: Content) -> tuple[TextBlock, ...]:
        """The blocks of the text where the page is no article: a thread, a list, a product."""
        return self._trim(read_other(found.body), found)

    def _complete(self, found: Content, reading: ReadingParts) -> Content:
        """With the teaser, and the text without its frame."""
        titles, markup = found.titles, found.markup
        text = reading.read("comments", lambda: self._without_comments(found), found.body)
        body = reading.read(
            "lead of the text",
            lambda: _with_lead(text, titles, self._lines, _announcing(found)),
            text,
        )
        found = dataclasses.replace(found, body=body)
        teaser = reading.read(
            "teaser",
            lambda: read_teaser(
                body, titles, markup.first_meta(*_DESCRIPTIONS), self._lines, _announcing(found)
            ),
            None,
        )
        chosen = tuple(body.blocks[i] for i in body.chosen)
        with_teaser = dataclasses.replace(found, teaser=teaser)
        blocks = reading.read("frame of the text", lambda: self._trim(body, with_teaser), chosen)
        return dataclasses.replace(with_teaser, blocks=blocks)

    def _without_comments(self, found: Content) -> Body:
        own = found.own
        shown = found.shown if own is None else own.shown
        original = _itself if own is None else own.original
        return without_comments(found.body, shown, original, found.titles.title, self._words)

    def _trim(
        self, body: Body, found: Content, told: frozenset[lxml.html.HtmlElement] = frozenset()
    ) -> tuple[TextBlock, ...]:
        original = found.own.original if found.own is not None else _itself
        chosen = [body.blocks[i] for i in body.chosen]
        frame = Frame(
            _names(found.titles),
            found.teaser,
            told | _announcing(found),
            self._lines.advertised(chosen, original),
        )
        blocks = trim(body, self._lines, frame)
        if blocks or not found.teaser:
            return blocks
        # What stands below the teaser is no text either: links, calls to follow.
        return trim(body, self._lines, dataclasses.replace(frame, teaser=None))


def _itself(element: lxml.html.HtmlElement) -> lxml.html.HtmlElement:
    return element


def _with_lead(
    body: Body,
    titles: Titles,
    lines: BoilerplateLines,
    told: AbstractSet[lxml.html.HtmlElement],
) -> Body:
    """The body with short sentences that stand between title and text, in one element with it or
    in a box of their own before that of the text. `told`: elements with the day and place of an
    event, which are chosen; the text may begin behind them.
    """
    start = next((i for i in body.chosen if body.blocks[i].element not in told), None)
    if titles.heading is None or start is None:
        return body
    first = body.blocks[start].element
    parent = first.getparent()
    around = (first, parent)
    outer = parent.getparent() if parent is not None else None
    lead = []
    for index in range(start - 1, heading_index(body, titles) - 1, -1):
        block = body.blocks[index]
        inside = block.element in around or block.element.getparent() in around
        if not inside and (outer is None or holder_of(block.element) is not outer):
            break
        if _is_sentence(block, MOST_OF_LEAD) and not (
            lines.is_head_label(block) or lines.is_boilerplate(block)
        ):
            lead.append(index)
    return dataclasses.replace(body, chosen=tuple(sorted({*lead, *body.chosen})))


def _tells(block: TextBlock) -> bool:
    """A paragraph or a sentence: no line of facts."""
    return _is_long(block) or _is_sentence(block)


def _is_long(block: TextBlock) -> bool:
    """One of its lines is."""
    return len(block.words) >= LONG and any(len(line.words) >= LONG for line in block.lines)


def _is_sentence(block: TextBlock, most: int = LONG - 1) -> bool:
    return (
        FEWEST_OF_LEAD <= len(block.words) <= most
        and not block.link_share
        and block.text[:1].isupper()
        and block.text.rstrip("»”\"'").endswith((".", "!", "?", "…"))
    )


def _names(titles: Titles) -> Sequence[str]:
    return [titles.title or "", *titles.alternatives]


def _announcing(found: Content) -> frozenset[lxml.html.HtmlElement]:
    """Elements with the day and place of the event, without the headline in one box with them."""
    if found.own is None:
        return frozenset()
    titles = {words_of(name) for name in _names(found.titles)}
    headlines = {block.element for block in found.body.blocks if block.words in titles}
    return found.own.announcing(found.body.blocks) - headlines


def _body_at(own: OwnContent, places: ArticlePlaces) -> Body | None:
    """The blocks outside of boilerplate, those at the places of the text chosen; None where one
    stands at no known place.
    """
    body = own.body(Body(tuple(read_candidates(own.tree, own.elements)), ()))
    keys = [place_key(own.place(block.element)) for block in body.blocks]
    if not places.text.union(places.beside).issuperset(keys):
        return None
    chosen = tuple(i for i, key in enumerate(keys) if key in places.text)
    return Body(body.blocks, chosen) if chosen else None
