"""The home pages of a site in its other languages, as its home page links to them. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from urllib.parse import parse_qsl, urlsplit

from crawler.discovery.listings.soup import ParsedPage, visible_text
from crawler.parsers.language import language_code, writes_otherwise
from indexer.records.urls import canonical, identity

_INDEX = re.compile(r"(?:index|default|main|home)(?:\.\w{2,5})?", re.IGNORECASE)
"""A segment that names the page which a folder shows by itself."""
MOST_OF_TEXT = 5_000
"""Characters by which the page's own language is told."""
_PARAMETER = re.compile(r"(?:site_?)?(?:lang(?:uage)?|locale|lng|lg|hl|ln|l)", re.IGNORECASE)


def language_fronts(
    page: ParsedPage,
    languages: Collection[str],
    is_owned: Callable[[str], bool],
) -> tuple[str, ...]:
    """Addresses of the home page in those of the languages (ISO 639-1) that it links to, one each.

    Told by `hreflang` in its head, or by an address of which nothing but the language is left:
    `/en/`, `/kz/index.php`, `/?lang=kk`.
    """
    soup = page.soup
    declared = str(soup.html.get("lang") or "") if soup.html is not None else ""
    own = language_code(declared)
    if own is not None and writes_otherwise(own, visible_text(soup, MOST_OF_TEXT)):
        own = None
    found: dict[str, str] = {}
    for link in soup.find_all(["link", "a"], href=True):
        address = canonical(str(link["href"]), page.base)
        if address is None or identity(address) == identity(page.url) or not is_owned(address):
            continue
        stated = link.name == "link" and "alternate" in (link.get("rel") or ())
        code = language_code(str(link.get("hreflang") or "")) if stated else None
        code = code or (_language_of(address) if link.name == "a" else None)
        if code in languages and code != own:
            found.setdefault(str(code), address)
    return tuple(found.values())


def _language_of(address: str) -> str | None:
    """The language that an address names, if it names nothing else."""
    parts = urlsplit(address)
    segments = [s for s in parts.path.split("/") if s and not _INDEX.fullmatch(s)]
    asked = parse_qsl(parts.query)
    if len(segments) == 1 and not asked:
        return language_code(segments[0])
    if not segments and len(asked) == 1 and _PARAMETER.fullmatch(asked[0][0]):
        return language_code(asked[0][1])
    return None
