"""Training who is of which event once the values of all have been read."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from crawler.parsers.events.assembly.person_review import STAGE
from crawler.parsers.events.trained.event_models import PARAMETERS
from crawler.parsers.events.trained.joint_model import ROLES_FILE
from indexer.records.reference import load_reference
from radar.training import role_training
from radar.training.event_parts import FOLDS, folder_of_turn
from radar.training.labelled_pages import DraftReader
from radar.training.person_review_training import person_review_samples, train_person_review
from tests.unit.radar.training.made_up_pages import write_pages

TEXT = (
    "The 5th Mining Forum took place in Berlin on 4 May 2031. Petra Gros opened it. The Zinc"
    " Conference will take place in Vienna on 7 June 2032."
)
RECORD: dict[str, Any] = {
    "id": "1",
    "url": "https://erz.example/1",
    "published": "2031-06-01",
    "text": TEXT,
    "_persons": [{"surface": "Petra Gros", "event": 0}],
}
FORUM = {"surface": "5th Mining Forum", "event": 0}
ZINC = {"surface": "Zinc Conference", "event": 1}


@pytest.mark.parametrize(
    ("events", "marks", "answers"),
    [
        ([{}, {}], [FORUM, ZINC], [(True, True), (False, True)]),
        ([{}, {"optional": True}], [FORUM, ZINC], [(True, True), (False, False)]),
        ([{}], [FORUM, ZINC | {"event": 0}], [(True, True), (False, True)]),
        ([{}], [FORUM], [(True, True), (False, True)]),
    ],
)
def test_the_labels_say_of_which_event_a_person_is(
    events: list[dict[str, Any]],
    marks: list[dict[str, Any]],
    answers: list[tuple[bool, bool]],
) -> None:
    drafts = DraftReader(load_reference())
    record = RECORD | {"events": events, "_events": marks}
    found = list(person_review_samples(drafts.events, drafts, record, "train"))
    assert [(sample.answer, sample.asked) for _, sample in found] == answers
    assert [place for place, _ in found] == [("1", 0, "gros"), ("1", 1, "gros")]


def _turns(folder: Path) -> Path:
    """The gate and the roles in use, as those in turn."""
    for turn in range(FOLDS + 1):
        of_turn = folder_of_turn(folder, turn)
        of_turn.mkdir(parents=True)
        shutil.copy(PARAMETERS, of_turn)
        shutil.copy(ROLES_FILE, of_turn)
    return folder


def test_it_is_trained_alone_in_turn_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_pages(tmp_path / "pages", hosts=6)
    turns, file = _turns(tmp_path / "turns"), tmp_path / ROLES_FILE.name
    shutil.copy(ROLES_FILE, file)
    role_training.main([tmp_path / "pages"], file, turns=turns, only=(STAGE,))
    known = json.loads(ROLES_FILE.read_text("utf-8"))["stages"]
    for one in (file, folder_of_turn(turns, 0) / file.name):
        stages = json.loads(one.read_text("utf-8"))["stages"]
        assert stages[STAGE]["questions"]["of event"]["weights"]
        assert stages | {STAGE: known[STAGE]} == known
    assert capsys.readouterr().out.startswith(f"{STAGE}: train, in turn: ")


def test_pages_without_a_person_of_an_event_train_nothing(tmp_path: Path) -> None:
    drafts = DraftReader(load_reference())
    record = RECORD | {"events": [{}], "_events": [FORUM], "_persons": []}
    parts: Any = {"train": [record], "chosen-on": []}
    assert train_person_review(drafts, _turns(tmp_path), parts) == {}
