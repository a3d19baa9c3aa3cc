"""The words of the pages in one place, and the form of dates, countries and languages.

The tables hold messages in English (`search_api.language`): who shows one takes `t` of it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, tzinfo
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from babel.dates import format_datetime, format_interval, format_skeleton

from indexer.documents.history import PastRevision
from indexer.events.change_lines import ReportedChange
from indexer.query.record import EventSummary
from indexer.records.interface_languages import DEFAULT
from indexer.text.partial_date import day_span
from indexer.text.partial_date import partial_date as english_date
from indexer.text.stemming import CYRILLIC, is_cyrillic
from search_api.language import language, locale, t, tn

if TYPE_CHECKING:
    from indexer.events.listing import ListedEvent
    from indexer.stores.base import FacetValue

SORTS: Mapping[str, str] = MappingProxyType(
    {
        "relevance": "most relevant first",
        "newest": "newest first",
        "event_date": "by event date",
        "upcoming": "events to come first",
        "past": "past events first",
    }
)
SORT_LINKS: Mapping[str, str] = MappingProxyType(
    {
        "relevance": "Relevance",
        "newest": "Newest",
        "upcoming": "Events to come first",
        "past": "Past events first",
        "event_date": "Event date",
    }
)
EVENT_LINKS: Mapping[str, str] = MappingProxyType(
    {"upcoming": "List of events to come", "past": "List of past events"}
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
MARKS: Mapping[str, str] = MappingProxyType(
    {
        "event": "mention of the event",
        "person": "person",
        "organiser": "body: organiser",
        "participant": "body: takes part",
        "employer": "body: employer of a person",
        "venue": "body: owner of the venue",
        "none": "body: none of these",
    }
)
"""Kinds of marks (`indexer.records.labels`)."""
MARKED_VALUES: Mapping[str, str] = MappingProxyType(
    {
        "name": "name of the event",
        "series": "series",
        "date": "day or days",
        "town": "town",
        "venue-name": "venue",
        "theme": "theme",
    }
)
"""Values of an event that words are marked as."""
KEYS: Mapping[str, str] = MappingProxyType(
    {
        "/": "search",
        "j": "next entry",
        "k": "previous entry",
        "o": "open the entry",
        "[": "first page of results",
        "]": "next page of results",
        "?": "this list",
    }
)
"""Keys of the pages (`static/keys.js`)."""
MENU: Mapping[str, str] = MappingProxyType(
    {
        "/events": "Events",
        "/people": "People",
        "/organisations": "Organisations",
        "/strategies": "Strategies",
        "/series": "Series",
        "/places": "Places",
        "/sources": "Sources",
        "/runs": "Runs",
        "/watches": "Watches",
        "/docs": "API",
    }
)
"""Path → label of each link of the menu."""
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
RELATIONS: Mapping[str, str] = MappingProxyType(
    {
        "story": "The same story elsewhere",
        "event": "On the same event",
        "subject": "On the same subject",
    }
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
RUN_STATES: Mapping[str, str] = MappingProxyType(
    {"running": "running", "done": "finished", "interrupted": "interrupted"}
)
PROBLEMS_SHOWN = 2
"""Lines of a run's problems that stand beside it; the others are folded."""
LEFT: Mapping[str | None, str] = MappingProxyType(
    {
        "gone": "This page is no longer on its site.",
        "moved": "The address of this page leads elsewhere now.",
    }
)
"""Last outcomes after which a document stays as it was last read."""
NO_TITLE = "Page without a title"

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_SAME_WORDS = {"not-modified": "unchanged"}
"""An outcome is one for people, whether the site says so or the page shows it."""
_SPECIAL_COUNTRIES = {"EU": "European Union", "INT": "International"}


def country_name(code: str) -> str:
    """Name of a country, or the code itself if it has none."""
    special = _SPECIAL_COUNTRIES.get(code)
    return t(special) if special else locale().territories.get(code) or code


def language_name(code: str) -> str:
    """Name of a language, or the code itself if it has none."""
    return locale().languages.get(code) or code


def kind_name(kind: str) -> str:
    """Kind of page, of source, or outcome of a fetch, as words."""
    return t(_SAME_WORDS.get(kind, kind).replace("-", " "))


def outcome_counts(outcomes: Mapping[str, int]) -> Mapping[str, int]:
    """Outcomes of fetches in words → number of addresses."""
    counted: Counter[str] = Counter()
    for outcome, number in outcomes.items():
        counted[kind_name(outcome)] += number
    return counted


def partial_date(value: str) -> str:
    """A partial date in words: `2015-06-08` → 8 June 2015, `2015-autumn` → autumn 2015."""
    return _partial_date(value, language())


@lru_cache(4096)  # a page has hundreds, and CLDR takes 0.1 ms for each
def _partial_date(value: str, code: str) -> str:
    if code == DEFAULT:
        return english_date(value)
    year, _, rest = value.partition("-")
    try:
        if value.startswith("--"):
            return format_skeleton("MMMMd", date.fromisoformat(f"2000{value[1:]}"), locale=locale())
        if rest.isalpha():
            return f"{t(rest)} {year}"
        if len(rest) == 2:
            return format_skeleton("yMMMM", date(int(year), int(rest), 1), locale=locale())
        return format_skeleton("yMMMMd", date.fromisoformat(value[:10]), locale=locale())
    except ValueError:
        return value


