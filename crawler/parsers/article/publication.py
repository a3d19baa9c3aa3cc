"""When a page was published: what it says of itself, weighed; never a date of an event.

Order: JSON-LD, meta tags, `<time>` at the title, visible date lines, a date in the address, and
htmldate over what is left once text and boxes are taken away. htmldate alone takes event dates, the
oldest item of a listing and years for publication dates.
"""

from __future__ import annotations

import copy
import dataclasses
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Protocol
from urllib.parse import urlsplit

import lxml.html
from htmldate import find_date

from crawler.parsers.article.body import MAX_ELEMENTS, Body
from crawler.parsers.article.byline import Byline
from crawler.parsers.article.furniture import find_furniture
from crawler.parsers.article.words import PageWords
from crawler.parsers.markup import ARTICLE_TYPES, PAGE_TYPES, Markup, text_of, types_of
from indexer.document import Part

FIRST_YEAR, LAST_YEAR = 1990, 2100
"""Years of publication that are believed; fixed, for reading a page knows no clock."""

_META = (
    "article:published_time", "og:published_time", "og:article:published_time", "datepublished",
    "article:published", "publication_date", "publish_date", "publishdate", "publish-date",
    "pubdate", "sailthru.date", "parsely-pub-date", "cxenseparse:recs:publishtime", "dc.date.issued",
    "dcterms.issued", "dc.date.created", "dcterms.created", "dcterms.date", "dc.date", "date",
    "citation_publication_date", "created", "datecreated", "ptime", "article.published",
)  # fmt: skip
_META_MODIFIED = ("article:modified_time", "og:updated_time", "datemodified", "dcterms.modified",
                  "last-modified", "dc.date.modified")  # fmt: skip
_ISO = re.compile(
    r"^\s*(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2}))?(?:[.,]\d+)?\s*(Z|[+-]\d{2}:?\d{2})?)?\s*$",
    re.IGNORECASE,
)
MAX_DATE_LINE = 80
"""Characters of a piece of a byline that may be a date."""

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)|\d[./-]\d{1,2}[./-]\d{2}(?!\d)")
_URL_DAY = re.compile(
    r"(?<!\d)((?:19|20)\d{2})[/_-](0?[1-9]|1[0-2])[/_-](0?[1-9]|[12]\d|3[01])(?!\d)"
)
_URL_DIGITS = re.compile(r"(?<!\d)((?:19|20)\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)")
_URL_MONTH = re.compile(r"/((?:19|20)\d{2})/(0?[1-9]|1[0-2])/")
_MONTH_FIRST_DOMAINS = frozenset({"us", "gov", "mil", "edu"})
_GENERIC_DOMAINS = frozenset({"com", "org", "net", "info", "biz", "news", "io", "tv", "co"})


class LoneDates(Protocol):
    """What is needed of `crawler.parsers.dates.DateReader`."""

    def parse_instant(
        self, text: str, lang: str | None, *, day_first: bool = True
    ) -> tuple[str | None, datetime | None]:
        """A lone date string as partial date in its own zone, and the instant in UTC."""


@dataclass(frozen=True, slots=True)
class Publication:
    """A publication date and where it was found."""

    day: str
    """Partial ISO date in the zone that the page states."""
    instant: datetime | None
    """UTC."""
    part: Part
    surface: str
    """The string as it stands in the part."""
    rule: str
    path: str = ""
    """Of a value in markup: where it stands there (`NewsArticle.datePublished`)."""


@dataclass(frozen=True, slots=True)
class Source:
    """What of a page its date is read from."""

    tree: lxml.html.HtmlElement
    url: str | None
    lang: str | None
    markup: Markup
    byline: Byline
    body: Body


@dataclass(frozen=True, slots=True)
class _Reading:
    """How lone dates of the page are read."""

    lang: str | None
    day_first: bool = True


