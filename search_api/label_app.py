"""The application of `radar label`: the pages for labelling alone, for who has its address."""

from __future__ import annotations

import hmac
from datetime import UTC

from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from indexer.records.errors import RadarError
from search_api.access.gate import Gate
from search_api.access.key_ring import NoKeys
from search_api.access.rules import AccessRules
from search_api.error_responses import ErrorResponses
from search_api.labelling.desk import LabelDesk
from search_api.labelling.pages import LabelPages
from search_api.middleware.headers import SecurityHeaders
from search_api.middleware.interface_language import InterfaceLanguage
from search_api.pages.rendering import Templates
from search_api.static_files import StaticFolder
from search_api.town_names import TownNames

OPENED = "/open/"
"""How the path begins that opens the pages; the token follows."""
_COOKIE = "radar-label"
_START = "/label"


def create_label_app(desk: LabelDesk, token: str, labeller: str) -> FastAPI:
    """The application; `token` is in the address that opens it, and in a cookie from then on."""
    app = FastAPI(title="Rohstoffradar", docs_url=None, redoc_url=None, openapi_url=None)
    templates = Templates(UTC, TownNames(None), first_page=_START)
    app.include_router(LabelPages(desk, templates, labeller=labeller).router())
    app.add_api_route("/", lambda: RedirectResponse(_START, 303))
    app.mount("/static", StaticFolder(), name="static")
    respond = ErrorResponses(templates)
    for expected in (RadarError, HTTPException):
        app.add_exception_handler(expected, respond.expected)
    app.add_exception_handler(Exception, respond.unexpected)
    rules = AccessRules()
    app.add_middleware(Gate, rules=rules, keys=NoKeys(), audit=None, refuse=respond.expected)
    app.add_middleware(InterfaceLanguage)
    app.add_middleware(TokenGate, token=token)
    app.add_middleware(SecurityHeaders)
    return app


class TokenGate:
    """Middleware that lets in who has opened the address with the token: other users of this
    machine reach loopback too.
    """

    def __init__(self, app: ASGIApp, token: str) -> None:
        self._app = app
        self._token = token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        path = request.url.path
        if path.startswith(OPENED) and self._is_right(path.removeprefix(OPENED)):
            await self._opened()(scope, receive, send)
        elif self._is_right(request.cookies.get(_COOKIE, "")):
            await self._app(scope, receive, send)
        else:
            words = "Open the address that `radar label` has printed.\n"
            await PlainTextResponse(words, 403)(scope, receive, send)

    def _is_right(self, given: str) -> bool:
        return hmac.compare_digest(given.encode("utf-8", "replace"), self._token.encode())

    def _opened(self) -> Response:
        answer = RedirectResponse(_START, 303)
        answer.set_cookie(_COOKIE, self._token, httponly=True, samesite="strict")
        return answer
