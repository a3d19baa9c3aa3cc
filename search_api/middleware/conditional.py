"""Answers to programs that ask again whether anything has changed (RFC 9110): ASGI middleware.

An answer that is small enough to be sent in one piece gets an ETag, made of its content. Who shows
it again, or the time of `Last-Modified` where a route names one, is told 304 and gets no body.
Pages for people are left out: they show how long a search took.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_KEPT = ("etag", "last-modified", "vary", "cache-control")
"""Headers that an answer without content repeats."""


def last_modified(moment: datetime | None) -> dict[str, str]:
    """The header, from an aware time; none where nothing is known. What a clock ahead has dated
    changes now: else whoever asks would be told 304 until then. So does what has changed in this
    second, for the header counts whole ones: the next change may be in it, too.
    """
    if moment is None:
        return {}
    past = min(moment.astimezone(UTC), datetime.now(UTC) - timedelta(seconds=1))
    return {"Last-Modified": format_datetime(past, usegmt=True)}


class ConditionalAnswers:
    """Adds ETags and answers 304."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http" or scope["method"] != "GET":
            await self._app(scope, receive, send)
            return
        answer = _Answer(Headers(scope=scope), send)
        await self._app(scope, receive, answer.send)


class _Answer:
    """Holds the first part of an answer back until it is known whether it is all."""

    def __init__(self, request: Headers, send: Send) -> None:
        self._request = request
        self._send = send
        self._held: list[Message] = []
        self._passing = False

    async def send(self, message: Message) -> None:
        """Take a message of the application."""
        if self._passing:
            await self._send(message)
            return
        self._held.append(message)
        if message["type"] == "http.response.start":
            if not _can_be_told(message):
                await self._pass()
        elif not message.get("more_body"):
            await self._finish()
        elif len([body for body in self._bodies() if body]) > 1:
            await self._pass()

    def _bodies(self) -> list[bytes]:
        return [m.get("body", b"") for m in self._held if m["type"] == "http.response.body"]

    async def _pass(self) -> None:
        self._passing = True
        for message in self._held:
            await self._send(message)
        self._held = []

    async def _finish(self) -> None:
        body = b"".join(self._bodies())
        headers = MutableHeaders(scope=self._held[0])
        headers["etag"] = f'W/"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
        if _is_known(self._request, headers):
            kept = [(k, v) for k, v in self._held[0]["headers"] if k.decode().lower() in _KEPT]
            self._held = [
                {"type": "http.response.start", "status": 304, "headers": kept},
                {"type": "http.response.body", "body": b""},
            ]
        await self._pass()


def _can_be_told(start: Message) -> bool:
    headers = Headers(raw=start["headers"])
    kind = headers.get("content-type", "")
    return start["status"] == 200 and "etag" not in headers and not kind.startswith("text/html")


def _is_known(request: Headers, answer: MutableHeaders) -> bool:
    """Whether who asks has this answer already; a tag counts before a time."""
    shown = request.get("if-none-match")
    if shown is not None:
        tags = {tag.strip().removeprefix("W/") for tag in shown.split(",")}
        return "*" in tags or answer["etag"].removeprefix("W/") in tags
    since, changed = request.get("if-modified-since"), answer.get("last-modified")
    if since is None or changed is None:
        return False
    try:
        return parsedate_to_datetime(changed) <= parsedate_to_datetime(since)
    except (TypeError, ValueError, OverflowError):  # no date; or one of two without a zone
        return False
