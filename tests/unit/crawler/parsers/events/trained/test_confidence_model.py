"""The file of the model of confidence."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from crawler.parsers.events.trained.confidence_model import OF_VALUE, read_confidence_models
from crawler.parsers.events.trained.event_models import VERSION


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
    assert read_confidence_models(file) == {}
    assert "radar.training.confidence_training" in caplog.text


def test_the_file_of_the_program_fits() -> None:
    assert read_confidence_models()[OF_VALUE].weights["bias"]