def date_span(start: str | None, end: str | None) -> str | None:
    """Start and end as one phrase, days of one month as `14–15 May 2024`; None without either."""
    known = [partial_date(value) for value in (start, end) if value]
    if not known:
        return None
    if not start:
        return t("until {day}", day=known[0])
    if len(known) == 1 or known[0] == known[1]:
        return known[0]
    if _DAY.fullmatch(start) and _DAY.fullmatch(end or ""):
        return _days(date.fromisoformat(start), date.fromisoformat(end or ""))
    return t("{first} to {last}", first=known[0], last=known[1])


def _days(first: date, last: date) -> str:
    if language() == DEFAULT:
        return day_span(first, last)
    return str(format_interval(first, last, "yMMMMd", locale=locale()))


def place_name(city: str | None, country: str | None) -> str | None:
    """Town and country as one phrase; None without either."""
    return ", ".join(v for v in (city, country and country_name(country)) if v) or None


def event_name(event: ListedEvent, city: str | None = None) -> str:
    """What an event is called; `city` as the reader calls it, where it is not as in the record."""
    return event.called(city or event.city or place_name(None, event.country))


def event_line(event: EventSummary) -> str | None:
    """Days and place of an event in one phrase, and whether it was moved or cancelled; None if
    nothing of it is known.
    """
    known = (
        date_span(event.start, event.end),
        place_name(event.city, event.country),
        t(event.status) if event.status in ("moved", "cancelled") else None,
    )
    return " · ".join(part for part in known if part) or None


def weekdays() -> list[str]:
    """Short names of the days of a week, from Monday."""
    names = locale().days["stand-alone"]["abbreviated"]
    return [names[day] for day in range(7)]


def machine_date(value: str | None) -> str | None:
    """The value for `<time datetime>`; None if HTML has no form for it (seasons)."""
    if value is None or not value.replace("-", "").isdigit():
        return None
    return value.removeprefix("--") if value.startswith("--") else value


def instant(moment: datetime, zone: tzinfo) -> str:
    """A moment to the minute in the configured zone."""
    there = moment.astimezone(zone)
    day = format_skeleton("yMMMd", there, locale=locale())
    clock, _, name = format_datetime(there, "HH:mm z", locale=locale()).partition(" ")
    if name[:1] in "+-":  # the language calls this zone by no short name: +0200
        hours, minutes = name[1:3].removeprefix("0"), name[3:].removeprefix("00")
        name = f"UTC{name[0]}{hours}{minutes and f':{minutes}'}"
    return f"{day}, {clock} {name}"


def change_line(change: ReportedChange) -> str:
    """A change of an event in one line."""
    if language() == DEFAULT:
        return change.line
    if change.change == "event-cancelled":
        return f"{change.name}: {t('cancelled')}"
    old, new = (_changed_value(change.what, value) for value in (change.old, change.new))
    steps = " → ".join(value or "?" for value in (old, new))
    return f"{change.name}: {t('moved')}, {steps}"


def _changed_value(what: str, value: str | None) -> str | None:
    if value is None:
        return None
    if what == "date":
        return date_span(*value.split("/")) if "/" in value else partial_date(value)
    return country_name(value) if what == "country" else value


def describe_revision(revision: PastRevision) -> str:
    """A revision in one phrase."""
    if revision.added is None:
        first = revision.number == 1
        return t("first read") if first else t("read as an article for the first time")
    counts = (
        (len(revision.added), "{n} passages added"),
        (len(revision.removed), "{n} passages removed"),
    )
    parts = [tn(message, n) for n, message in counts if n]
    if parts:
        return ", ".join(parts)
    if revision.text_removed:
        return t("the text may no longer be kept")
    if revision.read_anew:
        return t("extracted again by a newer version")
    moved = revision.number == 1
    return t("same text at a new address") if moved else t("data in the markup changed")


def articles(count: int) -> str:
    """A count with its noun."""
    return tn("{n} pages", count)


def forms_to_read(forms: Iterable[str]) -> tuple[str, ...]:
    """The forms of a name, those in the script of the reader's language first, each kind in its
    order.
    """
    reads_cyrillic = language() in CYRILLIC
    return tuple(sorted(forms, key=lambda form: is_cyrillic(form) != reads_cyrillic))


def facet_label(
    field: str, value: str, label: str, sources: Mapping[str, str], forms: Sequence[str] = ()
) -> str:
    """The store's label of a facet's value, or a name that we know if the store has none; of a name
    with several forms one that the reader can read.

    `sources` maps ids to names.
    """
    if forms:
        return forms_to_read(forms)[0]
    if label != value:
        return label
    if field == "source":
        return sources.get(value, value)
    words = _FACET_WORDS.get(field)
    return words(value) if words else value


def value_label(field: str, value: FacetValue, sources: Mapping[str, str]) -> str:
    """The same of a counted value, of whose forms those in the reader's language come first."""
    return facet_label(field, value.value, value.label, sources, value.forms_in(language()))


_FACET_WORDS: Mapping[str, Callable[[str], str]] = MappingProxyType(
    {
        "lang": language_name,
        "country": country_name,
        "kind": kind_name,
        "event_month": partial_date,
    }
)
"""Facets whose values are codes → what they are called."""
