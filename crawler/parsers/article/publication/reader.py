"""Reads the date of publication that a page states, and the day of its last change."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from crawler.parsers.article.byline import Byline
from crawler.parsers.article.page_words import PageWords
from crawler.parsers.article.publication.address import in_url
from crawler.parsers.article.publication.day_order import is_day_first, is_source_day_first
from crawler.parsers.article.publication.iso import parse_iso
from crawler.parsers.article.publication.record import (
    MAX_DATE_LINE,
    Publication,
    PublicationSource,
    is_of_event,
    is_plausible,
)
from crawler.parsers.markup import ARTICLE_TYPES, PAGE_TYPES, Markup, text_of, types_of

_META = (
    "article:published_time",
    "og:published_time",
    "og:article:published_time",
    "datepublished",
    "article:published",
    "publication_date",
    "publish_date",
    "publishdate",
    "publish-date",
    "pubdate",
    "sailthru.date",
    "parsely-pub-date",
    "cxenseparse:recs:publishtime",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date.created",
    "dcterms.created",
    "dcterms.date",
    "dc.date",
    "date",
    "citation_publication_date",
    "created",
    "datecreated",
    "ptime",
    "article.published",
)
_META_MODIFIED = (
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "dcterms.modified",
    "last-modified",
    "dc.date.modified",
)
_MOVED = timedelta(days=3)
_MAX_BYLINE = 40
"""Characters of a line that is a date and little more."""

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)|\d[./-]\d{1,2}[./-]\d{2}(?!\d)")


class LoneDates(Protocol):
    """What is needed of `crawler.parsers.dates.DateReader`."""

    def parse_instant(
        self, text: str, lang: str | None, *, day_first: bool = True
    ) -> tuple[str | None, datetime | None]:
        """A lone date string as partial date in its own zone, and the instant in UTC."""


@dataclass(frozen=True, slots=True)
class _DateOptions:
    """How lone dates of the page are read."""

    lang: str | None
    day_first: bool = True


class PublicationReader:
    """Reads publication and modification dates."""

    def __init__(self, dates: LoneDates, words: PageWords) -> None:
        self._dates = dates
        self._words = words

    def read(self, source: PublicationSource) -> Publication | None:
        """The date as markup, title area, byline or address state it, or None."""
        lang, url = source.lang, source.url
        reading = _DateOptions(lang, is_source_day_first(source))
        in_markup = next(self._in_markup(source.markup, reading), None) or next(
            (p for p in self._in_times(source.byline, reading) if not is_of_event(p, source)),
            None,
        )
        addressed = in_url(url)
        shown = next(
            (p for p in self._in_lines(source.byline, reading) if not is_of_event(p, source)),
            None,
        )
        if in_markup is None:
            return shown or addressed
        for other in (addressed, shown):
            if other is not None and _contradicts(other, in_markup):
                return other
        return _in_site_zone(in_markup, addressed, shown) if _is_utc(in_markup) else in_markup

    def in_text(self, byline: Byline, lang: str | None, url: str | None) -> Publication | None:
        """The date of a bare text by its date lines (part `text`), else by its address."""
        day_first = is_day_first(lang, None, None, url)
        shown = next(self._in_lines(byline, _DateOptions(lang, day_first)), None)
        return dataclasses.replace(shown, part="text") if shown is not None else in_url(url)

    def read_modified(self, markup: Markup, lang: str | None) -> str | None:
        """Day of the last change as markup states it."""
        for node in markup.of_type(ARTICLE_TYPES | PAGE_TYPES):
            value = text_of(node.get("dateModified"))
            if value and (found := self._parse(value, _DateOptions(lang))):
                return found[0]
        value = markup.first_meta(*_META_MODIFIED)
        found = self._parse(value, _DateOptions(lang)) if value else None
        return found[0] if found else None

    def _parse(self, text: str, reading: _DateOptions) -> tuple[str, datetime | None] | None:
        iso = parse_iso(text)
        if iso is not None:
            return iso if is_plausible(iso[0]) else None
        day, instant = self._dates.parse_instant(text, reading.lang, day_first=reading.day_first)
        return (day, instant) if day and is_plausible(day) else None

    def _in_markup(self, markup: Markup, reading: _DateOptions) -> Iterator[Publication]:
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

    def _in_times(self, byline: Byline, reading: _DateOptions) -> Iterator[Publication]:
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

    def _in_lines(self, byline: Byline, reading: _DateOptions) -> Iterator[Publication]:
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


def _is_utc(in_markup: Publication) -> bool:
    """The value gives its time in UTC, which few sites are in."""
    return in_markup.instant is not None and in_markup.surface.strip().upper().endswith(
        ("Z", "+00:00", "+0000")
    )


def _contradicts(other: Publication, in_markup: Publication) -> bool:
    """The day in the address or the byline is long before the one in the markup, which often gives
    the last change, or the move to a new system, as the publication.

    A longer line is no byline: it may be a heading with the day of an event.
    """
    if any(len(p.day) != len("2015-06-09") for p in (other, in_markup)):
        return False
    apart = date.fromisoformat(in_markup.day) - date.fromisoformat(other.day)
    return apart > _MOVED and len(other.surface) <= _MAX_BYLINE


def _in_site_zone(in_markup: Publication, *others: Publication | None) -> Publication:
    """Markup in UTC and a day beside it in address or byline: that one is in the site's zone."""
    for other in others:
        if other is None or len(other.day) != len("2015-06-09"):
            continue
        apart = date.fromisoformat(other.day) - date.fromisoformat(in_markup.day)
        if abs(apart) == timedelta(days=1):
            return Publication(
                other.day, in_markup.instant, other.part, other.surface, f"{other.rule}-zone"
            )
        if not apart:
            return in_markup
    return in_markup
