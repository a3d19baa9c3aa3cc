"""The pages of watches: the list, one watch, and the form with a back-test before it is saved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from indexer.access.scope import Scope
from indexer.alerts.backtest import TOO_MANY_A_WEEK, Backtest
from indexer.alerts.marks import MARKS
from indexer.records.wall_clock import WEEKDAYS
from search_api.access.forms import fields_of
from search_api.access.visitor import visitor_of
from search_api.pages.rendering import Templates
from search_api.pages.watch_link import LONGEST_NAME
from search_api.paths import root_of
from search_api.problems import WatchChanged, WatchMistaken, WatchReadOnly
from search_api.watches.desk import WatchDesk, WatchEntry
from search_api.watches.form import WatchForm
from search_api.watches.mistakes import mistakes_in
from search_api.watches.routes import DAYS, LATELY, MatchId, WatchId, entry_of

SHOWN = 20
"""Alerts of a back-test that the form lists."""
MATCHES = 100
"""Newest matches on the page of a watch."""


class WatchPages:
    """Watches for people."""

    def __init__(self, desk: WatchDesk, templates: Templates) -> None:
        self._desk = desk
        self._templates = templates

    def router(self) -> APIRouter:
        """The routes; they are not part of the OpenAPI document."""
        router = APIRouter(include_in_schema=False)
        router.add_api_route("/watches", self.watches)
        router.add_api_route("/watches/new", self.new)
        router.add_api_route("/watches/new", self.add, methods=["POST"])
        router.add_api_route("/watches/{id}", self.watch)
        router.add_api_route("/watches/{id}/edit", self.edit)
        router.add_api_route("/watches/{id}/edit", self.change, methods=["POST"])
        router.add_api_route("/watches/{id}/remove", self.remove, methods=["POST"])
        router.add_api_route("/watches/{id}/matches/{match}", self.judge, methods=["POST"])
        router.add_api_route("/watches/{id}/snooze", self.snooze, methods=["POST"])
        router.add_api_route("/watches/{id}/replay", self.replay, methods=["POST"])
        return router

    def watches(self, request: Request) -> Response:
        """All watches with their feeds, and what they told lately."""
        content = {
            "watches": self._desk.entries(),
            "told": self._desk.tallies(LATELY),
            "days": LATELY,
            "has_new_files": self._desk.has_new_files(),
        }
        return self._templates.page(request, "watches.html", content)

    def watch(self, request: Request, id: WatchId) -> Response:  # noqa: A002  name of the path parameter, as that of a document
        """A watch, and what it told of."""
        entry = entry_of(self._desk, id)
        values = {
            "entry": entry,
            "watch": entry.watch,
            "state": self._desk.state(id),
            "findings": self._desk.findings(id, MATCHES),
        }
        return self._templates.page(request, "watch.html", values)

    def new(self, request: Request, q: str = "", name: str = "") -> Response:
        """The empty form, or that of a search."""
        visitor_of(request).require(Scope.WRITE)
        return self._form(request, WatchForm(query=q, name=name or q[:LONGEST_NAME]), None)

    async def add(self, request: Request) -> Response:
        """Back-test what stands in the form, or keep it."""
        return await self._sent(request, None)

    def edit(self, request: Request, id: WatchId) -> Response:  # noqa: A002  as above
        """The form of a watch in the database."""
        visitor_of(request).require(Scope.WRITE)
        return self._form(request, WatchForm.of_watch(self._editable(id).watch), id)

    async def change(self, request: Request, id: WatchId) -> Response:  # noqa: A002  as above
        """The same with a watch that is there."""
        return await self._sent(request, id)

    async def remove(self, request: Request, id: WatchId) -> Response:  # noqa: A002  as above
        """Remove a watch."""
        await run_in_threadpool(self._desk.remove, id)
        return RedirectResponse(f"{root_of(request)}/watches", 303)

    async def judge(self, request: Request, id: WatchId, match: MatchId) -> Response:  # noqa: A002  as above
        """Mark a match, or mute its story."""
        action = fields_of(await request.body()).get("action", "")
        if action in MARKS or action == "unmark":
            mark = action if action in MARKS else None
            await run_in_threadpool(self._desk.mark, id, match, mark)
        elif action in ("mute", "unmute"):
            muted = action == "mute"
            await run_in_threadpool(lambda: self._desk.mute(id, match, muted=muted))
        return _to_watch(request, id)

    async def snooze(self, request: Request, id: WatchId) -> Response:  # noqa: A002  as above
        """Send nothing of a watch for some days, or go on."""
        given = fields_of(await request.body()).get("days", "")
        days = int(given) if given.isdecimal() and len(given) < 4 else 0
        until = datetime.now(UTC) + timedelta(days=days) if days else None
        await run_in_threadpool(self._desk.snooze, id, until)
        return _to_watch(request, id)

    async def replay(self, request: Request, id: WatchId) -> Response:  # noqa: A002  as above
        """Send a dead letter of the watch again."""
        key = fields_of(await request.body()).get("key", "")
        await run_in_threadpool(self._desk.replay, key)
        return _to_watch(request, id)

    async def _sent(self, request: Request, identifier: str | None) -> Response:
        fields = fields_of(await request.body())
        form = WatchForm.of_fields(fields)
        return await run_in_threadpool(self._take, request, fields, form, identifier)

    def _take(
        self,
        request: Request,
        fields: Mapping[str, str],
        form: WatchForm,
        identifier: str | None,
    ) -> Response:
        """Answer a form that was sent."""
        known = fields.get("known")
        try:
            if fields.get("action") != "save":
                watch = self._desk.check(form.content())
                result = self._desk.backtest(watch.whole_query, DAYS, watch.tell)
                return self._form(request, form, identifier, backtest=result, known=known)
            author = visitor_of(request).name
            if identifier is None:
                entry = self._desk.add(form.content(), author)
            else:
                versions = None if known is None else (known,)
                entry = self._desk.change(identifier, form.content(), author, versions)
        except WatchChanged:
            return self._form(request, form, identifier, changed=True, status=409)
        except WatchMistaken as error:
            return self._form(
                request, form, identifier, mistakes=mistakes_in(error), known=known, status=422
            )
        return RedirectResponse(f"{root_of(request)}/watches/{entry.watch.id}", 303)

    def _editable(self, identifier: str) -> WatchEntry:
        entry = entry_of(self._desk, identifier)
        if not entry.editable:
            raise WatchReadOnly("This watch stands in the configuration and is changed there.")
        return entry

    def _form(
        self,
        request: Request,
        form: WatchForm,
        identifier: str | None,
        *,
        backtest: Backtest | None = None,
        mistakes: Iterable[str] = (),
        changed: bool = False,
        known: str | None = None,
        status: int = 200,
    ) -> Response:
        """`known`: the watch that the reader has seen; else the present one."""
        if identifier is not None and known is None:
            known = self._editable(identifier).version
        values = {
            "changed": changed,
            "known": known,
            "watch_form": form,
            "id": identifier,
            "backtest": backtest,
            "mistakes": list(mistakes),
            "days": DAYS,
            "shown": SHOWN,
            "limit": TOO_MANY_A_WEEK,
            "weekdays": WEEKDAYS,
        }
        return self._templates.page(request, "watch_form.html", values, status=status)


def _to_watch(request: Request, identifier: str) -> Response:
    return RedirectResponse(f"{root_of(request)}/watches/{quote(identifier)}", 303)
