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
_CODE = re.compile(r"[a-z]{2,3}(?:[-_][a-z]{2})?", re.IGNORECASE)
"""A segment that may name a language."""
_PARAMETER = re.compile(r"(?:site_?)?(?:lang(?:uage)?|locale|lng|lg|hl|ln|l)", re.IGNORECASE)


def language_fronts(
    page: ParsedPage,
    languages: Collection[str],
    is_owned: Callable[[str], bool],
) -> tuple[str, ...]:
    """Addresses of the home page in those of the languages (ISO 639-1) that it links to, one each.

    Told by `hreflang` in its head, or by an address of which nothing but the language is left
    (`/en/`, `/kz/index.php`, `/?lang=kk`), or in which nothing else differs from the page's.
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
        if code is None and link.name == "a":
            code = _language_of(address) or _other_language(address, page.url)
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


def _other_language(address: str, page: str) -> str | None:
    """The language that an address names in the one place where it differs from that of the page:
    `/portal/mines?lang=kk` beside `/portal/mines?lang=ru`, `/kk/home` beside `/ru/home`.
    """
    there, here = urlsplit(address), urlsplit(page)
    asked, known = dict(parse_qsl(there.query)), dict(parse_qsl(here.query))
    if there.path == here.path:
        names = [n for n in asked.keys() | known.keys() if asked.get(n) != known.get(n)]
        is_language = len(names) == 1 and _PARAMETER.fullmatch(names[0])
        return language_code(asked.get(names[0])) if is_language else None
    steps = [*zip(there.path.split("/"), here.path.split("/"), strict=False)]
    differing = [(one, other) for one, other in steps if one != other]
    alike = there.path.count("/") == here.path.count("/") and asked == known
    if not alike or len(differing) != 1 or not all(map(_CODE.fullmatch, differing[0])):
        return None
    return language_code(differing[0][0])
