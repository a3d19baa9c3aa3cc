"""Linear model and trees together, and what becomes of a file that doesn't fit."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from crawler.parsers.events.candidates.value_choice import OF_EVENT
from crawler.parsers.events.people.body_roles import ROLES
from crawler.parsers.events.people.employer_choice import OF_PERSON
from crawler.parsers.events.trained.joint_model import (
    ROLES_VERSION,
    JointModel,
    joint_log_odds,
    read_role_models,
)

CONTENT = {
    "version": ROLES_VERSION,
    "stages": {
        "bodies": {
            "measures": ["near"],
            "questions": {
                "organiser": {
                    "weights": {"day": 1.0},
                    "threshold": 0.5,
                    "trees": [[[0.5]], [[0.0, 0.5, 1.0, 2.0], [-1.0], [3.0]]],
                }
            },
        }
    },
}
WITHOUT_TREES = {"measures": [], "questions": {"organiser": {"weights": {}, "threshold": 0}}}


def test_the_mean_of_both_counts(tmp_path: Path) -> None:
    file = tmp_path / "roles.json"
    file.write_text(json.dumps(CONTENT))
    model = read_role_models(file)["bodies"]["organiser"]
    odds = model.log_odds([{"day": 1.0, "near": 1.0}, {"day": 1.0}, {"unknown": 9.0}])
    assert odds == pytest.approx([(1 + 3.5) / 2, (1 - 0.5) / 2, -0.25])
    assert model.log_odds([]) == []
    assert model.threshold == 0.5


def test_questions_asked_together_are_answered_as_each_alone(tmp_path: Path) -> None:
    bodies = json.loads(json.dumps(CONTENT))["stages"]["bodies"]
    given = {"near": bodies, "day": {**bodies, "measures": ["day"]}}
    file = tmp_path / "roles.json"
    file.write_text(json.dumps({**CONTENT, "stages": given}))
    stages = read_role_models(file)
    models = {"near": stages["near"]["organiser"], "day": stages["day"]["organiser"]}
    models |= {"again": models["near"], "linear": JointModel(models["near"].linear)}
    rows = [{"day": 1.0, "near": 1.0}, {"near": 1.0}, {"day": 1.0}, {}]
    together = joint_log_odds(models, rows)
    assert together == {name: model.log_odds(rows) for name, model in models.items()}
    assert together["near"][1] > together["near"][3] == together["day"][1]
    assert joint_log_odds(models, []) == {name: [] for name in models}


@pytest.mark.parametrize(
    "content",
    [
        json.dumps({**CONTENT, "version": ROLES_VERSION + 1}),
        json.dumps(CONTENT)[:-9],
        json.dumps({**CONTENT, "stages": {"bodies": {"questions": {}}, "neighbours": None}}),
        json.dumps({**CONTENT, "stages": {"bodies": WITHOUT_TREES}}),
        "",
    ],
)
def test_a_file_that_does_not_fit_is_refused_with_the_remedy(
    tmp_path: Path, content: str, caplog: pytest.LogCaptureFixture
) -> None:
    file = tmp_path / "roles.json"
    file.write_text(content)
    assert read_role_models(file) == {}
    assert "radar.training.role_training" in caplog.text


def test_the_shipped_file_fits() -> None:
    models = read_role_models()
    assert {stage: set(questions) for stage, questions in models.items()} == {
        "bodies": set(ROLES),
        "neighbours": set(ROLES),
        "organisers": {OF_EVENT},
        "participants": {OF_EVENT},
        "persons": {OF_EVENT},
        "review": {OF_EVENT},
        "person_review": {OF_EVENT},
        "towns": {OF_EVENT},
        "days": {OF_EVENT},
        "counts": {OF_EVENT},
        "countries": {OF_EVENT},
        "event_countries": {OF_EVENT},
        "employers": {OF_PERSON},
    }
