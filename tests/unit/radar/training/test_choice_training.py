"""Training which values events have."""

from __future__ import annotations

from typing import Any

import pytest

from radar.training.choice_training import KINDS, choice_samples
from radar.training.labelled_pages import TrainingReader

TEXT = (
    "Am 4. Mai 2031 hat in Jena das Kupferforum stattgefunden. 40 Gäste aus"
    " Polen kamen. Am 7. Juni 2031 eröffnet das Hotel Erz mit 90 Betten, auch Norwegen ist dabei."
)
LABELS: dict[str, Any] = {
    "participants": {"count": 40, "countries": [{"code": "PL", "surface": "Polen"}]},
}


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
        ("counts", [True, False]),
        ("countries", [True, False]),
    ],
)
def test_the_labels_say_which_values_an_event_has(stage: str, answers: list[bool]) -> None:
    reader = TrainingReader()
    samples = list(choice_samples(stage, reader, reader.read(_record()), "train"))
    assert [s.answer for s in samples] == answers
    assert all(s.asked and s.host == "erz.example" for s in samples)


def test_what_is_no_event_of_the_labels_teaches_nothing() -> None:
    reader = TrainingReader()
    labelled = reader.read(_record(event=None))
    asked = {s.asked for stage in KINDS for s in choice_samples(stage, reader, labelled, "train")}
    assert asked == {False}
