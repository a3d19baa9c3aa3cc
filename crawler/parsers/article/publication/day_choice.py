"""Which of the days that a page names is the one of its publication."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

from crawler.parsers.article.publication.day_measures import measure_days
from crawler.parsers.article.publication.marks import Mark
from crawler.parsers.trees import Trees

PARAMETERS = Path(__file__).with_name("parameters.json")
"""Made by `python -m benchmarks.dates_training`."""
QUESTION = "published"

Choose = Callable[[Sequence[Mark], str | None], str | None]
"""Chooses between the days of marks, given the month that the address holds, if it does."""


def choose_day(marks: Sequence[Mark], month: str | None) -> str | None:
    """The likeliest day; None where none is likely enough."""
    trees = _trees()
    measured = measure_days(marks, month)
    odds = trees.log_odds_of_each(measured)
    day = max(odds, key=lambda each: odds[each], default=None)
    return day if day is not None and odds[day] > trees.threshold else None


@cache
def _trees() -> Trees:
    return Trees.read(PARAMETERS, QUESTION)
