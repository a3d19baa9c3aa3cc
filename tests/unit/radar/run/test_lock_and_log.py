"""One run at a time, and a log file for each."""

from __future__ import annotations

import errno
import fcntl
import logging
import os
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest

from indexer.records.errors import DatabaseError, RunInProgress
from radar.run.lock import readers_lock, run_lock, run_lock_in_turn
from radar.run.run_log import KEPT, run_log


def test_a_second_run_is_told(tmp_path: Path) -> None:
    with run_lock(tmp_path), pytest.raises(RunInProgress, match="another run"), run_lock(tmp_path):
        pass


def test_who_has_time_waits_for_the_end_of_the_other(tmp_path: Path) -> None:
    told = []
    with ExitStack() as other:
        other.enter_context(run_lock(tmp_path))

        def tell(reason: str) -> None:
            told.append(reason)
            other.close()

        with run_lock_in_turn(tmp_path, None, tell):
            pass
    assert told == [f"another run is in progress in {tmp_path}"]


def test_who_waits_for_long_asks_less_and_less(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pauses = []
    with ExitStack() as other:
        other.enter_context(run_lock(tmp_path))

        def sleep(seconds: float) -> None:
            pauses.append(seconds)
            if len(pauses) == 12:
                other.close()

        monkeypatch.setattr("radar.run.lock.time.sleep", sleep)
        with run_lock_in_turn(tmp_path, None, lambda _: None):
            pass
    assert (pauses[0], pauses[-1]) == (0.5, 10)
    assert pauses == sorted(pauses)


def test_a_killed_run_frees_the_lock(tmp_path: Path) -> None:
    program = (
        "import os, signal, pathlib\n"
        "from radar.run.lock import run_lock\n"
        f"with run_lock(pathlib.Path({str(tmp_path)!r})):\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    killed = subprocess.run([sys.executable, "-c", program], check=False)
    assert killed.returncode == -9
    with run_lock(tmp_path):
        pass


def test_a_data_folder_that_cannot_be_made_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(DatabaseError, match="data folder"), run_lock(tmp_path / "file" / "home"):
        pass


def test_a_file_system_without_locks_is_named_and_keeps_nobody_from_reading(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(fcntl, "flock", refuse)
    with pytest.raises(DatabaseError, match="can be locked in") as failure, run_lock(tmp_path):
        pass
    assert str(tmp_path) in failure.value.message
    with readers_lock(tmp_path):
        pass


def test_each_run_has_a_log_and_the_last_ones_are_kept(tmp_path: Path) -> None:
    for number in range(KEPT + 3):
        with run_log(tmp_path):
            logging.getLogger("radar.test").info("run_started %s", number)
    files = sorted(tmp_path.glob("run-*.log"))
    assert KEPT <= len(files) <= KEPT + 1  # the longest of the day is one of them, or stays besides
    assert f"run_started {KEPT + 2}" in files[-1].read_text()
    assert files[0].stat().st_size > 0


def test_the_error_that_ends_a_run_is_in_its_log(tmp_path: Path) -> None:
    with pytest.raises(DatabaseError), run_log(tmp_path) as log:
        raise DatabaseError("the disk is full")
    assert "run_failed" in log.read_text()
    assert "the disk is full" in log.read_text()


def test_two_data_folders_do_not_share_a_database_at_once(tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path / 'shared.db'}"
    with (
        run_lock(tmp_path / "one", database),
        pytest.raises(RunInProgress),
        run_lock(tmp_path / "two", database),
    ):
        pass


def test_a_server_that_cannot_be_asked_is_told_and_nothing_is_held(tmp_path: Path) -> None:
    database = "postgresql+psycopg://radar@127.0.0.1:1/radar"  # no driver, or nobody there
    with pytest.raises(DatabaseError), run_lock(tmp_path, database):
        pass
    with run_lock(tmp_path):
        pass
