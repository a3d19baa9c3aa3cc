"""The lists that the entries of a page come from, told by their addresses. Pure.

Labels of such links are known in some languages only, and many sites have names of their own for
them. But an entry mostly stands below its list: `/noticias/slug` belongs to `/noticias`,
`/termin/slug.html` to `/termine.html`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from urllib.parse import urlsplit

from crawler.discovery.listings.page_addresses import NO_PAGE, PDF
from crawler.discovery.listings.soup import ParsedPage, text_in
from indexer.frontier.port import Link
from indexer.records.urls import canonical, identity, is_home

FEWEST = 2
"""Entries that make a list."""
MOST_OF_LABEL = 1_000
"""Characters of a link that are looked at; blanks count."""
LONGEST_LABEL = 40
"""Characters of its link: a headline is longer."""
_END = re.compile(r"(?:/(?:index|default))?\.(?:html?|php|aspx?|jsp|shtml)$|/$", re.IGNORECASE)
_SHORTEST_STEM = 4
_LONGEST_ENDING = 3
"""Letters by which the name of a list and that of its folder may differ: `termine`, `termin`."""


def entry_sections(
    page: ParsedPage,
    links: Iterable[Link],
    is_owned: Callable[[str], bool],
    *,
    fewest: int = FEWEST,
) -> tuple[str, ...]:
    """Addresses of lists that the page links to and has entries of, those with most entries first.

    `links`: its entries; `fewest`: of these a list has.
    """
    entries = {identity(link.url): link.url for link in links}
    lists = _lists(page, entries.keys(), is_owned)
    alike = {short: address for stem, address in lists.items() for short in shortened(stem)}
    found: Counter[str] = Counter()
    for url in entries.values():
        address = next(filter(None, (_list_of(f, lists, alike) for f in _folders(url))), None)
        if address is not None:
            found[address] += 1
    return tuple(address for address, number in found.most_common() if number >= fewest)


def _list_of(folder: str, lists: Mapping[str, str], alike: Mapping[str, str]) -> str | None:
    """The list of a folder's pages, by its path, or by one that differs in a few last letters."""
    exact = lists.get(folder) or alike.get(folder)
    return exact or next((lists[short] for short in shortened(folder) if short in lists), None)


def _lists(
    page: ParsedPage, entries: Collection[str], is_owned: Callable[[str], bool]
) -> dict[str, str]:
    """Addresses that may be those of lists, by their paths without the end of a file."""
    known, found = {*entries, identity(page.url)}, dict[str, str]()
    for anchor in page.soup.find_all("a", href=True):
        address = canonical(str(anchor["href"]), page.base)
        if address is None or identity(address) in known or not is_owned(address):
            continue
        parts = urlsplit(address)
        label = " ".join(text_in(anchor, MOST_OF_LABEL).split())
        is_short = len(label) <= LONGEST_LABEL and not parts.query
        is_file = NO_PAGE.search(parts.path) or PDF.search(parts.path)
        if is_short and not is_file and not is_home(address):
            found.setdefault(_END.sub("", parts.path), address)
    return found


def _folders(url: str) -> Iterator[str]:
    """The folders above a page, the nearest first; those that only count are parts of a list."""
    path = _END.sub("", urlsplit(url).path)
    while "/" in path.strip("/"):
        path = path.rpartition("/")[0]
        folder = path.rpartition("/")[2]
        if not folder.isdecimal():
            yield path


def shortened(path: str) -> Iterator[str]:
    """The path without its last letters: list and folder often are the plural and the singular."""
    name = path.rpartition("/")[2]
    for cut in range(1, _LONGEST_ENDING + 1):
        if len(name) - cut >= _SHORTEST_STEM and name[-cut:].isalpha():
            yield path[:-cut]
