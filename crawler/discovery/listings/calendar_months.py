"""The months to come of a calendar that shows one month, and the one before: addresses. Pure.

Such a page leads to the next month, which leads to the next one without end. What is announced
mostly stands in the first few; they are read whether or not the first of them has anything.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, Tag

from crawler.discovery.listings.page_addresses import folder
from indexer.records.urls import canonical, identity

MONTHS = 3
"""Months to come that are read."""
YEAR = 12

_NAMES_YEAR = re.compile(r"20\d\d")
_YEAR = r"(?P<year>20\d\d)"
_YEAR_VALUE = rf"[^&=?]*={_YEAR}(?=&|$)"
_MONTH_VALUE = r"(?:[^&=?]*(?:[^&=?\w]|%5B))?m[^&=?]*=(?P<month>\d{1,2})(?=&|$)"
"""A parameter whose name begins so, in whatever language, or a part of it: `cal[month]`."""
_MAKES = tuple(
    re.compile(make, re.IGNORECASE)
    for make in (
        # 203104, 2031-04, 2031/04/01
        rf"(?<!\d){_YEAR}(?P<s>[-/._]|%2F)?(?P<month>0[1-9]|1[0-2])(?:(?P=s)?01)?(?=/?(?:[?&]|$))",
        # year=2031&month=4, month=4&year=2031
        rf"[?&]{_YEAR_VALUE}&(?:[^&]*&){{0,5}}?{_MONTH_VALUE}",
        rf"[?&]{_MONTH_VALUE}&(?:[^&]*&){{0,5}}?{_YEAR_VALUE}",
        # the first day of it, in American order and in that of others
        rf"(?<!\d)(?P<month>\d{{1,2}})(?P<s>/|%2F|-)0?1(?P=s){_YEAR}(?!\d)",
        rf"(?<!\d)0?1(?P<s>\.|/|%2F|-)(?P<month>\d{{1,2}})(?P=s){_YEAR}(?!\d)",
    )
)
MOST_OF_ADDRESS = 500
"""Characters of an address that may name a month."""


@dataclass(frozen=True, slots=True)
class _Month:
    """A month that an address names."""

    address: str
    at: int
    """Months since the year 0."""
    spans: tuple[tuple[int, int], tuple[int, int]]
    """Where its year and its month stand."""
    padded: bool
    """A month of one digit has a zero before it."""

    def later(self, months: int) -> str:
        """The address of a later month."""
        year, month = divmod(self.at + months, YEAR)
        texts = (str(year), f"{month + 1:02}" if self.padded else str(month + 1))
        address = self.address
        for (start, end), text in sorted(zip(self.spans, texts, strict=True), reverse=True):
            address = address[:start] + text + address[end:]
        return address


def months_ahead(
    soup: BeautifulSoup,
    base: str,
    page: str,
    is_owned: Callable[[str], bool],
    says_next: Callable[[Tag], bool],
) -> tuple[str, ...]:
    """Canonical addresses of the months behind that of a page, the nearest first; none where it
    shows no single month. `says_next`: whether a link does, by its words or signs.
    """
    found: dict[str, tuple[_Month, bool]] = {}
    for anchor, month in _months(soup, base, page, is_owned):
        is_next = says_next(anchor) or (found.get(month.address, (month, False))[1])
        found[month.address] = (month, is_next)
    following = _next_of(list(found.values()), _month_in(page))
    if following is None:
        return ()
    return tuple(_of_source(map(following.later, range(MONTHS)), is_owned))


def month_before(
    soup: BeautifulSoup, base: str, page: str, is_owned: Callable[[str], bool], today: date | None
) -> str | None:
    """Canonical address of the month before that of a page, where it leads to no other one but the
    next: such an archive has no other way back. One that leads to a month yet to come is a calendar
    of events, whose months ahead are read. What a page without a month in its address shows is the
    present month, or the last one of which there was anything.
    """
    own = _month_in(page)
    by_time = {month.at: month.address for _, month in _months(soup, base, page, is_owned)}
    now = today.year * YEAR + today.month - 1 if today is not None else 0
    if own is not None:
        beside = {own.at - 1, min(own.at + 1, now)}
        return by_time.get(own.at - 1) if by_time.keys() <= beside else None
    return by_time.popitem()[1] if len(by_time) == 1 and min(by_time) < now else None


def _months(
    soup: BeautifulSoup, base: str, page: str, is_owned: Callable[[str], bool]
) -> Iterator[tuple[Tag, _Month]]:
    """The links to other months beside a page."""
    for anchor in soup.find_all("a", href=_NAMES_YEAR):
        url = canonical(str(anchor["href"]), base)
        month = _month_in(url) if url is not None and is_owned(url) else None
        if month is None or identity(month.address) == identity(page):
            continue
        if _is_beside(month.address, page):
            yield anchor, month


def _of_source(addresses: Iterator[str], is_owned: Callable[[str], bool]) -> Iterator[str]:
    for address in addresses:
        url = canonical(address)
        if url is not None and is_owned(url):
            yield url


def _next_of(months: list[tuple[_Month, bool]], own: _Month | None) -> _Month | None:
    """The next month: the one behind that of the page, or that is two behind another one, or that
    a link alone calls so. Months besides are those of an archive, but for the same of other years.
    """
    months = [found for found in months if own is None or found[0].at != own.at]
    by_time = {month.at: month for month, _ in months}
    says_next = {month.at for month, says in months if says}
    nows = [own.at] if own is not None else [at + 1 for at in by_time if at + 2 in by_time]
    nows += [at - 1 for at in by_time if len(by_time) == 1 and at in says_next]
    for now in nows:
        around = {now - YEAR, now - 1, now + 1, now + YEAR}
        if now + 1 in by_time and by_time.keys() <= around:
            return by_time[now + 1]
    return None


def _month_in(url: str) -> _Month | None:
    for make in _MAKES if len(url) <= MOST_OF_ADDRESS else ():
        found = make.search(url)
        if found is not None and 1 <= int(found["month"]) <= YEAR:
            at = int(found["year"]) * YEAR + int(found["month"]) - 1
            padded = make is _MAKES[0] or found["month"].startswith("0")
            return _Month(url, at, (found.span("year"), found.span("month")), padded)
    return None


def _is_beside(url: str, page: str) -> bool:
    """Whether an address is that of the page, or below it, with another month."""
    there, here = urlsplit(url), urlsplit(page)
    if there.path == here.path:
        return True
    own = _month_in(page)
    where = folder(page) if own is not None else here.path.rstrip("/")
    return bool(where) and there.path.startswith(f"{where.rstrip('/')}/")
