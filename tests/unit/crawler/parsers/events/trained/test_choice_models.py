"""What becomes of a file of choices that doesn't fit."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from crawler.parsers.events.candidates.value_choice import OF_EVENT
from crawler.parsers.events.trained.choice_models import (
    CHOICES_FILE,
    CHOICES_VERSION,
    read_choice_models,
)

MODEL = {"weights": {"bias": 1.0}, "threshold": 0.5, "trees": [[[0.5]]]}
STAGES = {"themes": {"measures": ["near"], "questions": {OF_EVENT: MODEL}}}


def test_the_models_of_a_file(tmp_path: Path) -> None:
    file = tmp_path / "choices.json"
    file.write_text(json.dumps({"version": CHOICES_VERSION, "stages": STAGES}))
    assert read_choice_models(file)["themes"][OF_EVENT].threshold == 0.5


def test_the_shipped_file_chooses_themes_and_houses() -> None:
    assert {"themes", "venues"} <= set(read_choice_models(CHOICES_FILE))


@pytest.mark.parametrize(
    "content", ["", "{", json.dumps({"version": CHOICES_VERSION + 1, "stages": STAGES}), "[1]"]
)
def test_another_file_is_refused_with_the_remedy(
    content: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file = tmp_path / "choices.json"
    file.write_text(content)
    assert read_choice_models(file) == {}
    assert "benchmarks.span_choice_training" in caplog.text
