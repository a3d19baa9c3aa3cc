"""Finds the next page of a list: links, pagers with numbers only, "load more" buttons. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from bs4 import BeautifulSoup, Tag

from crawler.discovery.listing_words import ListingWords, plain
from crawler.discovery.listings.boilerplate import classes_of
from crawler.discovery.listings.page_addresses import ListAddresses
from crawler.discovery.listings.soup import anchors_at, select
from indexer.records.urls import canonical

_PAGER_CLASS = re.compile(
    r"(?:^|[-_\s])(?:pager|pagination|paging|paginator|page-?nav(?:igation)?|page-?numbers?|nav-links|"
    r"nav-previous|pages|modern-page)(?:$|[-_\s\d])",
    re.IGNORECASE,
)
_NEXT_CLASS = re.compile(r"(?:^|[-_\s])(?:next|forward|older)(?:$|[-_\s])", re.IGNORECASE)
_PREVIOUS_CLASS = re.compile(r"(?:^|[-_\s])prev(?:ious)?(?:$|[-_\s])", re.IGNORECASE)
_MORE_CLASS = re.compile(
    r"(?:^|[-_\s])(?:(?:load|show|view|read)-?more(?!-text)|more-?(?:posts|news|button|btn|link)|"
    r"btn-more|infinite|ajax-?(?:more|load)|loadmore|showmore)",
    re.IGNORECASE,
)
_NEXT_SIGNS = frozenset({"›", "»", ">", ">>", "→", "⟩", "❯", "▶"})
_DATA = re.compile(
    r"data-(?:(?:next|more|load|ajax|page|href|link|request)?-?(?:page-?)?(?:url|href|link|path|src)|"
    r"next(?:-page)?|load-?more|more)",
    re.IGNORECASE,
)
"""Attributes of a button with the address of what it loads."""
_ADDRESS = re.compile(
    r"https?://|/|\?|\./|[\w%.-]+(?:/|\?|\.(?:html?|php|aspx?|json)\b)", re.IGNORECASE
)


class NextPageFinder:
    """Finds the next page of listing pages of one source."""

    def __init__(self, words: ListingWords, is_owned: Callable[[str], bool]) -> None:
        """Take the words, and the test whether a canonical address belongs to the source."""
        self._words = words
        self._is_owned = is_owned
        self._addresses = ListAddresses(words)

    def find(self, soup: BeautifulSoup, base: str, page: str, css: str | None) -> str | None:
        """Canonical address of the next page; `css`: a selector of the configuration.

        Raises ParseError (`selector`) for one that is none.
        """
        addresses = self._select(soup) if css is None else _addresses_at(soup, css)
        for address in addresses:
            url = canonical(address, base)
            if url is None or url == page or not self._is_owned(url):
                continue
            # Calendars lead from month to month without end.
            if css is not None or not self._addresses.is_calendar_view(url):
                return url
        return None

    def _select(self, soup: BeautifulSoup) -> Iterator[str]:
        """Addresses that may be those of the next page, surest first."""
        for tag in soup.select("link[rel~=next][href], a[rel~=next][href]"):
            yield str(tag["href"])
        anchors = [
            a
            for a in soup.find_all("a", href=True)
            if _in_pager(a) or self._addresses.is_further_page(str(a["href"]))
        ]
        anchors = [a for a in anchors if not _has_class(a, _PREVIOUS_CLASS)]
        for found in (
            (a for a in anchors if self._is_next_label(a)),
            (a for a in anchors if _has_class(a, _NEXT_CLASS)),
            _numbered(anchors),
            (a for a in anchors if a.get_text(strip=True) in _NEXT_SIGNS),
        ):
            yield from (str(a["href"]) for a in found)
        yield from self._more(soup)

    def _more(self, soup: BeautifulSoup) -> Iterator[str]:
        """What "load more" buttons bring: the address in a data attribute, or that of a link."""
        frames = _frames(soup)
        for tag in soup.find_all(["button", "a", "div", "span", "input"]):
            is_frame = tag.name in ("div", "span") and id(tag) in frames
            labelled = not is_frame and self._is_next_label(tag)
            if not labelled and not _MORE_CLASS.search(classes_of(tag)):
                continue
            yield from _data_addresses(tag)
            if tag.name == "a" and _MORE_CLASS.search(classes_of(tag)) and self._is_query(tag):
                yield str(tag["href"])

    def _is_next_label(self, tag: Tag) -> bool:
        labels = (tag.get_text(" "), tag.get("aria-label"), tag.get("title"), tag.get("value"))
        return any(plain(str(label)) in self._words.next_page for label in labels if label)

    def _is_query(self, anchor: Tag) -> bool:
        """Whether a link leads to more of the same list; "read more" links lead to pages."""
        return self._addresses.is_further_page(str(anchor.get("href") or ""))


def _addresses_at(soup: BeautifulSoup, css: str) -> Iterator[str]:
    for tag in select(soup, css):
        yield from _data_addresses(tag)
        anchors = [tag] if tag.name == "link" else anchors_at(tag)
        yield from (str(anchor.get("href", "")) for anchor in anchors)


def _data_addresses(tag: Tag) -> Iterator[str]:
    for name, value in tag.attrs.items():
        if isinstance(value, str) and _DATA.fullmatch(name) and _ADDRESS.match(value.strip()):
            yield value


def _frames(soup: BeautifulSoup) -> set[int]:
    """Ids of what holds links, paragraphs or blocks. Asking each would go through it once more."""
    found: set[int] = set()
    for tag in soup.find_all(["a", "p", "div", "span"]):
        for around in tag.parents:
            if id(around) in found:
                break
            found.add(id(around))
    return found


def _numbered(anchors: list[Tag]) -> Iterator[Tag]:
    """The anchor behind the current page of a pager that only has numbers."""
    current_pages: dict[int, str] = {}
    """By id of the pager, which is looked at once for all its anchors."""
    for anchor in anchors:
        container = _pager_of(anchor)
        if container is None:
            continue
        if id(container) not in current_pages:
            current = container.select_one(
                "[aria-current], .active, .current, .is-active, .selected, strong, b, span"
            )
            here = current.get_text(" ", strip=True) if current is not None else ""
            current_pages[id(container)] = here
        number = re.search(r"\d+", current_pages[id(container)])
        if number and anchor.get_text(strip=True) == str(int(number[0][:9]) + 1):
            yield anchor


def _has_class(anchor: Tag, pattern: re.Pattern[str]) -> bool:
    """Whether the anchor, or the element that holds it alone, has such a class."""
    parent = anchor.parent
    near = [anchor, parent] if parent is not None and parent.name in ("li", "span") else [anchor]
    return any(pattern.search(classes_of(tag)) for tag in near)


def _in_pager(anchor: Tag) -> bool:
    return _pager_of(anchor) is not None


def _pager_of(anchor: Tag) -> Tag | None:
    for tag in anchor.parents:
        if tag.name in ("body", "html", "main", "article"):
            return None
        if _PAGER_CLASS.search(classes_of(tag)):
            return tag
    return None
