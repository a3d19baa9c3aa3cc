"""Training whom persons work for."""

from __future__ import annotations

from typing import Any

import pytest

from crawler.parsers.events.people.body_roles import ROLES
from crawler.parsers.events.people.employer_choice import OF_PERSON
from crawler.parsers.events.trained.joint_model import JointModel, RoleModels
from crawler.parsers.events.trained.linear_model import LinearModel
from radar.training.employer_training import employer_samples, train_employers
from radar.training.event_parts import FOLDS
from tests.unit.radar.training.training_reader import training_reader

TEXT = (
    "Auf der Zinntagung am 5. Mai 2031 in Jena sprach Dr. Petra Gros, Leiterin der Erzbund AG, mit"
    " der Silberbank AG. Frau Gros war zufrieden."
)
UNDECIDED = JointModel(LinearModel({}, 0.0))
MODELS: RoleModels = {stage: dict.fromkeys(ROLES, UNDECIDED) for stage in ("bodies", "neighbours")}


def _record(number: int = 1, **person: Any) -> dict[str, Any]:
    return {
        "id": str(number),
        "url": f"https://erz{number}.example/1",
        "published": "2031-05-05",
        "text": TEXT,
        "events": [{"persons": [{"name": "Petra Gros", "organisation": None, **person}]}],
        "_events": [{"surface": "Zinntagung", "event": 0}],
    }


def _answers(record: dict[str, Any]) -> list[list[tuple[bool, bool]]]:
    reader = training_reader()
    persons = employer_samples(reader, reader.read(record), "train", MODELS)
    return [[(s.answer, s.asked) for s in samples] for samples in persons]


def test_labels_say_whom_a_person_works_for() -> None:
    first = _answers(_record(organisation="Erzbund AG"))[0]
    assert first == [(True, True), (False, True)]


def test_a_mark_of_a_body_says_so_too() -> None:
    mark = {"surface": "Silberbank AG", "role": "employer", "event": None, "person": "Petra Gros"}
    assert _answers(_record() | {"_orgs": [mark]})[0] == [(False, True), (True, True)]


def test_what_may_be_given_or_not_teaches_nothing() -> None:
    first = _answers(_record(organisation_alt=["Silberbank AG"]))[0]
    assert first == [(False, True), (False, False)]


def test_a_surname_is_the_labelled_person() -> None:
    assert len(_answers(_record(organisation="Erzbund AG"))) == 2


def test_persons_without_labels_and_pages_without_events_teach_nothing() -> None:
    assert _answers(_record() | {"events": [{"persons": []}]}) == []
    assert _answers(_record() | {"text": "Frau Dr. Petra Gros lacht."}) == []


def test_the_model_is_learnt(capsys: pytest.CaptureFixture[str]) -> None:
    parts: dict[Any, list[dict[str, Any]]] = {
        "train": [_record(number, organisation="Erzbund AG") for number in range(12)],
        "chosen-on": [_record(number, organisation="Erzbund AG") for number in range(20, 22)],
    }
    reader = training_reader()
    further = [_record(30, organisation="Erzbund AG")]
    stages = train_employers(reader, parts, further, [MODELS] * (FOLDS + 1))
    question = stages["employers"][-1]["questions"][OF_PERSON]
    assert question["weights"]["rule.this"] > 0
    assert "of person: chosen-on" in capsys.readouterr().out


def test_where_nobody_works_for_a_body_there_is_no_model() -> None:
    parts: dict[Any, list[dict[str, Any]]] = {"train": [_record()], "chosen-on": []}
    assert train_employers(training_reader(), parts, [], [MODELS] * (FOLDS + 1)) == {}
