"""Days of archives to which the date of a page leads, whatever it is called in which language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from urllib.parse import urljoin, urlsplit

import lxml.html

from crawler.parsers.article.publication.record import Publication

_DAY_ARCHIVE = re.compile(r"(?:/[^/]+)?/((?:19|20)\d\d)/(\d\d?)/(\d\d?)/?")
"""`/2031/03/09/`, `/news/2031/3/9`; behind an article's there stands more."""
_SHEETS = ("table", "ul", "ol")
"""What a calendar or a list of archives is made of."""
ARCHIVE = "a.href"
"""Path of a day that the address of a link holds."""


def linked_day(tree: lxml.html.HtmlElement, url: str | None) -> Publication | None:
    """The day in the address that the date of a page leads to: engines such as DataLife print
    "Yesterday, 16:20" there, and WordPress any words. None where links lead to several days; those
    of a calendar do not count.
    """
    found = {}
    for anchor in tree.iter("a"):
        day = _archive_of(anchor, url)
        if day is not None and not _is_in_sheet(anchor, url):
            found[day] = urlsplit(anchor.get("href") or "").path
    if len(found) != 1:
        return None
    (day, surface), *_ = found.items()
    return Publication(day.isoformat(), None, "markup", surface, "linked", path=ARCHIVE)


def _archive_of(anchor: lxml.html.HtmlElement, url: str | None) -> date | None:
    href = anchor.get("href") or ""
    if "/" not in href or not any(c.isdigit() for c in href):
        return None
    try:
        parts = urlsplit(urljoin(url or "", href.strip()))
        match = _DAY_ARCHIVE.fullmatch(parts.path)
        is_here = url is None or parts.hostname == urlsplit(url).hostname
        return date(*map(int, match.groups())) if match and is_here and not parts.query else None
    except ValueError:  # no address, no day
        return None


def _is_in_sheet(anchor: lxml.html.HtmlElement, url: str | None) -> bool:
    """Whether other days stand beside it."""
    around: Iterator[lxml.html.HtmlElement] = anchor.iterancestors(*_SHEETS)
    sheet = next(around, None)
    if sheet is None:
        return False
    days = {_archive_of(other, url) for other in sheet.iter("a")} - {None}
    return len(days) > 1
