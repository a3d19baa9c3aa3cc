"""What is forked is a process as one that is started is, and ends with the tests."""

from __future__ import annotations

import os
import select
import signal
import socket
import subprocess
import threading
import uuid
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from tests.e2e import warm_process, world
from tests.e2e.warm_process import Forked, Seed, WarmProcess

SECONDS = 60
LOADED = ["crawler.parsers.pool", "radar.cli"]
"""What these tests need."""


HELD = threading.Lock()


@pytest.fixture(scope="module")
def loaded() -> Iterator[WarmProcess]:
    warm = WarmProcess(LOADED)
    yield warm
    warm.end()


@pytest.fixture
def warm(loaded: WarmProcess, monkeypatch: pytest.MonkeyPatch) -> WarmProcess:
    for module in (warm_process, world):
        monkeypatch.setattr(module, "warm_process", lambda: loaded)
    return loaded


@pytest.fixture
def reading(warm: WarmProcess) -> Iterator[Forked]:
    """Waits for lines on stdin."""
    del warm
    with Forked(["parse"], os.environ) as started:
        yield started
        started.kill()


@pytest.mark.usefixtures("warm")
def test_it_is_a_group_of_its_own_as_soon_as_it_is_known() -> None:
    for _ in range(8):
        with Forked(["parse"], os.environ) as started:
            group = os.getpgid(started.pid)
            started.kill()
        assert group == started.pid


def test_one_that_takes_too_long_is_ended_and_says_where_it_was(reading: Forked) -> None:
    assert reading.stdin is not None
    kept = os.dup(reading.stdin.fileno())  # lines may still come
    with pytest.raises(subprocess.TimeoutExpired) as late:
        reading.communicate(timeout=1)
    os.close(kept)
    assert reading.returncode == -signal.SIGKILL
    assert "most recent call first" in late.value.__notes__[0]


