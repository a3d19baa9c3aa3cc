"""How pages name the months in which a query asks for events.

A page may name such days without an event that has them: for what is handed in, planned, or moved.
Of a month that is near it says no year.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache

from indexer.query.days import FIRST_DAY
from indexer.query.fields import find_field
from indexer.query.intervals import date_interval, range_interval
from indexer.query.lexer import as_phrase
from indexer.query.syntax import Node, Range, Term
from indexer.records.interface_languages import LANGUAGES
from indexer.text.calendar_names import month_names
from indexer.text.function_words import FUNCTION_WORDS

_FIELD = "event_date"
_MOST = 8
"""Months: of more, pages are found by their events."""
_AHEAD = 6
"""Months before one in which pages name it without its year."""
_OTHER_WORDS = frozenset().union(*FUNCTION_WORDS.values())
"""What is no name of a month by itself: may."""


def named_months(node: Node) -> list[tuple[str, ...]]:
    """For each month of the days that a condition asks for, the queries that find its name: with
    its year, or in pages of that month or of the half year before; none if it asks for anything
    else, or for many months.
    """
    if isinstance(node, Range) and node.field == _FIELD:
        days = range_interval(node)
    elif isinstance(node, Term) and node.field == _FIELD:
        days = date_interval(find_field(_FIELD, 0), node)
    else:
        return []
    if days.first == FIRST_DAY:  # no date has it
        return []
    first, last = (_month(date.fromordinal(day)) for day in (days.first, days.last))
    if last - first >= _MOST:
        return []
    return [tuple(_named(month)) for month in range(first, last + 1)]


def _month(day: date) -> int:
    """Months since the year 0."""
    return 12 * day.year + day.month - 1


def _named(month: int) -> Iterator[str]:
    year, number = divmod(month, 12)
    names = _names()[number + 1]
    yield from (as_phrase(f"{name} {year}") for name in names)
    alone = " OR ".join(name for name in names if name not in _OTHER_WORDS)
    yield f"(({alone}) published:[{_written(month - _AHEAD)} TO {_written(month)}])"


def _written(month: int) -> str:
    year, number = divmod(month, 12)
    return f"{year:04}-{number + 1:02}"


@cache
def _names() -> Mapping[int, Mapping[str, None]]:
    """Number of a month → its names, each once, in an order of their own."""
    names: defaultdict[int, dict[str, None]] = defaultdict(dict)
    for lang in LANGUAGES:
        for number, name in month_names(lang, ("wide",)):
            names[number].setdefault(name.lower())
    return names
