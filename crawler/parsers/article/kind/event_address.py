"""Addresses below which a site has its events."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from crawler.parsers.article.page_words import PageWords

_NUMBERED = re.compile(r"(\D+?)[-_,.]?\d{2,}(?:\.\w+)?")
"""Last step of a path that has a name and a number."""


def lies_among_events(url: str | None, words: PageWords) -> bool:
    """Whether an address is below a section of events: by a folder, by its number behind the name
    of one (`/termine-5019.html`), or by what its query asks for (`/event.php?nr=9`,
    `?page=events&id=3`). The section itself is a list.
    """
    return any(words.holds_events(segment) for segment in _segments(urlsplit((url or "").lower())))


def _segments(parts: SplitResult) -> Iterator[str]:
    *folders, last = unquote(parts.path).strip("/").split("/")
    yield from folders
    if numbered := _NUMBERED.fullmatch(last):
        yield numbered[1]
    query = parse_qsl(parts.query)
    if any(value.isdigit() for _, value in query):
        yield last.partition(".")[0]
        yield from (value for _, value in query)
