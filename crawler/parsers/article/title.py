"""The title of an article, as its reader sees it."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

import lxml.html

from crawler.parsers.article.blocks import CELLS, fold, words_of
from crawler.parsers.article.printed_dates import first_date, has_date, is_date
from crawler.parsers.article.title_frame import SEPARATOR, without_frame
from crawler.parsers.elements import INVISIBLE, Elements
from crawler.parsers.markup import ARTICLE_TYPES, Markup, text_of

FEWEST_WORDS = 3
"""Of a cell that is a headline: shorter ones are labels."""
MAX_LENGTH = 400
"""Characters; a longer h1 holds more than a title, and of what markup gives as one so much is read.
"""

_CUT = re.compile(r"(?:…|\.\.\.)\s*$")
_MARKS = " \t|·–—:,-"
"""What parts a day from the rest of a label."""
_BOXES = frozenset({"a", "aside", "dialog", "footer", "form", "header", "nav"})
_EMPHASISED = ("h3", "h4", "h5", "h6", "b", "strong", "font", "center", "big")
_LINES = ("span", "div", "p", "td", "th")
MOST_OF_KICKER = 5
"""Words of a label above a headline, in one heading with it."""
MOST_CHILDREN = 3
"""Elements in one that is a line of a page, as a headline is."""
_ENDS_IN_SITE = re.compile(
    r"\.(?:com|org|net|de|ru|kz|kg|tj|uz|eu|info|at|ch|uk|mn)\s*$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Titles:
    """The chosen title and everything else that the page gives as one."""

    title: str | None
    heading: lxml.html.HtmlElement | None
    """The heading element that shows the title, where one does."""
    alternatives: tuple[str, ...]
    """Titles of markup and of the window, site name trimmed: lines equal to one are no text."""
    inferred: bool = False
    """Nothing but its place, which the site's profile knows, supports the title."""

    def is_called(self, label: str | None) -> bool:
        """Whether a link calls the page by its title, or by the beginning of it."""
        if label is None or is_date(label):
            return False
        called, own = words_of(_without_day(label)), words_of(self.title or "")
        if min(len(called), len(own)) < FEWEST_WORDS:
            return len(called) > 1 and called == own
        return called == own[: len(called)] or own == called[: len(own)]


@dataclass(frozen=True, slots=True)
class _Label:
    """What links in lists call the page."""

    words: tuple[str, ...]
    is_cut: bool
    """It is the beginning of a title."""

    def is_shown_by(self, line: str) -> bool:
        return self.begins(line) if self.is_cut else words_of(line) == self.words

    def begins(self, line: str) -> bool:
        """Whether a line opens with it, as a longer headline does."""
        return words_of(line)[: len(self.words)] == self.words


def read_title(
    elements: Elements,
    markup: Markup,
    frame: AbstractSet[str] = frozenset(),
    window: str | None = None,
    stated: str | None = None,
) -> Titles:
    """Choose between headings, JSON-LD, og:title and the window's title.

    A heading wins if markup or window title agrees with it, for it is what the reader sees;
    a heading that nothing agrees with is often the site's name. `frame` is what the site is known
    to put around its titles. `window`: the window's title, where it is no part of the tree.
    `stated`: what links from lists call the page: many sites have one window title and one h1 for
    all pages, or no headings. It says nothing against a heading that the markup confirms.
    """
    site = markup.first_meta("og:site_name", "application-name")
    window = window or window_title(elements)
    given = stated_titles(markup)
    if frame:
        window = without_frame(window or "", frame) or None
        given = [text for each in given if (text := without_frame(each, frame))]
    trimmed = [
        text if frame else trim_site(text, site) for text in [*given, *([window] if window else [])]
    ]
    headings = _headings(elements)
    heading = _agreeing(headings, [*given, *([window] if window else [])])
    listed = words_of(_without_day(stated or ""))
    is_confirmed = heading is not None and _agreeing([heading], given) is not None
    if is_confirmed or len(listed) < FEWEST_WORDS:
        listed = ()
    if listed and (heading is None or words_of(_text(heading)) != listed):
        label = _Label(listed, is_cut(stated or ""))
        heading = _showing(headings, elements, label, or_else=heading)
    if heading is None and not trimmed:
        heading = headings[0] if headings else _lower_heading(elements)
    if heading is None and window:
        heading = _shown_end(elements, words_of(window))
    if heading is None and not trimmed and listed and not is_cut(stated or ""):
        return Titles(stated, None, (), inferred=True)
    title = _text(heading) if heading is not None else next(iter(trimmed), None)
    if heading is None and len(trimmed) > 1 and title == window:
        title = min(trimmed, key=len)
    if heading is not None and title and (bare := _without_kicker(heading, title, trimmed)):
        trimmed.append(title)  # a line that says it is no text
        title = bare
    return Titles(title or None, heading, tuple(dict.fromkeys(t for t in trimmed if t)))


