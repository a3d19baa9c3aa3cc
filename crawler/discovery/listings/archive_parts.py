"""Parts of a list by year or month, as archives have them: `2026 | 2025 | 2024`. Pure.

A row is told by its labels and addresses: several years, or several months, each with its year in
an address that is otherwise that of its neighbours, near to the list itself. `Budget 2025 |
Strategy 2026` are sections: their words are no months.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from urllib.parse import parse_qsl, urlsplit

from bs4 import BeautifulSoup, Tag

from crawler.discovery.listing_words import plain
from crawler.discovery.listings.form_pages import option_address
from crawler.discovery.listings.page_addresses import NO_PAGE, PDF, folder
from crawler.discovery.listings.soup import text_in
from indexer.records.urls import canonical

MOST_PARTS = 36
"""Parts that are named at most: three years by month."""
MOST_PAST = 2
"""Lists of what is over, of one list."""
MOST_AROUND = 2
"""Words of a label that may stand around the name of such a list."""
MOST_OF_LABEL = 500
"""Characters that are looked at; blanks count."""
_LABEL = re.compile(
    r"(?P<month>[^\W\d_]{3,12}\.? |\d\d[./-])?(?P<year>(?:19|20)\d\d)(?:-(?P<number>\d\d))?"
    r"(?: ?[(\[]\d{1,5}[)\]])?"
)
"""2025; March 2025; 03/2025; 2025-03; each may say how many entries it has."""
_YEAR_WITH_UNIT = re.compile(r"(?P<year>(?:19|20)\d\d) ?(?P<unit>[^\W\d_]{1,4}\.?)")
"""2025 год, 2025年: the same short word in each of a row."""
_LIST_OF_YEAR = re.compile(r"(?P<list>[^\W\d_][^\d]{2,60}?)[ :]{1,3}(?P<year>(?:19|20)\d\d)")
"""A list and its year: `Press releases 2025`."""
_COUNTED = re.compile(
    r"(?P<year>(?:19|20)\d\d) ?[^\W\d_]{1,5} ?(?P<number>0?[1-9]|1[0-2])[ -]?"
    r"(?:[^\W\d_]{1,7} )?[^\W\d_]{1,6}(?: ?[(\[]\d{1,5}[)\]])?"
)
"""A month by its number, with words behind year and number: `2026 оны 10-р сар (3)`."""
_WORD = re.compile(r"[^\W\d_]+|\d+")
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")


def archive_parts(
    soup: BeautifulSoup,
    base: str,
    page: str,
    is_owned: Callable[[str], bool],
    *,
    is_month: Callable[[str], bool],
    year: int,
    names_list: Callable[[str], bool] = lambda _: False,
    months: Collection[str] = (),
) -> tuple[str, ...]:
    """Canonical addresses of the parts of the list at `page`, with itself if it is one: the newest
    year first, from the present one (`year`) on; then the years to come, which a choice may offer
    for decades. `is_month`: whether a label as `plain` writes it is the name of one; `names_list`:
    whether it is that of a list or an archive (`News 2025`, which is a part on its own, if its year
    is over, as is a lone year that the list's own address is asked with: the present one of two
    is no link); `months`: names that need no year.
    """
    rows: dict[tuple[str, str], dict[str, tuple[int, str]]] = defaultdict(dict)
    alone: dict[str, tuple[int, str]] = {}
    for tag in soup.find_all(["a", "option"]):
        label = " ".join(text_in(tag, MOST_OF_LABEL).split())
        is_name = label.isalpha() and plain(label) in months and _names_year(tag)
        found = _LABEL.fullmatch(label) or _COUNTED.fullmatch(label)
        unit = _YEAR_WITH_UNIT.fullmatch(label) if found is None else None
        listed = _LIST_OF_YEAR.fullmatch(label) if unit is None else None
        if listed is not None and not names_list(plain(listed["list"])):
            listed = None
        found = found or unit or listed
        address = _address(tag) if found is not None or is_name else ""
        url = canonical(address, base) if address else None
        if url is None or not is_owned(url) or not is_beside(url, page):
            continue
        stated = _stated(found) if found is not None else _stated_in(url, plain(label))
        if stated is None or str(stated[0]) not in re.findall(r"\d{4}", url):
            continue
        stated_year, part = stated
        named = listed is not None or names_list(part)
        if named:
            part = ""
        if stated_year < year and (named or (not part and _asks_itself(url, page))):
            alone[url] = stated
        if not _may_be_month(part, is_month):
            continue
        make = ("month" if part else unit["unit"] if unit else "", _make(url, month=bool(part)))
        rows[make].setdefault(url, (stated_year, part))
    parts = [row for row in map(_told_apart, rows.values()) if len(row) > 1] or [alone]
    places = [(stated, url) for row in parts for url, (stated, _) in row.items()]
    past = sorted((p for p in places if p[0] <= year), key=lambda p: -p[0])
    ahead = sorted((p for p in places if p[0] > year), key=lambda p: p[0])
    return tuple(url for _, url in (*past, *ahead))[:MOST_PARTS]


def year_of_part(url: str) -> int | None:
    """The year whose part of a list has this address: `?year=2025`, `/archive/2025/`."""
    parts = urlsplit(url)
    values = {value for _, value in parse_qsl(parts.query)} | {
        parts.path.rstrip("/").rpartition("/")[2]
    }
    years = [int(value) for value in values if _YEAR.fullmatch(value)]
    return years[0] if len(years) == 1 else None


def past_lists(
    soup: BeautifulSoup,
    base: str,
    page: str,
    is_owned: Callable[[str], bool],
    words: Collection[str],
) -> tuple[str, ...]:
    """Canonical addresses of lists below or beside the one at `page` that are called past events,
    or archive; `words` as `plain` writes them.
    """
    urls = _beside(soup, base, page, is_owned, lambda label: _calls(label, words))
    return tuple(dict.fromkeys(url for url in urls if url != page))[:MOST_PAST]


def whole_lists(
    soup: BeautifulSoup,
    base: str,
    page: str,
    is_owned: Callable[[str], bool],
    words: Collection[str],
) -> tuple[str, ...]:
    """Canonical addresses below that of a list of the newest at `page` which say that all entries
    are there ("All news"); what stands beside it may be of the whole site.
    """
    below = f"{urlsplit(page).path.rstrip('/')}/"
    urls = _beside(soup, base, page, is_owned, lambda label: label in words)
    paths = ((url, urlsplit(url).path) for url in urls)
    found = (u for u, path in paths if path.startswith(below) and path.rstrip("/") != below[:-1])
    return tuple(dict.fromkeys(found))[:MOST_PAST]


def _beside(
    soup: BeautifulSoup,
    base: str,
    page: str,
    is_owned: Callable[[str], bool],
    is_meant: Callable[[str], bool],
) -> Iterator[str]:
    """Canonical addresses below or beside `page` that links with such labels lead to; labels come
    as `plain` writes them.
    """
    for tag in soup.find_all("a", href=True):
        if not is_meant(plain(text_in(tag, MOST_OF_LABEL))):
            continue
        url = canonical(str(tag["href"]), base)
        if url is not None and is_owned(url) and is_beside(url, page):
            yield url


def _calls(label: str, words: Collection[str]) -> bool:
    """Whether a label is one of those words, or holds one of several words and little besides:
    "Load past events", "Past events (24)".
    """
    if label in words:
        return True
    parts = label.split()
    return any(
        len(inner := parts[before : len(parts) - behind]) > 1 and " ".join(inner) in words
        for before in range(MOST_AROUND + 1)
        for behind in range(MOST_AROUND + 1 - before)
    )


def _names_year(tag: Tag) -> bool:
    """Whether what a link or an option leads to names a year."""
    return _YEAR.search(f"{tag.get('href') or ''} {tag.get('value') or ''}") is not None


def _stated(found: re.Match[str]) -> tuple[int, str]:
    """The year of a label, and its month or word."""
    named = found.groupdict()
    parts = (named.get("month"), named.get("number"))
    return int(found["year"]), plain("".join(filter(None, parts)))


def _stated_in(url: str, month: str) -> tuple[int, str] | None:
    """The year in an address that names one, and the month of its label."""
    years = {*_YEAR.findall(url)}
    return (int(years.pop()), month) if len(years) == 1 else None


def _may_be_month(part: str, is_month: Callable[[str], bool]) -> bool:
    """Whether it is the name or number of a month, or nothing."""
    return not part or part.isdecimal() or is_month(part)


def _told_apart(row: dict[str, tuple[int, str]]) -> dict[str, tuple[int, str]]:
    """A row whose places all differ: `Report 2024`, `Report 2025` are no months."""
    months = {part for _, part in row.values()}
    years = {year for year, _ in row.values()}
    if len({*row.values()}) < len(row) or (months != {""} and len(months) == 1):
        return {}
    return row if len(years) > 1 or len(months) > 1 else {}


def _asks_itself(url: str, page: str) -> bool:
    """Whether an address is that of the list with other parameters: `/news?year=2025`."""
    there, here = urlsplit(url), urlsplit(page)
    return bool(there.query) and there[:3] == here[:3] and there.query != here.query


def _address(tag: Tag) -> str:
    """That of a link, of an option, or what the form asks for with it."""
    stated = str(tag.get("href") or tag.get("value") or "").strip()
    if tag.name == "a" or re.match(r"https?://|/|\?", stated):
        return stated
    return option_address(tag) or ""


def _make(url: str, *, month: bool) -> str:
    """What the addresses of one row have in common: all but numbers; of months, of words too."""
    return str(len(_WORD.findall(url))) if month else re.sub(r"\d+", "0", url)


def is_beside(url: str, page: str) -> bool:
    """Whether an address is in the section of a list, and no file."""
    there, here = urlsplit(url), urlsplit(page)
    if NO_PAGE.search(there.path) or PDF.search(there.path):
        return False
    section = here.path.strip("/").partition("/")[0].partition(".")[0]
    return folder(url) == folder(page) or (
        bool(section) and there.path.strip("/").partition("/")[0] == section
    )
