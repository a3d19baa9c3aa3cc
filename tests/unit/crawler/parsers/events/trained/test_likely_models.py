"""What becomes of a file of likely words that doesn't fit."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from crawler.parsers.events.trained.likely_models import (
    LIKELY_FILE,
    LIKELY_VERSION,
    OF_LIKELY_EVENT,
    OF_LIKELY_VALUES,
    OF_LIKELY_WORD,
    read_likely_models,
)

MODEL = {"weights": {"bias": 1.0}, "threshold": 0.5, "trees": [[[0.5]]]}
CONTENT = {
    "version": LIKELY_VERSION,
    OF_LIKELY_WORD: {"weights": {"ff": 1.0}, "threshold": 0.0},
    "stages": {
        stage: {"measures": ["near"], "questions": {stage: MODEL}}
        for stage in (OF_LIKELY_EVENT, OF_LIKELY_VALUES)
    },
}


def test_the_models_of_a_file(tmp_path: Path) -> None:
    file = tmp_path / "likely.json"
    file.write_text(json.dumps(CONTENT))
    models = read_likely_models(file)
    assert models[OF_LIKELY_EVENT].threshold == 0.5
    assert models[OF_LIKELY_WORD].linear.weights == {"ff": 1.0}


def test_the_shipped_file_answers_all_questions() -> None:
    models = read_likely_models(LIKELY_FILE)
    assert set(models) == {OF_LIKELY_WORD, OF_LIKELY_EVENT, OF_LIKELY_VALUES}
    assert models[OF_LIKELY_VALUES].linear.alone is not None


@pytest.mark.parametrize(
    "content", ["", "{", json.dumps(CONTENT | {"version": LIKELY_VERSION + 1}), "[1]"]
)
def test_another_file_is_refused_with_the_remedy(
    content: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file = tmp_path / "likely.json"
    file.write_text(content)
    assert read_likely_models(file) == {}
    assert "radar.training.likely_training" in caplog.text
