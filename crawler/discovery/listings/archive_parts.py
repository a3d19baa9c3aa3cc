"""Parts of a list by year or month, as archives have them: `2026 | 2025 | 2024`. Pure.

A row is told by its labels and addresses: several years, or several months, each with its year in
an address that is otherwise that of its neighbours, near to the list itself. `Budget 2025 |
Strategy 2026` are sections: their words are no months.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, Tag

from crawler.discovery.listing_words import plain
from crawler.discovery.listings.form_pages import option_address
from crawler.discovery.listings.page_addresses import NO_PAGE, PDF, folder
from crawler.discovery.listings.soup import text_in
from indexer.records.urls import canonical

MOST_PARTS = 36
"""Parts that are named at most: three years by month."""
MOST_OF_LABEL = 500
"""Characters that are looked at; blanks count."""
_LABEL = re.compile(
    r"(?P<month>[^\W\d_]{3,12}\.? |\d\d[./-])?(?P<year>(?:19|20)\d\d)(?:-(?P<number>\d\d))?"
    r"(?: ?[(\[]\d{1,5}[)\]])?"
)
"""2025; March 2025; 03/2025; 2025-03; each may say how many entries it has."""
_WORD = re.compile(r"[^\W\d_]+|\d+")


def archive_parts(
    soup: BeautifulSoup,
    base: str,
    page: str,
    is_owned: Callable[[str], bool],
    *,
    months: Collection[str],
    year: int,
) -> tuple[str, ...]:
    """Canonical addresses of the parts of the list at `page`, with itself if it is one: the newest
    year first, from the present one (`year`) on; then the years to come, which a choice may offer
    for decades. `months`: their names, as `plain` writes them.
    """
    rows: dict[tuple[bool, str], dict[str, tuple[int, str]]] = defaultdict(dict)
    for tag in soup.find_all(["a", "option"]):
        found = _LABEL.fullmatch(" ".join(text_in(tag, MOST_OF_LABEL).split()))
        address = _address(tag) if found is not None else ""
        url = canonical(address, base) if address else None
        if found is None or url is None or not is_owned(url) or not _is_beside(url, page):
            continue
        part = plain("".join(filter(None, (found["month"], found["number"]))))
        if found["year"] not in re.findall(r"\d{4}", url) or not _may_be_month(part, months):
            continue
        make = (bool(part), _make(url, month=bool(part)))
        rows[make].setdefault(url, (int(found["year"]), part))
    parts = [row for row in map(_told_apart, rows.values()) if len(row) > 1]
    places = [(stated, url) for row in parts for url, (stated, _) in row.items()]
    past = sorted((p for p in places if p[0] <= year), key=lambda p: -p[0])
    ahead = sorted((p for p in places if p[0] > year), key=lambda p: p[0])
    return tuple(url for _, url in (*past, *ahead))[:MOST_PARTS]


def _may_be_month(part: str, months: Collection[str]) -> bool:
    """Whether it is the name or number of a month, or nothing."""
    return not part or part.isdecimal() or part in months


def _told_apart(row: dict[str, tuple[int, str]]) -> dict[str, tuple[int, str]]:
    """A row whose places all differ: `Report 2024`, `Report 2025` are no months."""
    months = {part for _, part in row.values()}
    years = {year for year, _ in row.values()}
    if len({*row.values()}) < len(row) or (months != {""} and len(months) == 1):
        return {}
    return row if len(years) > 1 or len(months) > 1 else {}


def _address(tag: Tag) -> str:
    """That of a link, of an option, or what the form asks for with it."""
    stated = str(tag.get("href") or tag.get("value") or "").strip()
    if tag.name == "a" or re.match(r"https?://|/|\?", stated):
        return stated
    return option_address(tag) or ""


def _make(url: str, *, month: bool) -> str:
    """What the addresses of one row have in common: all but numbers; of months, of words too."""
    return str(len(_WORD.findall(url))) if month else re.sub(r"\d+", "0", url)


def _is_beside(url: str, page: str) -> bool:
    """Whether an address is in the section of a list, and no file."""
    there, here = urlsplit(url), urlsplit(page)
    if NO_PAGE.search(there.path) or PDF.search(there.path):
        return False
    section = here.path.strip("/").partition("/")[0].partition(".")[0]
    return folder(url) == folder(page) or (
        bool(section) and there.path.strip("/").partition("/")[0] == section
    )
