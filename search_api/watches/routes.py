"""Routes of watches for programs."""

from __future__ import annotations

from datetime import MAXYEAR, datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Header, Path, Query
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, field_validator
from starlette.responses import Response

from indexer.alerts.findings import Tally
from indexer.alerts.watches import CHANGES, Change
from indexer.records.document import iso_instant
from indexer.records.values import LARGEST_NUMBER
from search_api.access.visitor import CurrentVisitor
from search_api.api.answers import NEEDS_KEY, problem_answers
from search_api.json_answer import JsonAnswer
from search_api.problems import NotFound, VersionRequired
from search_api.watches.answers import (
    BacktestAnswer,
    DeadLettersAnswer,
    MatchesAnswer,
    OneWatchAnswer,
    WatchAnswer,
    WatchesAnswer,
)
from search_api.watches.desk import WatchDesk, WatchEntry

WatchId = Annotated[str, Path(description="Id of a watch.")]
MatchId = Annotated[int, Path(ge=1, le=LARGEST_NUMBER, description="Number of a match.")]
IfMatch = Annotated[str | None, Header(description="Its `ETag`; * takes any.")]
ONE_WATCH = "/api/watches/{id}"
"""The path of a watch."""
DAYS = 90
"""Of a back-test, where nothing else is asked for."""
LATELY = 30
"""Days of which the list of watches says how much each told."""


class WatchBody(BaseModel):
    """A watch, with the keys of an entry in `watches/*.yaml`."""

    model_config = ConfigDict(extra="forbid")

    id: str | None = Field(None, description="Without one, it is made from the name.")
    name: str
    query: str | None = Field(
        None, description="In the query language of search; one of the filters may stand for it."
    )
    channels: list[str] = Field(
        description="`feed`, `mailto:…`, `webhook:…`, `apprise:…`, `file:…`."
    )
    cadence: str = Field("run", description="run, hourly, daily 07:30, weekly mon 07:30.")
    timezone: str | None = None
    quiet: str | None = Field(None, description="Hours in which nothing is sent: 22:00-07:00.")
    report_nothing: bool = Field(False, description="A digest says so when nothing is new.")
    report_days: int = Field(
        0, ge=0, le=3660, description="A new watch first reports so many days, once."
    )
    language: str | None = Field(None, description="Of its mails and its feed: en, de, ru.")
    topics: list[str] = Field([], description="Only pages of one of these topics.")
    languages: list[str] = Field([], description="Only pages in one of these languages.")
    sources: list[str] = Field([], description="Only pages of one of these sources.")
    countries: list[str] = Field([], description="Only pages that name one of these countries.")
    kinds: list[str] = Field([], description="Only pages of one of these kinds.")
    tell: list[str] = Field(list(CHANGES), description="What counts as new.")


class JudgementBody(BaseModel):
    """What a reader says of a match; what is not given stays."""

    model_config = ConfigDict(extra="forbid")

    mark: Literal["relevant", "irrelevant"] | None = None
    muted: bool = Field(False, description="Tell no more of its story.")


class SnoozeBody(BaseModel):
    """Until when a watch is snoozed."""

    model_config = ConfigDict(extra="forbid")

    until: AwareDatetime | None = Field(description="ISO with zone; null: it goes on.")

    @field_validator("until")
    @classmethod
    def _in_time(cls, value: datetime | None) -> datetime | None:
        """The calendar has such moments in UTC, and some room behind them."""
        if value is not None and not 1 < value.year < MAXYEAR:
            raise ValueError("is too far away")
        return value


