"""Processes of the program that are forked from one that has loaded it.

To load its modules and tables takes a process of the program one to three seconds of processor
time, and what reads pages for it four more: more than most tests make it do otherwise. A forked
one has a number, a group, files, signals, an environment and an exit code of its own, as one that
is started has, and so have the processes that it begins; only what it has loaded was there before.
"""

from __future__ import annotations

import gc
import json
import multiprocessing.util
import os
import select
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from tests import quick_databases

ROOT = Path(__file__).parents[2]
LOADED = (
    "crawler.crawl",
    "radar.commands.backup",
    "radar.commands.parse",
    "radar.commands.run",
    "radar.commands.search",
    "radar.commands.serve",
    "search_api.app",
    "tests.e2e.warmed",
)
"""What is loaded before, with all that these load."""
_BEFORE_IT_BEGINS = ("PYTHON", "LANG", "LC_", "TZ", "LD_", "MALLOC", "GLIBC")
_MESSAGE = 1 << 20
_STREAMS, _STDERR = 3, 2
_TICK = 0.1
"""Seconds between two looks whether a process has ended."""


def of_interpreter(environment: Mapping[str, str]) -> Mapping[str, str]:
    """The variables that are read before the program begins: a forked one has those of the process
    that it was forked from.
    """
    return {k: v for k, v in environment.items() if k.startswith(_BEFORE_IT_BEGINS)}


class Forked(subprocess.Popen[str]):
    """`python -m radar …`, forked; with pipes of text, as a group of its own."""

    def __init__(self, arguments: Sequence[str], environment: Mapping[str, str]) -> None:
        self._given = {"arguments": [*arguments], "environment": dict(environment)}
        pipe = subprocess.PIPE
        super().__init__(
            ["radar", *arguments], stdin=pipe, stdout=pipe, stderr=pipe, text=True, encoding="utf-8"
        )

    def _execute_child(self, *given: Any) -> None:
        """As of `Popen`: the ends of pipes are its arguments 10 to 15, the child's ones first."""
        stdin, _, _, stdout, _, stderr = given[10:16]
        self.pid = warm_process().fork(self._given, (stdin, stdout, stderr))
        self._child_created = True
        for end in (stdin, stdout, stderr):
            os.close(end)

    def _internal_poll(self, *_: object, **__: object) -> int | None:
        if self.returncode is None:
            pid, status = self._try_wait(os.WNOHANG)
            if pid:
                self.returncode = os.waitstatus_to_exitcode(status)
        return self.returncode

    def _try_wait(self, wait_flags: int) -> tuple[int, int]:
        """As `os.waitpid`."""
        status = warm_process().status(self.pid, wait=not wait_flags)
        return (0, 0) if status is None else (self.pid, status)


class WarmProcess:
    """Forks processes when it is told to, and tells how they ended."""

    def __init__(self, modules: Sequence[str] = LOADED) -> None:
        self.environment = of_interpreter(os.environ)
        self._line, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._lock = threading.Lock()
        self._ended: dict[int, int] = {}
        with theirs:
            be_it = f"from {__name__} import serve; serve({theirs.fileno()}, {modules})"
            self._process = subprocess.Popen(
                [sys.executable, "-c", be_it],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                cwd=ROOT,
                start_new_session=True,
            )

    def fork(self, given: Mapping[str, object], streams: Sequence[int]) -> int:
        """The number of a process with these arguments, this environment and these streams."""
        with self._lock:
            socket.send_fds(self._line, [json.dumps(given).encode()], [*streams])
            while (began := self._read()) is None:
                pass
            return began

    def status(self, pid: int, *, wait: bool) -> int | None:
        """How a process ended, as `os.waitpid` says it; None while it runs."""
        while True:
            # Whoever has the lock reads for all, and may be this thread: it comes here in the midst
            # of that when a process that nobody holds any more is taken out of memory.
            if self._lock.acquire(blocking=False):
                try:
                    while pid not in self._ended and select.select([self._line], [], [], 0)[0]:
                        self._read()
                finally:
                    self._lock.release()
            if not wait or pid in self._ended:
                return self._ended.get(pid)
            select.select([self._line], [], [], _TICK)

    def end(self) -> None:
        """End it, with what still runs of all that it has forked."""
        self._line.close()
        self._process.wait()

    def _read(self) -> int | None:
        """Take one message: a process that began, or that has ended."""
        message = self._line.recv(_MESSAGE)
        assert message, "the warm process has ended"
        pid, status = json.loads(message)
        if status is None:
            self._ended.pop(pid, None)  # an earlier one with the same number
            return int(pid)
        self._ended[pid] = status
        return None


