"""The pages of events: the list, a month as a calendar, and one event."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError
from starlette.responses import Response

from indexer.query.days import event_days
from indexer.records.errors import QueryError
from search_api.coverage import CoverageReader
from search_api.events.event_list import EventList
from search_api.events.month import Month, shown_days
from search_api.events.parameters import EventParameters, cursor_after
from search_api.events.routes import event_of
from search_api.language import language
from search_api.name_kinds import KIND
from search_api.page_words import weekdays
from search_api.pages.rendering import Templates
from search_api.ports import DocumentArchive
from search_api.problems import UnknownCountry, problem_of
from search_api.suggestions.empty_results import Called

_MONTH = r"^(19|20|21)\d\d-(0[1-9]|1[0-2])$"


def _month(value: str) -> str:
    """A message for people in place of a pattern."""
    if not re.fullmatch(_MONTH, value, re.ASCII):
        raise PydanticCustomError("month", "should be a month such as 2015-06")
    return value


class MonthParameters(EventParameters):
    """A list of events, or a month of it."""

    month: Annotated[str, AfterValidator(_month)] | None = Field(
        None,
        json_schema_extra={"pattern": _MONTH},
        description="Show this month (2015-06) as a calendar.",
    )

    @property
    def listed(self) -> MonthParameters:
        """The same events by the parameters of a list, as exports and the API take them."""
        if self.month is None:
            return self
        period = {"from_": self.month, "to": self.month, "month": None, "when": None}
        return self.model_copy(update=period)


class EventPages:
    """Events for people."""

    def __init__(
        self,
        events: EventList,
        archive: DocumentArchive,
        templates: Templates,
        coverage: CoverageReader,
        called: Called,
    ) -> None:
        """`called` says what the reader calls a name."""
        self._called = called
        self._coverage = coverage
        self._events = events
        self._archive = archive
        self._templates = templates

    def router(self) -> APIRouter:
        """The routes; they are not part of the OpenAPI document."""
        router = APIRouter(include_in_schema=False)
        router.add_api_route("/events", self.events)
        router.add_api_route("/events/{id}", self.event)
        return router

    def events(self, request: Request, parameters: Annotated[MonthParameters, Query()]) -> Response:
        """Events to come, unless others are asked for; or a month."""
        today = datetime.now(self._events.zone).date()
        shown = parameters
        if not (parameters.when or parameters.from_ or parameters.to or parameters.month):
            shown = parameters.model_copy(update={"when": "upcoming"})
        values: dict[str, object] = {"parameters": shown, "today": today.isoformat(), "month": None}
        values["coverage"] = self._coverage.until_now()
        values |= {"this_month": today.strftime("%Y-%m"), "day_names": weekdays()}
        try:
            if shown.month:
                values["month"] = self._month(shown, shown.month)
            else:
                stretch = self._events.stretch(shown)
                following = stretch.next and cursor_after(stretch.next)
                values |= {"stretch": stretch, "next": following}
                values["others"] = () if stretch.total else tuple(self._events.instead(shown))
        except QueryError as error:
            problem = problem_of(error)
            values |= {"problem": problem, "meant": None}
            if isinstance(error, UnknownCountry) and error.meant:
                values["meant"] = self._called(error.meant[1], "country")
            return self._templates.page(request, "events.html", values, status=problem.kind.status)
        return self._templates.page(request, "events.html", {**values, "problem": None})

    def _month(self, parameters: MonthParameters, month: str) -> Month:
        first, last = (day.isoformat() for day in shown_days(month))
        whole = parameters.model_copy(
            update={"from_": first, "to": last, "when": None, "cursor": None}
        )
        return Month.of(month, self._events.all_of(whole))

    def event(
        self,
        request: Request,
        id: Annotated[str, Path()],  # noqa: A002  as in the API
    ) -> Response:
        """An event with the pages that tell of it."""
        view = event_of(self._archive, id)
        sources = self._archive.source_names
        shown = view.event.in_language(language())
        values = {"view": view, "event": shown, "sources": sources, "kinds": KIND}
        days = event_days(view.event.start, view.event.end)
        today = datetime.now(self._events.zone).date().toordinal()
        values["is_past"] = days is not None and days[1] < today
        return self._templates.page(request, "event.html", values)
