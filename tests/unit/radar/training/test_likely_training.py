"""Training which events stay that only a likely word names."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from crawler.parsers.events.candidates.coreference import EventMentions
from crawler.parsers.events.candidates.likely_words import LikelyWords, own_features
from crawler.parsers.events.trained.event_models import PARAMETERS
from crawler.parsers.events.trained.likely_models import LIKELY_VERSION, read_likely_models
from radar.training import likely_training
from radar.training.event_parts import FOLDS, folder_of_turn
from radar.training.likely_training import event_of_likely, word_samples
from tests.event_texts import event_reader
from tests.unit.radar.training.made_up_pages import write_pages
from tests.unit.radar.training.training_reader import training_reader

RECORD: dict[str, Any] = {
    "id": "1",
    "url": "https://erz.example/1",
    "published": "2031-05-08",
    "text": "Am 4. Mai 2031 saßen die Bohrer in Jena zum Eintopf beisammen. Kupfer ist teuer.",
    "events": [{"start": "2031-05-04", "place": {"city": "Jena", "city_surface": "Jena"}}],
    "_events": [{"surface": "Eintopf", "event": 0}],
}


def test_the_head_of_a_mention_names_an_event_and_no_other_word_does() -> None:
    labelled = training_reader().read(RECORD)
    samples = list(word_samples("train", labelled))
    assert sum(sample.names_event for sample in samples) == 1
    assert 1 < len(samples) < len(RECORD["text"].split())
    assert samples == list(word_samples("train", labelled))


@pytest.mark.parametrize(
    ("surface", "start", "expected"),
    [
        ("Eintopf", "2031-05-04", 0),
        ("Kupfer", "2031-05-04", 0),  # by its day, and the town of its sentence
        ("Kupfer", "2031-05-05", None),
    ],
)
def test_an_event_is_known_by_its_mention_or_by_its_day_and_town(
    surface: str, start: str, expected: int | None
) -> None:
    events = [RECORD["events"][0] | {"start": start}]
    marks = [{"surface": surface, "event": 0}]
    labelled = training_reader().read(RECORD | {"events": events, "_events": marks})
    any_word, stew = own_features("Eintopf", "de")[:2]
    words = LikelyWords({any_word: -5.0, stew: 9.0}, "de")
    ((_, found),) = event_reader().find_words(labelled.page, labelled.candidates, words)
    assert event_of_likely(labelled, EventMentions([found])) == expected


def test_the_same_pages_give_the_same_file(tmp_path: Path) -> None:
    write_pages(tmp_path / "pages")
    for turn in range(FOLDS + 1):
        folder = folder_of_turn(tmp_path, turn)
        folder.mkdir()
        (folder / PARAMETERS.name).write_bytes(PARAMETERS.read_bytes())
    files = [tmp_path / "one.json", tmp_path / "two.json"]
    for file in files:
        likely_training.main([tmp_path / "pages"], tmp_path, file)
    assert files[0].read_bytes() == files[1].read_bytes()
    assert json.loads(files[0].read_text("utf-8"))["version"] == LIKELY_VERSION
    assert len(read_likely_models(files[0])) == 3