@cache
def warm_process() -> WarmProcess:
    """The one of this process."""
    return WarmProcess()


def serve(number: int, modules: Sequence[str]) -> None:
    """Be the process that others are forked from, until nobody is there to tell it to: then what
    still runs of them is ended, too.
    """
    line = socket.socket(fileno=number)
    for module in modules:
        import_module(module)
    quick_databases.begin()
    quick_databases.empty_database()
    gc.collect()
    gc.freeze()
    wakes, waking = os.pipe()
    os.set_blocking(waking, False)
    signal.set_wakeup_fd(waking)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    running: set[int] = set()
    while True:
        ready, _, _ = select.select([line, wakes], [], [])
        if wakes in ready:
            os.read(wakes, _MESSAGE)
            _tell_who_ended(line, running)
        if line in ready:
            try:
                message, streams, _, _ = socket.recv_fds(line, _MESSAGE, _STREAMS)
            except ConnectionResetError:  # they have left something unread
                break
            if not message:
                break
            pid = os.fork()
            if not pid:
                signal.set_wakeup_fd(-1)
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                for mine in (wakes, waking):
                    os.close(mine)
                os.setsid()
                line.send(json.dumps([os.getpid(), None]).encode())  # its group can be told now
                line.close()
                _be_the_program(json.loads(message), streams)
            running.add(pid)
            for stream in streams:
                os.close(stream)
    _end(running)


def _end(running: set[int]) -> None:
    for pid in running:
        with suppress(ProcessLookupError):
            os.killpg(pid, signal.SIGKILL)


def _tell_who_ended(line: socket.socket, running: set[int]) -> None:
    with suppress(OSError):  # there is no child, or nobody to tell
        while (ended := os.waitpid(-1, os.WNOHANG))[0]:
            running.discard(ended[0])
            line.send(json.dumps(ended).encode())


def _be_the_program(given: Mapping[str, Any], streams: Sequence[int]) -> None:
    """Ends by SystemExit, as the command does."""
    for place, stream in enumerate(streams):
        os.dup2(stream, place)
        os.close(stream)
    os.environ.clear()
    os.environ.update(given["environment"])
    sys.argv = ["radar", *given["arguments"]]
    # What reads pages is forked, too.
    multiprocessing.util.spawnv_passfds = _fork_python  # type: ignore[assignment]  # no pathname
    pool = import_module("crawler.parsers.pool").PagePool
    pool.__init__.__kwdefaults__["reader"] = "tests.e2e.warm_reader:page_reader"
    import_module("radar.cli").main()


def _fork_python(path: object, args: Sequence[str | bytes], passfds: Sequence[int]) -> int:
    """As `multiprocessing.util.spawnv_passfds`: a process that runs the last argument."""
    files = _open_files()
    pid = os.fork()
    if pid:
        return pid
    try:
        for number in signal.valid_signals():
            if callable(signal.getsignal(number)):
                signal.signal(number, signal.SIG_DFL)
        signal.set_wakeup_fd(-1)
        gc.freeze()  # objects that nobody holds any more would close their files once more
        for descriptor, file in _open_files().items():
            # What libraries have opened anew because of the fork stays.
            if descriptor > _STDERR and descriptor not in passfds and file in files.values():
                os.close(descriptor)
        exec(args[-1], {})  # noqa: S102  # a line of the standard library
    finally:
        os._exit(0)


def _open_files() -> Mapping[int, str]:
    """Descriptors of this process, each with what it leads to."""
    found = {}
    for entry in Path("/proc/self/fd").iterdir():
        with suppress(OSError):  # the folder's own
            found[int(entry.name)] = str(entry.readlink())
    return found
