"""The bytes by which an archived listing, feed or API list is known to name a page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes, urlsplit

from crawler.archive.purging import ArchivedRecord
from indexer.records.urls import canonical, site

_TELLING = 6
"""Characters of a path that tells one page from others: a shorter one stands in half of all pages.
"""
_ONE_WORD = re.compile(r"[a-z]*(?:\.[a-z]*)?", re.IGNORECASE)
_NUMBERS = re.compile(r"[\d./-]*")
_LONG_WORD = 12
"""A longer word is the name of one page; `contact` and `default.aspx` are those of many."""
_BEFORE = (b"/", b'"', b"'", b"=")
"""What stands before the last part of a link: it may be relative."""


@dataclass(frozen=True, slots=True)
class Mentions:
    """What names a page in content without escapes (`ArchivedRecord.holds`)."""

    hosts: frozenset[str]
    """Hosts of the page, without `www.`."""
    whole: tuple[bytes, ...]
    """What names it on any site."""
    relative: tuple[bytes, ...]
    """What names it at its own hosts; elsewhere it is part of other addresses."""

    def stand_in(self, record: ArchivedRecord) -> bool:
        """Whether the record names the page."""
        if any(map(record.holds, self.whole)):
            return True
        return _host(record.url) in self.hosts and any(map(record.holds, self.relative))


def mentions_of(urls: Iterable[str]) -> Mentions:
    """What to look for in other records, given the addresses of a page."""
    known = tuple(urls)
    return Mentions(
        hosts=frozenset(host for url in known if (host := _host(url))),
        whole=tuple(dict.fromkeys(each for url in known for each in _whole(url))),
        relative=tuple(dict.fromkeys(each for url in known for each in _relative(url))),
    )


def _host(url: str) -> str:
    address = canonical(url)
    return site(address).removeprefix("www.") if address is not None else ""


def _whole(url: str) -> Iterator[bytes]:
    path = _path(url)
    if len(path) < _TELLING:
        return
    if _is_common(path):
        host = _host(url).encode()
        yield from (host + written for written in _encoded(path) if host)
    else:
        yield from _encoded(path)


def _relative(url: str) -> Iterator[bytes]:
    path = _path(url)
    if len(path) >= _TELLING and _is_common(path):
        yield from _encoded(path)
    parts = urlsplit(url)
    query = f"?{parts.query}" if parts.query else ""
    folders = parts.path if query else parts.path.rstrip("/")
    last = folders.rpartition("/")[2] + query
    if len(last) >= _TELLING and (len(last) > _LONG_WORD or not _ONE_WORD.fullmatch(last)):
        for written in _encoded(last):
            yield from (before + written for before in _BEFORE)


def _path(url: str) -> str:
    """Path and query; without the last slash, which links leave out, if enough is left."""
    parts = urlsplit(url)
    if parts.query:
        return f"{parts.path}?{parts.query}"
    short = parts.path.rstrip("/")
    return short if len(short) >= _TELLING else parts.path


def _is_common(path: str) -> bool:
    """Whether other sites have such paths too: one part only (`/?p=12`), or a number or day."""
    return path.partition("?")[0].rstrip("/").count("/") <= 1 or bool(_NUMBERS.fullmatch(path))


def _encoded(part: str) -> Iterator[bytes]:
    """As UTF-8 (or whatever its escapes say), and as old Russian sites write it."""
    plain = unquote_to_bytes(part)
    yield plain
    try:
        yield plain.decode().encode("cp1251")
    except UnicodeError:
        return
