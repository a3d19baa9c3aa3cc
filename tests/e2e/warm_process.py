"""Processes of the program that are forked from one that has loaded it.

To load its modules and tables takes a process of the program one to three seconds of processor
time, and what reads pages for it four more: more than most tests make it do otherwise. A forked
one has a number, a group, files, signals, an environment and an exit code of its own, as one that
is started has, and so have the processes that it begins; only what it has loaded was there before.
All processes of a run of tests fork from one: to load it takes eight seconds of processor time.
"""

from __future__ import annotations

import atexit
import faulthandler
import fcntl
import gc
import hashlib
import json
import multiprocessing.forkserver
import multiprocessing.util
import os
import select
import signal
import socket
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import cache
from importlib import import_module
from multiprocessing.forkserver import ForkServer
from pathlib import Path
from typing import Any, TypeAlias
from unittest import mock

from tests import quick_databases
from tests.e2e import own_hand

Spawn: TypeAlias = Callable[[object, Sequence[str | bytes], Sequence[int]], int]
"""As `multiprocessing.util.spawnv_passfds`: path, arguments, files to pass → number."""
ROOT = Path(__file__).parents[2]
LOADED = (
    "crawler.crawl",
    "crawler.discovery.home",
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
_STREAMS = 3
_FILES = 8
"""The most that are passed to a process, with its streams."""
_ABOVE = 200
"""Numbers of files above those that a process is to have."""
TELL_WHERE = signal.SIGUSR2
"""Has a forked process write on stderr where its threads are."""
_TELLING = 2.0
"""Seconds that it has for that."""
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

    def communicate(
        self,
        input: str | None = None,  # noqa: A002  # as of `Popen`
        timeout: float | None = None,
    ) -> tuple[str, str]:
        """As of `Popen`; what takes too long is ended, and the error notes where it was."""
        try:
            return super().communicate(input, timeout)
        except subprocess.TimeoutExpired as late:
            late.add_note(self._end())
            raise

    def _end(self) -> str:
        """End it with its group; returns what it has said on stderr, unless somebody else still
        holds that open.
        """
        said = ""
        for number in (TELL_WHERE, signal.SIGKILL):
            with suppress(ProcessLookupError):  # it has just ended
                os.killpg(self.pid, number)
            with suppress(subprocess.TimeoutExpired):
                said = super().communicate(timeout=_TELLING)[1]
        return said

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

    def __init__(self, modules: Sequence[str] = LOADED, name: str = "") -> None:
        """`name`: of one that is shared by all who give it; it ends with the last of them."""
        self.environment = of_interpreter(os.environ)
        self._lock = threading.Lock()
        self._ended: dict[int, int] = {}
        # In no folder: nothing is left where the last process is killed.
        address = f"\0radar-tests-{name or uuid.uuid4()}"
        self._process: subprocess.Popen[bytes] | None = None
        """Where it was this process that began it."""
        while (line := _connect(address) or self._begin(address, modules)) is None:
            time.sleep(_TICK)  # another one has begun it: it does not listen yet
        self._line = line

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
        """End it, with what still runs of all that it has forked; one that nobody shares."""
        self._line.close()
        assert self._process
        self._process.wait()

    def leave(self) -> None:
        """It ends when all have left it."""
        self._line.close()
        if self._process:
            self._process.returncode = 0  # nobody waits for it

    def _begin(self, address: str, modules: Sequence[str]) -> socket.socket | None:
        """A line to a process that is started; None where another one has just done so."""
        with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as listener:
            try:
                listener.bind(address)
            except OSError:
                return None
            listener.listen()
            line = _connect(address)
            assert line is not None
            be_it = f"from {__name__} import serve; serve({listener.fileno()}, {modules})"
            self._process = subprocess.Popen(
                [sys.executable, "-c", be_it],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                pass_fds=[listener.fileno()],
                cwd=ROOT,
                start_new_session=True,
            )
            return line

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


def _connect(address: str) -> socket.socket | None:
    """A line to the process that listens there; None where there is none."""
    line = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    try:
        line.connect(address)
    except ConnectionRefusedError:
        line.close()
        return None
    return line


class ReadingWorkers(ForkServer):
    """What processes that read pages are forked from: itself forked, and no child of this process.

    It ends when the processes that know it have ended.
    """

    def __init__(self, fork: Spawn) -> None:
        super().__init__()
        self._fork = fork

    def ensure_running(self) -> None:
        """As in the standard library, but for what begins it and tells whether it is there."""
        if self._forkserver_pid is not None:  # type: ignore[has-type]  # of no stated type
            if _is_there(self._forkserver_pid):  # type: ignore[has-type]
                return
            self._forkserver_pid = None
            os.close(self._forkserver_alive_fd)  # type: ignore[attr-defined]
        with mock.patch.object(multiprocessing.util, "spawnv_passfds", self._fork):
            super().ensure_running()


class Seed:
    """Forks the processes that this one begins: forked from it while it has one thread, and of its
    group.

    A fork of a process takes along the locks that its other threads hold, and nobody is there to
    release them: what soupsieve compiles, say, or what is imported.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._line, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._pid = os.fork()
        if not self._pid:
            try:
                self._line.close()
                _be_the_seed(theirs)
            finally:
                os._exit(0)  # nothing of the process that it was forked from goes on in it
        theirs.close()

    def fork(self, path: object, args: Sequence[str | bytes], passfds: Sequence[int]) -> int:
        """As `multiprocessing.util.spawnv_passfds`."""
        given = json.dumps(_python(args, passfds)).encode()
        with self._lock:
            socket.send_fds(self._line, [given], (*range(_STREAMS), *passfds))
            return int(self._line.recv(_MESSAGE))

    def end(self) -> None:
        """Fork nothing any more."""
        self._line.close()
        os.waitpid(self._pid, 0)


def _is_there(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def fork_of_warm_process(path: object, args: Sequence[str | bytes], passfds: Sequence[int]) -> int:
    """As `multiprocessing.util.spawnv_passfds`."""
    return warm_process().fork(_python(args, passfds), (*range(_STREAMS), *passfds))


def _python(args: Sequence[str | bytes], passfds: Sequence[int]) -> Mapping[str, object]:
    """A process that runs the last argument, a line of the standard library."""
    mask = [int(number) for number in signal.pthread_sigmask(signal.SIG_BLOCK, ())]
    return {"line": os.fsdecode(args[-1]), "files": [*passfds], "mask": mask}


@cache
def warm_process() -> WarmProcess:
    """The one of this run of tests, for variables of the interpreter as they are now."""
    variables = sorted(of_interpreter(os.environ).items())
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID") or str(os.getpid())
    warm = WarmProcess(name=f"{run}-{hashlib.sha256(repr(variables).encode()).hexdigest()[:16]}")
    atexit.register(warm.leave)
    return warm


def serve(number: int, modules: Sequence[str]) -> None:
    """Be the process that others are forked from, until nobody is there to tell it to. What still
    runs of what somebody had forked is ended when they are gone.
    """
    listener = socket.socket(fileno=number)
    faulthandler.register(TELL_WHERE, all_threads=True)  # holds for all that is forked
    # Whoever begins it may be about to start what is to be deaf.
    signal.pthread_sigmask(signal.SIG_SETMASK, ())
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
    running: dict[socket.socket, set[int]] = {}
    """Those who may ask, with what runs for each."""
    while running or select.select([listener], [], [], 0)[0]:
        waited_for: list[socket.socket | int] = [listener, wakes, *running]
        ready, _, _ = select.select(waited_for, [], [])
        if wakes in ready:
            os.read(wakes, _MESSAGE)
            _tell_who_ended(running)
        if listener in ready:
            running[listener.accept()[0]] = set()
        for line in running.keys() & set(ready):
            message, files = _read(line)
            if not message:
                _end(running.pop(line))
                line.close()
                continue
            pid = os.fork()
            if not pid:
                _introduce(line)
                os.close(wakes)
                os.close(waking)
                for ours in (listener, *running):
                    ours.close()
                _be_it(json.loads(message), files)
            running[line].add(pid)
            for file in files:
                os.close(file)


def _introduce(line: socket.socket) -> None:
    """Tell the number of this process once it is a group of its own."""
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.setsid()
    line.send(json.dumps([os.getpid(), None]).encode())


def _read(line: socket.socket) -> tuple[bytes, Sequence[int]]:
    """A message with its files; none from those who are gone."""
    try:
        message, files, _, _ = socket.recv_fds(line, _MESSAGE, _FILES)
    except ConnectionResetError:  # they have left something unread
        return b"", ()
    return message, files


def _end(running: set[int]) -> None:
    for pid in running:
        with suppress(ProcessLookupError):
            os.killpg(pid, signal.SIGKILL)


def _tell_who_ended(running: Mapping[socket.socket, set[int]]) -> None:
    with suppress(ChildProcessError):
        while (ended := os.waitpid(-1, os.WNOHANG))[0]:
            for line, theirs in running.items():
                if ended[0] in theirs:
                    theirs.discard(ended[0])
                    with suppress(OSError):  # they are gone
                        line.send(json.dumps(ended).encode())


def _be_it(given: Mapping[str, Any], files: Sequence[int]) -> None:
    """A process with these streams, and after them the files that it is passed."""
    # First out of the way: one may have come under the number that another one is to have.
    received = [fcntl.fcntl(file, fcntl.F_DUPFD_CLOEXEC, _ABOVE) for file in files]
    for file in files:
        os.close(file)
    for place, file in zip((*range(_STREAMS), *given.get("files", ())), received, strict=True):
        os.dup2(file, place)
        os.close(file)
    if "line" not in given:
        _be_the_program(given)
    signal.pthread_sigmask(signal.SIG_SETMASK, given["mask"])
    try:
        exec(given["line"], {})  # noqa: S102  # a line of the standard library
    finally:
        os._exit(0)


def _be_the_program(given: Mapping[str, Any]) -> None:
    """Ends by SystemExit, as the command does."""
    os.environ.clear()
    os.environ.update(given["environment"])
    sys.argv = ["radar", *given["arguments"]]
    # What reads pages is forked, too.
    fork = Seed().fork
    multiprocessing.util.spawnv_passfds = fork  # type: ignore[assignment]  # no pathname
    workers = ReadingWorkers(fork)
    for name in ("ensure_running", "connect_to_new_process", "set_forkserver_preload"):
        setattr(multiprocessing.forkserver, name, getattr(workers, name))
    pool = import_module("crawler.parsers.pool").PagePool
    pool.__init__.__kwdefaults__["reader"] = "tests.e2e.warm_reader:page_reader"
    own_hand.arm(os.environ)
    import_module("radar.cli").main()


def _be_the_seed(line: socket.socket) -> None:
    """Until nobody is there to tell it to fork; what is sent to the group is not for it."""
    signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for those that it forks
    while (given := _read(line))[0]:
        pid = os.fork()
        if not pid:
            line.close()
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            _be_it(json.loads(given[0]), given[1])
        line.send(str(pid).encode())
        for file in given[1]:
            os.close(file)
