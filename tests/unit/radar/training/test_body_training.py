"""Training which bodies events have."""

from __future__ import annotations

from typing import Any

import pytest

from crawler.parsers.events.people.body_choice import ORGANISERS, PARTICIPANTS
from crawler.parsers.events.people.body_roles import ROLES
from crawler.parsers.events.trained.joint_model import JointModel, RoleModels
from crawler.parsers.events.trained.linear_model import LinearModel
from radar.training.body_training import body_samples, train_body_choices
from radar.training.event_parts import FOLDS
from tests.unit.radar.training.training_reader import training_reader

TEXT = (
    "Das Kupferforum am 4. Mai 2031 in Jena hat die Erzbund AG veranstaltet. Gekommen waren die"
    " Silberbank AG und die Zinkhaus GmbH."
)
LABELS: dict[str, Any] = {
    "organisers": ["Erzbund Aktiengesellschaft"],
    "organisers_alt": {"Erzbund Aktiengesellschaft": ["Erzbund AG"]},
    "participants": {"organisations": ["Silberbank AG"]},
}
UNDECIDED = JointModel(LinearModel({}, 0.0))
MODELS: RoleModels = {stage: dict.fromkeys(ROLES, UNDECIDED) for stage in ("bodies", "neighbours")}


def _record(number: int = 1, event: int | None = 0) -> dict[str, Any]:
    return {
        "id": str(number),
        "url": f"https://erz{number}.example/1",
        "published": "2031-05-05",
        "text": TEXT,
        "events": [LABELS],
        "_events": [{"surface": "Kupferforum", "event": event}],
    }


def test_the_labels_say_which_bodies_an_event_has() -> None:
    reader = training_reader()
    samples = body_samples(reader, reader.read(_record()), "train", MODELS)
    answers = {stage: [s.answer for s in of_stage] for stage, of_stage in samples.items()}
    assert answers == {ORGANISERS: [True, False, False], PARTICIPANTS: [False, True, False]}
    assert all(s.asked for of_stage in samples.values() for s in of_stage)


def test_a_body_that_may_be_given_or_not_teaches_nothing() -> None:
    took_part = {"organisations": ["Silberbank AG"], "organisations_optional": ["Zinkhaus GmbH"]}
    record = _record() | {"events": [{**LABELS, "participants": took_part}]}
    reader = training_reader()
    samples = body_samples(reader, reader.read(record), "train", MODELS)
    assert [s.asked for s in samples[PARTICIPANTS]] == [True, True, False]
    assert all(s.asked for s in samples[ORGANISERS])


def test_an_employer_may_take_part_and_organises_nothing() -> None:
    told = f"{TEXT} Dabei war Dr. Petra Gros, Leiterin der Bleihaus GmbH."
    reader = training_reader()
    samples = body_samples(reader, reader.read(_record() | {"text": told}), "train", MODELS)
    assert len(samples[PARTICIPANTS]) == len(samples[ORGANISERS]) + 1
    employs = [s.measures.get("body.employs", 0.0) for s in samples[PARTICIPANTS]]
    assert [bool(value) for value in employs] == [False, False, False, True]


def test_what_is_no_event_of_the_labels_teaches_nothing() -> None:
    reader = training_reader()
    samples = body_samples(reader, reader.read(_record(event=None)), "train", MODELS)
    assert not any(s.asked for of_stage in samples.values() for s in of_stage)


def test_a_page_without_events_has_no_samples() -> None:
    reader = training_reader()
    labelled = reader.read({**_record(), "text": "Die Erzbund AG baut."})
    assert body_samples(reader, labelled, "train", MODELS) == {}


def test_both_questions_are_learnt(capsys: pytest.CaptureFixture[str]) -> None:
    pages = [_record(number) for number in range(10)]
    stages = train_body_choices(
        training_reader(), {"train": pages, "chosen-on": pages[:2]}, [MODELS] * (FOLDS + 1)
    )
    assert set(stages) == {ORGANISERS, PARTICIPANTS}
    assert len(stages[ORGANISERS]) == FOLDS + 1
    assert stages[ORGANISERS][-1]["questions"]["of event"]["weights"]["ruled"] > 0
    assert "participants of event: chosen-on: 6 samples, 2 yes" in capsys.readouterr().out
