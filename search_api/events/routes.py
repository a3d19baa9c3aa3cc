"""Routes of events: JSON, calendar and table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Annotated, Any, TypeAlias

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import JSONResponse
from starlette.responses import Response, StreamingResponse

from indexer.events.listing import ListedEvent
from search_api.api.answers import NEEDS_KEY, problem_answers
from search_api.calendars.ics import MEDIA_TYPE, calendar
from search_api.events.answers import EventAnswer, EventsAnswer
from search_api.events.event_list import COLUMNS, EventList, rows
from search_api.events.parameters import EventParameters, cursor_after
from search_api.exports.every_hit import begun
from search_api.exports.routes import typed_response
from search_api.exports.table import csv_table
from search_api.middleware.conditional import last_modified
from search_api.paths import site_of
from search_api.ports import DocumentArchive, EventView
from search_api.problems import NotFound

EventId: TypeAlias = Annotated[str, Path(description="Id of the event, 16 hex digits.")]


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
            "/events/{id}.ics",
            self.entry,
            summary="An event as calendar",
            response_class=typed_response(MEDIA_TYPE),
            responses=problem_answers(404, 422, 503),
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
        changed = self._changed()
        stretch = self._events.stretch(parameters)
        return JSONResponse(
            {
                "total": stretch.total,
                "items": [event.to_json() for event in stretch.items],
                "next": stretch.next and cursor_after(stretch.next),
            },
            headers=changed,
        )

    def event(self, id: EventId) -> Any:  # noqa: A002  as that of a document
        """An event with all pages that tell of it, their languages, and what became of it."""
        return JSONResponse(event_of(self._archive, id).to_json())

    def calendar(
        self, request: Request, parameters: Annotated[EventParameters, Query()]
    ) -> Response:
        """The same events as `/api/events`, all of them unless `limit` is given; without those
        whose year is not known. The id of an entry stays, its SEQUENCE grows with each change.
        """
        return self._calendar(request, self._events.every(parameters), self._changed())

    def entry(self, request: Request, id: EventId) -> Response:  # noqa: A002  as above
        """One event as an entry of a calendar, with the same id as in `/events.ics`; none where its
        year is not known.
        """
        event = event_of(self._archive, id).event
        headers = {"Content-Disposition": f'attachment; filename="event-{event.id}.ics"'}
        return self._calendar(request, [event], headers)

    def _calendar(
        self, request: Request, events: Iterable[ListedEvent], headers: Mapping[str, str]
    ) -> Response:
        site = site_of(request, self._public_url)
        pieces = begun(calendar("Rohstoffradar", events, self._events.zone, site))
        return StreamingResponse(pieces, media_type=MEDIA_TYPE, headers=headers)

    def table(self, parameters: Annotated[EventParameters, Query()]) -> Response:
        """The same events as `/api/events`, all of them unless `limit` is given."""
        headers = {"Content-Disposition": 'attachment; filename="events.csv"'} | self._changed()
        pieces = begun(csv_table(COLUMNS, rows(self._events.every(parameters))))
        return StreamingResponse(pieces, media_type="text/csv", headers=headers)

    def _changed(self) -> dict[str, str]:
        """When lists have changed last: with each day some events are no longer ahead. Asked before
        a list is read, or what changes meanwhile would never be told.
        """
        newest = self._archive.last_changes().newest
        today = datetime.now(self._events.zone).replace(hour=0, minute=0, second=0)
        return last_modified(newest and max(newest, today))


def event_of(archive: DocumentArchive, event: str) -> EventView:
    """The event with this id; raises NotFound."""
    view = archive.event(event)
    if view is None:
        raise NotFound("There is no event with this id.", hint="It may have been linked anew.")
    return view
