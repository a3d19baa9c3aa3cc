"""Children that end, and what a minute's run is said to have done; without waiting for anything."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path
from typing import Any

import pytest

from radar.service import scheduler, supervision
from radar.service.scheduler import run_again_and_again
from radar.service.supervision import Child, supervise

ENDS = [sys.executable, "-c", "raise SystemExit(3)"]
STAYS = [sys.executable, "-c", "import time; time.sleep(600)"]
DEAF = [
    sys.executable,
    "-c",
    (
        "import signal, time, sys; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', "
        "flush=True); time.sleep(600)"
    ),
]


def test_a_child_that_keeps_ending_is_started_more_and_more_rarely() -> None:
    child = Child("ends", ENDS)
    pauses = []
    for _ in range(9):
        child.start()
        assert child.process is not None
        child.process.wait()
        assert child.collect_exit_code() == 3
        assert child.collect_exit_code() is None  # told once
        assert child.again > time.monotonic()
        pauses.append(child.pause)
    assert pauses == [1, 2, 4, 8, 16, 32, 60, 60, 60]
    child.start()
    assert child.process is not None
    child.process.wait()
    child.started -= supervision.STEADY
    child.collect_exit_code()
    assert child.pause == 1  # it had run for long


def test_one_that_can_not_be_started_is_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervision, "FIRST_PAUSE", 0.0)
    program, stop, told = tmp_path / "program", threading.Event(), list[str]()

    def tell(line: str) -> None:
        told.append(line)
        program.symlink_to(sys.executable)
        if "(process" in line:
            stop.set()

    def tell_first(line: str) -> None:
        if program.exists():
            told.append(line)
            stop.set()
        else:
            tell(line)

    supervise([Child("late", [str(program), *STAYS[1:]])], stop, tell_first)
    assert told[0] == "late can't be started: No such file or directory; tried again in 0 s"
    assert told[1].startswith("late started (process ")


LEAVES_AN_ORPHAN = """
import os, time
if os.fork():
    os.wait()
    time.sleep(600)
elif not os.fork():
    time.sleep(0.1)
os._exit(0)
"""
AS_PROCESS_1 = f"""
import ctypes, os, sys, threading
from radar.service.supervision import Child, supervise

become_parent_of_orphans = 36  # PR_SET_CHILD_SUBREAPER of Linux: as process 1 is by itself
assert ctypes.CDLL(None).prctl(become_parent_of_orphans, 1, 0, 0, 0) == 0
collect, stop = os.waitpid, threading.Event()

def collect_and_stop(pid, options):
    stop.set()
    return collect(pid, options)

