"""Trees that are grown from lines of measures, and what they choose on lines of other hosts; the
command of programs that write such lines, and later parameters.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from radar.training import boosting
from radar.training.boosting import Growth, Tree

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


Row = tuple[Mapping[str, float], bool, float]
"""What is measured of one candidate of a page, whether it is the right one, and its weight."""


def grow_trees(rows: Iterable[Row], names: Sequence[str], growth: Growth) -> list[Tree]:
    """The trees of all candidates; `names`: of the measures, in the order of the parameters."""
    measured, wanted, weights = zip(*rows, strict=True)
    values = np.array([_values(measures, names) for measures in measured])
    return boosting.grow(values, np.array(wanted, dtype=float), np.array(weights), growth)


def odds_of(
    trees: list[Tree], candidates: Mapping[str, Mapping[str, float]], names: Sequence[str]
) -> dict[str, float]:
    """The log odds of each candidate of a page."""
    if not candidates:
        return {}
    values = np.array([_values(measures, names) for measures in candidates.values()])
    return dict(zip(candidates, boosting.answers(trees, values).tolist(), strict=True))


def _values(measures: Mapping[str, float], names: Sequence[str]) -> list[float]:
    return [measures[name] for name in names]


def measure_or_train(
    arguments: Sequence[str],
    measure: Callable[[Sequence[Path]], Iterable[Line]],
    train: Callable[[list[Line]], Mapping[str, Any]],
    parameters: Path,
) -> None:
    """`measure MEASURES.jsonl CORPUS…` writes a line for each page, `train MEASURES.jsonl [FILE]`
    the parameters that they teach, to `parameters` if no file is named.
    """
    task, (path, *others) = arguments[0], map(Path, arguments[1:])
    if task == "measure":
        with path.open("w", encoding="utf-8") as file:
            for line in measure(others):
                file.write(json.dumps(line) + "\n")
        return
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    target = others[0] if others else parameters
    target.write_text(json.dumps(train(lines), separators=(",", ":")) + "\n", "utf-8")
