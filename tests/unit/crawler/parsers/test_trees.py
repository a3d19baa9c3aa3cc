from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from crawler.parsers.trees import Trees

FILE = {
    "version": 1,
    "measures": ["links", "words"],
    "questions": {
        "list": {
            "threshold": 0.5,
            "trees": [[[-1.0]], [[0, 10, 1, 2], [-0.5], [1, 40, 3, 4], [2.0], [0.25]]],
        }
    },
}


@pytest.mark.parametrize(
    ("measured", "odds"),
    [
        ({"links": 10, "words": 7}, -1.5),
        ({"words": 40, "links": 11}, 1.0),
        ({"links": 11, "words": 41, "other": 3}, -0.75),
    ],
    ids=["at the threshold", "by name", "deepest"],
)
def test_the_trees_say_together_how_likely_it_is(
    tmp_path: Path, measured: dict[str, float], odds: float
) -> None:
    path = tmp_path / "parameters.json"
    path.write_text(json.dumps(FILE))
    trees = Trees.read(path, "list")
    assert trees.log_odds(measured) == odds
    assert trees.threshold == 0.5


def test_rows_are_answered_each_for_itself(tmp_path: Path) -> None:
    path = tmp_path / "parameters.json"
    path.write_text(json.dumps(FILE))
    columns = {"links": np.array([10.0, 11, 11] * 700), "words": np.array([7.0, 40, 41] * 700)}
    odds = Trees.read(path, "list").log_odds_of_rows(columns)
    assert odds.tolist() == [-1.5, 1.0, -0.75] * 700


def test_each_is_answered_under_its_name(tmp_path: Path) -> None:
    path = tmp_path / "parameters.json"
    path.write_text(json.dumps(FILE))
    trees = Trees.read(path, "list")
    measured = {"menu": {"links": 11, "words": 41, "other": 3}, "news": {"words": 7, "links": 10}}
    assert trees.log_odds_of_each(measured) == {"menu": -0.75, "news": -1.5}
    assert trees.log_odds_of_each({}) == {}


def test_leaves_alone_are_answered_for_each_row() -> None:
    answer = {"threshold": 0.0, "trees": [[[0.25]], [[0.5]]]}
    trees = Trees.of({"measures": ["links"], "questions": {"list": answer}}, "list")
    assert trees.log_odds_of_table(np.array([[1.0], [2.0], [3.0]])).tolist() == [0.75] * 3
