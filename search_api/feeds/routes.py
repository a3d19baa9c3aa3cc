"""Feed route: the feed of each watch."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Path, Request
from starlette.responses import Response

from search_api.api.answers import NEEDS_KEY, problem_answers
from search_api.conditional import last_modified
from search_api.feeds.atom import MEDIA_TYPE, atom, watch_entry, watch_head
from search_api.feeds.search_feed import link_to
from search_api.paths import site_of
from search_api.ports import DocumentArchive
from search_api.problems import NotFound

WATCH_ENTRIES = 100
"""Matches in the feed of a watch: more than a run adds, few enough for a feed reader that polls
hourly.
"""


class FeedResponse(Response):
    """An Atom document."""

    media_type = MEDIA_TYPE


class FeedRoutes:
    """The Atom feeds of watches."""

    def __init__(self, archive: DocumentArchive, public_url: str | None) -> None:
        self._archive = archive
        self._public_url = public_url

    def router(self) -> APIRouter:
        """The routes."""
        router = APIRouter(default_response_class=FeedResponse, dependencies=[NEEDS_KEY])
        router.add_api_route(
            "/feeds/{watch}.atom",
            self.watch,
            summary="A watch's Atom feed",
            responses=problem_answers(404, 422, 503),
        )
        return router

    def watch(
        self, request: Request, watch: Annotated[str, Path(description="Id of a watch.")]
    ) -> FeedResponse:
        """The newest matches of a watch whose channels include `feed`."""
        view = next((w for w in self._archive.watches() if w.id == watch and w.feed), None)
        if view is None:
            raise NotFound("There is no watch with this id that has a feed.")
        site = site_of(request, self._public_url)
        head = watch_head(view, f"{site}/feeds/{quote(view.id)}.atom", f"{site}/watches")
        entries = [
            watch_entry(entry, link_to(site, entry.url, entry.document))
            for entry in self._archive.watch_matches(view.id, WATCH_ENTRIES)
        ]
        changed = max((entry.updated for entry in entries), default=None)
        return FeedResponse(atom(head, entries), headers=last_modified(changed))
