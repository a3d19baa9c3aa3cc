"""Training which persons are of which event."""

from __future__ import annotations

from typing import Any

from radar.training.person_training import person_samples
from tests.unit.radar.training.training_reader import training_reader

TEXT = (
    "Das Kupferforum hat am 4. Mai 2031 in Jena stattgefunden. Dr. Petra Gros eröffnete es, und"
    " Dr. Anna Wolf schrieb davon."
)


def _record(persons: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "id": "1",
        "url": "https://erz.example/1",
        "published": "2031-05-05",
        "text": TEXT,
        "events": [{}],
        "_events": [{"surface": "Kupferforum", "event": 0}],
        "_persons": persons,
    }


def test_the_labels_say_which_persons_are_of_an_event() -> None:
    persons: list[dict[str, Any]] = [
        {"surface": "Petra Gros", "event": 0},
        {"surface": "Anna Wolf", "event": None},
    ]
    reader = training_reader()
    samples = list(person_samples(reader, reader.read(_record(persons)), "train"))
    assert [(s.answer, s.part, s.group) for s in samples] == [
        (True, "train", "erz.example"),
        (False, "train", "erz.example"),
    ]


def test_a_page_on_which_no_event_is_found_says_nothing() -> None:
    record = _record([]) | {"text": "Kupfer ist teuer, sagte Dr. Petra Gros.", "_events": []}
    reader = training_reader()
    assert list(person_samples(reader, reader.read(record), "train")) == []
