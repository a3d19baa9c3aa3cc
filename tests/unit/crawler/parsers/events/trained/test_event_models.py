"""What a file of models gives, and what becomes of one that doesn't fit."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from crawler.parsers.events.trained.event_models import PARAMETERS, VERSION, read_models
from crawler.parsers.events.trained.joint_model import JointModel
from crawler.parsers.events.trained.linear_model import LinearModel

QUESTION = {"weights": {"day": 1.5, "list": -0.5}, "threshold": 0.25}
CONTENT = {"version": VERSION, "questions": {"event": QUESTION}}


def with_tree(*nodes: list[float]) -> str:
    """A file with the one measure `near`, and this tree."""
    question = {**QUESTION, "trees": [nodes]}
    content = {"version": VERSION, "measures": ["near"], "questions": {"event": question}}
    return json.dumps(content)


def test_a_file_gives_a_model_for_each_question(tmp_path: Path) -> None:
    file = tmp_path / "parameters.json"
    file.write_text(json.dumps(CONTENT))
    linear = LinearModel({"day": 1.5, "list": -0.5}, 0.25)
    assert read_models(file) == {"event": JointModel(linear)}


def test_a_question_may_have_trees_and_a_threshold_for_the_first_yes(tmp_path: Path) -> None:
    trees = [[[0.5]], [[0.0, 0.5, 1.0, 2.0], [-1.0], [3.0]]]
    question = {"weights": {"day": 1.0}, "threshold": 0.25, "alone": 0.5, "trees": trees}
    content = {"version": VERSION, "measures": ["near"], "questions": {"event": question}}
    file = tmp_path / "parameters.json"
    file.write_text(json.dumps(content))
    model = read_models(file)["event"]
    assert model.linear.alone == 0.5
    assert model.log_odds([{"day": 1.0, "near": 1.0}]) == [(1 + 3.5) / 2]


@pytest.mark.parametrize(
    "content",
    [
        json.dumps({**CONTENT, "version": VERSION + 1}),
        json.dumps(CONTENT)[:-9],
        json.dumps({"version": VERSION}),
        json.dumps([VERSION]),
        json.dumps({"version": VERSION, "questions": {"event": {**QUESTION, "trees": [[]]}}}),
        json.dumps({"version": VERSION, "questions": {"event": {"weights": {"day": "much"}}}}),
        json.dumps({**CONTENT, "questions": {"event": {**QUESTION, "threshold": 10**400}}}),
        with_tree([0, 0.5, 0, 1], [1.0]),
        with_tree([0, 0.5, 1, float("inf")], [1.0]),
        with_tree([1, 0.5, 1, 2], [1.0], [2.0]),
        "[" * 100_000,
        "",
    ],
)
def test_a_file_that_does_not_fit_is_refused_with_the_remedy(
    tmp_path: Path, content: str, caplog: pytest.LogCaptureFixture
) -> None:
    file = tmp_path / "parameters.json"
    file.write_text(content)
    assert read_models(file) == {}
    assert "radar.training.event_training" in caplog.text


def test_the_shipped_file_fits() -> None:
    assert read_models(PARAMETERS).keys() == {"event", "event of page", "head"}
