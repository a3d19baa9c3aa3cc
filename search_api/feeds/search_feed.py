"""A search as a feed: its head, and an entry for each hit."""

from __future__ import annotations

import calendar
from datetime import UTC, date, datetime
from urllib.parse import quote

from indexer.stores.base import Hit
from search_api.feeds.atom import FeedEntry, FeedHead, document_urn, search_id
from search_api.links import safe_link
from search_api.parameters import SearchParameters
from search_api.ports import DocumentArchive, SearchStore


class SearchFeed:
    """Makes feeds of searches; `site` is the address below which people reach the pages."""

    def __init__(self, search: SearchStore, archive: DocumentArchive, site: str) -> None:
        self._search = search
        self._archive = archive
        self._site = site

    def read(
        self, parameters: SearchParameters, path: str, today: date
    ) -> tuple[FeedHead, list[FeedEntry]]:
        """A stretch of the search, newest first if no order is given; `path` is where it is served.

        The head names the address of the next stretch.
        """
        ordered = parameters.model_copy(update={"sort": parameters.sort or "newest"})
        result = self._search.search(ordered.request(facets=False, today=today))
        sources = self._archive.source_names
        site = self._site
        head = FeedHead(
            id=search_id(parameters.address("", cursor=None)),
            title=f"Rohstoffradar: {parameters.query or 'all pages'}",
            address=site + parameters.address(path),
            page=site + parameters.address("/", cursor=None),
            next=site + parameters.address(path, cursor=result.next) if result.next else None,
        )
        return head, [self._entry(h, sources.get(h.source, h.source)) for h in result.hits]

    def _entry(self, hit: Hit, source: str) -> FeedEntry:
        published = _beginning(hit.published)
        return FeedEntry(
            id=document_urn(hit.id),
            title=hit.title,
            link=link_to(self._site, hit.url, hit.id),
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


def link_to(site: str, url: str, document: str) -> str:
    """The page itself where it is on the web, else our page about it."""
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
