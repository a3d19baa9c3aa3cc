"""Cards, rows and links that only a script makes lead somewhere: made links. Pure.

`<div onclick="location.href='/news/7'">`, `<tr data-href="/news/7">`, `<a href="#" data-link="…">`,
and the areas of an image: what reads lists then needs to know nothing of them.
"""

from __future__ import annotations

import re

from bs4 import BeautifulSoup, Tag

from crawler.discovery.listings.page_addresses import NO_PAGE

MOST_OF_SCRIPT = 2_000
"""Characters of a script that are looked at."""
_OTHERS = frozenset(
    {
        *(
            "body",
            "html",
            "main",
            "form",
            "table",
            "tbody",
            "ul",
            "ol",
            "button",
            "input",
            "option",
        ),
        *("select", "img", "iframe", "script", "link"),
    }
)
"""What holds lists, and what other rules read."""
_DATA = ("data-href", "data-link", "data-url", "data-permalink", "data-target-url", "data-uri")
_CLICKED = frozenset({"onclick", "href", *_DATA})
_OPENS = re.compile(
    r"""(?:location(?:\.href)?\s*=|(?:location\.(?:assign|replace)|\bopen\w*|\bgo\w*)\s*\()\s*"""
    r"""["']([^"'\s]{1,1000})["']""",
    re.IGNORECASE,
)
"""A script that goes to an address, or opens it in a window."""
_LEADS_NOWHERE = re.compile(r"#|javascript:|$", re.IGNORECASE)
_ADDRESS = re.compile(
    r"https?://|/|\?|\.{1,2}/|[\w%./-]{1,200}\.(?:html?|php|aspx?|jsp|cgi)\b", re.IGNORECASE
)
_PLACEHOLDER = re.compile(r"\{\{|\$\{|<%|\[\[")


def link_what_is_clicked(soup: BeautifulSoup) -> None:
    """Make links of what leads somewhere by a script or by data for one, and holds no link."""
    around: set[int] = set()
    for anchor in soup.find_all("a", href=True):
        if _PLACEHOLDER.search(str(anchor["href"])):
            del anchor["href"]  # a template that is filled in by a script
        elif _leads(anchor):
            _add_parents(anchor, around)
    for tag in reversed(soup.find_all(_is_clicked)):
        address = _address(tag) if id(tag) not in around else None
        if address is not None:
            tag.name, tag["href"] = "a", address
            _add_parents(tag, around)


def _add_parents(tag: Tag, around: set[int]) -> None:
    for parent in tag.parents:
        if id(parent) in around:
            break
        around.add(id(parent))


def _leads(anchor: Tag) -> bool:
    return _LEADS_NOWHERE.match(str(anchor.get("href") or "")) is None


def _is_clicked(tag: Tag) -> bool:
    if not tag.attrs or tag.name in _OTHERS or (tag.name == "a" and _leads(tag)):
        return False
    return tag.name == "area" or not _CLICKED.isdisjoint(tag.attrs)


def _address(tag: Tag) -> str | None:
    if tag.name == "area":
        return str(tag.get("href") or "") or None
    stated = [str(tag.get(name) or "").strip() for name in _DATA]
    for attribute in ("onclick", "href"):
        opened = _OPENS.search(str(tag.get(attribute) or "")[:MOST_OF_SCRIPT])
        stated += [opened[1]] if opened is not None else []
    return next((text for text in stated if _is_address(text)), None)


def _is_address(text: str) -> bool:
    is_file = NO_PAGE.search(text.partition("?")[0]) is not None
    return _ADDRESS.match(text) is not None and not is_file and not _PLACEHOLDER.search(text)
