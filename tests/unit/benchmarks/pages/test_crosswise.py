"""What is chosen on a line comes from trees that were not grown from its host."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.pages.crosswise import (
    Line,
    grow_trees,
    judge_crosswise,
    measure_or_train,
    odds_of,
)
from radar.training.boosting import Growth, Tree

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


def test_lines_are_measured_and_parameters_trained(tmp_path: Path) -> None:
    measures, parameters = tmp_path / "measures.jsonl", tmp_path / "parameters.json"

    def run(*arguments: str | Path) -> None:
        measure_or_train(
            list(map(str, arguments)),
            lambda corpora: ({"corpus": corpus.name} for corpus in corpora),
            lambda lines: {"taught": [line["corpus"] for line in lines]},
            parameters,
        )

    run("measure", measures, "a", "b")
    run("train", measures)
    assert json.loads(parameters.read_text("utf-8")) == {"taught": ["a", "b"]}
    run("train", measures, tmp_path / "other.json")
    assert (tmp_path / "other.json").read_text("utf-8") == '{"taught":["a","b"]}\n'


def test_candidates_are_told_apart_by_what_is_measured_of_them() -> None:
    rows = [({"size": float(n), "noise": 1.0}, n > 9, 1.0) for n in range(40)]
    growth = Growth(trees=9, least=1.0, measures=1.0)
    trees = grow_trees(rows, ("noise", "size"), growth)
    odds = odds_of(trees, {"small": rows[0][0], "large": rows[39][0]}, ("noise", "size"))
    assert odds["small"] < odds["large"]
    assert odds_of(trees, {}, ("noise", "size")) == {}
