"""Renders pages in a separate process, one at a time, within limits enforced from outside."""

from __future__ import annotations

import asyncio
import base64
import json
import logging
import os
import sys
import tempfile
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import asdict, dataclass

from crawler.rendering.guard import GuardProxy, PageAllowance
from crawler.rendering.processes import kill, memory, process_tree
from crawler.rendering.protocol import LONGEST_LINE, BrowserStart, RenderJob, RenderResult
from indexer.frontier.port import Response

LOOK = 0.25
"""Seconds between two checks of the browser's memory."""
MOST_LATE_STARTS = 3
"""In a row; then the run goes on without a browser. A machine can be busy for a moment."""
LATE = "not in time"

logger = logging.getLogger(__name__)


class RenderFailed(Exception):
    """A page could not be rendered; the message says why."""


@dataclass(frozen=True, slots=True)
class RenderLimits:
    """What rendering one page may cost."""

    seconds: float = 25.0
    """For the whole job; then the browser is killed."""
    settle_seconds: float = 8.0
    """Longest time to wait until a page settles; then it is taken as it is."""
    start_seconds: float = 30.0
    memory: int = 1 << 30
    """Bytes of all processes of the browser."""
    requests: int = 60
    """Further requests are refused."""
    bytes: int = 20 << 20
    """Bytes through the guard, both directions together; then its connections end."""


class BrowserRenderer:
    """A browser behind a guard; it starts with the first page. One per event loop.

    `program`: path of the browser; None: every page raises RenderFailed with `missing`.
    """

    def __init__(
        self,
        program: str | None,
        *,
        missing: str | None = None,
        user_agent: str,
        allow_networks: tuple[str, ...] = (),
        limits: RenderLimits | None = None,
    ) -> None:
        self.is_installed = program is not None
        """Whether there is one, though it may fail."""
        self.failure: str | None = None
        """Why the one that is installed is not tried any more."""
        self._program = program
        self._missing = missing
        self._user_agent = user_agent
        self._limits = limits or RenderLimits()
        self._guard = GuardProxy(allow_networks)
        self._process: asyncio.subprocess.Process | None = None
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        """Temporary folder of the browser."""
        self._late_starts = 0
        self._lock = asyncio.Lock()

    async def render(
        self,
        response: Response,
        *,
        sites: frozenset[str],
        may_request: Callable[[str], Awaitable[bool]],
        language: str,
        decline: frozenset[str],
    ) -> RenderResult:
        """Render a response; the page itself is not requested again.

        `sites`: allowed for connections; `may_request` is called before each request. Raises
        RenderFailed; a new browser is then started for the next page.
        """
        if self._program is None:
            raise RenderFailed(self._missing or "there is no browser")
        job = RenderJob(
            url=response.final_url,
            status=response.status,
            content_type=response.headers.get("content-type", "text/html"),
            body=base64.b64encode(response.body).decode("ascii"),
            language=language,
            decline=sorted(decline),
            settle_seconds=self._limits.settle_seconds,
            requests=self._limits.requests,
        )
        async with self._lock:
            process = await self._start()
            allowance = PageAllowance(sites, self._limits.bytes)
            self._guard.begin(allowance)
            finished = False
            try:
                result = await self._run_within_limits(process, job, may_request)
                self._guard.end()
                await _send(process, {"shut": True})
                finished = True
            finally:
                self._guard.end()
                if not finished:
                    await self._kill()
        for refusal in allowance.refused[:5]:
            logger.info("render_refused %s %s", response.final_url, refusal)
        if result.html is None:
            raise RenderFailed(result.error or "nothing came of it")
        return result

    async def close(self) -> None:
        """Kill the browser and stop the guard."""
        await self._kill()
        await self._guard.close()

    async def _start(self) -> asyncio.subprocess.Process:
        if self._process is not None and self._process.returncode is None:
            return self._process
        try:
            process, reason = await self._launch()
        except OSError as error:  # no room for its folder, no more processes: the crawl goes on
            process, reason = None, error.strerror or type(error).__name__
        if process is not None:
            self._late_starts = 0
            return process
        await self._kill()
        missing = f"{self._program} did not start: {reason}"
        self._late_starts += reason == LATE
        if reason != LATE or self._late_starts == MOST_LATE_STARTS:
            # Not tried again: every page of the run would wait for it.
            self._missing, self._program, self.failure = missing, None, missing
        raise RenderFailed(missing)

    async def _launch(self) -> tuple[asyncio.subprocess.Process | None, str]:
        """The process with its browser, or why there is none."""
        if not self._guard.port:
            await self._guard.start()
        # A browser that is killed leaves its profile behind.
        self._folder = tempfile.TemporaryDirectory(prefix="radar-", ignore_cleanup_errors=True)
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "crawler.rendering.process",
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            limit=LONGEST_LINE,
            start_new_session=True,  # only the crawl handles Ctrl-C
        )
        self._process = process
        start = BrowserStart(
            self._program or "",
            self._guard.port,
            self._user_agent,
            sandbox=os.geteuid() != 0,
            folder=self._folder.name,
        )
        reason = LATE
        try:
            await _send(process, asdict(start))
            async with asyncio.timeout(self._limits.start_seconds):
                message = await _receive(process)
            if "ready" in message:
                return process, ""
            reason = str(message.get("failed"))
        except (TimeoutError, RenderFailed):
            logger.warning("browser_not_started %s", self._program)
        return None, reason

    async def _run_within_limits(
        self,
        process: asyncio.subprocess.Process,
        job: RenderJob,
        may_request: Callable[[str], Awaitable[bool]],
    ) -> RenderResult:
        """The result; raises RenderFailed when a limit is reached."""
        conversation = asyncio.create_task(_conversation(process, job, may_request))
        until = asyncio.get_running_loop().time() + self._limits.seconds
        try:
            while True:
                done, _ = await asyncio.wait({conversation}, timeout=LOOK)
                if done:
                    return conversation.result()
                if asyncio.get_running_loop().time() > until:
                    raise RenderFailed(f"took longer than {self._limits.seconds:.0f} s")
                if memory(process_tree(process.pid)) > self._limits.memory:
                    raise RenderFailed(f"took more than {self._limits.memory >> 20} MiB")
        finally:
            conversation.cancel()
            await asyncio.gather(conversation, return_exceptions=True)

    async def _kill(self) -> None:
        process, self._process = self._process, None
        if process is not None and process.returncode is None:
            kill(process_tree(process.pid))
            with suppress(ProcessLookupError):
                await process.wait()
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None


async def _conversation(
    process: asyncio.subprocess.Process,
    job: RenderJob,
    may_request: Callable[[str], Awaitable[bool]],
) -> RenderResult:
    await _send(process, asdict(job))
    while True:
        message = await _receive(process)
        if "ask" not in message:
            return RenderResult(**message)  # type: ignore[arg-type]  # our own message
        await _send(process, {"let": await may_request(str(message["ask"]))})


async def _send(process: asyncio.subprocess.Process, message: dict[str, object]) -> None:
    if process.stdin is None:
        raise TypeError("the process has a pipe")
    process.stdin.write(json.dumps(message).encode("ascii") + b"\n")
    with suppress(ConnectionError):  # the process has ended: reading from it reports that
        await process.stdin.drain()


async def _receive(process: asyncio.subprocess.Process) -> dict[str, object]:
    if process.stdout is None:
        raise TypeError("the process has a pipe")
    try:
        line = await process.stdout.readline()
        message = json.loads(line)
    except ValueError as error:
        raise RenderFailed("the browser ended") from error
    if not isinstance(message, dict):
        raise RenderFailed("the browser said nothing that is known")
    return message
