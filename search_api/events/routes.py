"""Routes of events: JSON, calendar and table."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import JSONResponse
from starlette.responses import Response, StreamingResponse

from search_api.api.answers import NEEDS_KEY, problem_answers
from search_api.calendars.ics import MEDIA_TYPE, calendar
from search_api.conditional import last_modified
from search_api.events.answers import EventAnswer, EventsAnswer
from search_api.events.event_list import COLUMNS, EventList, rows
from search_api.events.parameters import EventParameters, cursor_after
from search_api.exports.every_hit import begun
from search_api.exports.routes import typed_response
from search_api.exports.table import csv_table
from search_api.paths import site_of
from search_api.ports import DocumentArchive, EventView
from search_api.problems import NotFound


class EventRoutes:
    """Events for programs."""

    def __init__(self, events: EventList, archive: DocumentArchive, public_url: str | None) -> None:
        self._events = events
        self._archive = archive
        self._public_url = public_url

    def router(self) -> APIRouter:
        """The routes."""
        router = APIRouter(dependencies=[NEEDS_KEY])
        problems = problem_answers(400, 422, 503)
        router.add_api_route(
            "/api/events",
            self.events,
            summary="Events",
            response_model=EventsAnswer,
            responses=problems,
        )
        router.add_api_route(
            "/api/events/{id}",
            self.event,
            summary="An event",
            response_model=EventAnswer,
            responses=problem_answers(404, 422, 503),
        )
        router.add_api_route(
            "/events.ics",
            self.calendar,
            summary="Events as calendar",
            response_class=typed_response(MEDIA_TYPE),
            responses=problems,
        )
        router.add_api_route(
            "/events.csv",
            self.table,
            summary="Events as CSV",
            response_class=typed_response("text/csv"),
            responses=problems,
        )
        return router

    def events(self, parameters: Annotated[EventParameters, Query()]) -> Any:
        """Events with the pages that tell of them, by their first day; undated ones last."""
        stretch = self._events.stretch(parameters)
        return JSONResponse(
            {
                "total": stretch.total,
                "items": [event.to_json() for event in stretch.items],
                "next": stretch.next and cursor_after(stretch.next),
            }
        )

    def event(
        self,
        id: Annotated[str, Path(description="Id of the event, 16 hex digits.")],  # noqa: A002  name of the path parameter, as that of a document
    ) -> Any:
        """An event with all pages that tell of it, their languages, and what became of it."""
        return JSONResponse(event_of(self._archive, id).to_json())

    def calendar(
        self, request: Request, parameters: Annotated[EventParameters, Query()]
    ) -> Response:
        """The same events as `/api/events`, all of them unless `limit` is given; without those
        whose year is not known. The id of an entry stays, its SEQUENCE grows with each change.
        """
        site = site_of(request, self._public_url)
        found = self._events.every(parameters)
        pieces = begun(calendar("Rohstoffradar", found, self._events.zone, site))
        headers = last_modified(self._archive.last_changes().newest)
        return StreamingResponse(pieces, media_type=MEDIA_TYPE, headers=headers)

    def table(self, parameters: Annotated[EventParameters, Query()]) -> Response:
        """The same events as `/api/events`, all of them unless `limit` is given."""
        pieces = begun(csv_table(COLUMNS, rows(self._events.every(parameters))))
        headers = {"Content-Disposition": 'attachment; filename="events.csv"'}
        return StreamingResponse(pieces, media_type="text/csv", headers=headers)


def event_of(archive: DocumentArchive, event: str) -> EventView:
    """The event with this id; raises NotFound."""
    view = archive.event(event)
    if view is None:
        raise NotFound("There is no event with this id.", hint="It may have been linked anew.")
    return view
