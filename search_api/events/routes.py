"""Routes of events: JSON, and files of the whole list."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Annotated, Any, TypeAlias

from fastapi import APIRouter, Path, Query, Request
from starlette.responses import Response, StreamingResponse

from indexer.events.listing import ListedEvent
from search_api.api.answers import NEEDS_KEY, problem_answers
from search_api.calendars.ics import MEDIA_TYPE
from search_api.coverage import CoverageReader
from search_api.events.answers import EventAnswer, EventsAnswer
from search_api.events.event_list import EventList
from search_api.events.formats import CALENDAR, FORMATS, EventFormat
from search_api.events.parameters import EventParameters, cursor_after
from search_api.exports.every_hit import begun
from search_api.exports.formats import preferred
from search_api.exports.routes import typed_response
from search_api.json_answer import JsonAnswer
from search_api.middleware.conditional import last_modified
from search_api.paths import site_of
from search_api.ports import DocumentArchive, EventView
from search_api.problems import NotFound

EventId: TypeAlias = Annotated[str, Path(description="Id of the event, 16 hex digits.")]


_COMPLETE = "The same events as `/api/events`, all of them unless `limit` is given."
_ENTRIES = """ Without those whose year is not known. The id of an entry stays, its SEQUENCE grows
with each change."""


class EventRoutes:
    """Events for programs."""

    def __init__(
        self,
        events: EventList,
        archive: DocumentArchive,
        public_url: str | None,
        coverage: CoverageReader,
    ) -> None:
        self._coverage = coverage
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
        for known in FORMATS.values():
            router.add_api_route(
                f"/events.{known.suffix}",
                self._route(known),
                summary=known.summary,
                description=_COMPLETE + (_ENTRIES if known is CALENDAR else ""),
                operation_id=f"events_{known.suffix}",
                response_class=typed_response(known.media_type),
                responses=problems,
            )
        router.add_api_route(
            "/events/{id}.ics",
            self.entry,
            summary="An event as calendar",
            response_class=typed_response(MEDIA_TYPE),
            responses=problem_answers(404, 422, 503),
        )
        return router

    def events(self, request: Request, parameters: Annotated[EventParameters, Query()]) -> Any:
        """Events with the pages that tell of them, by their first day; undated ones last.

        Other formats than JSON by the header `Accept`, as at `/events.csv` and its like.
        """
        known = preferred(request.headers.get("accept", ""), FORMATS)
        if known is not None:
            return self._file(request, parameters, known)
        changed = self._changed()
        stretch = self._events.stretch(parameters)
        others = () if stretch.total else self._events.instead(parameters)
        covered = self._coverage.until_now()
        return JsonAnswer(
            {
                "total": stretch.total,
                "items": [event.to_json() for event in stretch.items],
                "next": stretch.next and cursor_after(stretch.next),
                "instead": [other.to_json() for other in others],
                "coverage": covered and covered.to_json(),
            },
            headers={"Vary": "Accept"} | changed,
        )

    def event(self, id: EventId) -> Any:  # noqa: A002  as that of a document
        """An event with all pages that tell of it, their languages, and what became of it."""
        return JsonAnswer(event_of(self._archive, id).to_json())

    def entry(self, request: Request, id: EventId) -> Response:  # noqa: A002  as above
        """One event as an entry of a calendar, with the same id as in `/events.ics`; none where its
        year is not known.
        """
        event = event_of(self._archive, id).event
        headers = {"Content-Disposition": f'attachment; filename="event-{event.id}.ics"'}
        return self._written(request, [event], CALENDAR, headers)

    def _route(self, known: EventFormat) -> Callable[..., Response]:
        def route(request: Request, parameters: Annotated[EventParameters, Query()]) -> Response:
            return self._file(request, parameters, known)

        return route

    def _file(self, request: Request, parameters: EventParameters, known: EventFormat) -> Response:
        headers = {"Vary": "Accept"} | self._changed()
        if not known.subscribed:
            headers["Content-Disposition"] = f'attachment; filename="events.{known.suffix}"'
        covered = self._coverage.until_now()
        if covered is not None:
            headers |= covered.to_header()
        return self._written(request, self._events.every(parameters), known, headers)

    def _written(
        self,
        request: Request,
        events: Iterable[ListedEvent],
        known: EventFormat,
        headers: Mapping[str, str],
    ) -> Response:
        site = site_of(request, self._public_url)
        pieces = begun(known.write(events, self._events.zone, site))
        return StreamingResponse(pieces, media_type=known.media_type, headers=headers)

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
