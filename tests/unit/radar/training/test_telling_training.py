"""Training which pages reporters tell."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from crawler.parsers.events.candidates.telling import measure_telling
from crawler.parsers.events.trained.telling_model import read_telling
from radar.training import telling_training

REPORTER = "He came, late as he was, up the lane, and sat, and had his tea, and said no more. " * 5
PRESS_OFFICE = (
    "Representatives of 120 institutions discussed International Exploration Projects. " * 9
)


def _write(folder: Path, stem: str, text: str, pages: int = 3) -> None:
    lang = stem.split("-")[1]
    records = [
        {
            "id": f"{stem}-{number}",
            "url": f"https://{stem}.example/{number}",
            "title": "Tin",
            "lang": lang,
            "published": "2031-05-04",
            "text": f"Tin\n\n{text}",
            "events": [],
        }
        for number in range(pages)
    ]
    (folder / f"{stem}.yaml").write_text(yaml.safe_dump(records), "utf-8")


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    folder = tmp_path / "open"
    folder.mkdir()
    for number in (58, 59):
        _write(folder, f"odd-en-{number}", REPORTER)
    for number in (36, 37, 38, 39):
        _write(folder, f"plain-en-{number}", PRESS_OFFICE)
    return folder


def test_reporters_are_parted_and_the_same_pages_give_the_same_file(
    pages: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = [tmp_path / "one.json", tmp_path / "two.json"]
    for file in files:
        telling_training.main(pages, file)
    assert "odd-58 (reporter): 3 pages, 1.00 taken for a reporter's" in capsys.readouterr().out
    assert files[0].read_bytes() == files[1].read_bytes()
    model = read_telling(files[0])
    assert model is not None
    odds = [model.log_odds(measure_telling(text, "en") or {}) for text in (REPORTER, PRESS_OFFICE)]
    assert odds[0] > model.threshold >= odds[1]
    assert json.loads(files[0].read_text())["version"] == 1


def test_other_hands_teach_nothing(pages: Path) -> None:
    before = len(list(telling_training.told_pages(pages)))
    _write(pages, "odd-en-49", REPORTER)
    _write(pages, "plain-en-7", PRESS_OFFICE)
    assert len(list(telling_training.told_pages(pages))) == before == 18
