"""Parts of a list by year and month that a form asks for with a choice of each. Pure.

Neither choice alone is an address that answers: `?year=2026` without its month is none.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from bs4 import BeautifulSoup, Tag

from crawler.discovery.listing_words import plain
from crawler.discovery.listings.archive_parts import MOST_PARTS, is_beside
from crawler.discovery.listings.form_pages import form_address_with, is_about_a_person
from indexer.records.urls import canonical

MOST_FORMS, MOST_OPTIONS = 20, 100
"""Forms of a page, and options of a choice, that are looked at."""
FEWEST_MONTHS, MOST_MONTHS = 2, 12
_YEAR = re.compile(r"(?:19|20)\d\d(?: ?\(\d{1,5}\)?)?")
"""2025; with how many entries it has."""
_NUMBER = re.compile(r"0?[1-9]|1[0-2]")


@dataclass(frozen=True, slots=True)
class _Choice:
    """What a form may be asked for in one field."""

    name: str
    options: tuple[tuple[str, str], ...]
    """Label and value of each year or month."""
    rest: str | None
    """Value of the option for all of them."""
    chosen: str | None
    """Value of what is shown."""


def month_choices(
    soup: BeautifulSoup,
    base: str,
    page: str,
    is_owned: Callable[[str], bool],
    *,
    is_month: Callable[[str], bool],
    year: int,
) -> tuple[str, ...]:
    """Canonical addresses of the parts, the newest first, from the present `year` on, where the
    month that is shown is the newest; whole years where the form offers all months of one.
    """
    for form in soup.find_all("form", limit=MOST_FORMS):
        if str(form.get("method") or "get").lower() != "get" or is_about_a_person(form):
            continue
        years = _choice(form, lambda label: _YEAR.fullmatch(label) is not None)
        months = _choice(form, lambda label: bool(_NUMBER.fullmatch(label)) or is_month(label))
        if years is None or months is None:
            continue
        if not FEWEST_MONTHS <= len(months.options) <= MOST_MONTHS:
            continue
        asked = (form_address_with(form, fields) for fields in _parts(years, months, year))
        urls = (canonical(address, base) for address in asked)
        return tuple(
            url for url in urls if url is not None and is_owned(url) and is_beside(url, page)
        )[:MOST_PARTS]
    return ()


def _choice(form: Tag, is_named: Callable[[str], bool]) -> _Choice | None:
    """The field of which all options but the one for all of them are so called; None where there
    are two: from when until when.
    """
    found = []
    for field in form.find_all("select"):
        options = field.find_all("option", limit=MOST_OPTIONS)
        labelled = [(plain(" ".join(o.get_text().split())), o) for o in options]
        named = [(label, _value(o)) for label, o in labelled if is_named(label)]
        others = [_value(o) for label, o in labelled if not is_named(label)]
        if field.get("name") and named and len(others) <= 1:
            chosen = next((_value(o) for o in options if o.has_attr("selected")), None)
            rest = others[0] if others else None
            found.append(_Choice(str(field["name"]), tuple(named), rest, chosen))
    return found[0] if len(found) == 1 else None


def _value(option: Tag) -> str:
    value = option.get("value")
    return " ".join(option.get_text().split()) if value is None else str(value)


def _parts(years: _Choice, months: _Choice, present: int) -> list[dict[str, str]]:
    past = sorted(
        ((int(label[:4]), value) for label, value in years.options if int(label[:4]) <= present),
        reverse=True,
    )
    parts = []
    for year, value in past:
        if months.rest is not None:
            parts.append({years.name: value, months.name: months.rest})
            continue
        values = [month for _, month in months.options]
        if all(map(str.isdecimal, values)):
            values.sort(key=int)
        if year == present and value == years.chosen and months.chosen in values:
            values = values[: values.index(months.chosen) + 1]
        parts += [{years.name: value, months.name: month} for month in reversed(values)]
    return parts
