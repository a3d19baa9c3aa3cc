"""Addresses of a list's next page in the data of a page's scripts. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, Tag

MOST_OF_SCRIPT = 5_000
"""Characters of a link's script that are looked at."""
_NEXT = re.compile(
    r"""["']next_?(?:page_?)?(?:url|link|href|path)?["']\s*:\s*"((?:https?:|\\?/|\?)[^"\s]{1,500})\"""",
    re.IGNORECASE,
)

_BITRIX = re.compile(r"\{[^{}]{0,200}NavPageNomer[^{}]{0,200}\}")
_BITRIX_NUMBER = re.compile(r"(NavPageNomer|NavPageCount|NavNum)['\"]?\s*:\s*['\"]?(\d{1,6})")
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
    """Values of `next_url`, `nextPageUrl`, `next` and the like, as the script has them; and what
    Bitrix would ask for by the numbers that its lists leave in a script: `page`, its address, with
    a number.
    """
    for script in soup.find_all("script", src=False):
        for match in _NEXT.finditer(script.string or ""):
            if (address := _as_written(match[1])) is not None:
                yield address
        if (pager := _BITRIX.search(script.string or "")) is not None:
            numbers = {name: int(value) for name, value in _BITRIX_NUMBER.findall(pager[0])}
            here = numbers.get("NavPageNomer", 0)
            if 0 < here < numbers.get("NavPageCount", 0):
                yield _with_parameter(page, f"PAGEN_{numbers.get('NavNum', 1)}", here + 1)


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
