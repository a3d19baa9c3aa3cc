"""Which of the names on a page are its authors."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path

from crawler.parsers.article.authorship.marks import AuthorMark, name_key
from crawler.parsers.trees import Trees

PARAMETERS = Path(__file__).with_name("parameters.json")
"""Made by `python -m benchmarks.authors_training`."""
QUESTION = "author"
ALONE = -0.5
"""Log odds above which the likeliest name is the author where none is above the threshold."""
LISTING = (
    *("json-ld.article.person", "json-ld.article.plain", "meta.author"),
    *("byline", "signed", "beside"),
)
"""Sources whose lists are whole: where the first name is an author, the others are."""
MOST = 12
"""Authors of one page."""

Measured = Mapping[str, Mapping[str, float]]
"""Key of a name → its measures."""
Measure = Callable[[Sequence[AuthorMark]], Measured]
Choose = Callable[[Sequence[AuthorMark], Measure], list[str]]
"""Chooses between the names of marks, given how they are measured."""


def choose_authors(marks: Sequence[AuthorMark], measure: Measure) -> list[str]:
    """Keys of the authors, in the order of the marks."""
    trees = _trees()
    measured = measure(marks)
    odds = trees.log_odds_of_each(measured)
    chosen = likely(odds, trees.threshold, whole_lists(marks, measured))
    return _without_site(_without_bodies(chosen, marks), measured)


def whole_lists(marks: Sequence[AuthorMark], measured: Measured) -> list[tuple[str, ...]]:
    """The lists of persons in the best places, and rows of persons, as keys of names."""
    found = {mark.listed for mark in marks if mark.listed and mark.source in LISTING}
    rows = {mark.row for mark in marks if mark.row}
    lists = [tuple(dict.fromkeys(map(name_key, names))) for names in (*found, *rows)]
    persons = {key for key, measures in measured.items() if measures["person"]}
    return [keys for keys in lists if persons.issuperset(keys)]


def likely(
    odds: Mapping[str, float], threshold: float, lists: Sequence[Sequence[str]] = ()
) -> list[str]:
    """The names above the threshold, else the likeliest if it is likely enough; of two names of
    which one is part of the other the likelier. Where that is the first of a list, all of it.
    """
    chosen = [key for key in odds if odds[key] > threshold]
    if not chosen:
        key = max(odds, key=lambda each: odds[each], default=None)
        chosen = [key] if key is not None and odds[key] > ALONE else []
    kept = [key for key in chosen if not any(_excludes(other, key, odds) for other in chosen)]
    whole = next((keys for keys in lists if kept == [keys[0]]), kept)
    return list(whole)[:MOST]


def _without_bodies(chosen: list[str], marks: Sequence[AuthorMark]) -> list[str]:
    """Where others are chosen, without what markup alone names, as a body: that is the outlet."""
    named = {mark.key for mark in marks if not mark.source.endswith(".body")}
    return [key for key in chosen if key in named] or chosen


def _without_site(chosen: list[str], measured: Measured) -> list[str]:
    """Where a person is chosen who is not called as the site, without what is called so."""
    others = [key for key in chosen if not measured[key]["site"]]
    return others if any(measured[key]["person"] for key in others) else chosen


def _excludes(other: str, key: str, odds: Mapping[str, float]) -> bool:
    own, others = set(key.split()), set(other.split())
    return own != others and (own < others or others < own) and odds[other] > odds[key]


@cache
def _trees() -> Trees:
    return Trees.read(PARAMETERS, QUESTION)
