"""Hits of one story as one entry, the same way in every store.

A store is asked for the documents of the stories on a page of hits; what counts as the entry of
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
OfStories: TypeAlias = Callable[[Sequence[str]], Iterable[Hit]]
"""All documents of some stories, the newest first; a store may leave out those of stories that
have but one.
"""


def with_stories(search: Search, of_stories: OfStories, request: SearchRequest) -> SearchResult:
    """The result with the places of each story, and, if requested, one hit for each."""
    result = search(request)
    if request.stories == "names":
        return result
    if request.stories == "places":
        return replace(result, hits=tuple(with_places(result.hits, of_stories, request)))
    entries = _Entries(search, of_stories, request)
    kept = entries.among(result.hits)
    more, passed = result.next, len(result.hits)
    while more and len(kept) < request.limit:
        wanted = request.limit - len(kept)
        page = search(replace(request, limit=wanted, cursor=more, facets=False, timeline=False))
        kept += entries.among(page.hits)
        more, passed = page.next, passed + len(page.hits)
    if more and not (entries.must_follow(result.total - passed) or entries.follow(more)):
        more = None
    return replace(result, hits=tuple(kept), next=more)


def with_places(
    hits: Sequence[Hit], of_stories: OfStories, request: SearchRequest
) -> Sequence[Hit]:
    """The hits, each with the other places of its story if the request asks for them."""
    if request.stories == "names":
        return hits
    places = _places(of_stories, hits)
    return [_told(hit, places) for hit in hits]


class _Entries:
    """The hits that are entries: the first of each story."""

    def __init__(self, search: Search, of_stories: OfStories, request: SearchRequest) -> None:
        self._search = search
        self._of_stories = of_stories
        self._request = request
        self._shown: set[str] = set()
        self._others = 0
        """Other places of the stories that were shown."""

    def among(self, hits: Sequence[Hit]) -> list[Hit]:
        """Those of the hits that are entries, with the places of their stories."""
        places = _places(self._of_stories, hits)
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
        self._others += sum(len(hit.others) for hit in kept)
        return kept

    def must_follow(self, left: int) -> bool:
        """Whether so many further hits are too many to be other places of what was shown. On a
        later page it is not known how many are left.
        """
        return self._request.cursor is None and left > self._others

    def follow(self, after: str) -> bool:
        """Whether behind this cursor stands anything but other places of what was shown."""
        limit, more = 1, after
        while True:
            request = replace(self._request, limit=limit, cursor=more, facets=False, timeline=False)
            page = self._search(request)
            if self.among(page.hits):
                return True
            if page.next is None:
                return False
            limit, more = max(self._request.limit, 1), page.next

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


def _places(of_stories: OfStories, hits: Iterable[Hit]) -> dict[str, tuple[Place, ...]]:
    """Story → the documents that tell it, the newest first."""
    found: dict[str, tuple[Place, ...]] = {}
    for some in chunks(dict.fromkeys(hit.story for hit in hits if hit.story)):
        for hit in of_stories(tuple(some)):
            place = Place(hit.id, hit.url, hit.title, hit.source, hit.lang, hit.published)
            found[hit.story or ""] = (*found.get(hit.story or "", ()), place)
    return found
