"""Training which town an event has."""

from __future__ import annotations

from typing import Any

from radar.training.labelled_pages import TrainingReader
from radar.training.town_training import town_samples

TEXT = (
    "Das Kupferforum hat am 4. Mai 2031 in Jena stattgefunden. Die Gäste waren aus Bonn angereist,"
    " und im Herbst trifft man sich anderswo."
)


def _record(place: dict[str, Any], event: int | None = 0) -> dict[str, Any]:
    return {
        "id": "1",
        "url": "https://erz.example/1",
        "published": "2031-05-05",
        "text": TEXT,
        "events": [{"place": place}],
        "_events": [{"surface": "Kupferforum", "event": event}],
    }


def test_the_labels_say_which_town_an_event_has() -> None:
    reader = TrainingReader()
    labelled = reader.read(_record({"city": "Jena", "city_surface": "Jena"}))
    samples = list(town_samples(reader, labelled, "train"))
    assert [(s.answer, s.asked, s.part, s.host) for s in samples] == [
        (True, True, "train", "erz.example"),
        (False, True, "train", "erz.example"),
    ]


def test_what_is_no_event_of_the_labels_teaches_nothing() -> None:
    reader = TrainingReader()
    labelled = reader.read(_record({"city": "Jena"}, event=None))
    assert {s.asked for s in town_samples(reader, labelled, "train")} == {False}
