"""The way off a watch that a mail offers: with one click (RFC 8058), or by a page with a button."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Request
from starlette.responses import Response

from search_api.pages.rendering import Templates
from search_api.problems import NotFound
from search_api.watches.desk import WatchDesk

Token = Annotated[str, Path(max_length=64, description="From the mail.")]


class UnsubscribeRoutes:
    """`/unsubscribe/{token}`: the token is all the proof that is needed."""

    def __init__(self, desk: WatchDesk, templates: Templates) -> None:
        self._desk = desk
        self._templates = templates

    def router(self) -> APIRouter:
        """The routes; they are not part of the OpenAPI document."""
        router = APIRouter(include_in_schema=False)
        router.add_api_route("/unsubscribe/{token}", self.show)
        router.add_api_route("/unsubscribe/{token}", self.end, methods=["POST"])
        return router

    def show(self, request: Request, token: Token) -> Response:
        """What it ends, and the button: programs that look at links must not end anything."""
        return self._page(request, token, done=False)

    def end(self, request: Request, token: Token) -> Response:
        """End it."""
        if not self._desk.unsubscribe(token):
            raise NotFound("This link is not known here.")
        request.state.result = "unsubscribed"
        return self._page(request, token, done=True)

    def _page(self, request: Request, token: str, *, done: bool) -> Response:
        found = self._desk.subscription(token)
        if found is None:
            raise NotFound("This link is not known here.")
        off = done or found.ended is not None or found.all_ended
        values = {"subscription": found, "token": token, "done": off}
        return self._templates.page(request, "unsubscribe.html", values)
