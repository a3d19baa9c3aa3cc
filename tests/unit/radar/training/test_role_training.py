"""Training the roles of bodies."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from radar.training.event_training import MOST_ODDS, TrainingReader
from radar.training.role_training import LabelledBody, choose_best, fit, read_bodies, samples_of

RECORD: dict[str, Any] = {
    "id": "1",
    "url": "https://erz.example/1",
    "published": "2031-05-02",
    "text": "Das Erzforum veranstaltete die Erzbund AG. Zu Gast war die Silberbank AG.",
    "events": [{}],
    "_orgs": [
        {"surface": "Erzbund AG", "role": "organiser", "event": 0, "person": None},
        {"surface": "Silberbank AG", "role": "participant", "event": 0, "person": None},
    ],
}


def _bodies(pages: int) -> list[LabelledBody]:
    return [
        LabelledBody(f"{page}.example", {"bias": 1.0, "near": near}, role, True, True)
        for page in range(pages)
        for near, role in ((1.0, "organiser"), (0.0, "none"))
    ]


def test_roles_of_bodies_are_those_of_the_labels() -> None:
    assert [b.role for b in read_bodies(TrainingReader(), RECORD)] == ["organiser", "participant"]


def test_without_labels_of_mentions_names_tell_the_role() -> None:
    event = {
        "organisers": ["Erzbund AG"],
        "participants": {"organisations": []},
        "persons": [{"name": "A B", "organisation": "Silberbank AG"}],
    }
    record = {key: value for key, value in RECORD.items() if key != "_orgs"} | {"events": [event]}
    assert [b.role for b in read_bodies(TrainingReader(), record)] == ["organiser", "employer"]


@pytest.mark.parametrize("text_kind", ["made up", "original"])
def test_a_page_that_gives_a_body_one_role_says_nothing_of_the_employer_at_its_event(
    text_kind: str,
) -> None:
    bodies = list(read_bodies(TrainingReader(), RECORD | {"text_kind": text_kind}))
    assert samples_of("employer", bodies) == []
    assert samples_of("organiser", bodies) == bodies


def test_the_threshold_has_the_best_f1_among_those_that_keep_the_precision() -> None:
    odds, truth = np.array([5.0, 4.0, 3.0, 2.0, 1.0]), np.array([1.0, 0.0, 1.0, 1.0, 0.0])
    assert choose_best(odds, truth, 0.7) == pytest.approx(2.0, abs=1e-3)
    assert choose_best(odds, truth, 0.9) == pytest.approx(5.0, abs=1e-3)
    assert choose_best(odds, 1 - truth, 0.9) == MOST_ODDS


def test_the_same_bodies_give_the_same_model(capsys: pytest.CaptureFixture[str]) -> None:
    known, chosen = _bodies(30), _bodies(5)
    first = fit("organiser", known, chosen, [], ["near"])
    assert first == fit("organiser", known, chosen, [], ["near"])
    assert first["weights"]["near"] > 1
    assert "recall 1.00" in capsys.readouterr().out
