"""The bytes by which an archived listing, feed or API list is known to name a page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import unquote_to_bytes, urlsplit

_TELLING = 6
"""Characters of a path that tells one page from others: a shorter one stands in half of all pages.
"""
_ONE_WORD = re.compile(r"[a-z]*(?:\.[a-z]*)?", re.IGNORECASE)
_LONG_WORD = 12
"""A longer word is the name of one page; `contact` and `default.aspx` are those of many."""
_BEFORE = (b"/", b'"', b"'", b"=")
"""What stands before the last part of a link: it may be relative."""


def mentions_of(urls: Iterable[str]) -> tuple[bytes, ...]:
    """What to look for in content without escapes (`ArchivedRecord.holds`)."""
    return tuple(dict.fromkeys(each for url in urls for each in _mentions(url)))


def _mentions(url: str) -> Iterator[bytes]:
    parts = urlsplit(url)
    query = f"?{parts.query}" if parts.query else ""
    if len(path := parts.path + query) >= _TELLING:
        yield from _encoded(path)
    folders = parts.path if query else parts.path.rstrip("/")
    last = folders.rpartition("/")[2] + query
    if len(last) >= _TELLING and (len(last) > _LONG_WORD or not _ONE_WORD.fullmatch(last)):
        for written in _encoded(last):
            yield from (before + written for before in _BEFORE)


def _encoded(part: str) -> Iterator[bytes]:
    """As UTF-8 (or whatever its escapes say), and as old Russian sites write it."""
    plain = unquote_to_bytes(part)
    yield plain
    try:
        yield plain.decode().encode("cp1251")
    except UnicodeError:
        return
