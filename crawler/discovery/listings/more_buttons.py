"""Buttons that load more of a list: the address of what they bring. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, Tag

from crawler.discovery.listings.boilerplate import classes_of
from crawler.discovery.listings.form_pages import form_address

_MORE_CLASS = re.compile(
    r"(?:^|[-_\s])(?:(?:load|show|view|read)-?more(?!-text)|more-?(?:posts|news|button|btn|link)|js-more|"
    r"btn-more|infinite|ajax-?(?:more|load)|loadmore|showmore)",
    re.IGNORECASE,
)
_DATA = re.compile(
    r"data-(?:(?:next|more|load|ajax|page|href|link|request)?-?(?:page-?)?(?:url|href|link|path|src)|"
    r"next(?:-page)?|load-?more|more|ajax)|(?:data-)?hx-get|(?:data-)?up-href|ic-get-from",
    re.IGNORECASE,
)
"""Attributes of a button with the address of what it loads; those of libraries are no `data-`."""
_LAZY_FRAMES = ("turbo-frame", "include-fragment")
"""Elements whose content is loaded from their `src`."""
_LOADS = re.compile(
    r"(?:data-)?(?:hx-get|up-href)|ic-get-from|data-ajax(?:-(?:url|href))?", re.IGNORECASE
)
"""Attributes that load something wherever they stand."""
_NUMBER_DATA = re.compile(r"data-(?:next-?)?(?:page|paged|page-?number)", re.IGNORECASE)
"""Attributes with the number of the page that is loaded, or was."""
_NEXT_DATA = re.compile(r"data-next-?(?:page-?)?(?:url|href|link|path)?$", re.IGNORECASE)
"""Attributes by which anything names the next page, if their value is an address: the frame of a
list, too.
"""
_BUTTONS = ("button", "a", "div", "span", "input")
_LISTS = ("ul", "ol", "section", "main", "table", "tbody")
_ADDRESS = re.compile(
    r"https?://|/|\?|\./|[\w%.-]+(?:\?|\.(?:html?|php|aspx?|json)\b)", re.IGNORECASE
)
_FOLDER = re.compile(r"[\w%.-]+/")
"""An address only where the attribute says so, or where it counts pages: the next slide of a
carousel is `slide-2/photo`.
"""
_COUNTED = re.compile(r"(?:[\w%.-]+/){0,9}page/\d+/?", re.IGNORECASE)
_SAYS_ADDRESS = re.compile(r"(?:url|href|link|path|src)$", re.IGNORECASE)


class MoreButtons:
    """The buttons of one page that load more of its list."""

    def __init__(self, soup: BeautifulSoup, is_labelled: Callable[[Tag], bool]) -> None:
        """`is_labelled`: whether a button says so."""
        frames = _frames(soup)
        self._buttons: list[Tag] = []
        self._others: list[Tag] = soup.find_all(_LAZY_FRAMES, src=True)
        """What may load anything: the address decides."""
        for tag in soup.find_all([*_BUTTONS, *_LISTS]):
            if any(map(_LOADS.fullmatch, tag.attrs)):
                self._others.append(tag)
            if _names_next(tag):
                self._buttons.append(tag)
                continue
            if tag.name in _LISTS:
                continue
            is_frame = tag.name in ("div", "span") and id(tag) in frames
            if _MORE_CLASS.search(classes_of(tag)) or (not is_frame and is_labelled(tag)):
                self._buttons.append(tag)

    def addresses(self, is_further_page: Callable[[str], bool]) -> Iterator[str]:
        """Addresses in data attributes, and those of links that lead to more of the same list.

        Links to single pages ("read more") have such classes too.
        """
        for tag in self._buttons:
            yield from data_addresses(tag)
            href = str(tag.get("href") or "")
            if tag.name == "a" and _MORE_CLASS.search(classes_of(tag)) and is_further_page(href):
                yield href
        for tag in self._others:
            found = [str(tag["src"])] if tag.name in _LAZY_FRAMES else data_addresses(tag)
            yield from filter(is_further_page, found)

    def forms(self, is_further_page: Callable[[str], bool]) -> Iterator[str]:
        """Addresses of forms whose hidden fields name a further page."""
        for tag in self._buttons:
            address = form_address(tag) if tag.name in ("button", "input") else None
            if address is not None and is_further_page(address):
                yield address

    def guess(self, page: str) -> str | None:
        """What a button with nothing but a number may load: `?page=2`, the usual parameter."""
        for tag in self._buttons:
            for name, value in tag.attrs.items():
                if _NUMBER_DATA.fullmatch(name) and str(value).isdecimal() and len(value) < 5:
                    return _with_page(page, max(int(str(value)), 2))
        return None


def _names_next(tag: Tag) -> bool:
    return any(
        _NEXT_DATA.match(name) and isinstance(value, str) and _is_address(name, value.strip())
        for name, value in tag.attrs.items()
    )


def data_addresses(tag: Tag) -> Iterator[str]:
    """The addresses in a tag's data attributes."""
    for name, value in tag.attrs.items():
        if isinstance(value, str) and _DATA.fullmatch(name) and _is_address(name, value.strip()):
            yield value


def _is_address(name: str, value: str) -> bool:
    if _ADDRESS.match(value) or _COUNTED.fullmatch(value):
        return True
    return bool(_SAYS_ADDRESS.search(name) and _FOLDER.match(value))


def _with_page(page: str, number: int) -> str | None:
    parts = urlsplit(page)
    if parts.query:
        return None  # the list is a query already, whose page may be anything
    return parts._replace(query=f"page={number}").geturl()


def _frames(soup: BeautifulSoup) -> set[int]:
    """Ids of what holds links, paragraphs or blocks. Asking each would go through it once more."""
    found: set[int] = set()
    for tag in soup.find_all(["a", "p", "div", "span"]):
        for around in tag.parents:
            if id(around) in found:
                break
            found.add(id(around))
    return found
