"""Training the roles of bodies."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from crawler.parsers.events.trained.event_models import PARAMETERS
from radar.training import role_training
from radar.training.event_parts import FOLDS, folder_of_turn
from radar.training.role_training import LabelledBodies, read_bodies, train_bodies
from tests.unit.radar.training.made_up_pages import write_pages
from tests.unit.radar.training.training_reader import training_reader

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


def _asked(page: LabelledBodies, role: str) -> list[bool]:
    return [sample.asked for sample in page.samples(role, page.measures)]


def _roles(page: LabelledBodies) -> list[str]:
    return [role for answers in page.answers for role, has in answers.items() if has]


def test_roles_of_bodies_are_those_of_the_labels() -> None:
    page = read_bodies(training_reader(), RECORD, "train")
    assert _roles(page) == ["organiser", "participant"]
    assert (page.part, page.group) == ("train", "erz.example")


def test_without_labels_of_mentions_names_tell_the_role() -> None:
    event = {
        "organisers": ["Erzbund AG"],
        "participants": {"organisations": []},
        "persons": [{"name": "A B", "organisation": "Silberbank AG"}],
    }
    record = {key: value for key, value in RECORD.items() if key != "_orgs"} | {"events": [event]}
    page = read_bodies(training_reader(), record, "train")
    assert _roles(page) == ["organiser", "employer"]


def test_a_page_that_gives_a_body_one_role_says_nothing_of_the_employer_at_its_event() -> None:
    page = read_bodies(training_reader(), RECORD | {"text_kind": "original"}, "train")
    assert _asked(page, "employer") == [False, False]
    assert _asked(page, "organiser") == [True, True]


def test_a_marked_page_says_who_at_its_event_employs_nobody() -> None:
    page = read_bodies(training_reader(), RECORD | {"text_kind": "made up"}, "train")
    assert _asked(page, "employer") == [True, True]


def test_who_is_at_an_event_and_employs_somebody_has_both_roles() -> None:
    first, second = RECORD["_orgs"]
    record = RECORD | {"text_kind": "made up", "_orgs": [first | {"person": "A B"}, second]}
    page = read_bodies(training_reader(), record, "train")
    expected = {"organiser": True, "participant": False, "employer": True, "venue": False}
    assert page.answers[0] == expected


@pytest.mark.parametrize(
    ("persons", "optional", "asked"),
    [(["A B"], [], False), ([], ["Silberbank AG"], False), ([], [], True)],
)
def test_who_may_be_given_as_taking_part_says_nothing_of_it(
    persons: list[str], optional: list[str], asked: bool
) -> None:
    event = {
        "persons": [{"name": name, "organisation": "Silberbank AG"} for name in persons],
        "participants": {"organisations": [], "organisations_optional": optional},
    }
    employer = RECORD["_orgs"][1] | {"role": "employer", "event": None, "person": "A B"}
    record = RECORD | {"events": [event], "_orgs": [RECORD["_orgs"][0], employer]}
    page = read_bodies(training_reader(), record, "train")
    assert _asked(page, "participant") == [True, asked]
    assert _asked(page, "organiser") == [True, True]
    assert page.answers[1]["employer"] is True


def test_a_page_without_an_event_says_nothing_of_who_is_at_one() -> None:
    page = read_bodies(training_reader(), RECORD | {"events": []}, "train")
    assert _asked(page, "participant") == [False, False]
    assert _asked(page, "employer") == [True, True]


def test_the_second_stage_learns_from_the_first(capsys: pytest.CaptureFixture[str]) -> None:
    reader = training_reader()
    employer = {"surface": "Zinkhaus GmbH", "role": "employer", "event": None, "person": "A B"}
    text = RECORD["text"] + " Es sprach Anna Weber, Leiterin der Zinkhaus GmbH."
    record = RECORD | {"text": text, "_orgs": [*RECORD["_orgs"], employer]}
    pages = [
        read_bodies(reader, record | {"url": f"https://erz{number}.example/1"}, part)
        for part, hosts in (("train", 12), ("chosen-on", 2))
        for number in range(hosts)
    ]
    *turns, stages = train_bodies(pages)
    assert len(turns) == FOLDS
    assert set(stages["bodies"]["questions"]) == set(stages["neighbours"]["questions"])
    assert "own.organiser" in stages["neighbours"]["measures"]
    assert stages["neighbours"]["questions"]["organiser"]["weights"]["own.organiser"] > 0
    assert "organiser: chosen-on: 6 samples, 2 yes, precision 1.00" in capsys.readouterr().out


def test_choices_that_are_kept_stay_as_they_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_pages(tmp_path / "pages", hosts=6)
    own = tmp_path / "own.jsonl"
    own.write_text("", "utf-8")
    monkeypatch.setattr(role_training, "OWN", own)
    file = tmp_path / "roles.json"
    kept: dict[str, Any] = {
        stage: {"measures": [], "questions": {}} for stage in role_training.KEPT
    }
    file.write_text(json.dumps({"stages": kept | {"bodies": {}}}), "utf-8")
    role_training.main([tmp_path / "pages"], file, keep=role_training.KEPT)
    stages = json.loads(file.read_text("utf-8"))["stages"]
    assert {stage: stages[stage] for stage in kept} == kept
    assert stages["bodies"]["questions"]
    assert "venue" in stages["neighbours"]["questions"]


def test_a_choice_is_trained_alone_in_turn_too(tmp_path: Path) -> None:
    write_pages(tmp_path / "pages", hosts=6)
    file, turns = tmp_path / "roles.json", tmp_path / "turns"
    files = [file]
    for turn in range(FOLDS + 1):
        folder = folder_of_turn(turns, turn)
        folder.mkdir(parents=True)
        shutil.copy(PARAMETERS, folder)
        files.append(folder / file.name)
    others: dict[str, Any] = {"bodies": {"measures": [], "questions": {}}}
    for one in files:
        one.write_text(json.dumps({"stages": others | {"towns": {}}}), "utf-8")
    role_training.main([tmp_path / "pages"], file, turns=turns, only=("towns",))
    for one in files:
        stages = json.loads(one.read_text("utf-8"))["stages"]
        assert stages["towns"]["questions"]
        assert stages | {"towns": {}} == others | {"towns": {}}


def test_a_page_with_marks_says_who_is_the_house() -> None:
    house = {"surface": "Erzbund AG", "role": "venue", "event": 0, "person": None}
    marked = RECORD | {"_orgs": [house, *RECORD["_orgs"][1:]]}
    page = read_bodies(training_reader(), marked, "train")
    assert [sample.answer for sample in page.samples("venue", page.measures)] == [True, False]
    assert _asked(page, "venue") == [True, True]
    unmarked = {key: value for key, value in RECORD.items() if key != "_orgs"}
    event = {"organisers": [], "participants": {"organisations": []}, "persons": []}
    page = read_bodies(training_reader(), unmarked | {"events": [event]}, "train")
    assert _asked(page, "venue") == [False, False]