class PublicationReader:
    """Reads publication and modification dates."""

    def __init__(self, dates: LoneDates, words: PageWords) -> None:
        self._dates = dates
        self._words = words

    def read(self, source: Source) -> Publication | None:
        """The date as markup, title area, byline or address state it, or None."""
        lang, url = source.lang, source.url
        day_first = is_day_first(
            lang, source.tree.get("lang"), source.markup.first_meta("og:locale"), url
        )
        reading = _Reading(lang, day_first)
        stated = next(self._in_markup(source.markup, reading), None) or next(
            (p for p in self._in_times(source.byline, reading) if not _is_of_event(p, source)),
            None,
        )
        addressed = in_url(url)
        if stated is not None and not _is_utc(stated):
            return stated
        shown = next(
            (p for p in self._in_lines(source.byline, reading) if not _is_of_event(p, source)),
            None,
        )
        if stated is not None:
            return _zoned(stated, addressed, shown)
        return shown or addressed

    def in_text(self, byline: Byline, lang: str | None, url: str | None) -> Publication | None:
        """The date of a bare text by its date lines (part `text`), else by its address."""
        day_first = is_day_first(lang, None, None, url)
        shown = next(self._in_lines(byline, _Reading(lang, day_first)), None)
        return dataclasses.replace(shown, part="text") if shown is not None else in_url(url)

    def _drop_updated(self, tree: lxml.html.HtmlElement) -> None:
        """Take lines that say when the page was changed out of a tree."""
        for element in list(_shallow(tree)):
            if self._words.find("updated", element.text_content()) and not self._words.find(
                "published", element.text_content()
            ):
                for inner in element.iter():
                    inner.text = inner.tail = None
                    inner.attrib.clear()

    def modified(self, markup: Markup, lang: str | None) -> str | None:
        """Day of the last change as markup states it."""
        for node in markup.of_type(ARTICLE_TYPES | PAGE_TYPES):
            value = text_of(node.get("dateModified"))
            if value and (found := self._parse(value, _Reading(lang))):
                return found[0]
        value = markup.first_meta(*_META_MODIFIED)
        found = self._parse(value, _Reading(lang)) if value else None
        return found[0] if found else None

    def _parse(self, text: str, reading: _Reading) -> tuple[str, datetime | None] | None:
        iso = parse_iso(text)
        if iso is not None:
            return iso if _is_plausible(iso[0]) else None
        day, instant = self._dates.parse_instant(text, reading.lang, day_first=reading.day_first)
        return (day, instant) if day and _is_plausible(day) else None

    def _in_markup(self, markup: Markup, reading: _Reading) -> Iterator[Publication]:
        for types in (ARTICLE_TYPES, PAGE_TYPES):
            for node in markup.of_type(types):
                for key in ("datePublished", "dateCreated"):
                    value = text_of(node.get(key))
                    found = self._parse(value, reading) if value else None
                    if value and found:
                        path = f"{min(types_of(node))}.{key}"
                        yield Publication(*found, "markup", value, "json-ld", path)
        for name in _META:
            value = markup.meta.get(name)
            found = self._parse(value, reading) if value else None
            if value and found:
                yield Publication(*found, "markup", value, "meta", f"meta.{name}")

    def _in_times(self, byline: Byline, reading: _Reading) -> Iterator[Publication]:
        for time in byline.times:
            said = f"{time.before} {time.shown}"
            if self._words.last(said, "updated", "published") == "updated":
                continue
            found = self._parse(time.value, reading) if time.value else None
            if found:
                if len(found[0]) == len("2015-06-09"):
                    yield Publication(*found, "markup", time.value, "time", "time.datetime")
            elif time.shown and (found := self._parse(time.shown, reading)):
                yield Publication(*found, "byline", time.shown, "time-text")

    def _in_lines(self, byline: Byline, reading: _Reading) -> Iterator[Publication]:
        for line in byline.lines:
            if self._words.start("event_day", line) and not self._words.start("published", line):
                continue
            for piece in self._pieces(line):
                if not _YEAR.search(piece) or len(piece) > MAX_DATE_LINE:
                    continue
                found = self._parse(piece, reading)
                if found and len(found[0]) >= len("2015-06"):
                    yield Publication(*found, "byline", piece, "byline")
                    break

    def _pieces(self, line: str) -> Iterator[str]:
        """Pieces of a date line in order, without those that say when it was changed."""
        whole_updated = self._words.find("updated", line)
        if whole_updated is None:
            yield line
        updated = False
        for piece in re.split(r"\s*[|•·;\n]\s*|\s+[–—-]\s+", line):
            if self._words.start("updated", piece):
                updated = True
            elif self._words.start("published", piece):
                updated = False
            found = self._words.find("updated", piece)
            if found is not None and found.start() > 0:
                yield piece[: found.start()]
            elif not updated and any(c.isdigit() for c in piece):
                yield piece

    def search(self, source: Source) -> Publication | None:
        """htmldate over the page without its text and its boxes; a lone year is not believed.

        For pages that state no date and are no listing.
        """
        told = frozenset(source.body.blocks[i].element for i in source.body.chosen)
        elements = list(source.tree.iter())
        if len(elements) > MAX_ELEMENTS:
            return None
        pruned = copy.deepcopy(source.tree)
        pairs = zip(elements, pruned.iter(), strict=True)
        doomed = [twin for element, twin in pairs if element in told]
        for element in [*doomed, *find_furniture(pruned)]:
            if element.getparent() is not None and element.tag not in ("html", "body"):
                element.drop_tree()
        self._drop_updated(pruned)
        logging.getLogger("htmldate").setLevel(logging.CRITICAL)
        found = find_date(
            pruned,
            original_date=True,
            min_date=f"{FIRST_YEAR}-01-01",
            max_date=f"{LAST_YEAR}-12-31",
        )
        if not found or found.endswith("-01-01"):
            return None
        surface = _surface_of(found, pruned)
        if surface is None:
            return None
        result = Publication(found, None, "markup", surface, "htmldate", "page")
        return None if _is_of_event(result, source) else result


