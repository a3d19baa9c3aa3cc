"""Entries of a list that only the data of a page has, or that come as JSON: as markup. Pure.

Pages of an application show nothing until scripts run; what they will show stands in their state
(Next, Nuxt) or in attributes of elements (Vue, Inertia). A "load more" button may bring such
objects, too.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import escape
from typing import Any
from urllib.parse import urlsplit

from bs4 import BeautifulSoup

from crawler.discovery.listings.entries import FEWEST, WORDS
from crawler.parsers.embedded_article import (
    CREATED,
    PUBLISHED,
    TITLES,
    nested,
    records,
    script_data,
    texts,
)
from crawler.parsers.script_values import LONGEST, read_script_value

MOST = 500
"""Entries that are taken."""
_SHORTEST = 40
"""Characters of an attribute that may hold a list."""
MOST_BEFORE_STATE = 200
"""Characters of a script in which it names what it holds."""
_STATE = re.compile(r"__(?:NEXT|NUXT)|INITIAL_STATE", re.IGNORECASE)
MOST_GIVEN = 20
"""Values of one script that are looked at."""
_GIVEN = re.compile(
    r"[\w\]\"']\s*[=:]\s*(?=\[\s*\{\s*[\w\"']|\{\s*[\"'])|[(,]\s*(?=\[\s*\{\s*[\"'])"
)
"""What goes before a list of objects, or an object, that a script assigns or hands over."""
_NEXT = ("next_page_url", "nextPageUrl", "next_url", "nextUrl", "nextPage", "next")
_ADDRESSES = (
    *("href", "url", "link", "permalink", "path", "uri"),
    *("detailPageUrl", "detailUrl", "pageUrl", "eventUrl", "newsUrl", "absoluteUrl", "detailLink"),
)
_TITLES = (*TITLES, "heading")
_STARTS = (
    *("startDate", "start_date", "dateStart", "date_start", "startsAt", "start", "dateFrom"),
    *("activeFrom", "dateActiveFrom", "eventDate"),
)
_DATES = (*PUBLISHED, "published", "pubDate", *CREATED, "created", *_STARTS)
_ADDRESS = re.compile(r"(?:https?://|/(?!/)|\./|\?)\S*", re.IGNORECASE)

Entry = tuple[str, str, str]
"""Address, title, date or nothing."""


def _plain(name: str) -> str:
    """A name without what systems write in different ways: `DETAIL_PAGE_URL`, `detailPageUrl`."""
    return name.replace("_", "").replace("-", "").casefold()


_PLAIN_ADDRESSES, _PLAIN_TITLES, _PLAIN_DATES = (
    tuple(dict.fromkeys(map(_plain, names))) for names in (_ADDRESSES, _TITLES, _DATES)
)


def data_of(soup: BeautifulSoup) -> list[Any]:
    """The data that a page holds for its scripts: in these, and in attributes of its elements."""
    in_scripts = [] if soup.script is None else script_data(str(soup))
    return [*in_scripts, *_given(soup), *_in_attributes(soup)]


def has_state(soup: BeautifulSoup) -> bool:
    """Whether a page is that of an application, which may show a part of a list alone."""
    return any(
        _STATE.search(str(script.get("id") or "") + (script.string or "")[:MOST_BEFORE_STATE])
        for script in soup.find_all("script", src=False)
    )


def names_below(soup: BeautifulSoup, page: str) -> bool:
    """Whether scripts of a page name addresses below its own."""
    path = urlsplit(page).path.rstrip("/")
    if not path:
        return False
    written = (f"{path}/", f"{path}/".replace("/", r"\/"))
    return any(
        start in (script.string or "")
        for script in soup.find_all("script", src=False)
        for start in written
    )


def next_in(data: object) -> str | None:
    """The address of the next page in data, as libraries for paging give it."""
    found = (a for record in records(data) for a in texts(record, _NEXT))
    return next((address for address in found if _ADDRESS.fullmatch(address)), None)


def entries_as_markup(data: object) -> str:
    """The lists of entries in a JSON value, each entry with its headline and its day; empty where
    there are none.
    """
    return "".join(
        f"<ul>{''.join(map(_item, entries))}</ul>" for entries in _lists(data) if entries
    )


def _given(soup: BeautifulSoup) -> Iterator[Any]:
    """Lists of objects, and objects, that scripts assign or hand over, in the notation of JSON or
    of scripts.
    """
    decoder = json.JSONDecoder()
    budget = LONGEST
    for script in soup.find_all("script", src=False):
        content, end = script.string or "", 0
        for _ in range(MOST_GIVEN):
            start = _GIVEN.search(content, end)
            if start is None:
                break
            at = end = start.end()
            try:
                value, end = decoder.raw_decode(content, at)
            except (ValueError, RecursionError):
                if content[at] != "[" or len(content) - at > budget:
                    continue
                budget -= len(content) - at
                value = read_script_value(content, at)
            yield value


def _in_attributes(soup: BeautifulSoup) -> Iterator[Any]:
    for tag in soup.find_all(True):
        for value in tag.attrs.values():
            if isinstance(value, str) and len(value) >= _SHORTEST and value.lstrip()[:1] in "[{":
                try:
                    yield json.loads(value)
                except (ValueError, RecursionError):
                    continue


def _lists(data: object) -> Iterator[list[Entry]]:
    """Objects with address and headline that stand in one list, and have days, or headlines as
    long as those of news: a menu has neither. What a script holds may come twice: as its content,
    and as what it assigns.
    """
    taken, seen = 0, set[tuple[Entry, ...]]()
    for value in _values(data):
        found = [entry for each in value[:MOST] if (entry := _entry(each)) is not None]
        if _is_of_news(found) and taken < MOST and tuple(found) not in seen:
            seen.add(tuple(found))
            taken += len(found)
            yield found


def _values(data: object) -> Iterator[list[Any]]:
    """All lists in a JSON value, in their order."""
    return (value for value in nested(data) if isinstance(value, list))


def _is_of_news(entries: list[Entry]) -> bool:
    long = sum(len(title.split()) > WORDS for _, title, _ in entries)
    return any(day for _, _, day in entries) or (len(entries) >= FEWEST and 2 * long > len(entries))


def _entry(value: object) -> Entry | None:
    if not isinstance(value, dict):
        return None
    held = {_plain(name): inner for name, inner in value.items() if isinstance(name, str)}
    address = next((a for a in texts(held, _PLAIN_ADDRESSES) if _ADDRESS.fullmatch(a)), None)
    title = next(texts(held, _PLAIN_TITLES), None)
    day = next(texts(held, _PLAIN_DATES), "")
    return (address, title, day) if address is not None and title is not None else None


def _item(entry: Entry) -> str:
    address, title, day = map(escape, entry)
    when = f'<time datetime="{day}">{day}</time>' if day else ""
    return f'<li><h3><a href="{address}">{title}</a></h3>{when}</li>'
