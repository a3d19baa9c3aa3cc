"""Feed routes: any search as an Atom feed, and the feed of each watch."""

from __future__ import annotations

import calendar
from datetime import UTC, datetime
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Path, Query, Request
from starlette.responses import Response

from indexer.stores.base import Hit
from search_api.api.answers import NEEDS_KEY, problem_answers
from search_api.feeds.atom import (
    MEDIA_TYPE,
    FeedEntry,
    FeedHead,
    atom,
    document_urn,
    search_id,
    watch_entry,
    watch_head,
)
from search_api.pages.rendering import safe_link
from search_api.parameters import SearchParameters
from search_api.ports import DocumentArchive, SearchStore
from search_api.problems import NotFound

WATCH_ENTRIES = 100
"""Matches in the feed of a watch: more than a run adds, few enough for a feed reader that polls
hourly.
"""


class FeedResponse(Response):
    """An Atom document."""

    media_type = MEDIA_TYPE


class FeedRoutes:
    """The Atom feeds."""

    def __init__(
        self, search: SearchStore, archive: DocumentArchive, public_url: str | None
    ) -> None:
        self._search = search
        self._archive = archive
        self._public_url = public_url

    def router(self) -> APIRouter:
        """The routes."""
        router = APIRouter(default_response_class=FeedResponse, dependencies=[NEEDS_KEY])
        router.add_api_route(
            "/search.atom",
            self.search,
            summary="A search as Atom feed",
            responses=problem_answers(400, 422, 503),
        )
        router.add_api_route(
            "/feeds/{watch}.atom",
            self.watch,
            summary="A watch's Atom feed",
            responses=problem_answers(404, 422, 503),
        )
        return router

    def search(
        self, request: Request, parameters: Annotated[SearchParameters, Query()]
    ) -> FeedResponse:
        """The same search as `/api/search`, newest first if no order is given."""
        ordered = parameters.model_copy(update={"sort": parameters.sort or "newest"})
        result = self._search.search(ordered.request(facets=False))
        sources = self._archive.source_names
        site = self._site(request)
        feed = FeedHead(
            id=search_id(parameters.address("", cursor=None)),
            title=f"Rohstoffradar: {parameters.query or 'all pages'}",
            address=site + parameters.address("/search.atom"),
            page=site + parameters.address("/", cursor=None),
        )
        entries = [
            self._entry(site, hit, sources.get(hit.source, hit.source)) for hit in result.hits
        ]
        return FeedResponse(atom(feed, entries))

    def watch(
        self, request: Request, watch: Annotated[str, Path(description="Id of a watch.")]
    ) -> FeedResponse:
        """The newest matches of a watch whose channels include `feed`."""
        view = next((w for w in self._archive.watches() if w.id == watch and w.feed), None)
        if view is None:
            raise NotFound("There is no watch with this id that has a feed.")
        site = self._site(request)
        head = watch_head(view, f"{site}/feeds/{quote(view.id)}.atom", f"{site}/watches")
        entries = [
            watch_entry(entry, _link(site, entry.url, entry.document))
            for entry in self._archive.watch_matches(view.id, WATCH_ENTRIES)
        ]
        return FeedResponse(atom(head, entries))

    def _site(self, request: Request) -> str:
        """Absolute address below which people reach the pages, without a slash at its end."""
        return self._public_url or str(request.base_url).rstrip("/")

    def _entry(self, site: str, hit: Hit, source: str) -> FeedEntry:
        published = _beginning(hit.published)
        return FeedEntry(
            id=document_urn(hit.id),
            title=hit.title,
            link=_link(site, hit.url, hit.id),
            updated=published or self._first_seen(hit.id),
            source=source,
            passages=hit.passages,
            lang=hit.lang,
            published=published,
        )

    def _first_seen(self, document: str) -> datetime:
        """When we first saw a page without a date; the epoch if the database no longer has it."""
        view = self._archive.document(document)
        return view.first_seen if view else datetime.fromtimestamp(0, UTC)


def _link(site: str, url: str, document: str) -> str:
    return safe_link(url) or f"{site}/documents/{quote(document)}"


def _beginning(published: str | None) -> datetime | None:
    """First instant of a partial date; None if it names no day, month or year."""
    parts = (published or "").split("-")
    if not all(part.isdigit() for part in parts) or not 1 <= len(parts) <= 3:
        return None
    year, month, day = (int(part) for part in (*parts, "1", "1")[:3])
    if not (1 <= year <= 9999 and 1 <= month <= 12):
        return None
    return datetime(year, month, min(max(day, 1), calendar.monthrange(year, month)[1]), tzinfo=UTC)
