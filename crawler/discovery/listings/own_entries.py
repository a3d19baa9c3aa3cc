"""Entries of a list that neither their addresses nor the length of their headlines tell. Pure.

A list has few entries at times, short ones, or such without a day. They are known by what is beside
them: others of the same make were found, or they stand below the list by their addresses.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from urllib.parse import urlsplit

from bs4 import Tag

from crawler.discovery.listings.entries import WORDS, ListEntries
from crawler.discovery.listings.entry_sections import shortened
from crawler.discovery.listings.page_addresses import folder

FEWEST_WORDS = 2
"""Words of a headline, where something else speaks for the entry."""
SHORTEST_SECTION = 4
"""Letters of a folder that is that of no language."""
_FILE_END = re.compile(r"(?:/(?:index|default))?\.(?:html?|php|aspx?|jsp|shtml)$", re.IGNORECASE)
_PART = re.compile(r"(?:/(?:archi[^\W\d_]*|page|seite))?(?:/[\d._-]+)+$", re.IGNORECASE)
"""Of a further page of a list, or of its part by year or month: `/archive/2031-02`."""
_LANGUAGE = re.compile(r"/[a-z]{2,3}(?:[-_][a-z]{2,4})?", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")

Labelled = Mapping[str, tuple[Sequence[Tag], str]]
"""Address → its anchors and its label."""


def of_the_make(candidates: Labelled, found: Collection[str], entries: ListEntries) -> set[str]:
    """Addresses that differ from those found in numbers alone, of entries of the same kind."""
    makes = {
        (_make(url), entries.kind_of(anchor)) for url in found for anchor in candidates[url][0]
    }
    return {
        url
        for url, (anchors, label) in candidates.items()
        if len(label.split()) >= FEWEST_WORDS
        and _DIGITS.search(_make(url)) is not None
        and any((_make(url), entries.kind_of(anchor)) in makes for anchor in anchors)
    }


def below_the_list(
    candidates: Labelled, found: Collection[str], entries: ListEntries, page: str
) -> set[str]:
    """Addresses below that of the list, of entries with a day, of the kind of those found, or where
    none are found.
    """
    base = _folder_of(page)
    if base is None:
        return set()
    kinds = {entries.kind_of(anchor) for url in found for anchor in candidates[url][0]}
    below: set[str] = set()
    for url, (anchors, label) in candidates.items():
        words = len(label.split())
        if words < FEWEST_WORDS or not _is_below(folder(url), base):
            continue
        is_dated = any(map(entries.is_dated, anchors))
        is_alike = not found or any(entries.kind_of(anchor) in kinds for anchor in anchors)
        if is_dated or (words >= WORDS and is_alike):
            below.add(url)
    return below


def lies_below(url: str, page: str) -> bool:
    """Whether an address stands below that of a list, which is no home page."""
    base = _folder_of(page)
    return base is not None and urlsplit(url).path.startswith(f"{base}/")


def of_its_section(url: str, page: str) -> bool:
    """Whether an address stands below that of a list, or beside it in the folder of a section: not
    in that of a language, or of the whole site.
    """
    base = _folder_of(page)
    if base is None:
        return False
    around = base.rpartition("/")[0]
    name = around.rpartition("/")[2]
    is_section = len(name) >= SHORTEST_SECTION and "." not in name
    return urlsplit(url).path.startswith(f"{base}/") or (is_section and folder(url) == around)


def _make(url: str) -> str:
    parts = urlsplit(url)
    return _DIGITS.sub("0", f"{parts.path}?{parts.query}")


def path_of_list(page: str) -> str:
    """The path of a list without what its further pages and parts have; empty of a home page."""
    return _PART.sub("", _FILE_END.sub("", urlsplit(page).path.rstrip("/")))


def _folder_of(page: str) -> str | None:
    """The path of a list; None of a home page, below which everything stands."""
    path = path_of_list(page)
    return None if not path or _LANGUAGE.fullmatch(path) else path


def _is_below(folder: str, base: str) -> bool:
    """Whether a folder is that of a list, below it, or differs from it in a few last letters."""
    return (
        f"{folder}/".startswith(f"{base}/")
        or folder in shortened(base)
        or base in shortened(folder)
    )
