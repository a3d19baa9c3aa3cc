"""What is chosen on a line comes from trees that were not grown from its host."""

from collections.abc import Sequence
from typing import Any

from benchmarks.crosswise import Line, judge_crosswise
from radar.training.boosting import Tree

FOLDS = 3


def test_lines_are_judged_by_trees_of_other_hosts() -> None:
    lines: list[dict[str, Any]] = [
        {"name": name, "fold": fold, "aside": aside}
        for name, fold, aside in (("a", 0, False), ("b", 1, False), ("c", 2, False), ("d", 1, True))
    ]

    def grow(some: Sequence[Line]) -> list[Tree]:
        return [[[float(line["fold"])] for line in some]]

    def choose(trees: list[Tree], line: Line) -> list[float]:
        return [node[0] for node in trees[0]]

    assert grow([lines[0], lines[1], lines[2]]) == judge_crosswise(lines, FOLDS, grow, choose)
    assert [line["chosen"] for line in lines] == [[1, 2], [0, 2], [0, 1], [0, 1, 2]]
