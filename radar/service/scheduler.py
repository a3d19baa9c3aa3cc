"""Starts `radar run --due` again and again: `python -m radar.service.scheduler SECONDS
[--supervisor PROCESS] [OPTIONS OF RADAR RUN]`.

A child of `radar up`, which neither it nor its run outlives; SECONDS lie between the starts of two
runs. The run itself decides what is due and excludes other runs. Prints one line on stderr for each
run that did something.
"""

from __future__ import annotations

import argparse
import json
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from radar.exit_codes import ExitCode
from radar.plurals import counted, size
from radar.service.own_log import note
from radar.service.stopping import end_after, stop_on_signals

TICK = 0.2
"""Seconds between two looks at whether a run is to be ended."""
GRACE = 8.0
"""Seconds that a run gets to end: its workers may be starting, which takes two seconds on an idle
machine. A killed one loses nothing.
"""


_CUT_OFF = (ExitCode.INTERRUPTED, ExitCode.TERMINATED)
_ENDED = (ExitCode.DONE, ExitCode.NEEDS_A_PERSON, *_CUT_OFF)
"""Exit codes of runs that have written their summary."""
_TRACEBACK = "Traceback (most recent call last):"


def run_again_and_again(
    command: Sequence[str], every: float, stop: threading.Event, tell: Callable[[str], None]
) -> None:
    """Run the command every so many seconds until `stop` is set.

    A run that takes longer is followed by the next one at once.
    """
    last_line: str | None = None
    while not stop.is_set():
        began = time.monotonic()
        line = _line(*_run(command, stop))
        # A mistake in the configuration is reported once, not each time.
        if line is not None and line != last_line:
            tell(f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ} {line}")
        last_line = line
        stop.wait(max(0.0, every - (time.monotonic() - began)))


def _run(command: Sequence[str], stop: threading.Event) -> tuple[int, str, str]:
    """Exit code, stdout and stderr of one run."""
    process = subprocess.Popen(  # noqa: S603  # a command of ours
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        errors="replace",
    )
    until: float | None = None
    while True:
        try:
            out, err = process.communicate(timeout=TICK)
        except subprocess.TimeoutExpired:
            if stop.is_set() and until is None:
                process.terminate()
                until = time.monotonic() + GRACE
            elif until is not None and time.monotonic() > until:
                process.kill()
        else:
            return process.returncode, out, err


def _line(code: int, out: str, err: str) -> str | None:
    """What a run came to; None for one that had nothing to do."""
    lines = out.splitlines()
    summary: dict[str, Any] = json.loads(lines[-1]) if lines and code in _ENDED else {}
    if summary.get("run") is not None:
        return _counts(summary) + ("; cut off" if code in _CUT_OFF else "")
    stopped_early = code == -signal.SIGTERM  # before it could see to signals: nothing was done
    if stopped_early or (code == ExitCode.DONE and summary):
        return None
    if code < 0:
        return f"run killed by signal {-code}: the next one resumes it"
    reason = _reason(err)
    return reason if code == ExitCode.DONE else f"run failed, exit code {code}: {reason}"


def _reason(err: str) -> str:
    """What a run that failed says of it: of a traceback, what was raised last."""
    said = [line for line in err.splitlines() if line and not line.startswith("note:")]
    if _TRACEBACK in said:
        after = said[len(said) - said[::-1].index(_TRACEBACK) :]
        said = [line for line in after if not line.startswith(" ")]
    return said[0] if said else "it said nothing"


def _counts(summary: dict[str, Any]) -> str:
    outcomes: dict[str, int] = summary["outcomes"]
    counts = ", ".join(f"{number} {outcome}" for outcome, number in outcomes.items())
    problems = len(summary["problems"])
    return (
        f"run {summary['run']}: {counted(sum(outcomes.values()), 'page')}"
        + (f" ({counts})" if counts else "")
        + f", {counted(summary['revisions'], 'new revision')}"
        + f", {counted(summary['matches'], 'match', 'matches')}"
        + f", {counted(summary['sent'], 'message')} sent"
        + f", {summary['seconds']:.1f} s, {size(summary['bytes'])} fetched"
        + (f"; {counted(problems, 'problem')}, see `radar runs`" if problems else "")
    )


def main() -> int:
    """Run with the options that were given."""
    arguments = argparse.ArgumentParser(
        prog="python -m radar.service.scheduler", allow_abbrev=False
    )
    arguments.add_argument("seconds", type=float)
    arguments.add_argument("--supervisor", type=int)
    given, options = arguments.parse_known_args()
    command = [sys.executable, "-m", "radar", "run", "--due", "--json", *options]
    with stop_on_signals() as stop:
        if given.supervisor is not None:
            end_after(given.supervisor)
        run_again_and_again(command, given.seconds, stop.event, note)
    return stop.exit_code


if __name__ == "__main__":
    sys.exit(main())
