"""Where the content of a page is that has none itself: frames, and pages that lead on. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import chain

from bs4 import Tag

from crawler.discovery.listings.page_addresses import NO_PAGE
from crawler.discovery.listings.soup import ParsedPage, visible_text
from indexer.records.urls import canonical, identity

MOST = 4
"""Addresses that are named at most."""
MOST_OF_TEXT = 300
"""Characters of a page from which on its scripts do not lead elsewhere."""
MOST_OF_SCRIPT = 2_000
"""Characters of a script that are looked at."""
_REFRESH = re.compile(r"\s*\d{1,3}\s*[;,]\s*(?:url\s*=\s*)?['\"]?([^'\"\s]{1,1000})", re.IGNORECASE)
_GOES_TO = re.compile(
    r"""(?<![\w.])(?:(?:window|document|self|top)\.)?location(?:\.href)?\s*=\s*["']([^"'\s]{1,1000})["']"""
    r"""|location\.(?:replace|assign)\(\s*["']([^"'\s]{1,1000})["']"""
)


def stand_ins(
    page: ParsedPage, is_owned: Callable[[str], bool], *, is_home: bool = False
) -> tuple[str, ...]:
    """Canonical addresses of what a page without links shows, or leads to, of the source; of a home
    page also what the few links lead to that it has: "Enter".
    """
    found: dict[str, str] = {}
    for written in chain(_written(page), _entrances(page) if is_home else ()):
        url = canonical(written, page.base)
        if url is not None and is_owned(url) and identity(url) != identity(page.url):
            found.setdefault(identity(url), url)
    return tuple(found.values())[:MOST]


def _written(page: ParsedPage) -> Iterator[str]:
    for meta in page.soup.find_all(
        "meta", attrs={"http-equiv": re.compile("^refresh$", re.IGNORECASE)}
    ):
        target = _REFRESH.match(str(meta.get("content") or ""))
        if target is not None:
            yield target[1]
    for frame in page.soup.find_all(["frame", "iframe"], src=True):
        if not _is_hidden(frame) and NO_PAGE.search(str(frame["src"])) is None:
            yield str(frame["src"])
    if len(visible_text(page.soup, MOST_OF_TEXT)) < MOST_OF_TEXT:
        for script in page.soup.find_all("script", src=False):
            target = _GOES_TO.search((script.string or "")[:MOST_OF_SCRIPT])
            if target is not None:
                yield target[1] or target[2]


def _entrances(page: ParsedPage) -> list[str]:
    anchors = {str(anchor["href"]) for anchor in page.soup.find_all("a", href=True, limit=MOST)}
    return sorted(anchors) if len(anchors) < MOST else []


def _is_hidden(frame: Tag) -> bool:
    return str(frame.get("width")) in ("0", "1") or "display:none" in str(
        frame.get("style") or ""
    ).replace(" ", "")