def _shallow(tree: lxml.html.HtmlElement) -> Iterator[lxml.html.HtmlElement]:
    """Elements without block structure inside: one line of the page each."""
    for element in tree.iter("p", "div", "span", "li", "td", "time", "small", "em", "i"):
        if len(element) <= 4 and len(element.text_content()) <= MAX_DATE_LINE:
            yield element


def parse_iso(text: str) -> tuple[str, datetime | None] | None:
    """An ISO 8601 day or time as day in its own zone and instant in UTC; None if it is none."""
    match = _ISO.match(text)
    if not match:
        return None
    year, month, day, hour, minute, second, zone = match.groups()
    try:
        stated = date(int(year), int(month), int(day))
        if hour is None or zone is None:
            return stated.isoformat(), None
        offset = "+00:00" if zone in "Zz" else zone
        aware = datetime.fromisoformat(f"{stated}T{hour}:{minute}:{second or '00'}{offset}")
    except ValueError:
        return None
    try:
        return stated.isoformat(), aware.astimezone(UTC)
    except OverflowError:
        return stated.isoformat(), None


def is_day_first(
    lang: str | None, declared: str | None, locale: str | None, url: str | None
) -> bool:
    """How `06/09/2015` is read: month first only in American English.

    English without a region: by the country of the address, and month first on generic domains.
    """
    if lang != "en":
        return True
    for tag in (declared, locale):
        region = re.search(r"^en[-_]([a-z]{2})$", (tag or "").strip(), re.IGNORECASE)
        if region:
            return region.group(1).lower() not in ("us", "ph")
    domain = (urlsplit(url or "").hostname or "").rsplit(".", 1)[-1]
    return domain not in _MONTH_FIRST_DOMAINS and domain not in _GENERIC_DOMAINS


def in_url(url: str | None) -> Publication | None:
    """The date that an address holds: `/2019/11/18/`, `2019-11-18`, `20191118`, else `/2019/11/`."""
    path = urlsplit(url or "").path
    for pattern in (_URL_DAY, _URL_DIGITS):
        for match in pattern.finditer(path):
            try:
                day = date(*map(int, match.groups())).isoformat()
            except ValueError:
                continue
            if _is_plausible(day):
                return Publication(day, None, "url", match.group(), "url")
    match_or_none = _URL_MONTH.search(path)
    if match_or_none and _is_plausible(match_or_none.group(1)):
        year, month = match_or_none.groups()
        return Publication(
            f"{year}-{int(month):02d}", None, "url", match_or_none.group().strip("/"), "url"
        )
    return None


def _is_utc(stated: Publication) -> bool:
    """The value gives its time in UTC, which few sites are in."""
    return stated.instant is not None and stated.surface.strip().upper().endswith(
        ("Z", "+00:00", "+0000")
    )


def _zoned(stated: Publication, *others: Publication | None) -> Publication:
    """Markup in UTC and a day beside it in address or byline: that one is in the site's zone."""
    for other in others:
        if other is None or len(other.day) != len("2015-06-09"):
            continue
        apart = date.fromisoformat(other.day) - date.fromisoformat(stated.day)
        if abs(apart) == timedelta(days=1):
            return Publication(
                other.day, stated.instant, other.part, other.surface, f"{other.rule}-zone"
            )
        if not apart:
            return stated
    return stated


def _is_of_event(found: Publication, source: Source) -> bool:
    """Markup states the day as one of an event that the page is about."""
    return any(
        (text_of(node.get(key)) or "")[:10] == found.day
        for node in source.markup.nodes
        if any(t.endswith("Event") for t in types_of(node))
        for key in ("startDate", "endDate")
    )


def _is_plausible(day: str) -> bool:
    return day[:4].isdigit() and FIRST_YEAR <= int(day[:4]) <= LAST_YEAR


def _surface_of(day: str, tree: lxml.html.HtmlElement) -> str | None:
    """The value as the page gives it in an attribute or as a string with the same digits."""
    year, month, number = day.split("-")
    pattern = re.compile(
        rf"{year}-?{month}-?{number}|(?<!\d)0?{int(number)}\s*[./-]\s*0?{int(month)}\s*[./-]\s*{year}|"
        rf"(?<!\d)0?{int(number)}(?!\d)[^\d<>]{{1,20}}{year}|[^\W\d_]{{3,12}}\.?\s+0?{int(number)}(?:st|nd|rd|th)?,?\s+{year}|"
        rf"{year}\D{{1,12}}0?{int(number)}(?!\d)"
    )
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        for text in (element.text, element.tail, *element.values()):
            match = pattern.search(text) if text else None
            if match:
                return " ".join(match.group().split())
    return None
