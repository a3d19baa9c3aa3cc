"""The timeline of a search page: a bar for each month or year narrows the search to it. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from indexer.stores.timeline import in_periods
from search_api.page_words import articles, partial_date
from search_api.parameters import SearchParameters

MOST_MONTHS = 36
"""More months are shown as years."""
MOST_YEARS = 60
"""Of more years only those are shown that have any pages."""
HEIGHT = 40
"""Units of the highest bar."""
WIDTH = 12
"""Units from one bar to the next."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A period."""

    label: str
    """`May 2024: 3 pages`."""
    period: str
    """`May 2024`."""
    address: str
    """The same search within the period."""
    x: int
    height: int


def bars(parameters: SearchParameters, days: Mapping[int, int]) -> tuple[Bar, ...]:
    """The bars; none where there is only one period, which narrows nothing."""
    months = {f"{start:%Y-%m}".zfill(7): n for start, n in in_periods(days, "month")}
    counts: Mapping[str, int] = months
    periods = _between(counts, 12)
    if len(periods) > MOST_MONTHS:
        counts = _years(months)
        periods = _between(counts, 1)
        if len(periods) > MOST_YEARS:
            periods = sorted(counts)
    if len(periods) < 2:
        return ()
    most = max(counts.values())
    return tuple(
        Bar(
            f"{partial_date(period)}: {articles(counts.get(period, 0))}",
            partial_date(period),
            address,
            number * WIDTH,
            -(-counts.get(period, 0) * HEIGHT // most),
        )
        for number, (period, address) in enumerate(
            zip(periods, parameters.in_periods("/", periods), strict=True)
        )
    )


def _years(months: Mapping[str, int]) -> Mapping[str, int]:
    years: Counter[str] = Counter()
    for month, number in months.items():
        years[month[:4]] += number
    return years


def _between(counts: Mapping[str, int], in_year: int) -> list[str]:
    """All periods from the first to the last one."""
    if not counts:
        return []
    return list(_periods(min(counts), max(counts), in_year))


def _periods(first: str, last: str, in_year: int) -> Iterator[str]:
    for number in range(_number(first, in_year), _number(last, in_year) + 1):
        year, month = divmod(number, in_year)
        yield f"{year:04}-{month + 1:02}" if in_year > 1 else f"{year:04}"


def _number(period: str, in_year: int) -> int:
    return int(period[:4]) * in_year + (int(period[5:] or 1) - 1 if in_year > 1 else 0)
