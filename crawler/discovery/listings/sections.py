"""Links of a home page to the sections that list news, by their labels. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

from bs4 import Tag

from crawler.discovery.listing_words import plain
from crawler.discovery.listings.soup import ParsedPage
from indexer.records.urls import canonical, identity, is_home

_FILE_END = re.compile(r"\.(?:html?|php|aspx?|jsp|shtml)$", re.IGNORECASE)
_DASHES = re.compile(r"[-_]+")
_TOGETHER = re.compile(r"[&/|+,]")
_NO_ADDRESS = re.compile(r"\s*(?:#.*|javascript:.*)?", re.IGNORECASE | re.DOTALL)
_LONGEST_LABEL = 4
"""Words; links of a menu that say more are headlines that it shows."""


def news_sections(
    page: ParsedPage,
    words: frozenset[str],
    is_owned: Callable[[str], bool],
) -> tuple[str, ...]:
    """Addresses that the page's links with such a label lead to, in their order, each once; then
    what is below such a label in a menu, where the label itself only opens that.
    """
    below = {id(link) for menu in _menus(page, words) for link in menu.find_all("a", href=True)}
    named = _leading_to(page, is_owned, lambda tag, _: _is_labelled(tag, words))
    if not below:  # Hardly a page has such a menu, and every list is asked.
        return named
    opened = _leading_to(page, is_owned, lambda tag, _: id(tag) in below and _is_brief(tag))
    return tuple(dict.fromkeys((*named, *opened)))


def called_sections(
    page: ParsedPage,
    words: frozenset[str],
    is_owned: Callable[[str], bool],
) -> tuple[str, ...]:
    """Addresses that are called so, whatever the label says: `/en/news`."""
    return _leading_to(page, is_owned, lambda _, address: _is_called(address, words))


def is_in_section(url: str, words: frozenset[str]) -> bool:
    """Whether a page stands in a folder that is called so: `/tj/news/7098`."""
    folders = urlsplit(url).path.split("/")[:-1]
    return any(plain(_DASHES.sub(" ", name)) in words for name in folders)


def _leading_to(
    page: ParsedPage, is_owned: Callable[[str], bool], is_section: Callable[[Tag, str], bool]
) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for anchor in page.soup.find_all("a", href=True):
        address = canonical(str(anchor["href"]), page.base)
        if (
            address is not None
            and is_section(anchor, address)
            and is_owned(address)
            and not is_home(address)
            and identity(address) != identity(page.url)
        ):
            found.setdefault(identity(address), address)
    return tuple(found.values())


def _menus(page: ParsedPage, words: frozenset[str]) -> Iterator[Tag]:
    """Menus that open below a label of news which leads nowhere itself."""
    for opener in page.soup.find_all(["a", "button"]):
        if _NO_ADDRESS.fullmatch(str(opener.get("href") or "")) and _is_labelled(opener, words):
            menu = opener.find_next_sibling(["ul", "ol", "div"])
            if isinstance(menu, Tag) and opener.find_parent(["li", "nav"]) is not None:
                yield menu


def _is_brief(anchor: Tag) -> bool:
    return len(anchor.get_text(" ").split()) <= _LONGEST_LABEL


def _is_labelled(anchor: Tag, words: frozenset[str]) -> bool:
    labels = (anchor.get_text(" "), anchor.get("title"), anchor.get("aria-label"))
    return any(_names_section(str(label), words) for label in labels if label)


def _is_called(address: str, words: frozenset[str]) -> bool:
    """Whether the last segment of an address is such a word, without the end of a file; behind a
    query stands an entry of it, or its further page.
    """
    parts = urlsplit(address)
    name = _FILE_END.sub("", parts.path.rstrip("/").rpartition("/")[2])
    return not parts.query and plain(_DASHES.sub(" ", name)) in words


def _names_section(label: str, words: frozenset[str]) -> bool:
    """Whether a label is such a word, or several: `News & Events`."""
    return plain(label) in words or all(plain(part) in words for part in _TOGETHER.split(label))
