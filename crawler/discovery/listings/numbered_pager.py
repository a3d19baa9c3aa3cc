"""The next page of a list whose pager has numbers, with a mark on the current one or none. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import starmap
from urllib.parse import urlsplit

from bs4 import Tag

from crawler.discovery.listings.number_runs import NumberPlace
from crawler.discovery.listings.page_patterns import PagePattern
from indexer.records.urls import canonical, identity, is_home

_DAYS = re.compile(r"(?:19|20)\d\d[-/.]?(?:0?[1-9]|1[0-2])[-/.]?$")
"""Before the number of a day: a calendar has such rows too."""
_SUFFIX = re.compile(r"(?:\.\w{2,5}|[-_/]?(?:p|page|seite)?[-_/]?\d{1,4})+$", re.IGNORECASE)
_SHORTEST_SLUG = 8
_USUAL_QUERY = re.compile(r"(?:page=\d+)?")
_COMMENTS = re.compile(r"[-/]comments?[-/]", re.IGNORECASE)
"""Further pages of what readers wrote below an article."""


@dataclass(frozen=True, slots=True)
class NumberedPager:
    """A row of numbers that leads through a list."""

    places: tuple[tuple[int, str | None, NumberPlace], ...]
    """Number of the page, its canonical address, and its place in the row."""
    pattern: PagePattern | None
    current: int
    """The number of the page that was read."""
    certain: bool
    """Its addresses say that they are further pages of this very list."""

    @property
    def next_number(self) -> int:
        """The number of the page that comes next: newest first may count backwards."""
        numbers = [number for number, _, _ in self.places]
        return self.current + (1 if numbers[0] <= numbers[-1] else -1)

    @property
    def next_address(self) -> str | None:
        """The address of the next page, if the row has it."""
        wanted = self.next_number
        return next((url for number, url, _ in self.places if number == wanted and url), None)

    @property
    def next_tag(self) -> Tag | None:
        """The link or button of the next page, if the row has it."""
        wanted = self.next_number
        return next((p.tag for number, _, p in self.places if number == wanted and p.tag), None)

    @property
    def has_next(self) -> bool:
        """Whether the row has a next page, with an address or without."""
        return any(number == self.next_number for number, _, _ in self.places)


def read_pager(
    run: Sequence[NumberPlace], page: str, base: str, looks_like_paging: Callable[[str, Tag], bool]
) -> NumberedPager | None:
    """The pager of a row of numbers; None if it leads elsewhere, or to no pages.

    `looks_like_paging`: whether a link does, by words in its address or around it.
    """
    places = [
        (p.number, canonical(p.address, base) if p.address is not None else None, p) for p in run
    ]
    addresses = {url: number for number, url, _ in places if url is not None}
    if len(addresses) < len({number for number, url, _ in places if url is not None}):
        return None  # several places of one page: footnotes
    numbered = [(number, url) for url, number in addresses.items()] or _asked(run, page, base)
    pattern = PagePattern.learn(numbered)
    if pattern is not None and _counts_days(pattern):
        return None
    told = _told_current(places, pattern, page)
    current = told if told is not None else _first_of(places)
    if current is None:
        return None
    linked = [
        (url, place.tag)
        for _, url, place in places
        if url is not None and place.tag is not None and identity(url) != identity(page)
    ]
    certain = bool(linked) and all(_is_of_list(url, page, pattern) for url, _ in linked)
    asked = [(p.posted or "", p.tag) for p in run if p.tag and (p.posted or p.scripted)]
    if not certain and (told is None or not any(starmap(looks_like_paging, linked or asked))):
        return None
    return NumberedPager(tuple(places), pattern, current, certain)


def _asked(run: Iterable[NumberPlace], page: str, base: str) -> list[tuple[int, str]]:
    """Addresses that may answer as forms and scripts do; a script's with the usual parameter, where
    the page has no other.
    """
    usual = any(p.scripted for p in run) and usual_query(page)
    written = [(p.number, p.posted or (f"?page={p.number}" if usual else None)) for p in run]
    found = [(number, canonical(text, base)) for number, text in written if text is not None]
    return [(number, url) for number, url in found if url is not None]


def usual_query(page: str) -> bool:
    """Whether the address of a list has no query, or the usual parameter of paging alone."""
    return _USUAL_QUERY.fullmatch(urlsplit(page).query) is not None


def _told_current(
    places: list[tuple[int, str | None, NumberPlace]], pattern: PagePattern | None, page: str
) -> int | None:
    """The number of the current page: by its address, its place in the row, or a mark."""
    if pattern is not None:
        stated = pattern.number_of(page) or pattern.number_in_query(page)
        if stated is not None and stated > 0:
            return stated
    here = identity(page)
    linked = {number for number, _, place in places if place.tag is not None}
    # A number without a link that has no neighbour may be any behind the row, as of a telephone.
    near = [p for p in places if p[2].tag is not None or {p[0] - 1, p[0] + 1} & linked]
    for candidates in (
        [number for number, _, place in near if place.tag is None],
        [number for number, _, place in near if place.marked],
        [number for number, url, _ in places if url is not None and identity(url) == here],
    ):
        if len(set(candidates)) == 1:
            return candidates[0]
    alone = {number for number, _, place in places if place.tag is None}
    return alone.pop() if len(alone) == 1 else None


def _first_of(places: list[tuple[int, str | None, NumberPlace]]) -> int | None:
    """The first page, which a row without a mark is on if it counts from there."""
    numbers = [number for number, _, _ in places]
    return 1 if numbers[0] in (1, 2) and numbers[0] < numbers[-1] else None


def _counts_days(pattern: PagePattern) -> bool:
    first = next(place for place, (_, step) in enumerate(pattern.numbers) if step)
    before = "".join(
        text + str(start)
        for text, (start, _) in zip(pattern.texts[:first], pattern.numbers[:first], strict=True)
    )
    return _DAYS.search(before + pattern.texts[first]) is not None


def _is_of_list(url: str, page: str, pattern: PagePattern | None) -> bool:
    """Whether an address is that of a further page of the list that `page` belongs to."""
    if pattern is not None and pattern.number_of(page) is not None:
        return True
    there, here = urlsplit(url), urlsplit(page)
    if _stem(there.path) == _stem(here.path):
        return True
    if is_home(page):
        return False
    if _COMMENTS.search(there.path):
        return False
    slug = _stem(here.path).rsplit("/", 1)[-1]
    return there.path.startswith(_stem(here.path) + "/") or (
        len(slug) >= _SHORTEST_SLUG and slug in there.path
    )


def _stem(path: str) -> str:
    """A path without what further pages of a list have in addition."""
    return _SUFFIX.sub("", path.partition(";")[0].rstrip("/")).rstrip("/")
