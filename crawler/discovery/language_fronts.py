"""The home pages of a site in its other languages, as its home page links to them. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cache
from itertools import chain, islice
from string import whitespace
from urllib.parse import parse_qsl, urlsplit

from bs4 import Tag
from bs4.element import NavigableString, PageElement

from crawler.discovery.listing_words import plain
from crawler.discovery.listings.soup import ParsedPage, language_of, text_in, visible_text
from crawler.parsers.language import detect_language, language_code
from indexer.records.urls import canonical, identity
from indexer.text.calendar_names import locale_of

_INDEX = re.compile(r"(?:index|default|main|home)(?:\.\w{2,5})?", re.IGNORECASE)
"""A segment that names the page which a folder shows by itself."""
MOST_OF_TEXT = 5_000
"""Characters by which the page's own language is told."""
_ENOUGH_TEXT = 200
"""Characters that tell the language of a page, whatever it says of itself."""
_CODE = re.compile(r"[a-z]{2,3}(?:[-_][a-z]{2})?", re.IGNORECASE)
"""A segment that may name a language."""
_LONGEST_SHORT = 4
"""Letters of a language's name that is cut short: Eng, Рус, Қаз."""
_AROUND = 3
"""Elements that hold a link of a row alone: `<li><span><a>`."""
_BESIDE = 8
"""Pieces of a row that are looked at, before a link and behind it."""
_LONGEST_NAME = 20
_SIGNS = "|/·•"
"""Between the names of a row."""
_PARAMETER = re.compile(r"(?:site_?)?(?:lang(?:uage)?|locale|lng|lg|hl|ln|l)", re.IGNORECASE)


def language_fronts(
    page: ParsedPage,
    languages: Collection[str],
    is_owned: Callable[[str], bool],
    names: Mapping[str, str],
) -> tuple[str, ...]:
    """Addresses of the home page in those of the languages (ISO 639-1) that it links to, one each.

    Told by `hreflang` in its head, or by an address of which nothing but the language is left
    (`/en/`, `/kz/index.php`, `/?lang=kk`), or in which nothing else differs from the page's; for a
    language without such an address, by a link that is called by it (`names` has what CLDR lacks,
    in lower case): a site may have nothing but news in it, to which that leads.
    """
    soup = page.soup
    declared = language_of(soup)
    text = visible_text(soup, MOST_OF_TEXT)
    own = detect_language(text, declared)  # templates say a language on pages of any
    if len(text) < _ENOUGH_TEXT and own != language_code(declared):
        own = None  # it may be that of its links to others
    known = {*languages, *([own] if own is not None else [])}
    found, called, in_short = dict[str, str](), dict[str, str](), dict[str, str]()
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
        elif link.name == "a":
            label = plain(text_in(link, _LONGEST_NAME))
            code = _named_in_whole(label, languages, names)
            if code not in (None, own):
                called.setdefault(str(code), address)
                continue
            code = _named_in_short(label, languages)
            if code not in (None, own) and _is_beside_another(link, str(code), known, names):
                in_short.setdefault(str(code), address)
    sure = called | found
    return tuple((sure | in_short | sure).values())


def _named_in_whole(label: str, languages: Collection[str], names: Mapping[str, str]) -> str | None:
    """The language whose name a label is, in lower case."""
    if names.get(label) in languages:
        return names[label]
    return next((code for code in languages if label in _names(code)), None)


def _named_in_short(label: str, languages: Collection[str]) -> str | None:
    """The language whose code a label is, or the beginning of whose name; it may be another word
    as well (IT, Fin).
    """
    if _CODE.fullmatch(label) and language_code(label) in languages:
        return language_code(label)
    is_short = 1 < len(label) <= _LONGEST_SHORT
    named = (code for code in languages if any(n.startswith(label) for n in _names(code)))
    return next(named, None) if is_short else None


def _is_beside_another(
    link: Tag, code: str, languages: Collection[str], names: Mapping[str, str]
) -> bool:
    """Whether another language is named in the row of a link: `RU | EN`."""
    labels = {plain(piece) for text in _beside(link) for piece in re.split(f"[{_SIGNS}]", text)}
    named = {_named_in_whole(label, languages, names) for label in labels}
    named |= {_named_in_short(label, languages) for label in labels}
    return not named <= {None, code}


def _beside(link: Tag) -> list[str]:
    """What stands beside a link, or beside the elements that hold it alone."""
    place = link
    for _ in range(_AROUND):
        near = chain(islice(place.previous_siblings, _BESIDE), islice(place.next_siblings, _BESIDE))
        if (said := [*_texts(near)]) or place.parent is None:
            return said
        place = place.parent
    return []


def _texts(nodes: Iterable[PageElement]) -> Iterator[str]:
    """What elements and texts say, of long ones the beginning."""
    for node in nodes:
        text = text_in(node, _LONGEST_NAME) if isinstance(node, Tag) else ""
        text = node.strip()[: 2 * _LONGEST_NAME] if type(node) is NavigableString else text
        if text.strip(f"{whitespace}\xa0{_SIGNS}"):
            yield text


@cache
def _names(code: str) -> tuple[str, str]:
    """First words of a language's name in itself and in English, as CLDR has them; the code of a
    language that it lacks.
    """
    locale = locale_of(code)
    if locale is None:
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
