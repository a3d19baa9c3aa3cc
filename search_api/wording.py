"""The words of the pages, in one place, and how dates, countries and languages are written.

English for now; a second language of the pages starts from here.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, tzinfo
from types import MappingProxyType

from babel import Locale
from babel.dates import format_date, format_datetime

LOCALE = Locale("en", "GB")

SORTS: Mapping[str, str] = MappingProxyType(
    {"relevance": "most relevant first", "newest": "newest first", "event_date": "by event date"}
)
SORT_LINKS: Mapping[str, str] = MappingProxyType(
    {"relevance": "Relevance", "newest": "Newest", "event_date": "Event date"}
)
FILTERS: Mapping[str, str] = MappingProxyType(
    {
        "lang": "Language",
        "country": "Country",
        "commodity": "Commodity",
        "strategy": "Strategy",
        "kind": "Kind of page",
        "source": "Source",
    }
)
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
        None: "never run",
    }
)
NO_TITLE = "Page without a title"

_SPECIAL_COUNTRIES = {"EU": "European Union", "INT": "International"}


def country_name(code: str) -> str:
    """Name of a country; the code itself where there is none."""
    return _SPECIAL_COUNTRIES.get(code) or LOCALE.territories.get(code) or code


def language_name(code: str) -> str:
    """Name of a language; the code itself where there is none."""
    return LOCALE.languages.get(code) or code


def kind_name(kind: str) -> str:
    """Kind of page, as words."""
    return kind.replace("-", " ")


def partial_date(value: str) -> str:
    """`2015-06-08` → 8 June 2015, `2015-06` → June 2015, `2015-autumn` → autumn 2015, `--09-25` → 25 September.

    A value of another form is shown as it stands.
    """
    year, _, rest = value.partition("-")
    try:
        if value.startswith("--"):
            return format_date(date.fromisoformat(f"2000{value[1:]}"), "d MMMM", LOCALE)
        if not rest:
            return year
        if rest.isalpha():
            return f"{rest} {year}"
        if len(rest) == 2:
            return format_date(date(int(year), int(rest), 1), "MMMM y", LOCALE)
        return format_date(date.fromisoformat(value[:10]), "d MMMM y", LOCALE)
    except ValueError:
        return value


def date_span(start: str | None, end: str | None) -> str | None:
    """Start and end as one phrase; None if there is neither."""
    known = [partial_date(value) for value in (start, end) if value]
    if not known:
        return None
    return " to ".join(known) if start else f"until {known[0]}"


def machine_date(value: str | None) -> str | None:
    """The value for `<time datetime>`; None where HTML has no form for it (seasons)."""
    if value is None or not value.replace("-", "").isdigit():
        return None
    return value.removeprefix("--") if value.startswith("--") else value


def instant(moment: datetime, zone: tzinfo) -> str:
    """A moment to the minute in the configured zone."""
    return format_datetime(moment.astimezone(zone), "d MMM y, HH:mm z", locale=LOCALE)


def number(value: int) -> str:
    """1234 → 1,234."""
    return f"{value:,}"


def articles(count: int) -> str:
    """A count with its noun."""
    return f"{number(count)} page" if count == 1 else f"{number(count)} pages"


def facet_label(field: str, value: str, label: str, sources: Mapping[str, str]) -> str:
    """The store's label of a filter's value, unless it is the bare value and we know better.

    `sources` maps ids to names.
    """
    if label != value:
        return label
    if field == "source":
        return sources.get(value, value)
    words = {"lang": language_name, "country": country_name, "kind": kind_name}.get(field)
    return words(value) if words else value
