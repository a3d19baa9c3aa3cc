"""The words of the pages in one place, and the form of dates, countries and languages.

English for now; a second language of the pages starts from here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, tzinfo
from types import MappingProxyType

from babel import Locale
from babel.dates import format_datetime

from indexer.documents.history import PastRevision
from indexer.query.record import EventSummary
from indexer.text.partial_date import partial_date

LOCALE = Locale("en", "GB")

SORTS: Mapping[str, str] = MappingProxyType(
    {"relevance": "most relevant first", "newest": "newest first", "event_date": "by event date"}
)
SORT_LINKS: Mapping[str, str] = MappingProxyType(
    {"relevance": "Relevance", "newest": "Newest", "event_date": "Event date"}
)
EXPORTS: Mapping[str, str] = MappingProxyType(
    {
        "JSON Feed": "/search.feed.json",
        "CSV": "/search.csv",
        "XLSX": "/search.xlsx",
        "JSON lines": "/search.ndjson",
        "calendar of its events": "/search.ics",
    }
)
"""Label of each format of a whole search → its path."""
FILTERS: Mapping[str, str] = MappingProxyType(
    {
        "lang": "Language",
        "country": "Country",
        "commodity": "Commodity",
        "strategy": "Strategy",
        "kind": "Kind of page",
        "source": "Source",
        "year": "Year",
        "event_month": "Event in",
        "series": "Series of events",
        "place": "Place",
        "organisation": "Organisation",
        "person": "Person",
    }
)
"""Label of each facet (`indexer.query.fields`), in the order of the search page."""
PARTS: Mapping[str, str] = MappingProxyType(
    {
        "title": "title",
        "teaser": "teaser",
        "byline": "byline",
        "contact": "contact block",
        "markup": "data in the markup",
        "url": "address of the page",
        "given": "handed in with the page",
    }
)
ROLES: Mapping[str, str] = MappingProxyType(
    {"main": "reported event", "upcoming": "upcoming event", "mentioned": "mentioned event"}
)
STATES: Mapping[str | None, str] = MappingProxyType(
    {
        "ok": "ok",
        "unreachable": "not reached",
        "blocked": "blocked",
        "not-due": "not due yet",
        "disabled": "not crawled",
        "stale": "no news for long",
        "empty": "answers, but empty",
        "consent-wall": "behind a consent dialog",
        "degraded": "partly broken",
        "trap": "addresses without end",
        "never-looked-at": "never looked at",
        None: "never run",
    }
)
LEFT: Mapping[str | None, str] = MappingProxyType(
    {
        "gone": "This page is no longer on its site.",
        "moved": "The address of this page leads elsewhere now.",
    }
)
"""Last outcomes after which a document stays as it was last read."""
NO_TITLE = "Page without a title"

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_SPECIAL_COUNTRIES = {"EU": "European Union", "INT": "International"}


def country_name(code: str) -> str:
    """Name of a country, or the code itself if it has none."""
    return _SPECIAL_COUNTRIES.get(code) or LOCALE.territories.get(code) or code


def language_name(code: str) -> str:
    """Name of a language, or the code itself if it has none."""
    return LOCALE.languages.get(code) or code


def kind_name(kind: str) -> str:
    """Kind of page, as words."""
    return kind.replace("-", " ")


def date_span(start: str | None, end: str | None) -> str | None:
    """Start and end as one phrase, days of one month as `14–15 May 2024`; None without either."""
    known = [partial_date(value) for value in (start, end) if value]
    if not known:
        return None
    if not start:
        return f"until {known[0]}"
    if len(known) == 1 or known[0] == known[1]:
        return known[0]
    if not (_DAY.fullmatch(start) and _DAY.fullmatch(end or "")):
        return " to ".join(known)
    (day, month, year), (_, last_month, last_year) = (text.split() for text in known)
    if year != last_year:
        return " – ".join(known)
    return f"{day}–{known[1]}" if month == last_month else f"{day} {month} – {known[1]}"


def place_name(city: str | None, country: str | None) -> str | None:
    """Town and country as one phrase; None without either."""
    return ", ".join(v for v in (city, country and country_name(country)) if v) or None


def event_line(event: EventSummary) -> str | None:
    """Days and place of an event in one phrase; None if neither is known."""
    known = (date_span(event.start, event.end), place_name(event.city, event.country))
    return " · ".join(part for part in known if part) or None


def machine_date(value: str | None) -> str | None:
    """The value for `<time datetime>`; None if HTML has no form for it (seasons)."""
    if value is None or not value.replace("-", "").isdigit():
        return None
    return value.removeprefix("--") if value.startswith("--") else value


def instant(moment: datetime, zone: tzinfo) -> str:
    """A moment to the minute in the configured zone."""
    return format_datetime(moment.astimezone(zone), "d MMM y, HH:mm z", locale=LOCALE)


def describe_revision(revision: PastRevision) -> str:
    """A revision in one phrase."""
    if revision.added is None:
        return "first read" if revision.number == 1 else "read as an article for the first time"
    counts = ((len(revision.added), "added"), (len(revision.removed), "removed"))
    parts = [f"{n} {'passage' if n == 1 else 'passages'} {what}" for n, what in counts if n]
    if parts:
        return ", ".join(parts)
    if revision.text_removed:
        return "the text may no longer be kept"
    if revision.read_anew:
        return "extracted again by a newer version"
    return "same text at a new address" if revision.number == 1 else "data in the markup changed"


def number(value: int) -> str:
    """1234 → 1,234."""
    return f"{value:,}"


def articles(count: int) -> str:
    """A count with its noun."""
    return f"{number(count)} page" if count == 1 else f"{number(count)} pages"


def facet_label(field: str, value: str, label: str, sources: Mapping[str, str]) -> str:
    """The store's label of a facet's value, or a name that we know if the store has none.

    `sources` maps ids to names.
    """
    if label != value:
        return label
    if field == "source":
        return sources.get(value, value)
    words = {
        "lang": language_name,
        "country": country_name,
        "kind": kind_name,
        "event_month": partial_date,
    }.get(field)
    return words(value) if words else value
