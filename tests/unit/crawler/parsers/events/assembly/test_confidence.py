"""The confidence of values: a model over their measures, and what holds without it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from crawler.parsers.events.assembly.confidence import (
    SURE,
    UNJUDGED,
    judge_confidence,
    read_confidence_model,
)
from crawler.parsers.events.trained.linear_model import VERSION, LinearModel

MODEL = LinearModel({"bias": 1.0, "field.start": 2.0, "odds.0": 1.5}, 0.0)


@pytest.mark.parametrize(
    ("measures", "confidence"),
    [
        ({"bias": 1.0, "field.start": 1.0}, 0.95),
        ({"bias": 1.0, "field.start": 1.0, "odds.0": -2.0}, 0.5),
        ({"bias": 1.0, "field.status": 1.0}, UNJUDGED),
    ],
)
def test_a_value_is_as_sure_as_its_measures(measures: dict[str, float], confidence: float) -> None:
    assert judge_confidence(measures, MODEL) == confidence


def test_without_a_model_nothing_is_sure() -> None:
    assert judge_confidence({"bias": 1.0, "field.start": 1.0}, None) == UNJUDGED < SURE


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "[]",
        json.dumps({"version": VERSION, "questions": {}}),
        json.dumps({"version": VERSION - 1, "questions": {"value": {"weights": {}}}}),
    ],
)
def test_a_file_that_does_not_fit_is_refused_with_the_remedy(
    content: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file = tmp_path / "confidence.json"
    file.write_text(content, "utf-8")
    assert read_confidence_model(file) is None
    assert "benchmarks.confidence_training" in caplog.text


def test_the_file_of_the_program_fits() -> None:
    model = read_confidence_model()
    assert model is not None
    assert model.weights["bias"]
