"""Chooses the language of each page: ASGI middleware.

`?ui=de` keeps the choice in a cookie and leads to the same address without it; else the cookie
decides, then the header `Accept-Language`. `?lang=de` does the same but on pages of search, where
it is a filter: the language of the pages that are found. Programs are answered in English, and so
is what stands in files; what is wrong with one that a browser opens is told in the chosen language.
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import parse_qsl, quote, urlencode

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from search_api.language import LOCALES, preferred, speaking
from search_api.paths import (
    is_file,
    is_for_programs,
    is_opened_by_browser,
    path_of,
    root_of,
)

PARAMETER = "ui"
_ALSO = "lang"
COOKIE = "rohstoffradar_language"
_SEARCHES = frozenset({"/", "/search", "/documents"})
_COPIES = "/archive/"
"""What other sites sent, in whatever language they did."""
_YEAR = 365 * 24 * 60 * 60


class InterfaceLanguage:
    """Makes what is inside it speak the language of the visitor."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        for_programs = is_for_programs(request)
        if request.method == "GET" and (not for_programs or is_opened_by_browser(request)):
            for name in _parameters(request):
                chosen = request.query_params.get(name, "")
                if chosen in LOCALES:
                    await _keep(request, chosen, name)(scope, receive, send)
                    return
        if for_programs:
            await self._app(scope, receive, send)
            return
        code = language_of(request)

        async def send_told(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if not (message["status"] == 200 and path_of(request).startswith(_COPIES)):
                    headers["Content-Language"] = code
                headers.add_vary_header("Accept-Language")
                headers.add_vary_header("Cookie")
            await send(message)

        with speaking(code):
            await self._app(scope, receive, send_told)


def language_of(request: Request) -> str:
    """The language that the visitor has chosen, else the one that the browser asks for."""
    kept = request.cookies.get(COOKIE, "")
    return kept if kept in LOCALES else preferred(request.headers.get("accept-language"))


def _parameters(request: Request) -> Sequence[str]:
    """What chooses a language on a page."""
    path = path_of(request)
    filters = path in _SEARCHES or path.startswith("/facets/") or is_file(request)
    return (PARAMETER,) if filters else (PARAMETER, _ALSO)


def _keep(request: Request, code: str, parameter: str) -> RedirectResponse:
    """The way to the same address without the parameter, with the cookie."""
    address = address_in(own_path(request), request.url.query, without=parameter)
    answer = RedirectResponse(address, 303)
    answer.set_cookie(
        COOKIE,
        code,
        max_age=_YEAR,
        path=root_of(request) or "/",
        secure=request.url.scheme == "https",
        httponly=True,
        samesite="lax",
    )
    return answer


def own_path(request: Request) -> str:
    """The path of a request for a link to it: escaped (a name may hold a question mark), and with
    one slash at its beginning, for an address that begins with two is that of another host.
    """
    return f"{root_of(request)}/{quote(path_of(request).lstrip('/'))}"


def address_in(path: str, query: str, code: str | None = None, *, without: str = PARAMETER) -> str:
    """An address that chooses a language; None: that leaves the choice out."""
    pairs = [pair for pair in parse_qsl(query, keep_blank_values=True) if pair[0] != without]
    pairs += [(PARAMETER, code)] if code else []
    return f"{path}?{urlencode(pairs)}" if pairs else path