def stated_titles(markup: Markup) -> list[str]:
    """Titles in JSON-LD and meta tags, the best first."""
    headlines = (text_of(node.get("headline")) for node in markup.of_type(ARTICLE_TYPES))
    tagged = markup.first_meta("og:title", "twitter:title", "dc.title", "title")
    return [_beginning(text) for text in (*headlines, tagged) if text]


def headline(line: str) -> str | None:
    """What a line says as a headline: of a row of a table the cell of words beside its date."""
    cells = line.split(CELLS)
    if len(cells) == 1:
        return line
    others = [cell for cell in cells if not is_date(cell)]
    return others[0] if len(others) == 1 and len(words_of(others[0])) >= FEWEST_WORDS else None


def _without_day(label: str) -> str:
    """What a link says besides the one day at its start or end."""
    day = first_date(label)
    if day is None or has_date(label.replace(day, "", 1)):
        return label
    rest = label.removesuffix(day) if label.endswith(day) else label.removeprefix(day)
    return rest.strip(_MARKS)


def is_cut(label: str) -> bool:
    """Whether a link shows only the beginning of a headline."""
    return _CUT.search(label) is not None


def trim_site(title: str, site: str | None) -> str:
    """A window's title without the name of the site at its end or its start."""
    title = " ".join(title.split())
    pieces = SEPARATOR.split(title)
    if len(pieces) < 2:
        return title
    cuts = list(SEPARATOR.finditer(title))
    if site:
        name = words_of(site)
        if words_of(pieces[-1]) == name:
            return title[: cuts[-1].start()].strip()
        if words_of(pieces[0]) == name:
            return title[cuts[0].end() :].strip()
    last = cuts[-1]
    short = len(words_of(pieces[-1])) <= 6 and len(pieces[-1]) < len(title) / 2
    if short and (
        "|" in last.group()
        or len(words_of(title[: last.start()])) > 3
        or _ENDS_IN_SITE.search(title)
    ):
        return (
            trim_site(title[: last.start()], None)
            if "|" in title[: last.start()]
            else title[: last.start()].strip()
        )
    return title


