"""Renders pages in a process of its own, one at a time, within limits that are kept from outside."""

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

from crawler.rendering.guard import GuardProxy, Visit
from crawler.rendering.processes import end, family, memory
from crawler.rendering.protocol import LONGEST_LINE, Job, Result, Start
from indexer.frontier.port import Response

LOOK = 0.25
"""Seconds between two looks at what the browser takes."""

logger = logging.getLogger(__name__)


class RenderFailed(Exception):
    """A page could not be rendered; the message says why."""


@dataclass(frozen=True, slots=True)
class RenderLimits:
    """What one page may take."""

    seconds: float = 25.0
    """From handing it over to having it back; then the browser is ended."""
    settle_seconds: float = 8.0
    """Longest time to wait for a page to come to rest; then it is taken as it is."""
    start_seconds: float = 30.0
    memory: int = 1 << 30
    """Bytes of all processes of the browser."""
    requests: int = 60
    """Further ones are refused."""
    bytes: int = 20 << 20
    """That go through the guard, both ways; then its connections end."""


class Renderer:
    """A browser behind a guard, started at the first page; one per event loop.

    `program`: path of the browser; None: RenderFailed with `missing` for every page.
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
        self._program = program
        self._missing = missing
        self._user_agent = user_agent
        self._limits = limits or RenderLimits()
        self._guard = GuardProxy(allow_networks)
        self._process: asyncio.subprocess.Process | None = None
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        """Where the browser keeps what it needs while it runs."""
        self._turn = asyncio.Lock()

    async def render(
        self,
        response: Response,
        *,
        sites: frozenset[str],
        may: Callable[[str], Awaitable[bool]],
        language: str,
        decline: frozenset[str],
    ) -> Result:
        """Render an answer that was fetched; the page itself is not asked for again.

        `sites` may be connected to, `may` judges each request beforehand. Raises RenderFailed; the
        next page then finds a new browser.
        """
        if self._program is None:
            raise RenderFailed(self._missing or "there is no browser")
        job = Job(
            url=response.final_url,
            status=response.status,
            content_type=response.headers.get("content-type", "text/html"),
            body=base64.b64encode(response.body).decode("ascii"),
            language=language,
            decline=sorted(decline),
            settle_seconds=self._limits.settle_seconds,
            requests=self._limits.requests,
        )
        async with self._turn:
            process = await self._started()
            visit = Visit(sites, self._limits.bytes)
            self._guard.begin(visit)
            ended = False
            try:
                result = await self._watched(process, job, may)
                self._guard.end()
                await _send(process, {"shut": True})
                ended = True
            finally:
                self._guard.end()
                if not ended:
                    await self._kill()
        for refusal in visit.refused[:5]:
            logger.info("render_refused %s %s", response.final_url, refusal)
        if result.html is None:
            raise RenderFailed(result.error or "nothing came of it")
        return result

    async def close(self) -> None:
        """End the browser and the guard."""
        await self._kill()
        await self._guard.close()

    async def _started(self) -> asyncio.subprocess.Process:
        if self._process is not None and self._process.returncode is None:
            return self._process
        if not self._guard.port:
            await self._guard.start()
        # One that is killed leaves its profile behind.
        self._folder = tempfile.TemporaryDirectory(prefix="radar-", ignore_cleanup_errors=True)
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "crawler.rendering.process",
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            limit=LONGEST_LINE,
            start_new_session=True,  # Ctrl-C of a terminal is ours to heed
        )
        self._process = process
        start = Start(
            self._program or "",
            self._guard.port,
            self._user_agent,
            sandbox=os.geteuid() != 0,
            folder=self._folder.name,
        )
        reason = "not in time"
        try:
            await _send(process, asdict(start))
            async with asyncio.timeout(self._limits.start_seconds):
                told = await _receive(process)
            if "ready" in told:
                return process
            reason = str(told.get("failed"))
        except (TimeoutError, RenderFailed):
            logger.warning("browser_not_started %s", self._program)
        await self._kill()
        # It is not tried again: every page of the run would wait for it.
        self._missing = f"{self._program} did not start: {reason}"
        self._program = None
        raise RenderFailed(self._missing)

    async def _watched(
        self,
        process: asyncio.subprocess.Process,
        job: Job,
        may: Callable[[str], Awaitable[bool]],
    ) -> Result:
        """The result, or RenderFailed at the first limit that is met."""
        conversation = asyncio.create_task(_conversation(process, job, may))
        until = asyncio.get_running_loop().time() + self._limits.seconds
        try:
            while True:
                done, _ = await asyncio.wait({conversation}, timeout=LOOK)
                if done:
                    return conversation.result()
                if asyncio.get_running_loop().time() > until:
                    raise RenderFailed(f"took longer than {self._limits.seconds:.0f} s")
                if memory(family(process.pid)) > self._limits.memory:
                    raise RenderFailed(f"took more than {self._limits.memory >> 20} MiB")
        finally:
            conversation.cancel()
            await asyncio.gather(conversation, return_exceptions=True)

    async def _kill(self) -> None:
        process, self._process = self._process, None
        if process is not None and process.returncode is None:
            end(family(process.pid))
            with suppress(ProcessLookupError):
                await process.wait()
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None


async def _conversation(
    process: asyncio.subprocess.Process, job: Job, may: Callable[[str], Awaitable[bool]]
) -> Result:
    await _send(process, asdict(job))
    while True:
        message = await _receive(process)
        if "ask" not in message:
            return Result(**message)  # type: ignore[arg-type]  # our own message
        await _send(process, {"let": await may(str(message["ask"]))})


async def _send(process: asyncio.subprocess.Process, message: dict[str, object]) -> None:
    if process.stdin is None:
        raise TypeError("the process has a pipe")
    process.stdin.write(json.dumps(message).encode("ascii") + b"\n")
    with suppress(ConnectionError):  # it has ended: reading from it tells
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
