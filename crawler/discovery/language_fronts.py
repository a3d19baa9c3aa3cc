"""The home pages of a site in its other languages, as its home page links to them. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from functools import cache
from urllib.parse import parse_qsl, urlsplit

from babel import Locale, UnknownLocaleError
from bs4 import Tag

from crawler.discovery.listings.soup import ParsedPage, visible_text
from crawler.parsers.language import detect_language, language_code
from indexer.records.urls import canonical, identity

_INDEX = re.compile(r"(?:index|default|main|home)(?:\.\w{2,5})?", re.IGNORECASE)
"""A segment that names the page which a folder shows by itself."""
MOST_OF_TEXT = 5_000
"""Characters by which the page's own language is told."""
_CODE = re.compile(r"[a-z]{2,3}(?:[-_][a-z]{2})?", re.IGNORECASE)
"""A segment that may name a language."""
_LONGEST_SHORT = 4
"""Letters of a language's name that is cut short: Eng, Рус, Қаз."""
_PARAMETER = re.compile(r"(?:site_?)?(?:lang(?:uage)?|locale|lng|lg|hl|ln|l)", re.IGNORECASE)


def language_fronts(
    page: ParsedPage,
    languages: Collection[str],
    is_owned: Callable[[str], bool],
) -> tuple[str, ...]:
    """Addresses of the home page in those of the languages (ISO 639-1) that it links to, one each.

    Told by `hreflang` in its head, or by an address of which nothing but the language is left
    (`/en/`, `/kz/index.php`, `/?lang=kk`), or in which nothing else differs from the page's; for a
    language without such an address, by a link that is called by it: a site may have nothing but
    news in it, to which that leads.
    """
    soup = page.soup
    declared = str(soup.html.get("lang") or "") if soup.html is not None else ""
    own = language_code(declared)
    if own is not None and detect_language(visible_text(soup, MOST_OF_TEXT), own) != own:
        own = None  # templates say a language on pages of any
    found: dict[str, str] = {}
    called: dict[str, str] = {}
    for link in soup.find_all(["link", "a"], href=True):
        address = canonical(str(link["href"]), page.base)
        if address is None or identity(address) == identity(page.url) or not is_owned(address):
            continue
        stated = link.name == "link" and "alternate" in (link.get("rel") or ())
        code = language_code(str(link.get("hreflang") or "")) if stated else None
        if code is None and link.name == "a":
            code = front_language(address) or _other_language(address, page.url)
        if code in languages and code != own:
            found.setdefault(str(code), address)
        elif link.name == "a" and (label := _named_language(link, languages)) not in (None, own):
            called.setdefault(str(label), address)
    return tuple((called | found).values())


def _named_language(link: Tag, languages: Collection[str]) -> str | None:
    """The language by whose name, or its beginning, a link is called."""
    label = link.get_text(" ", strip=True).casefold()
    if language_code(label) in languages:
        return language_code(label)
    is_short = 1 < len(label) <= _LONGEST_SHORT
    for code in languages:
        own, english = _names(code)
        if label == english or (label.startswith(own) and " " not in label):
            return code
        if is_short and (own.startswith(label) or english.startswith(label)):
            return code
    return None


@cache
def _names(code: str) -> tuple[str, str]:
    """First words of a language's name in itself and in English, as CLDR has them; the code of a
    language that it lacks.
    """
    try:
        locale = Locale.parse(code)
    except (UnknownLocaleError, ValueError):
        return code, code
    own, english = (locale.get_language_name(each) or code for each in (code, "en"))
    return own.casefold().split()[0], english.casefold().split()[0]


def front_language(address: str) -> str | None:
    """The language that an address names, if it names nothing else."""
    parts = urlsplit(address)
    segments = [s for s in parts.path.split("/") if s and not _INDEX.fullmatch(s)]
    asked = parse_qsl(parts.query)
    if len(segments) == 1 and not asked:
        return language_code(segments[0]) if _CODE.fullmatch(segments[0]) else None
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
