from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest

from crawler.parsers.events.trained.own_parameters import TRAINED
from radar.installation import own_parameters
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


def files(own: OwnParameters) -> Path:
    """Where those lie that are in use."""
    about = own.about()
    assert about is not None
    return own.files(about)


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
    file = own.folder / name if name == "about.json" else files(own) / name
    file.write_bytes(file.read_bytes()[:-20])
    with pytest.raises(ValueError, match=r"."):
        own.about()
    assert own.digest == ""


def test_what_is_not_there_is_refused(own: OwnParameters) -> None:
    (files(own) / next(iter(TRAINED)).name).unlink()
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


class Killed(BaseException):
    """Nothing catches it, as nothing catches a kill."""


SHORT = {Path("gate.json"): lambda file: json.loads(file.read_text("utf-8"))}
"""What is trained, in short."""
STEPS = ("mkdir", "fsync", "replace", "rename", "unlink", "rmdir")


def killed_at(step: int, monkeypatch: pytest.MonkeyPatch, act: Callable[[], object]) -> bool:
    """Do it, and be killed before the step of that number that changes the disk; whether it was."""
    steps = count()
    with monkeypatch.context() as patched:
        for name in STEPS:
            real = getattr(os, name)

            def die(*given: object, real: Callable[..., object] = real, **named: object) -> object:
                if next(steps) == step:
                    raise Killed
                return real(*given, **named)

            patched.setattr(os, name, die)
        try:
            act()
        except Killed:
            return True
    return False


def in_use(own: OwnParameters) -> int:
    """The number of labelled pages of those in use, which are whole; 0: those of the program."""
    about = own.about()
    if about is None:
        return 0
    number: int = json.loads((own.files(about) / "gate.json").read_text("utf-8"))["pages"]
    assert number == about.labelled
    return number


def accept(own: OwnParameters, home: Path, pages: int) -> None:
    trained = home.with_name(f"trained{pages}")
    trained.mkdir(exist_ok=True)
    (trained / "gate.json").write_text(json.dumps({"pages": pages}), "utf-8")
    own.accept(trained, moment=MOMENT, labelled=pages)


@pytest.mark.parametrize(("before", "after"), [(0, 4), (3, 4), (3, 3), (3, 0)])
def test_killed_at_any_step_the_old_or_the_new_ones_are_whole_and_in_use(
    before: int, after: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own_parameters, "_trained", lambda: SHORT)
    monkeypatch.setattr(os, "fsync", lambda descriptor: None)  # takes time
    seen = []
    for step in count():
        home = tmp_path / str(step) / "home"
        own = OwnParameters(home)
        home.mkdir(parents=True)
        if before:
            accept(own, home, before)

        def change(own: OwnParameters = own, home: Path = home) -> None:
            accept(own, home, after) if after else own.reset()

        was_killed = killed_at(step, monkeypatch, change)
        seen.append(in_use(own))
        change()
        assert in_use(own) == after
        # Nothing is left of what was not in use.
        assert len(list(own.folder.iterdir())) == (2 if after else 0)
        if not was_killed:
            break
    first = seen.index(after)
    assert len(seen) > first + 1 if before != after else len(seen) > 5
    assert seen == [before] * first + [after] * (len(seen) - first)


def test_those_of_an_earlier_version_lie_beside_what_is_said_of_them(
    own: OwnParameters, tmp_path: Path
) -> None:
    for file in files(own).iterdir():
        file.rename(own.folder / file.name)
    about = json.loads((own.folder / "about.json").read_text("utf-8"))
    del about["folder"]
    (own.folder / "about.json").write_text(json.dumps(about), "utf-8")
    assert files(own) == own.folder
    own.accept(tmp_path / "trained", moment=MOMENT, labelled=5)
    assert sorted(own.folder.iterdir()) == sorted([files(own), own.folder / "about.json"])
