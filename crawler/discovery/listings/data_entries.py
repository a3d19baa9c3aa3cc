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
from itertools import islice
from typing import Any

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

MOST = 500
"""Entries that are taken."""
_SHORTEST = 40
"""Characters of an attribute that may hold a list."""
MOST_BEFORE_STATE = 200
"""Characters of a script in which it names what it holds."""
_STATE = re.compile(r"__(?:NEXT|NUXT)|INITIAL_STATE", re.IGNORECASE)
MOST_ASSIGNED = 20
"""Lists of one script that are looked at."""
_ASSIGNED = re.compile(r"[\w\]]\s*=\s*(?=\[\s*\{\s*\")")
_NEXT = ("next_page_url", "nextPageUrl", "next_url", "nextUrl", "nextPage", "next")
_ADDRESSES = ("href", "url", "link", "permalink", "path", "uri")
_TITLES = (*TITLES, "heading")
_STARTS = ("startDate", "start_date", "dateStart", "date_start", "startsAt", "start")
_DATES = (*PUBLISHED, "published", "pubDate", *CREATED, "created", *_STARTS)
_ADDRESS = re.compile(r"(?:https?://|/(?!/)|\./|\?)\S*", re.IGNORECASE)

Entry = tuple[str, str, str]
"""Address, title, date or nothing."""


def data_of(soup: BeautifulSoup) -> list[Any]:
    """The data that a page holds for its scripts: in these, and in attributes of its elements."""
    in_scripts = [] if soup.script is None else script_data(str(soup))
    return [*in_scripts, *_assigned(soup), *_in_attributes(soup)]


def has_state(soup: BeautifulSoup) -> bool:
    """Whether a page is that of an application, which may show a part of a list alone."""
    return any(
        _STATE.search(str(script.get("id") or "") + (script.string or "")[:MOST_BEFORE_STATE])
        for script in soup.find_all("script", src=False)
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


def _assigned(soup: BeautifulSoup) -> Iterator[Any]:
    """Lists of objects that scripts assign, in the notation of JSON."""
    decoder = json.JSONDecoder()
    for script in soup.find_all("script", src=False):
        content = script.string or ""
        for start in islice(_ASSIGNED.finditer(content), MOST_ASSIGNED):
            try:
                yield decoder.raw_decode(content, start.end())[0]
            except (ValueError, RecursionError):
                continue


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
    long as those of news: a menu has neither.
    """
    taken = 0
    for value in _values(data):
        found = [entry for each in value[:MOST] if (entry := _entry(each)) is not None]
        if _is_of_news(found) and taken < MOST:
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
    address = next((a for a in texts(value, _ADDRESSES) if _ADDRESS.fullmatch(a)), None)
    title = next(texts(value, _TITLES), None)
    day = next(texts(value, _DATES), "")
    return (address, title, day) if address is not None and title is not None else None


def _item(entry: Entry) -> str:
    address, title, day = map(escape, entry)
    when = f'<time datetime="{day}">{day}</time>' if day else ""
    return f'<li><h3><a href="{address}">{title}</a></h3>{when}</li>'
