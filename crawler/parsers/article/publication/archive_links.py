"""Days of archives to which the date of a page leads, whatever it is called in which language."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from urllib.parse import urljoin, urlsplit

import lxml.html

from crawler.parsers.article.blocks import words_of
from crawler.parsers.article.boilerplate import find_boilerplate
from crawler.parsers.article.publication.record import Publication
from crawler.parsers.elements import Elements

_DAY_ARCHIVE = re.compile(r"(?:/[^/]+)?/((?:19|20)\d\d)/(\d\d?)/(\d\d?)/?")
"""`/2031/03/09/`, `/news/2031/3/9`; behind an article's there stands more."""
_MAY_HOLD = re.compile(r"(?:19|20)\d\d/\d\d?/\d\d?/?(?:#|\s*$)")
"""What an address of one has in any case; found in a fraction of the time."""
_SHEETS = ("table", "ul", "ol")
"""What a calendar or a list of archives is made of."""
_FRAME = frozenset({"header", "footer"})
"""Of an article, these hold its day; of a page, that of today."""
_ARTICLE = frozenset({"article", "main"})
AROUND = 2
"""Elements around a link that may be the box of a teaser."""
LONGEST_TEASER = 400
"""Characters of such a box; a larger one holds a text."""
HEADLINE = 5
"""Words of a link to an article at least: sections have fewer ("Mining and metals")."""
ARCHIVE = "a.href"
"""Path of a day that the address of a link holds."""


@dataclass(frozen=True, slots=True)
class _Link:
    anchor: lxml.html.HtmlElement
    day: date
    path: str


def linked_day(elements: Elements, url: str | None) -> Publication | None:
    """The day in the address that the date of a page leads to: engines such as DataLife print
    "Yesterday, 16:20" there, and WordPress any words. None where links lead to several days; those
    of a calendar, of a box and of a teaser of another article do not count.
    """
    links = [*_outside_of_sheets(list(_links_to_days(elements, url)))]
    if not links:
        return None
    boxes = find_boilerplate(elements.root, elements)
    teasers = _Teasers(url)
    own = (x for x in links if not (_is_framed(x.anchor, boxes) or teasers.hold(x.anchor)))
    found = {link.day: link.path for link in own}
    if len(found) != 1:
        return None
    [(day, surface)] = found.items()
    return Publication(day.isoformat(), None, "markup", surface, "linked", path=ARCHIVE)


def _links_to_days(elements: Elements, url: str | None) -> Iterator[_Link]:
    for anchor, _, given in elements.with_tags("a"):
        href = given.get("href", "")
        if _MAY_HOLD.search(href):
            day = _archive_of(href, url)
            if day is not None:
                yield _Link(anchor, day, urlsplit(href).path)


def _archive_of(href: str, url: str | None) -> date | None:
    try:
        parts = urlsplit(urljoin(url or "", href.strip()))
        match = _DAY_ARCHIVE.fullmatch(parts.path)
        is_here = url is None or parts.hostname == urlsplit(url).hostname
        return date(*map(int, match.groups())) if match and is_here and not parts.query else None
    except ValueError:  # no address, no day
        return None


def _outside_of_sheets(links: list[_Link]) -> Iterator[_Link]:
    """Those that stand in no sheet with other days."""
    sheets = [[*link.anchor.iterancestors(*_SHEETS)] for link in links]
    days: defaultdict[lxml.html.HtmlElement, set[date]] = defaultdict(set)
    for link, around in zip(links, sheets, strict=True):
        for sheet in around:
            days[sheet].add(link.day)
    for link, around in zip(links, sheets, strict=True):
        if not around or len(days[around[0]]) == 1:
            yield link


def _is_framed(anchor: lxml.html.HtmlElement, boxes: frozenset[lxml.html.HtmlElement]) -> bool:
    """It stands in a box of the page, in its head or its foot."""
    around = [*anchor.iterancestors()]
    if any(e in boxes and e.tag not in _FRAME for e in around):
        return True
    tags = {e.tag for e in around}
    return _ARTICLE.isdisjoint(tags) and not _FRAME.isdisjoint(tags)


class _Teasers:
    """Tells the small boxes that lead to another article by its headline."""

    def __init__(self, url: str | None) -> None:
        self._url = url
        self._known: dict[lxml.html.HtmlElement, bool] = {}

    def hold(self, anchor: lxml.html.HtmlElement) -> bool:
        """Whether a link stands in such a box."""
        for box in islice(anchor.iterancestors(), AROUND):
            if box not in self._known:
                self._known[box] = self._is_teaser(box)
            if self._known[box]:
                return True
        return False

    def _is_teaser(self, box: lxml.html.HtmlElement) -> bool:
        if len(" ".join(box.text_content().split())) > LONGEST_TEASER:
            return False
        if box.find(".//h1") is not None:  # a short notice, with the next one below it
            return False
        return any(self._leads_elsewhere(other) for other in box.iter("a"))

    def _leads_elsewhere(self, other: lxml.html.HtmlElement) -> bool:
        href = str(other.get("href") or "")
        if len(words_of(other.text_content())) < HEADLINE or _MAY_HOLD.search(href):
            return False
        try:
            return urljoin(self._url or "", href).partition("#")[0] != self._url
        except ValueError:  # no address
            return False
