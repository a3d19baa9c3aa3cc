"""Feed routes: the feed of each watch, as Atom and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Path, Request
from starlette.responses import Response

from search_api.api.answers import NEEDS_KEY, problem_answers
from search_api.feeds.atom import (
    MEDIA_TYPE,
    FeedEntry,
    FeedHead,
    atom,
    watch_entry,
    watch_head,
)
from search_api.feeds.json_feed import MEDIA_TYPE as JSON_MEDIA_TYPE
from search_api.feeds.json_feed import described, json_feed
from search_api.feeds.search_feed import link_to
from search_api.language import speaking
from search_api.middleware.conditional import last_modified
from search_api.paths import site_of
from search_api.ports import DocumentArchive
from search_api.problems import NotFound

WATCH_ENTRIES = 100
"""Matches in the feed of a watch: more than a run adds, few enough for a feed reader that polls
hourly.
"""
WatchId = Annotated[str, Path(description="Id of a watch.")]


class FeedResponse(Response):
    """An Atom document."""

    media_type = MEDIA_TYPE


class JsonFeedResponse(Response):
    """A JSON Feed."""

    media_type = JSON_MEDIA_TYPE


class FeedRoutes:
    """The feeds of watches."""

    def __init__(self, archive: DocumentArchive, public_url: str | None) -> None:
        self._archive = archive
        self._public_url = public_url

    def router(self) -> APIRouter:
        """The routes."""
        router = APIRouter(dependencies=[NEEDS_KEY])
        for path, endpoint, answer, summary in (
            ("/feeds/{watch}.atom", self.atom, FeedResponse, "A watch's Atom feed"),
            ("/feeds/{watch}.feed.json", self.json, JsonFeedResponse, "A watch's JSON Feed"),
        ):
            router.add_api_route(
                path,
                endpoint,
                summary=summary,
                response_class=answer,
                responses=problem_answers(404, 422, 503) | described(answer.media_type),
            )
        return router

    def atom(self, request: Request, watch: WatchId) -> Response:
        """The newest matches of a watch whose channels include `feed`."""
        head, entries, changed = self._feed(request, watch, "atom")
        return FeedResponse(atom(head, entries), headers=changed)

    def json(self, request: Request, watch: WatchId) -> Response:
        """The same as JSON Feed 1.1."""
        head, entries, changed = self._feed(request, watch, "feed.json")
        return JsonFeedResponse(json_feed(head, entries), headers=changed)

    def _feed(
        self, request: Request, watch: str, ending: str
    ) -> tuple[FeedHead, Sequence[FeedEntry], dict[str, str]]:
        """The feed, and the header that says when it has changed."""
        newest = self._archive.last_changes().newest  # before the entries are read
        view = next((w for w in self._archive.watches() if w.id == watch and w.feed), None)
        if view is None:
            raise NotFound("There is no watch with this id that has a feed.")
        site = site_of(request, self._public_url)
        head = watch_head(view, f"{site}/feeds/{quote(view.id)}.{ending}", f"{site}/watches")
        with speaking(view.language):
            entries = [
                watch_entry(entry, link_to(site, entry.url, entry.document))
                for entry in self._archive.watch_matches(view.id, WATCH_ENTRIES)
            ]
        return head, entries, _changed(entries, newest)


def _changed(entries: Sequence[FeedEntry], newest: datetime | None) -> dict[str, str]:
    """`newest`: when anything had changed last before the entries were read. A run changes old ones
    too: it finds further places and changes of events. What was forgotten is an entry no more.
    """
    moments = [entry.updated for entry in entries] + ([newest] if newest else [])
    return last_modified(max(moments, default=None))
