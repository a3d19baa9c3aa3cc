"""Addresses of a list's next page in the data of a page's scripts. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, Tag

MOST_OF_SCRIPT = 5_000
"""Characters of a link's script that are looked at."""
_NEXT = re.compile(
    r"""["']next_?(?:page_?)?(?:url|link|href|path)?["']\s*:\s*"((?:https?:|\\?/|\?)[^"\s]{1,500})\"""",
    re.IGNORECASE,
)

_PLACE = re.compile(
    r"\{[^{}]{0,300}?(?P<page>NavPageNomer|(?:current_?)?page(?:_?(?:number|index|no))?)[\"']?\s*:"
    r"[^{}]{0,300}\}",
    re.IGNORECASE,
)
"""An object of a script that says which page of a list it is."""
_PLACE_NUMBER = re.compile(r"(\w{1,20})[\"']?\s*:\s*[\"']?(\d{1,6})(?!\d)")
_CURRENT = ("navpagenomer", "currentpage", "pagenumber", "pageindex", "pageno", "page")
_TOTAL = ("navpagecount", "totalpages", "lastpage", "pagecount", "pagescount", "numpages", "pages")
"""Names of the number of a page and of the last one, without what systems write differently."""
MOST_PLACES = 20
"""Objects of one script that are looked at."""
_NO_LETTER = re.compile(r"[^a-z]+")
MOST_DIGITS = 6
_GOES_TO = re.compile(
    r"""(?:location(?:\.href)?\s*=|location\.(?:assign|replace)\(|RefreshPageTo\(\s*event\s*,)\s*"""
    r"""(?:"([^"\s]{1,1000})"|'([^'\s]{1,1000})')"""
)
"""A click that leads to an address; the last form is that of lists in SharePoint."""


def clicked_page(tag: Tag) -> str | None:
    """The address to which the script of a link or button leads."""
    found = _GOES_TO.search(str(tag.get("onclick") or "")[:MOST_OF_SCRIPT])
    return _as_written(found[1] or found[2]) if found is not None else None


def scripted_pages(soup: BeautifulSoup, page: str) -> Iterator[str]:
    """Values of `next_url`, `nextPageUrl`, `next` and the like, as the script has them; and `page`,
    the address of the page, with the number after the one that scripts or data of an element state,
    if they say that there are more: in the usual parameter, or in that of Bitrix.
    """
    for script in soup.find_all("script", src=False):
        text = script.string or ""
        for match in _NEXT.finditer(text):
            if (address := _as_written(match[1])) is not None:
                yield address
        for place in islice(_PLACE.finditer(text), MOST_PLACES):
            yield from _after(_PLACE_NUMBER.findall(place[0]), page)
    for tag in soup.find_all(_states_place):
        yield from _after([(name, str(value)) for name, value in tag.attrs.items()], page)


def _states_place(tag: Tag) -> bool:
    return any("page" in name for name in tag.attrs) and len(tag.attrs) > 1


def _after(stated: Iterable[tuple[str, str]], page: str) -> Iterator[str]:
    """The address of the page after the one that some names and numbers state."""
    numbers = {
        _NO_LETTER.sub("", name.lower().removeprefix("data-")): int(value)
        for name, value in stated
        if value.isdecimal() and len(value) <= MOST_DIGITS
    }
    here = next((numbers[name] for name in _CURRENT if name in numbers), None)
    last = next((numbers[name] for name in _TOTAL if name in numbers), None)
    if here is None or last is None or not here < last:
        return
    name = f"PAGEN_{numbers.get('navnum', 1)}" if "navpagenomer" in numbers else "page"
    yield _with_parameter(page, name, here + 1)


def _with_parameter(page: str, name: str, value: int) -> str:
    parts = urlsplit(page)
    others = [one for one in parts.query.split("&") if one and one.partition("=")[0] != name]
    return parts._replace(query="&".join([*others, f"{name}={value}"])).geturl()


def _as_written(text: str) -> str | None:
    """A string of a script; None for one with an escape that JSON lacks."""
    try:
        return str(json.loads(f'"{text}"'))
    except ValueError:
        return None
