"""Timelines: how many hits were published when, as both engines count them.

Engines count days; weeks and months are sums of days, so that every store says the same. A page of
which only month or year are known counts on the first day of it; one without a date does not.
"""

from __future__ import annotations

from calendar import isleap, monthrange
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Literal, get_args

By = Literal["day", "week", "month", "year"]
PERIODS: tuple[By, ...] = get_args(By)
DAYS = "days"
"""Name of the aggregation."""
_VALUES = "values"
VALUES_AT_ONCE = 10
"""Values whose days are counted in one request: a cluster refuses more than 65,536 counts, and each
value may have one for each day of a decade.
"""


def day_aggregation() -> dict[str, Any]:
    """A histogram of publication days, which tantivy and Elasticsearch both take."""
    histogram = {"field": "published_first", "interval": 1, "min_doc_count": 1}
    return {DAYS: {"histogram": histogram}}


def read_days(counted: Mapping[str, Any]) -> dict[int, int]:
    """Day (ordinal) → number of hits, from the buckets of an engine."""
    return {int(bucket["key"]): int(bucket["doc_count"]) for bucket in counted[DAYS]["buckets"]}


def value_days_aggregation(field: str, values: Sequence[str]) -> dict[str, Any]:
    """The same for each of some values of a field, which both take, too."""
    terms = {"field": field, "size": len(values), "include": list(values)}
    return {_VALUES: {"terms": terms, "aggs": day_aggregation()}}


def read_value_days(counted: Mapping[str, Any]) -> dict[str, dict[int, int]]:
    """Value → day (ordinal) → number of pages; without values that no page has."""
    return {bucket["key"]: read_days(bucket) for bucket in counted[_VALUES]["buckets"]}


def in_periods(days: Mapping[int, int], by: By) -> list[tuple[date, int]]:
    """First day of each period that has any hits, and their number, the earliest first; weeks begin
    on Monday.
    """
    found: list[tuple[date, int]] = []
    first, after, number = date.min, 0, 0
    for ordinal in sorted(days):
        if ordinal >= after:
            if number:
                found.append((first, number))
            (first, after), number = _period(ordinal, by), 0
        number += days[ordinal]
    return [*found, (first, number)] if number else found


def _period(ordinal: int, by: By) -> tuple[date, int]:
    """The first day of the period of a day, and the ordinal of the day behind its last."""
    day = date.fromordinal(ordinal)
    match by:
        case "day":
            return day, ordinal + 1
        case "week":  # the first day of all is a Monday
            return day - timedelta(days=day.weekday()), ordinal + 7 - day.weekday()
        case "month":
            first = day.replace(day=1)
            return first, first.toordinal() + monthrange(day.year, day.month)[1]
        case "year":
            first = day.replace(month=1, day=1)
            return first, first.toordinal() + 365 + isleap(day.year)