@pytest.mark.usefixtures("warm")
def test_one_that_takes_too_long_is_not_waited_for_where_another_process_holds_its_streams(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(warm_process, "_TELLING", 0.1)
    with Forked(["--version"], os.environ) as started:
        assert started.wait(SECONDS) == 0  # its group is no more
        monkeypatch.setattr(subprocess.Popen, "communicate", _never_at_the_end)
        with pytest.raises(subprocess.TimeoutExpired) as late:
            started.communicate(timeout=1)
    assert late.value.__notes__ == [""]


def _never_at_the_end(
    _: object, given: str | None = None, timeout: float | None = None
) -> tuple[str, str]:
    assert timeout, "waits for ever"
    raise subprocess.TimeoutExpired("radar", timeout)


def test_one_that_nobody_holds_any_more_is_looked_at_while_another_one_begins(
    warm: WarmProcess, reading: Forked, monkeypatch: pytest.MonkeyPatch
) -> None:
    send = socket.send_fds

    def send_and_collect(line: socket.socket, buffers: list[bytes], streams: Sequence[int]) -> None:
        send(line, buffers, streams)
        assert select.select([line], [], [], SECONDS)[0]
        assert reading.poll() is None

    monkeypatch.setattr(socket, "send_fds", send_and_collect)
    with Forked(["--version"], os.environ) as started:
        assert started.wait(SECONDS) == 0


def test_its_number_may_have_been_that_of_one_that_has_ended(
    warm: WarmProcess, reading: Forked, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = range(reading.pid + 1, reading.pid + 10_000)
    monkeypatch.setattr(warm, "_ended", dict.fromkeys(later, 0))
    with Forked(["parse"], os.environ) as started:
        assert started.poll() is None
        started.kill()
    assert started.returncode == -signal.SIGKILL


def test_an_interpreter_with_other_variables_is_started(
    warm: WarmProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Asia/Bishkek")
    with world.start_radar(["--version"]) as started:
        assert not isinstance(started, Forked)
        started.kill()
    monkeypatch.setenv("TZ", warm.environment.get("TZ", ""))
    if "TZ" not in warm.environment:
        monkeypatch.delenv("TZ")
    with world.start_radar(["--version"]) as started:
        assert isinstance(started, Forked)
        started.kill()


@pytest.mark.parametrize("unread", [False, True])
def test_it_ends_with_the_tests(unread: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    warm = WarmProcess(LOADED)
    monkeypatch.setattr(warm_process, "warm_process", lambda: warm)
    with Forked(["parse"], os.environ) as started:
        if unread:
            with Forked(["parse"], os.environ) as other:
                other.kill()
                assert select.select([warm._line], [], [], SECONDS)[0]
                other.returncode = -signal.SIGKILL
        warm.end()
        assert started.stdout is not None
        ended, _, _ = select.select([started.stdout], [], [], SECONDS)
        started.returncode = -signal.SIGKILL  # nobody is there to say it
    assert ended


def test_it_is_not_deaf_to_what_those_who_begin_it_are_deaf_to(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        warm = WarmProcess(LOADED)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
    monkeypatch.setattr(warm_process, "warm_process", lambda: warm)
    with Forked(["parse"], os.environ) as started:
        assert signal.SIGINT not in _blocked_in(started.pid)
        started.kill()
    warm.end()


def test_who_was_to_begin_it_may_be_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    name = str(uuid.uuid4())
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as gone:
        gone.bind(f"\0radar-tests-{name}")
        waits = iter([gone.close])
        monkeypatch.setattr("tests.e2e.warm_process.time.sleep", lambda _: next(waits)())
        warm = WarmProcess(LOADED, name)
    warm.end()


def test_those_who_share_one_have_their_own_in_it(monkeypatch: pytest.MonkeyPatch) -> None:
    name = str(uuid.uuid4())
    one, other = WarmProcess(LOADED, name), WarmProcess(LOADED, name)
    began = {}
    for warm in (one, other):
        monkeypatch.setattr(warm_process, "warm_process", lambda warm=warm: warm)
        began[warm] = Forked(["parse"], os.environ)
    other.leave()
    with began[other] as lost, began[one] as kept:
        assert lost.stdout is not None
        assert select.select([lost.stdout], [], [], SECONDS)[0]
        lost.returncode = -signal.SIGKILL  # nobody is there to say it
        monkeypatch.setattr(warm_process, "warm_process", lambda: one)
        assert kept.poll() is None
        kept.kill()
        assert kept.wait() == -signal.SIGKILL
    one.end()


@pytest.fixture
def seed() -> Iterator[Seed]:
    made = Seed()
    yield made
    made.end()


def test_what_a_process_begins_waits_for_no_thread_that_is_not_there(seed: Seed) -> None:
    """A fork takes along the locks that other threads hold, also those of their imports."""
    heard, said = os.pipe()
    with HELD:
        line = f"from {__name__} import HELD; HELD.acquire(); import os; os.write({said}, b'1')"
        seed.fork("", ["-c", line], [said])
        os.close(said)
        assert select.select([heard], [], [], SECONDS)[0]
        assert os.read(heard, 1) == b"1"
    os.close(heard)


def test_of_the_process_that_others_are_forked_from_nothing_goes_on_where_one_fails() -> None:
    heard, said = os.pipe()
    here = os.getpid()
    try:
        seed = Seed()
        seed._line.send(b"no order")
        assert int(seed._line.recv(10)) != here
        seed.end()
    finally:
        if os.getpid() != here:
            os.write(said, b"this test")
            os._exit(1)
    os.close(said)
    assert os.read(heard, 10) == b""
    os.close(heard)


def test_what_a_process_begins_has_its_files_under_their_numbers(seed: Seed) -> None:
    """Those under which they come may be the ones that others of them are to have."""
    pipes = [os.pipe() for _ in range(4)]
    ends = [said for _, said in pipes][::-1]
    line = f"import os; [os.write(file, str(file).encode()) for file in {ends}]"
    seed.fork("", ["-c", line], ends)
    for heard, said in pipes:
        os.close(said)
        assert select.select([heard], [], [], SECONDS)[0]
        assert os.read(heard, 10) == str(said).encode()
        os.close(heard)


def test_what_a_process_begins_is_deaf_to_what_it_is_deaf_to(seed: Seed) -> None:
    heard, said = os.pipe()
    asks = "repr(signal.SIGINT in signal.pthread_sigmask(0, ())).encode()"
    line = f"import os, signal; os.write({said}, {asks})"
    for mask in ({signal.SIGINT}, set()):
        before = signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        try:
            seed.fork("", ["-c", line], [said])
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
        assert select.select([heard], [], [], SECONDS)[0]
        assert os.read(heard, 10) == repr(bool(mask)).encode()
    os.close(heard)
    os.close(said)


def _blocked_in(pid: int) -> set[int]:
    """Numbers of the signals that a process does not hear."""
    status = Path(f"/proc/{pid}/status").read_text()
    (mask,) = (int(line.split()[1], 16) for line in status.splitlines() if "SigBlk" in line)
    return {number for number in signal.valid_signals() if mask >> (number - 1) & 1}
