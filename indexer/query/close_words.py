"""Queries whose words must stand close to each other (`SamePassage.gap`)."""

from __future__ import annotations

from collections.abc import Iterable

from indexer.query.compiled import AllOf, CompiledNode, OneOf, Prefix, Words
from indexer.query.leaves import occurrences_of
from indexer.query.view import Occurrence, PageView


def passages_with_close_words(node: CompiledNode, view: PageView, gap: int) -> set[int]:
    """Numbers of the passages in which the words of a query stand with `gap` others at most between
    one and the next. What has no place (a language) and what must not occur are not looked at.
    """
    return {number for number, _, _ in _runs(node, view, gap) or ()}


def of_several_words(node: CompiledNode) -> CompiledNode | None:
    """That of a query which can be close or not: a single word is not close to anything; None:
    nothing of it.
    """
    match node:
        case Words(_, alternatives):
            return node if any(len(tokens) > 1 for _, tokens in alternatives) else None
        case OneOf(operands):
            several = tuple(found for o in operands if (found := of_several_words(o)) is not None)
            return OneOf(several) if several else None
        case AllOf(operands):
            placed = [operand for operand in operands if _has_place(operand)]
            alone = len(placed) == 1 and of_several_words(placed[0]) is None
            return node if placed and not alone else None
        case _:
            return None


def _has_place(node: CompiledNode) -> bool:
    """Whether it is words, which stand somewhere: a language does not."""
    match node:
        case Words() | Prefix():
            return True
        case AllOf(operands) | OneOf(operands):
            return any(_has_place(operand) for operand in operands)
        case _:
            return False


def _runs(node: CompiledNode, view: PageView, gap: int) -> list[Occurrence] | None:
    """Where the words stand, from the first to the last; None: the query has none."""
    match node:
        case Words() | Prefix():
            return occurrences_of(node, view) or []
        case OneOf(operands):
            return [run for found in _of_each(operands, view, gap) for run in found]
        case AllOf(operands):
            return _together(list(_of_each(operands, view, gap)), gap)
        case _:
            return None


def _of_each(
    operands: Iterable[CompiledNode], view: PageView, gap: int
) -> Iterable[list[Occurrence]]:
    return (runs for operand in operands if (runs := _runs(operand, view, gap)) is not None)


def _together(each: list[list[Occurrence]], gap: int) -> list[Occurrence] | None:
    """Where those of several operands stand close, one of each at least, in any order."""
    if not each:
        return None
    places = sorted(
        (number, first, last, operand)
        for operand, found in enumerate(each)
        for number, first, last in found
    )
    runs: list[Occurrence] = []
    present: set[int] = set()
    passage, start, end = -1, 0, 0
    for number, first, last, operand in places:
        if number != passage or first - end - 1 > gap:
            if len(present) == len(each):
                runs.append((passage, start, end))
            passage, start, end = number, first, last
            present.clear()
        present.add(operand)
        end = max(end, last)
    if len(present) == len(each):
        runs.append((passage, start, end))
    return runs
