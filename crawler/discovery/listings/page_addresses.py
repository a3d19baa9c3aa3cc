"""What an address tells about its page: an article, a page of a list, a calendar view. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date
from urllib.parse import urlsplit

NO_PAGE = re.compile(
    r"\.(?:docx?|xlsx?|pptx?|odt|zip|rar|7z|gz|jpe?g|png|gif|webp|svg|mp[34]|avi|mov|webm|"
    r"ics|xml|rss|"
    r"json|css|js|exe|apk|epub)$",
    re.IGNORECASE,
)
"""Ends of paths that lead to files which are no pages."""
PDF = re.compile(r"\.pdf$", re.IGNORECASE)
PAGING = re.compile(
    r"(?:[?&](?:page|p|pg|paged|start|offset|seite|pagen_\d+|limitstart|cur|skip|from|pageno|"
    r"page_?num)=\d+)|"
    r"(?:[?&][\w%.\[\]-]*page[\w%.\[\]-]*=\d+)|/(?:page|seite|p)[/-]?\d+/?(?:$|\?)",
    re.IGNORECASE,
)
"""An address of a further page of a list."""

_BOILERPLATE_PATH = frozenset(
    {
        *("tag", "tags", "category", "categories", "author", "authors", "user", "users", "login"),
        *("logout", "signin", "signup", "register", "search", "feed", "rss", "print", "cart"),
        *("wp-login.php", "wp-admin", "wp-content", "wp-json", "cdn-cgi", "sitemap", "privacy"),
        *("sitemap.html", "imprint", "contact", "contacts", "cookies", "subscribe", "account"),
        "profile",
    }
)
_CALENDAR_VIEW = re.compile(
    r"[?&](?:tribe-bar-date|eventdisplay|ical|outlook-ical|month|monat|cal_?month|calendar|"
    r"date|datum|day|"
    r"year|jahr|yearmonth)=[\d-]*\d|[?&](?:ical|outlook-ical)=|"
    r"/(?:calendar|kalender|kalendar|calendario|agenda|events?|veranstaltungen|termine|"
    r"archive?s?|archiv|month|day)"
    r"/(?:19|20)\d\d(?:[/-]\d\d?){0,2}/?$|/(?:month|day|week|today)/?$",
    re.IGNORECASE,
)
"""A view of a calendar or of an archive by date: there are endless numbers of them."""
_DATE_PATH = re.compile(
    r"(?:^|[/_-])(?:19|20)\d\d[/_-]?(?:0?[1-9]|1[0-2])(?:[/_-]?[0-3]?\d)?(?:[/_-]|$)"
)
_DAY_PATH = re.compile(
    r"(?:^|[/_-])((?:19|20)\d\d)[/_-](0?[1-9]|1[0-2])(?:[/_-]([0-3]?\d))?(?=[/_-]|$)"
)
_NUMBER = re.compile(r"(?:^|[^\d])\d{3,}(?:[^\d]|$)")
_ID_QUERY = re.compile(r"(?:^|&)(?:[a-z_]*id|article|news|item|post|p|n|nid)=\d+", re.IGNORECASE)


def looks_like_a_page(url: str) -> bool:
    """Whether an address looks like that of one news page: a date, a number, a slug of words."""
    parts = urlsplit(url)
    last = parts.path.rstrip("/").rsplit("/", 1)[-1]
    words = [word for word in re.split(r"[-_]|%20", last) if word]
    return _has_date_or_number(url) or len(words) >= 4 or _ID_QUERY.search(parts.query) is not None


def is_calendar_view(url: str) -> bool:
    """Whether an address shows a day, month or year of a calendar or archive."""
    return _CALENDAR_VIEW.search(url) is not None and _ID_QUERY.search(urlsplit(url).query) is None


def leads_to_boilerplate(url: str, words: Collection[str]) -> bool:
    """Whether an address leads to a list, a form or a file; `words`: segments that hold no news."""
    parts = urlsplit(url)
    segments = [s.lower() for s in parts.path.split("/") if s]
    stems = [s.rsplit(".", 1)[0] for s in segments]
    return (
        NO_PAGE.search(parts.path) is not None
        or PAGING.search(url) is not None
        or is_calendar_view(url)
        or bool(_BOILERPLATE_PATH.intersection(segments))
        or (not _has_date_or_number(url) and any(stem in words for stem in stems))
    )


def folder(url: str) -> str:
    """The path without its last segment."""
    return urlsplit(url).path.rstrip("/").rpartition("/")[0]


def day_in(url: str) -> str | None:
    """The day or month that stands in a path: `/2026/05/04/slug` → `2026-05-04`."""
    found = _DAY_PATH.search(urlsplit(url).path)
    if found is None:
        return None
    year, month, day = found.groups()
    try:
        date(int(year), int(month), int(day or 1))
    except ValueError:
        return None
    return "-".join([year, month.zfill(2), *([day.zfill(2)] if day else [])])


def _has_date_or_number(url: str) -> bool:
    path = urlsplit(url).path.rstrip("/")
    return (
        _DATE_PATH.search(path) is not None or _NUMBER.search(path.rsplit("/", 1)[-1]) is not None
    )
