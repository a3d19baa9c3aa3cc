"""Parts of a list by year and month that a form asks for with a choice of each. Pure.

Neither choice alone is an address that answers: `?year=2026` without its month is none.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from bs4 import BeautifulSoup, Tag

from crawler.discovery.listing_words import plain
from crawler.discovery.listings.archive_parts import MOST_PARTS, is_beside
from crawler.discovery.listings.form_pages import asks_for_pages, form_address_with
from crawler.discovery.listings.page_addresses import is_index_path
from crawler.discovery.listings.soup import text_in
from indexer.records.urls import canonical

MOST_FORMS, MOST_CHOICES, MOST_OPTIONS = 20, 20, 100
"""Forms of a page, choices of a form, and options of a choice, that are looked at."""
MOST_OF_LABEL = 100
"""Characters of an option that are read."""
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
    month_number: Callable[[str], int | None],
    year: int,
) -> tuple[str, ...]:
    """Canonical addresses of the parts, the newest first, from the present `year` on, where the
    month that is shown is the newest; whole years where the form offers all months of one.
    """
    for form in soup.find_all("form", limit=MOST_FORMS):
        if not asks_for_pages(form):
            continue
        years = _choice(form, lambda label: _YEAR.fullmatch(label) is not None)
        months = _choice(form, lambda label: bool(_NUMBER.fullmatch(label)) or is_month(label))
        if years is None or months is None:
            continue
        if not FEWEST_MONTHS <= len(months.options) <= MOST_MONTHS or _skips_numbers(months):
            continue
        parts = _parts(years, _in_order(months, month_number), year)
        asked = (form_address_with(form, fields) for fields in parts)
        urls = (canonical(address, base) for address in asked)
        return tuple(
            url
            for url in urls
            if url is not None
            and is_owned(url)
            and is_beside(url, page)
            and (is_index_path(page) or not is_index_path(url))  # no search of the site
        )[:MOST_PARTS]
    return ()


def _skips_numbers(months: _Choice) -> bool:
    """Whether numbers are not those of months: 5, 10 entries on a page. Those of months may be
    left out where they have no entries, as a leading zero tells: 03, 05.
    """
    labels = [label for label, _ in months.options if label.isdecimal()]
    if any(label.startswith("0") for label in labels):
        return False
    numbers = [*map(int, labels)]
    return bool(numbers) and max(numbers) - min(numbers) >= len(numbers)


def _in_order(months: _Choice, month_number: Callable[[str], int | None]) -> _Choice:
    """The months from January on, where each is known; December may stand first."""
    numbers = {
        label: int(label) if label.isdecimal() else month_number(label)
        for label, _ in months.options
    }
    known = [(number, o) for o in months.options if (number := numbers[o[0]]) is not None]
    if len(known) < len(months.options):
        return months
    return replace(months, options=tuple(option for _, option in sorted(known)))


def _choice(form: Tag, is_named: Callable[[str], bool]) -> _Choice | None:
    """The field of which all options but the one for all of them are so called; None where there
    are two: from when until when.
    """
    found = []
    for field in form.find_all("select", limit=MOST_CHOICES):
        options = field.find_all("option", limit=MOST_OPTIONS)
        labelled = [(plain(" ".join(text_in(o, MOST_OF_LABEL).split())), o) for o in options]
        named = [(label, _value(o)) for label, o in labelled if is_named(label)]
        others = [_value(o) for label, o in labelled if not is_named(label)]
        if field.get("name") and named and len(others) <= 1:
            chosen = next((_value(o) for o in options if o.has_attr("selected")), None)
            rest = others[0] if others else None
            found.append(_Choice(str(field["name"]), tuple(named), rest, chosen))
    return found[0] if len(found) == 1 else None


def _value(option: Tag) -> str:
    value = option.get("value")
    return " ".join(text_in(option, MOST_OF_LABEL).split()) if value is None else str(value)


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
        if year == present and value == years.chosen and months.chosen in values:
            values = values[: values.index(months.chosen) + 1]
        parts += [{years.name: value, months.name: month} for month in reversed(values)]
    return parts
