"""Queries whose words must stand close to each other (`SamePassage.gap`)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from indexer.query.compiled import AllOf, CompiledNode, OneOf, Prefix, Words
from indexer.query.leaves import occurrences_of
from indexer.query.view import Occurrence, PageView


def passages_with_close_words(node: CompiledNode, view: PageView, gap: int) -> set[int]:
    """Numbers of the passages in which the words of a query stand with `gap` others at most between
    one and the next. What has no place (a language) and what must not occur are not looked at.
    """
    return {number for number, _, _ in _runs(node, view, gap) or ()}


def _runs(node: CompiledNode, view: PageView, gap: int) -> list[Occurrence] | None:
    """Where the words stand, from the first to the last; None: the query has none."""
    match node:
        case Words() | Prefix():
            return occurrences_of(node, view) or []
        case OneOf(operands):
            return [run for found in _of_each(operands, view, gap) for run in found]
        case AllOf(operands):
            together: list[Occurrence] | None = None
            for found in _of_each(operands, view, gap):
                together = found if together is None else _join(together, found, gap)
            return together
        case _:
            return None


def _of_each(
    operands: Iterable[CompiledNode], view: PageView, gap: int
) -> Iterable[list[Occurrence]]:
    return (runs for operand in operands if (runs := _runs(operand, view, gap)) is not None)


def _join(some: list[Occurrence], others: list[Occurrence], gap: int) -> list[Occurrence]:
    """Pairs that are close, as one run each."""
    others = sorted(others)
    longest = max((last - first for _, first, last in others), default=0)
    joined: set[Occurrence] = set()
    for number, first, last in some:
        begin = bisect_left(others, (number, first - gap - 1 - longest, 0))
        end = bisect_right(others, (number, last + gap + 2, -1))
        joined.update(
            (number, min(first, start), max(last, stop))
            for _, start, stop in others[begin:end]
            if stop >= first - gap - 1
        )
    return list(joined)