class WatchRoutes:
    """Watches for programs."""

    def __init__(self, desk: WatchDesk) -> None:
        self._desk = desk

    def router(self) -> APIRouter:
        """The routes."""
        router = APIRouter(dependencies=[NEEDS_KEY])
        self._add_watch_routes(router)
        self._add_alert_routes(router)
        return router

    def _add_watch_routes(self, router: APIRouter) -> None:
        """Watches themselves: listed, added, tried on past pages, changed, removed."""
        add = router.add_api_route
        add(
            "/api/watches",
            self.watches,
            summary="Watches",
            response_model=WatchesAnswer,
            responses=problem_answers(503),
        )
        add(
            "/api/watches",
            self.add,
            methods=["POST"],
            status_code=201,
            summary="Add a watch",
            response_model=WatchAnswer,
            responses=problem_answers(422, 503),
        )
        add(
            "/api/backtest",
            self.backtest,
            summary="What a watch would have told",
            response_model=BacktestAnswer,
            responses=problem_answers(400, 422, 503),
        )
        add(
            ONE_WATCH,
            self.watch,
            summary="A watch",
            response_model=OneWatchAnswer,
            responses=problem_answers(404, 422, 503),
        )
        add(
            ONE_WATCH,
            self.change,
            methods=["PUT"],
            summary="Change a watch",
            response_model=WatchAnswer,
            responses=problem_answers(404, 409, 412, 422, 428, 503),
        )
        add(
            ONE_WATCH,
            self.remove,
            methods=["DELETE"],
            status_code=204,
            summary="Remove a watch",
            responses=problem_answers(404, 409, 422, 503),
        )

    def _add_alert_routes(self, router: APIRouter) -> None:
        """What watches found and sent, and what readers say of it."""
        add = router.add_api_route
        problems = problem_answers(404, 409, 422, 503)
        add(
            f"{ONE_WATCH}/matches",
            self.matches,
            summary="Matches of a watch",
            response_model=MatchesAnswer,
            responses=problem_answers(404, 422, 503),
        )
        add(
            f"{ONE_WATCH}/matches/{{match}}",
            self.judge,
            methods=["PUT"],
            status_code=204,
            summary="Mark a match, mute its story",
            responses=problems,
        )
        add(
            f"{ONE_WATCH}/snooze",
            self.snooze,
            methods=["PUT"],
            status_code=204,
            summary="Snooze a watch",
            responses=problems,
        )
        add(
            "/api/dead-letters",
            self.dead_letters,
            summary="Messages that were given up",
            response_model=DeadLettersAnswer,
            responses=problem_answers(503),
        )
        add(
            "/api/dead-letters/{key}/replay",
            self.replay,
            methods=["PUT"],
            status_code=204,
            summary="Send a dead letter again",
            responses=problems,
        )

    def watches(self) -> JsonAnswer:
        """All watches. Those of the configuration are changed there (`editable`: false)."""
        told = self._desk.tallies(LATELY)
        items = [
            {**entry.to_json(), "lately": _lately(told.get(entry.watch.id))}
            for entry in self._desk.entries()
        ]
        return JsonAnswer({"total": len(items), "items": items, "next": None})

    def watch(self, id: WatchId) -> JsonAnswer:  # noqa: A002  name of the path parameter, as that of a document
        """One watch, and how it is doing (`state`; null: no run has seen it)."""
        entry, state = entry_of(self._desk, id), self._desk.state(id)
        answer = {**entry.to_json(), "state": state and state.to_json()}
        return JsonAnswer(answer, headers=_version(entry))

    def add(self, body: WatchBody, visitor: CurrentVisitor) -> JsonAnswer:
        """Keep a watch; it starts now. Takes the scope `write`."""
        added = self._desk.add(body.model_dump(), visitor.name)
        return JsonAnswer(added.to_json(), 201, headers=_version(added))

    def change(
        self,
        id: WatchId,  # noqa: A002  as above
        body: WatchBody,
        visitor: CurrentVisitor,
        if_match: IfMatch = None,
    ) -> JsonAnswer:
        """Keep another form of a watch, which goes on where it is. Takes the scope `write`, and the
        `ETag` of the watch that is changed: what another has changed meanwhile is not undone.
        """
        if if_match is None:
            raise VersionRequired(
                "Whoever changes a watch says which version of it.",
                hint="Send its ETag as If-Match; * takes any.",
            )
        changed = self._desk.change(id, body.model_dump(), visitor.name, _versions(if_match))
        return JsonAnswer(changed.to_json(), headers=_version(changed))

    def remove(self, id: WatchId) -> Response:  # noqa: A002  as above
        """Remove a watch; its matches stay. Takes the scope `write`."""
        self._desk.remove(id)
        return Response(status_code=204)

    def matches(
        self,
        id: WatchId,  # noqa: A002  as above
        limit: Annotated[int, Query(ge=1, le=1000)] = 100,
    ) -> JsonAnswer:
        """The newest matches of a watch, with their state and what readers say of them."""
        entry_of(self._desk, id)
        items = [finding.to_json() for finding in self._desk.findings(id, limit)]
        return JsonAnswer({"total": len(items), "items": items, "next": None})

    def judge(self, id: WatchId, match: MatchId, body: JudgementBody) -> Response:  # noqa: A002  as above
        """Say whether a match is relevant, or that its story is to be muted. Takes `write`."""
        given = body.model_fields_set
        if "mark" in given:
            self._desk.mark(id, match, body.mark)
        if "muted" in given:
            self._desk.mute(id, match, muted=body.muted)
        return Response(status_code=204)

    def snooze(self, id: WatchId, body: SnoozeBody) -> Response:  # noqa: A002  as above
        """Send nothing of a watch before a moment; what comes meanwhile waits. Takes `write`."""
        self._desk.snooze(id, body.until)
        return Response(status_code=204)

    def dead_letters(self) -> JsonAnswer:
        """Messages that their receiver refused for good, that failed too often, or that lost their
        watch.
        """
        items = [letter.to_json() for letter in self._desk.dead_letters()]
        return JsonAnswer({"total": len(items), "items": items, "next": None})

    def replay(self, key: str) -> Response:
        """Send it again with the next delivery, under the same key. Takes `write`."""
        if not self._desk.replay(key):
            raise NotFound("There is no dead letter with this key.")
        return Response(status_code=204)

    def backtest(
        self,
        q: Annotated[str, Query(description="The query of the watch.")],
        days: Annotated[int, Query(ge=1, le=3660)] = DAYS,
        tell: Annotated[tuple[Change, ...], Query(description="What counts as new.")] = CHANGES,
    ) -> JsonAnswer:
        """What a watch with this query would have told in the last days, had it been there."""
        found = self._desk.backtest(q, days, tell)
        return JsonAnswer({"query": q, "days": days, **found.to_json()})


def _version(entry: WatchEntry) -> dict[str, str]:
    """The header that names the form of a watch; how it is doing does not count."""
    return {"ETag": f'"{entry.version}"'}


def _versions(if_match: str) -> set[str] | None:
    """The versions that a header If-Match names; None: any (RFC 9110, 13.1.1)."""
    tags = {tag.strip() for tag in if_match.split(",")}
    return None if "*" in tags else {tag.removeprefix("W/").strip('"') for tag in tags}


def entry_of(desk: WatchDesk, identifier: str) -> WatchEntry:
    """The watch with this id; NotFound."""
    found = next((e for e in desk.entries() if e.watch.id == identifier), None)
    if found is None:
        raise NotFound("There is no watch with this id.")
    return found


def _lately(tally: Tally | None) -> dict[str, Any]:
    return {
        "days": LATELY,
        "told": tally.told if tally else 0,
        "newest": iso_instant(tally.newest) if tally else None,
    }
