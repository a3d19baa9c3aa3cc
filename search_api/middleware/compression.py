"""Compresses answers (gzip): ASGI middleware.

Not for who sends cookies, but those of the language and of the last visit, which are no secrets:
the pages of people who are logged in hold the token of their forms beside what the address says,
and the length of a compressed page tells of both (BREACH). Files hold neither, and are compressed
where they are read (`static_files`): what is not there is answered by a page.
"""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

from search_api.middleware.interface_language import COOKIE as LANGUAGE
from search_api.visits import COOKIE as VISIT

SMALLEST = 1_000
"""Bytes of an answer that is worth it."""
LEVEL = 5
"""Nearly as small as by 9, in half the time."""


class Compression:
    """Compresses what is asked for without cookies."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._compressing = GZipMiddleware(app, minimum_size=SMALLEST, compresslevel=LEVEL)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        plain = scope["type"] != "http" or _sends_secrets(Headers(scope=scope))
        await (self._app if plain else self._compressing)(scope, receive, send)


def _sends_secrets(headers: Headers) -> bool:
    sent = headers.get("cookie", "").split(";")
    names = (pair.partition("=")[0].strip() for pair in sent)
    return any(name and name not in (LANGUAGE, VISIT) for name in names)
