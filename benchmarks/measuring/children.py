"""Runs a program as a child process and tells what it took: time, processor time, memory.

Processor time is what the kernel counted for the child and all that it started. Memory is
the peak of each process (VmHWM), read while it runs: a process shorter than the interval is missed.
"""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil

INTERVAL = 0.1
"""Seconds between two looks at the processes."""
MIB = 1024 * 1024
_PR_SET_CHILD_SUBREAPER = 36
_ENVIRONMENT = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
"""Installed programs have their bytecode beside them; a checkout gets it when it runs first."""


@dataclass(frozen=True, slots=True)
class Child:
    """A child that has ended."""

    output: str
    seconds: float
    """Wall clock."""
    cpu: float
    """Processor seconds, user and system, with its own children."""
    peaks: Mapping[str, tuple[float, ...]]
    """Kind of process → peak MiB of each, largest first; the child itself is `main`."""

    @property
    def peak(self) -> float:
        """MiB of the largest process."""
        return max((peaks[0] for peaks in self.peaks.values()), default=0.0)


class ChildError(Exception):
    """A child ended otherwise than it should have."""


def run_child(
    command: Sequence[str],
    *,
    folder: Path | None = None,
    good: Sequence[int] = (0,),
) -> Child:
    """Run to the end; stdout is kept, stderr is shown where the child fails (ChildError)."""
    with (
        tempfile.TemporaryFile() as output,
        tempfile.TemporaryFile() as messages,
        _adopting_orphans(),
    ):
        begin = time.perf_counter()
        process = subprocess.Popen(
            list(command),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=messages,
            cwd=folder,
            env=_ENVIRONMENT,
            process_group=0,
        )
        watch = _Watch(process.pid)
        try:
            _, status, usage = os.wait4(process.pid, 0)
            seconds = time.perf_counter() - begin
            left = _seconds_left_behind(process.pid)
        except BaseException:
            os.killpg(process.pid, signal.SIGKILL)
            raise
        finally:
            watch.end()
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        messages.seek(0)
        if process.returncode not in good:
            end = messages.read().decode("utf-8", "replace")[-2000:]
            name = " ".join(Path(part).name for part in command[:4])
            raise ChildError(f"{name} … ended with {process.returncode}: {end}")
        text = output.read().decode("utf-8", "replace")
    return Child(text, seconds, usage.ru_utime + usage.ru_stime + left, watch.peaks())


def _seconds_left_behind(group: int) -> float:
    """Processor seconds of what the child did not wait for: the process that its workers are forked
    from.
    """
    spent = 0.0
    while True:
        try:
            _, _, usage = os.wait4(-group, 0)
        except ChildProcessError:
            return spent
        spent += usage.ru_utime + usage.ru_stime


@contextmanager
def _adopting_orphans() -> Iterator[None]:
    """Descendants whose parent ends meanwhile become children of this process (Linux; prctl(2))."""
    if sys.platform != "linux":
        yield
        return
    control = ctypes.CDLL(None).prctl
    control(_PR_SET_CHILD_SUBREAPER, 1)
    try:
        yield
    finally:
        # Nobody here waits for the orphans of others: they would stay as zombies.
        control(_PR_SET_CHILD_SUBREAPER, 0)


def python(*arguments: str) -> list[str]:
    """A command of the interpreter that runs this."""
    return [sys.executable, *arguments]


@dataclass(slots=True)
class _Watch:
    """Looks at a process and its descendants in a thread until told to end."""

    pid: int
    found: dict[int, tuple[str, float]] = field(default_factory=dict)
    stop: threading.Event = field(default_factory=threading.Event)
    thread: threading.Thread = field(init=False)

    def __post_init__(self) -> None:
        self.thread = threading.Thread(target=self._watch, daemon=True)
        self.thread.start()

    def end(self) -> None:
        self.stop.set()
        self.thread.join()

    def peaks(self) -> dict[str, tuple[float, ...]]:
        """Kind → peaks, largest first."""
        kinds: dict[str, list[float]] = {}
        for kind, peak in self.found.values():
            kinds.setdefault(kind, []).append(peak)
        return {kind: tuple(sorted(peaks, reverse=True)) for kind, peaks in kinds.items()}

    def _watch(self) -> None:
        while not self.stop.wait(INTERVAL):
            try:
                main = psutil.Process(self.pid)
                for process in (main, *main.children(recursive=True)):
                    self._look(process)
            except psutil.Error:
                continue

    def _look(self, process: psutil.Process) -> None:
        try:
            peak = peak_memory(process)
            kind = "main" if process.pid == self.pid else _kind(process.cmdline())
        except (psutil.Error, OSError):
            return
        # The newest look counts: between fork and exec a child is a copy of its parent.
        if not kind:
            self.found.pop(process.pid, None)
        elif peak:
            self.found[process.pid] = (kind, peak)


def peak_memory(process: psutil.Process) -> float:
    """Peak MiB so far, 0 for one that has ended; what it holds now where there is no /proc."""
    return _memory(process, "VmHWM")


def own_memory(process: psutil.Process) -> float:
    """MiB that a process holds now without pages of files, which the system takes back when it
    needs them; all that it holds where there is no /proc.
    """
    return _memory(process, "RssAnon")


def resident_memory(process: psutil.Process) -> float:
    """MiB that a process holds now, pages of files among them."""
    return _memory(process, "VmRSS")


def _memory(process: psutil.Process, name: str) -> float:
    status = Path(f"/proc/{process.pid}/status")
    if not status.exists():
        return float(process.memory_info().rss) / MIB
    for line in status.read_text().splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1]) / 1024
    return 0.0


def _kind(command: Sequence[str]) -> str:
    """What a descendant is for; empty where it does not count."""
    line = " ".join(command)
    if "resource_tracker" in line:
        return ""
    return "worker" if "multiprocessing" in line else "other"
