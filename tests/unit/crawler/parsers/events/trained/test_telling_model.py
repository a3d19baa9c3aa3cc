"""What becomes of a file of how pages are told that doesn't fit."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from crawler.parsers.events.trained.telling_model import (
    OF_TELLING,
    TELLING_FILE,
    TELLING_VERSION,
    read_telling,
)

CONTENT = {
    "version": TELLING_VERSION,
    OF_TELLING: {"weights": {"commas": 1.0}, "threshold": 0.5},
}


def test_the_model_of_a_file(tmp_path: Path) -> None:
    file = tmp_path / "telling.json"
    file.write_text(json.dumps(CONTENT))
    model = read_telling(file)
    assert model is not None
    assert (model.weights, model.threshold) == ({"commas": 1.0}, 0.5)


def test_the_shipped_file_knows_three_languages() -> None:
    model = read_telling(TELLING_FILE)
    assert model is not None
    assert {"lang.de", "lang.en", "lang.ru"} <= set(model.weights)


@pytest.mark.parametrize(
    "content", ["", "{", json.dumps(CONTENT | {"version": TELLING_VERSION + 1}), "[1]"]
)
def test_another_file_is_refused_with_the_remedy(
    content: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file = tmp_path / "telling.json"
    file.write_text(content)
    assert read_telling(file) is None
    assert "radar.training.telling_training" in caplog.text