def similarity(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    """Share of the words of the shorter that the longer holds too, 0 to 1."""
    if not one or not other:
        return 0.0
    shorter, longer = sorted((set(one), set(other)), key=len)
    return len(shorter & longer) / len(shorter)


def window_title(elements: Elements) -> str | None:
    """What the window's frame shows."""
    for element in elements.tagged("title"):
        parent = element.getparent()
        if parent is None or parent.tag != "svg":
            return _beginning(" ".join(element.text_content().split())) or None
    return None


def _beginning(title: str) -> str:
    """As many whole words as a title may be long."""
    if len(title) <= MAX_LENGTH:
        return title
    return title[: MAX_LENGTH + 1].rpartition(" ")[0] or title[:MAX_LENGTH]


def _headings(elements: Elements) -> list[lxml.html.HtmlElement]:
    named = [e for e in elements.tagged("h1", "h2") if 0 < len(_text(e)) <= MAX_LENGTH]
    marked = [
        one.element
        for one in elements.with_tags("div", "span", "p", "h3", "td")
        if one.attributes.get("itemprop") in ("headline", "name")
        and 0 < len(_text(one.element)) <= MAX_LENGTH
    ]
    return [e for e in named if e.tag == "h1"] + marked + [e for e in named if e.tag == "h2"]


def _without_kicker(heading: lxml.html.HtmlElement, title: str, given: list[str]) -> str | None:
    """What a heading says behind the short label that it begins with, an element of its own, where
    markup or window call the page so: `<h1><span>Survey</span> Miners expect less</h1>`.
    """
    kicker = next(iter(heading), None)
    if kicker is None or (heading.text or "").strip():
        return None
    said = _text(kicker)
    rest = title[len(said) :].strip(_MARKS)
    if not title.startswith(said) or not 0 < len(words_of(said)) <= MOST_OF_KICKER:
        return None
    words = words_of(rest)
    return rest if len(words) >= FEWEST_WORDS and words in map(words_of, given) else None


def _lower_heading(elements: Elements) -> lxml.html.HtmlElement | None:
    """Of a page without titles: its first heading of a lower level that is no link, and stands in
    no menu or box.
    """
    for element in elements.tagged("h3", "h4"):
        around = {str(parent.tag) for parent in element.iterancestors()}
        words = words_of(_text(element)[:MAX_LENGTH])
        if not around & _BOXES and len(words) > 1 and element.find(".//a") is None:
            return element
    return None


def _agreeing(
    headings: list[lxml.html.HtmlElement], given: list[str]
) -> lxml.html.HtmlElement | None:
    """The heading that shares most words with what markup and window give as title."""
    best, best_score = None, 0.0
    for heading in headings[:60]:
        own = words_of(_text(heading))
        for text in given:
            other = words_of(text)
            shared = len(set(own) & set(other))
            score = 2 * shared / max(1, len(set(own)) + len(set(other)))
            # Whole heading inside a longer window title: "Heading | Site | Section".
            if len(own) >= 3 and similarity(own, other) == 1.0 and len(own) <= len(other):
                score = max(score, 0.8)
            if heading.tag == "h1" and score:
                score += 0.1
            if score > best_score:
                best, best_score = heading, score
    return best if best_score >= 0.55 else None


def _shown_end(elements: Elements, window: tuple[str, ...]) -> lxml.html.HtmlElement | None:
    """Of a page without headings: the element that shows the end or start of the window's title."""
    for element in elements.tagged(*_LINES, "b", "strong", "font", "center"):
        if len(element) > MOST_CHILDREN or len(element.text_content()) > 10 * MAX_LENGTH:
            continue
        own = words_of(_text(element)[:MAX_LENGTH])
        enough = len(own) >= 3 and 2 * len(own) > len(window)
        if enough and own in (window[-len(own) :], window[: len(own)]):
            return element
    return None


def _showing(
    headings: list[lxml.html.HtmlElement],
    elements: Elements,
    listed: _Label,
    *,
    or_else: lxml.html.HtmlElement | None,
) -> lxml.html.HtmlElement | None:
    """The heading that says what lists call the page; without one, and where no other heading is
    known to be the page's (`or_else`), the first line that does, emphasised or not.
    """
    for is_shown_by in (listed.is_shown_by, listed.begins):
        for heading in headings:
            if is_shown_by(_text(heading)):
                return heading
    if or_else is not None:
        return or_else
    for tags in (_EMPHASISED, _LINES):
        for element in elements.tagged(*tags):
            if len(element) <= MOST_CHILDREN and _is_line(element, listed):
                return element
    return None


def _is_line(element: lxml.html.HtmlElement, listed: _Label) -> bool:
    """An element says what lists call the page, outside of links, menus and boxes."""
    if len(element.text_content()) > 10 * MAX_LENGTH:
        return False
    if not listed.is_shown_by(_text(element)[:MAX_LENGTH]):
        return False
    around = {str(parent.tag) for parent in element.iterancestors()}
    return not around & (_BOXES - {"header"}) and element.find(".//a") is None


def _text(element: lxml.html.HtmlElement) -> str:
    pieces = [
        text
        for node in element.iter()
        if isinstance(node.tag, str) and node.tag not in INVISIBLE
        for text in (node.text or "", " " if node.tag == "br" else "")
    ]
    if len(pieces) <= 2:
        return fold(" ".join(pieces)).replace("\n", " ")
    # Generators of documentation end a heading with a link to itself.
    return " ".join(element.text_content().split()).removesuffix("¶").rstrip()
