from __future__ import annotations

from pathlib import Path

import pytest

from indexer.records.errors import BackupError, DatabaseError
from radar.backup import swap
from radar.backup.swap import Replacement, Swap
from radar.installation.interrupted_restore import refuse_interrupted_restore


class Cut(Exception):
    """The process ends here."""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder and two files in place, of which one has no successor, and one that is new."""
    for path in ("archive/old", "radar.db", "radar.db-wal"):
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text("old")
    for path in ("archive/new", "radar.db", "ledger"):
        (tmp_path / "restoring" / path).parent.mkdir(exist_ok=True, parents=True)
        (tmp_path / "restoring" / path).write_text("new")
    return tmp_path


def plan(home: Path, dump: Path | None = None) -> Swap:
    aside, staged = home / "aside", home / "restoring"
    replaced = [
        Replacement(home / name, aside / name, staged / name)
        for name in ("archive", "ledger", "radar.db")
    ]
    wal = Replacement(home / "radar.db-wal", aside / "radar.db-wal", None)
    return Swap(Path("/backup"), aside, (*replaced, wal), dump)


def contents(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text()
        for path in folder.rglob("*")
        if path.is_file()
    }


DONE = {
    "archive/new": "new",
    "radar.db": "new",
    "ledger": "new",
    "aside/archive/old": "old",
    "aside/radar.db": "old",
    "aside/radar.db-wal": "old",
}


def nothing(dump: Path) -> None:
    raise AssertionError("there is no dump")


def test_all_is_replaced_and_nothing_is_lost(home: Path) -> None:
    swap.begin(home, plan(home))
    with pytest.raises(DatabaseError, match="cut off"):
        refuse_interrupted_restore(home)
    swap.finish(home, plan(home), nothing)
    assert contents(home) == DONE
    refuse_interrupted_restore(home)


@pytest.mark.parametrize("at", range(1, 7))
def test_cut_off_anywhere_it_is_finished_from_the_journal(
    home: Path, at: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    rename, calls = Path.rename, []

    def cut(self: Path, target: Path) -> Path:
        calls.append(self)
        if len(calls) == at:
            raise Cut
        return rename(self, target)

    swap.begin(home, plan(home))
    with monkeypatch.context() as patched:
        patched.setattr(Path, "rename", cut)
        with pytest.raises(Cut):
            swap.finish(home, plan(home), nothing)
    begun = swap.interrupted(home)
    assert begun == plan(home)
    swap.finish(home, begun, nothing)
    assert contents(home) == DONE


@pytest.mark.parametrize("at", [2, 3])
def test_what_somebody_has_written_since_it_was_cut_off_is_kept_too(
    home: Path, at: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While the old is put aside: before the database is, or the last file."""
    rename, calls = Path.rename, []

    def write(self: Path, target: Path) -> Path:
        calls.append(self)
        if len(calls) == at:
            (home / "archive").mkdir()
            (home / "archive" / "late").write_text("late")
        return rename(self, target)

    swap.begin(home, plan(home))
    with monkeypatch.context() as patched:
        patched.setattr(Path, "rename", write)
        swap.finish(home, plan(home), nothing)
    assert contents(home) == {**DONE, "aside/archive-2/late": "late"}
    assert swap.interrupted(home) is None


def test_a_dump_is_loaded_before_any_file_moves(home: Path) -> None:
    before = contents(home)

    def refuse(dump: Path) -> None:
        assert dump == Path("/dump")
        raise BackupError("no")

    swap.begin(home, plan(home, Path("/dump")))
    with pytest.raises(BackupError):
        swap.finish(home, plan(home, Path("/dump")), refuse)
    swap.cancel(home)
    assert contents(home) == before
