"""A running `radar up` or `radar serve` and what it tells, for tests."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Sequence
from typing import Self

import httpx

from tests.e2e.world import SECONDS, World
from tests.loopback.free_port import free_port

_LOOKS = 0.05
"""Seconds between two looks whether something is there."""


UNUSED = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""Without certificates, which takes longer to read than most requests: none of them uses TLS."""


class Program:
    """A running program, and the lines that it tells on stderr: they are read all the time, as it
    would wait for that with what it tells next.
    """

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.lines: list[str] = []
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self.lines.append(line.removesuffix("\n"))

    @property
    def told(self) -> str:
        """All of it; complete once it has ended."""
        return "\n".join(self.lines)

    def end(self, number: signal.Signals) -> int:
        """Send it a signal; its exit code."""
        self.process.send_signal(number)
        return self.process.wait(timeout=SECONDS)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        try:
            if self.process.poll() is None:
                self.end(signal.SIGTERM)
        finally:
            self.process.kill()
            self.process.wait()
            self._reader.join()
            for pipe in (self.process.stdin, self.process.stdout, self.process.stderr):
                if pipe is not None:
                    pipe.close()


class Up(Program):
    """A running `radar up`; signals go to the supervisor alone."""

    def __init__(self, world: World, port: int, *options: str, **environment: str) -> None:
        self.url = f"http://127.0.0.1:{port}"
        super().__init__(world.start("up", "--port", str(port), *options, variables=environment))

    def line(self, pattern: str, number: int = 1) -> re.Match[str]:
        """The line of this pattern that comes as the `number`th; waits for it, on a busy machine as
        long as several runs take.
        """
        until = time.monotonic() + 4 * SECONDS
        while time.monotonic() < until:
            found = [m for line in list(self.lines) if (m := re.search(pattern, line))]
            if len(found) >= number:
                return found[number - 1]
            time.sleep(_LOOKS)
        raise AssertionError(f"no {pattern!r} in {self.lines}")

    def answers(self) -> bool:
        """Whether the server answers, sooner or later."""
        until = time.monotonic() + SECONDS
        while time.monotonic() < until:
            with contextlib.suppress(httpx.TransportError):
                answer = httpx.get(f"{self.url}/api/sources", timeout=SECONDS, verify=UNUSED)
                return answer.status_code == 200
            time.sleep(_LOOKS)
        return False


class Serve(Program):
    """A running `radar serve`, listening as soon as its block is entered."""

    def __init__(
        self,
        world: World,
        *options: str,
        host: str = "127.0.0.1",
        before: Sequence[str] = (),
        **environment: str,
    ) -> None:
        """`before`: words before the command."""
        self.world = world
        self.port = free_port()
        self.url = f"http://{f'[{host}]' if ':' in host else host}:{self.port}"
        self._host = host
        given = ("--host", host, "--port", str(self.port), *options)
        super().__init__(world.start("serve", *given, before=before, variables=environment))

    def get(self, path: str, **options: object) -> httpx.Response:
        """What it answers."""
        return httpx.get(self.url + path, timeout=SECONDS, verify=UNUSED, **options)  # type: ignore[arg-type]  # handed on

    def __enter__(self) -> Self:
        with contextlib.ExitStack() as ends:
            ends.push(self.__exit__)
            until = time.monotonic() + SECONDS
            while not self._listens():
                assert self.process.poll() is None, self.lines
                assert time.monotonic() < until, self.lines
                time.sleep(_LOOKS)
            ends.pop_all()
        return self

    def _listens(self) -> bool:
        try:
            socket.create_connection((self._host, self.port)).close()
        except OSError:
            return False
        return True


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def ends(pid: int) -> bool:
    """Whether a process that is no child of the test ends: it may take a moment to go."""
    until = time.monotonic() + 60
    while is_running(pid):
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True
