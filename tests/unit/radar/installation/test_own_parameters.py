from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from crawler.parsers.events.trained.own_parameters import TRAINED
from radar.installation.own_parameters import OwnParameters

MOMENT = "2031-05-04T10:00:00Z"


@pytest.fixture
def own(tmp_path: Path) -> OwnParameters:
    """Parameters that were accepted: those of the program, once more."""
    trained = tmp_path / "trained"
    trained.mkdir()
    for shipped in TRAINED:
        shutil.copy(shipped, trained / shipped.name)
    own = OwnParameters(tmp_path / "home")
    own.accept(trained, moment=MOMENT, labelled=3)
    return own


def test_accepted_parameters_say_what_they_are(own: OwnParameters) -> None:
    about = own.about()
    assert about is not None
    assert (about.trained, about.labelled) == (MOMENT, 3)
    assert own.digest


def test_without_any_those_of_the_program_are_in_use(tmp_path: Path) -> None:
    own = OwnParameters(tmp_path)
    assert (own.about(), own.digest, own.read_with, own.reset()) == (None, "", "", False)


def test_they_are_gone_after_a_reset(own: OwnParameters) -> None:
    assert own.reset()
    assert (own.about(), own.digest) == (None, "")


@pytest.mark.parametrize("name", ["about.json", next(iter(TRAINED)).name])
def test_what_was_cut_off_is_refused(own: OwnParameters, name: str) -> None:
    file = own.folder / name
    file.write_bytes(file.read_bytes()[:-20])
    with pytest.raises(ValueError, match=r"."):
        own.about()
    assert own.digest == ""


def test_what_is_not_there_is_refused(own: OwnParameters) -> None:
    (own.folder / next(iter(TRAINED)).name).unlink()
    with pytest.raises(ValueError, match="No such file"):
        own.about()


def test_those_of_another_version_are_refused(tmp_path: Path) -> None:
    trained = tmp_path / "trained"
    trained.mkdir()
    for shipped in TRAINED:
        (trained / shipped.name).write_text('{"version": 0, "questions": {}}')
    own = OwnParameters(tmp_path)
    own.accept(trained, moment=MOMENT, labelled=3)
    with pytest.raises(ValueError, match="of another version"):
        own.about()


def test_a_later_training_takes_the_place_of_an_earlier_one(
    own: OwnParameters, tmp_path: Path
) -> None:
    own.accept(tmp_path / "trained", moment="2031-06-01T00:00:00Z", labelled=4)
    about = own.about()
    assert about is not None
    assert about.labelled == 4


def test_it_is_noted_with_which_the_pages_were_read(own: OwnParameters) -> None:
    own.note_read_with(own.digest)
    assert own.read_with == own.digest
    own.reset()
    assert own.read_with != own.digest
