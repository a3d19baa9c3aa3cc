"""Trees that are grown from lines of measures, and what they choose on lines of other hosts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from radar.training.boosting import Tree

Line = dict[str, Any]
"""A page: its measures, `fold` (labelled_kinds.fold_of) and `aside`, whether it is scored only."""


def judge_crosswise(
    lines: Sequence[Line],
    folds: int,
    grow: Callable[[Sequence[Line]], list[Tree]],
    choose: Callable[[list[Tree], Line], object],
) -> list[Tree]:
    """The trees of all open lines. Every line gets what is `chosen` on it: an open one by trees of
    the other folds, one that is set aside by those of all open lines.
    """
    opened = [line for line in lines if not line["aside"]]
    for fold in range(folds):
        trees = grow([line for line in opened if line["fold"] != fold])
        for line in opened:
            if line["fold"] == fold:
                line["chosen"] = choose(trees, line)
    trees = grow(opened)
    for line in lines:
        if line["aside"]:
            line["chosen"] = choose(trees, line)
    return trees
