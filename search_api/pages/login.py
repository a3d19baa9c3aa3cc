"""The page on which people log in with their key, and the way out."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from indexer.access.keys import PREFIX, AccessKey, feed_key_of
from search_api.access.cookies import Cookies
from search_api.access.forms import fields_of
from search_api.access.gate import CountFailure
from search_api.access.key_ring import KeyRing
from search_api.access.visitor import visitor_of
from search_api.pages.rendering import Templates
from search_api.paths import root_of
from search_api.problems import TooManyRequests


class LoginRoutes:
    """`/login` and `/logout`. The gate has checked the token of each form."""

    def __init__(self, keys: KeyRing, templates: Templates) -> None:
        self._keys = keys
        self._templates = templates

    def router(self) -> APIRouter:
        """The routes; they are not part of the OpenAPI document."""
        router = APIRouter(include_in_schema=False)
        router.add_api_route("/login", self.show)
        router.add_api_route("/login", self.log_in, methods=["POST"])
        router.add_api_route("/logout", self.log_out, methods=["POST"])
        return router

    def show(self, request: Request, next: str = "/") -> Response:  # noqa: A002  name of the parameter
        """The form."""
        return self._page(request, next)

    async def log_in(self, request: Request) -> Response:
        """Begin a session; a key that is not known is told, and counted."""
        fields = fields_of(await request.body())
        secret, target = fields.get("key", "").strip(), fields.get("next", "/")
        key = await run_in_threadpool(self._find, secret)
        if key is None:
            request.state.result = "wrong-key"
            count: CountFailure = request.state.count_failure
            try:
                count(visitor_of(request).address)
            except TooManyRequests as error:
                headers = {"Retry-After": str(error.wait)}
                told = f"{error.message} {error.hint}"
                return self._page(request, target, told, status=429, headers=headers)
            return self._page(request, target, "This key is not known here.", status=401)
        request.state.result, request.state.who = "logged-in", key.name
        cookies: Cookies = request.state.cookies
        if cookies.session is not None:
            await run_in_threadpool(self._keys.end, cookies.session)
        cookies.begin(await run_in_threadpool(self._keys.begin, key), feed_key_of(secret))
        return RedirectResponse(root_of(request) + _own_path(target), 303)

    async def log_out(self, request: Request) -> Response:
        """End the session."""
        cookies: Cookies = request.state.cookies
        if cookies.session is not None:
            await run_in_threadpool(self._keys.end, cookies.session)
        cookies.end()
        request.state.result = "logged-out"
        return RedirectResponse(root_of(request) + "/login", 303)

    def _find(self, secret: str) -> AccessKey | None:
        """The key; a feed key opens no session."""
        return self._keys.find(secret) if secret.startswith(PREFIX) else None

    def _page(
        self,
        request: Request,
        target: str,
        told: str = "",
        *,
        status: int = 200,
        headers: dict[str, str] | None = None,
    ) -> Response:
        values = {"next": _own_path(target), "told": told}
        return self._templates.page(request, "login.html", values, status=status, headers=headers)


def _own_path(target: str) -> str:
    """The path to go on to, if it is one of ours; else the first page.

    Browsers take `//host`, a path with backslashes, and one with tabs or line ends for other sites.
    """
    plain = target.isprintable() and "\\" not in target
    return target if plain and target.startswith("/") and not target.startswith("//") else "/"
