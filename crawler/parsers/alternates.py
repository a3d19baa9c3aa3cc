"""The versions of a page in other languages, as its head names them (`hreflang`). Pure."""

from __future__ import annotations

import re
from urllib.parse import urljoin

from crawler.parsers.html import HtmlDocument
from indexer.records.document import Alternate
from indexer.records.urls import canonical, identity, is_home

MOST = 40
"""Versions that are read: the languages of the European Union, and some."""
_CODE = re.compile(r"([a-z]{2})(?:[-_][a-z0-9]{2,8})*", re.IGNORECASE)


def read_alternates(document: HtmlDocument, url: str | None) -> tuple[Alternate, ...]:
    """The other versions, each language once; not the page itself, nor a home page.

    Sites without a translation of a page often name the home page of the other language.
    """
    own = canonical(url) if url else None
    found: dict[str, Alternate] = {}
    for link in document.elements.with_tags("link"):
        given = link.attributes
        code = _CODE.fullmatch(given.get("hreflang", "").strip())
        href = given.get("href", "").strip()
        if code is None or not href or "alternate" not in given.get("rel", "").lower().split():
            continue
        address = canonical(_resolve(url, href))
        if address is None or is_home(address) or _is_front(address, code[1].lower()):
            continue
        if own is None or identity(address) != identity(own):
            found.setdefault(code[1].lower(), Alternate(code[1].lower(), address))
        if len(found) == MOST:
            break
    return tuple(found.values())


def _resolve(url: str | None, href: str) -> str:
    try:
        return urljoin(url or "", href)
    except ValueError:
        return ""


def _is_front(address: str, lang: str) -> bool:
    """Whether the path is the language alone: `/en/`."""
    path = address.split("://", 1)[1].partition("/")[2].partition("?")[0]
    return path.strip("/").lower() == lang