os.getpid, os.waitpid = lambda: 1, collect_and_stop
supervise([Child("leaves", [sys.executable, "-c", {LEAVES_AN_ORPHAN!r}])], stop, print)
"""


def test_process_1_collects_what_its_children_leave() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", AS_PROCESS_1], capture_output=True, text=True, check=True, timeout=60
    )
    assert [line.split()[:2] for line in ended.stdout.splitlines()] == [["leaves", "started"]]


def test_all_end_together_and_a_deaf_one_is_made_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervision, "GRACE", 0.1)
    stop = threading.Event()
    children = [Child("stays", STAYS), Child("deaf", DEAF)]
    told: list[str] = []

    def tell(line: str) -> None:
        told.append(line)
        if len(told) == len(children):
            stop.set()

    supervise(children, stop, tell)
    codes = [child.process and child.process.returncode for child in children]
    assert codes[0] == -signal.SIGTERM
    assert codes[1] in (-signal.SIGTERM, -signal.SIGKILL)  # it may not have become deaf yet
    assert [line.split(" (")[0] for line in told] == ["stays started", "deaf started"]


SUMMARY = {
    "run": 7,
    "outcomes": {"new": 2, "unchanged": 1},
    "revisions": 2,
    "matches": 1,
    "sent": 0,
    "seconds": 12.34,
    "bytes": 1_250_000,
    "problems": [],
}


TOLD = (
    "run 7: 3 pages (2 new, 1 unchanged), 2 new revisions, 1 match, 0 messages sent, "
    "12.3 s, 1.2 MB fetched"
)


def said(code: int, summary: dict[str, Any] | None, err: str = "") -> list[str]:
    """What the loop tells of two minutes with the same run."""
    out = "" if summary is None else json.dumps(summary)
    end = f"os.kill(os.getpid(), {-code})" if code < 0 else f"sys.exit({code})"
    program = (
        f"import os, sys; sys.stdout.write({out!r}); print({err!r}, file=sys.stderr); "
        f"sys.stdout.flush(); {end}"
    )
    stop = threading.Event()
    lines: list[str] = []
    minutes = 0

    original = scheduler._run

    def counted(command: list[str], event: threading.Event) -> tuple[int, str, str]:
        nonlocal minutes
        minutes += 1
        ended = original(command, event)
        if minutes == 2:
            stop.set()
        return ended

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(scheduler, "_run", counted)
        run_again_and_again([sys.executable, "-c", program], 0.0, stop, lines.append)
    return [line.split("Z ", 1)[1] for line in lines]


CRASHED = """the index is damaged: this run builds it again
Traceback (most recent call last):
  File "shelf.py", line 1, in find
    return shelves[number]
KeyError: 7

During handling of the above exception, another exception occurred:

Traceback (most recent call last):
  File "shelf.py", line 3, in find
    raise ValueError("no such shelf") from None
ValueError: no such shelf
sqlite:///radar.db
"""


@pytest.mark.parametrize(
    ("code", "summary", "err", "lines"),
    [
        (
            0,
            SUMMARY,
            "",
            [TOLD],
        ),
        (143, SUMMARY, "", [f"{TOLD}; cut off"]),
        (0, {**SUMMARY, "run": None}, "nothing is due", []),
        (
            0,
            None,
            "another run is in progress in /x: nothing to do",
            ["another run is in progress in /x: nothing to do"],
        ),
        (
            2,
            None,
            "note: no contact\nradar.yaml:3: wrong",
            ["run failed, exit code 2: radar.yaml:3: wrong"],
        ),
        (3, None, "", ["run failed, exit code 3: it said nothing"]),
        (1, None, CRASHED, ["run failed, exit code 1: ValueError: no such shelf"]),
        (-15, None, "", []),
        (-9, None, "leaked", ["run killed by signal 9: the next one resumes it"]),
    ],
)
def test_what_is_told_of_a_run(
    code: int, summary: dict[str, Any] | None, err: str, lines: list[str]
) -> None:
    assert said(code, summary, err) == lines


def test_problems_are_counted() -> None:
    told = said(1, {**SUMMARY, "problems": ["a", "b"]})
    assert told[0].endswith("fetched; 2 problems, see `radar runs`")


def test_a_clock_that_is_set_back_makes_no_run_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clocks go back an hour, or a year: the minute until the next run is none of theirs."""
    stop = threading.Event()
    runs: list[datetime] = []

    class SetBack(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> SetBack:
            return cls(2026, 10, 25, tzinfo=tz) - timedelta(days=365) * len(runs)

    def run(command: list[str], event: threading.Event) -> tuple[int, str, str]:
        del command, event
        runs.append(SetBack.now(UTC))
        if len(runs) == 3:
            stop.set()
        return 2, "", f"mistake {len(runs)}"

    monkeypatch.setattr(scheduler, "_run", run)
    monkeypatch.setattr(scheduler, "datetime", SetBack)
    monkeypatch.setattr(time, "time", lambda: -1e9 * len(runs))
    lines: list[str] = []
    run_again_and_again(["radar"], 0.01, stop, lines.append)
    assert [line[:4] for line in lines] == ["2025", "2024", "2023"]
