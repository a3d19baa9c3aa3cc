"""The date that the address of a page holds."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from urllib.parse import urlsplit

from crawler.parsers.article.publication.record import Publication, is_plausible
from crawler.parsers.event_paths import has_event_day
from indexer.text.calendar_names import month_names

# The day is a whole part of the path: /2023/10/3-questions says no more than October.
_URL_DAY = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d{2})(?P<sign>[/_-])(?P<month>0?[1-9]|1[0-2])(?P=sign)"
    r"(?P<day>0?[1-9]|[12]\d|3[01])(?!\d)(?!(?<=/.)[^/]|(?<=/..)[^/])"
)
_URL_DIGITS = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d{2})(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])(?!\d)"
)
_URL_NAMED = re.compile(
    r"/(?P<year>(?:19|20)\d{2})/(?P<month>[a-zA-Z]{3,9})/(?P<day>\d{1,2})(?=/|$)"
)
_URL_MONTH = re.compile(r"/((?:19|20)\d{2})/(0?[1-9]|1[0-2])/")


def in_url(url: str | None) -> Publication | None:
    """The date in an address: `/2019/11/18/`, `2019-11-18`, `20191118`, `/2019/nov/18/`, else
    `/2019/11/`; not that of an event.
    """
    path = urlsplit(url or "").path
    if has_event_day(path):
        return None
    for pattern in (_URL_DAY, _URL_DIGITS, _URL_NAMED):
        for match in pattern.finditer(path):
            year, month, number = match.group("year", "month", "day")
            try:
                day = date(int(year), _month(month), int(number)).isoformat()
            except ValueError:
                continue
            if is_plausible(day):
                return Publication(day, None, "url", match.group().strip("/"), "url")
    match_or_none = _URL_MONTH.search(path)
    if match_or_none and is_plausible(match_or_none.group(1)):
        year, month = match_or_none.groups()
        return Publication(
            f"{year}-{int(month):02d}", None, "url", match_or_none.group().strip("/"), "url"
        )
    return None


def _month(said: str) -> int:
    """Number of a month; 0 for a word that is none."""
    return int(said) if said.isdecimal() else _english_months().get(said.lower(), 0)


@cache
def _english_months() -> dict[str, int]:
    """Addresses have them on sites of any language."""
    return {name.lower().rstrip("."): number for number, name in month_names("en")}
