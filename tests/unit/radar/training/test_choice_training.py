"""Training which values events have."""

from __future__ import annotations

from typing import Any

import pytest

from radar.training.choice_training import KINDS, choice_samples
from tests.unit.radar.training.training_reader import training_reader

TEXT = (
    "Am 4. Mai 2031 hat in Jena das Kupferforum stattgefunden. 40 Gäste aus"
    " Polen kamen. Am 7. Juni 2031 eröffnet das Hotel Erz mit 90 Betten, auch Norwegen ist dabei."
)
LABELS: dict[str, Any] = {
    "start": "2031-05-04",
    "participants": {"count": 40, "countries": [{"code": "PL", "surface": "Polen"}]},
}
TOWNS = (
    "Das Kupferforum hat am 4. Mai 2031 in Jena stattgefunden. Die Gäste waren aus Bonn angereist,"
    " und im Herbst trifft man sich anderswo."
)


def _record(event: int | None = 0) -> dict[str, Any]:
    return {
        "id": "1",
        "url": "https://erz.example/1",
        "published": "2031-05-05",
        "text": TEXT,
        "events": [LABELS],
        "_events": [{"surface": "Kupferforum", "event": event}],
    }


@pytest.mark.parametrize(
    ("stage", "answers"),
    [
        ("days", [True, False]),
        ("counts", [True, False]),
        ("countries", [True, False]),
    ],
)
def test_the_labels_say_which_values_an_event_has(stage: str, answers: list[bool]) -> None:
    reader = training_reader()
    samples = list(choice_samples(stage, reader, reader.read(_record()), "train"))
    assert [s.answer for s in samples] == answers
    assert all(s.asked and s.group == "erz.example" for s in samples)


def test_what_is_no_event_of_the_labels_teaches_nothing() -> None:
    reader = training_reader()
    labelled = reader.read(_record(event=None))
    asked = {s.asked for stage in KINDS for s in choice_samples(stage, reader, labelled, "train")}
    assert asked == {False}


def _record_of_town(place: dict[str, Any], event: int | None = 0) -> dict[str, Any]:
    return {**_record(event), "text": TOWNS, "events": [{"place": place}]}


def test_the_labels_say_which_town_an_event_has() -> None:
    reader = training_reader()
    labelled = reader.read(_record_of_town({"city": "Jena", "city_surface": "Jena"}))
    samples = list(choice_samples("towns", reader, labelled, "train"))
    assert [(s.answer, s.asked, s.part, s.group) for s in samples] == [
        (True, True, "train", "erz.example"),
        (False, True, "train", "erz.example"),
    ]


def test_towns_of_what_is_no_event_of_the_labels_teach_nothing() -> None:
    reader = training_reader()
    labelled = reader.read(_record_of_town({"city": "Jena"}, event=None))
    assert {s.asked for s in choice_samples("towns", reader, labelled, "train")} == {False}
