"""The file of the model of confidence."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from crawler.parsers.events.trained.confidence_model import (
    CONFIDENCE_VERSION,
    OF_VALUE,
    read_confidence_models,
)


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "[]",
        json.dumps({"version": CONFIDENCE_VERSION, "questions": {}}),
        json.dumps(
            {
                "version": CONFIDENCE_VERSION - 1,
                "fields": [],
                "measures": [],
                "questions": {"value": {"trees": [[[1.0]]], "threshold": 0.0}},
            }
        ),
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
    model = read_confidence_models()[OF_VALUE]
    assert {"start", "organisers", "persons.name"} <= model.fields
    (share,) = model.shares([{}])
    assert 0 < share < 1
