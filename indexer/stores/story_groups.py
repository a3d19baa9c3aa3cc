"""Hits of one story as one entry, the same way in every store.

A store is asked for the other places of the stories on a page of hits; what counts as the entry of
a story is its first hit in the order of the search.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

from indexer.database.chunks import chunks
from indexer.stores.base import Hit, Place, SearchRequest, SearchResult

Search: TypeAlias = Callable[[SearchRequest], SearchResult]
"""A search of a store that knows nothing of stories."""


def with_stories(search: Search, request: SearchRequest) -> SearchResult:
    """The result with the places of each story, and, if requested, one hit for each."""
    result = search(request)
    if request.stories == "names":
        return result
    places = _places(search, result.hits)
    if request.stories == "places":
        return replace(result, hits=tuple(_told(hit, places) for hit in result.hits))
    entries = _Entries(search, request)
    kept = entries.among(result.hits, places)
    more = result.next
    while more and len(kept) < request.limit:
        wanted = request.limit - len(kept)
        page = search(replace(request, limit=wanted, cursor=more, facets=False, timeline=False))
        kept += entries.among(page.hits, _places(search, page.hits))
        more = page.next
    if more and not _has_entry(search, request, entries, more):
        more = None
    return replace(result, hits=tuple(kept), next=more)


def _has_entry(search: Search, request: SearchRequest, entries: _Entries, after: str) -> bool:
    """Whether behind this cursor stands anything but other places of stories that were shown."""
    limit, more = 1, after
    while True:
        page = search(replace(request, limit=limit, cursor=more, facets=False, timeline=False))
        if entries.among(page.hits, _places(search, page.hits)):
            return True
        if page.next is None:
            return False
        limit, more = max(request.limit, 1), page.next


class _Entries:
    """The hits that are entries: the first of each story."""

    def __init__(self, search: Search, request: SearchRequest) -> None:
        self._search = search
        self._request = request
        self._shown: set[str] = set()

    def among(self, hits: Sequence[Hit], places: Mapping[str, tuple[Place, ...]]) -> list[Hit]:
        """Those of the hits that are entries, with the places of their stories."""
        shared = {hit.story: None for hit in hits if len(places.get(hit.story or "", ())) > 1}
        new = [story for story in shared if story and story not in self._shown]
        first = self._first_hits(new) if self._request.cursor else {}
        kept = []
        for hit in hits:
            if hit.story in shared:
                if hit.story in self._shown or first.get(hit.story, hit.id) != hit.id:
                    continue
                self._shown.add(hit.story or "")
            kept.append(_told(hit, places))
        return kept

    def _first_hits(self, stories: Sequence[str]) -> dict[str | None, str]:
        """Story → its first hit: it may stand on an earlier page."""
        if not stories or "story" in self._request.filters:
            return {}
        filters = {**self._request.filters, "story": tuple(stories)}
        request = replace(
            self._request, filters=filters, limit=0, cursor=None, facets=False, timeline=False
        )
        first: dict[str | None, str] = {}
        for hit in self._search(request).hits:
            first.setdefault(hit.story, hit.id)
        return first


def _told(hit: Hit, places: Mapping[str, tuple[Place, ...]]) -> Hit:
    others = tuple(place for place in places.get(hit.story or "", ()) if place.id != hit.id)
    return hit._replace(others=others)


def _places(search: Search, hits: Iterable[Hit]) -> dict[str, tuple[Place, ...]]:
    """Story → the documents that tell it, the newest first."""
    found: dict[str, tuple[Place, ...]] = {}
    for some in chunks(dict.fromkeys(hit.story for hit in hits if hit.story)):
        request = SearchRequest("*", sort="newest", limit=0, filters={"story": tuple(some)})
        for hit in search(request).hits:
            place = Place(hit.id, hit.url, hit.title, hit.source, hit.lang, hit.published)
            found[hit.story or ""] = (*found.get(hit.story or "", ()), place)
    return found
