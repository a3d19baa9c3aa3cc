"""Models as plain numbers: what they say, and what becomes of a file that doesn't fit."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from crawler.parsers.events.trained.linear_model import (
    PARAMETERS,
    VERSION,
    LinearModel,
    read_models,
)

CONTENT = {
    "version": VERSION,
    "questions": {"event": {"weights": {"day": 1.5, "list": -0.5}, "threshold": 0.25}},
}


def test_log_odds_are_the_weighted_sum_of_what_was_measured() -> None:
    model = LinearModel({"day": 1.5, "list": -0.5}, 0.25)
    assert model.log_odds({"day": 1.0, "list": 2.0, "unknown": 9.0}) == 0.5


def test_a_file_gives_a_model_for_each_question(tmp_path: Path) -> None:
    file = tmp_path / "parameters.json"
    file.write_text(json.dumps(CONTENT))
    assert read_models(file) == {"event": LinearModel({"day": 1.5, "list": -0.5}, 0.25)}
    first = {"questions": {"event": {**CONTENT["questions"]["event"], "alone": 0.5}}}
    other = tmp_path / "other.json"
    other.write_text(json.dumps({**CONTENT, **first}))
    assert read_models(other)["event"].alone == 0.5


@pytest.mark.parametrize(
    "content",
    [
        json.dumps({**CONTENT, "version": VERSION + 1}),
        json.dumps(CONTENT)[:-9],
        json.dumps({"version": VERSION}),
        json.dumps([VERSION]),
        json.dumps({"version": VERSION, "questions": {"event": {"weights": {"day": "much"}}}}),
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
    assert "event" in read_models(PARAMETERS)
