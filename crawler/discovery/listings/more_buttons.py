"""Buttons that load more of a list: the address of what they bring. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from urllib.parse import urlencode, urlsplit

from bs4 import BeautifulSoup, Tag

from crawler.discovery.listings.boilerplate import classes_of
from crawler.discovery.listings.form_pages import form_address

_MORE_CLASS = re.compile(
    r"(?:^|[-_\s])(?:(?:load|show|view|read)-?more(?!-text)|more-?(?:posts|news|button|btn|link)|js-more|"
    r"btn-more|infinite|ajax-?(?:more|load)|loadmore|showmore)",
    re.IGNORECASE,
)
_DATA = re.compile(
    r"data-(?:(?:next|more|load|ajax|page|href|link|request)?-?(?:page-?)?(?:url|href|link|path|src)|endpoint|"
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
_NUMBER_DATA = re.compile(
    r"data-(?P<state>next-?|current-?)?(?:page(?:-?(?:number|no|num))?|paged)", re.IGNORECASE
)
"""Attributes with the number of the page that is loaded, or was."""
_OFFSET_DATA = re.compile(r"data-(?:next-?)?(?P<name>offset|start|skip|from)", re.IGNORECASE)
"""The same with the number of entries before it."""
_SIZE_DATA = re.compile(r"data-(?P<name>limit|count|size|per-?page|take)", re.IGNORECASE)
_NEXT_DATA = re.compile(r"data-next-?(?:page-?)?(?:url|href|link|path)?$", re.IGNORECASE)
"""Attributes by which anything names the next page, if their value is an address: the frame of a
list, too.
"""
LONGEST_COUNT = 6
"""Digits from which on a number is an id."""
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
            addresses = [*data_addresses(tag)]
            counts = _counted(tag) is not None  # A script joins both.
            yield from filter(is_further_page, addresses) if counts else addresses
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
        """What a button with a number may load, from the address beside it or that of the page:
        `?page=2`, `?offset=20&limit=20`.
        """
        for tag in self._buttons:
            counted = _counted(tag)
            if counted is not None:
                return _asked_with(next(data_addresses(tag), page), counted)
        return None


def _counted(tag: Tag) -> dict[str, int] | None:
    """The parameters of what a button loads, by the numbers in its data; None without any that
    counts pages or entries.
    """
    numbers = {
        name: int(value)
        for name, value in tag.attrs.items()
        if isinstance(value, str) and value.isdecimal() and len(value) < LONGEST_COUNT
    }
    for name, value in numbers.items():
        if (found := _NUMBER_DATA.fullmatch(name)) is not None:
            is_current = str(found["state"] or "").lower().startswith("current")
            return {"page": max(value + is_current, 2)}
        if (found := _OFFSET_DATA.fullmatch(name)) is not None and value:
            sizes = [(_SIZE_DATA.fullmatch(each), size) for each, size in numbers.items()]
            of_size = {size["name"].replace("-", "_"): n for size, n in sizes if size is not None}
            return {found["name"].lower(): value} | of_size
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


def _asked_with(address: str, parameters: Mapping[str, int]) -> str | None:
    parts = urlsplit(address)
    if parts.query:
        return None  # the list is a query already, whose page may be anything
    return parts._replace(query=urlencode(parameters)).geturl()


def _frames(soup: BeautifulSoup) -> set[int]:
    """Ids of what holds links, paragraphs or blocks. Asking each would go through it once more."""
    found: set[int] = set()
    for tag in soup.find_all(["a", "p", "div", "span"]):
        for around in tag.parents:
            if id(around) in found:
                break
            found.add(id(around))
    return found
