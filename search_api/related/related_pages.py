"""Finds the pages that belong to a page: those of its story, of its events, and of its subject."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from indexer.query import as_phrase
from indexer.query.fields import MENTION_FIELDS
from indexer.records.document import DocumentId, Page
from indexer.stores.base import Hit, SearchRequest
from indexer.stores.meanings import WEIGHT
from indexer.text.folding import surfaces_of
from search_api.parameters import EVERYTHING, QUERY_LIMIT
from search_api.ports import DocumentView, SearchStore

Relation = Literal["story", "event", "subject"]

LEAST_COSINE = 0.4
"""From which two pages are on one subject. Of pages in `tests/quality/stories.yaml` (its open half)
on other subjects one in a hundred is as near; of those on another deal of one company, another
session of one council, most are.
"""
LEAST_SHARE = 0.4
"""Without vectors: share of the score that a page itself gets for what it names."""
MOST_NAMES = 24
"""Names by which a page is looked for: the most frequent ones."""
_READ_AHEAD = 3
"""Hits that are asked for, for each page wanted: several may be of one story."""


@dataclass(frozen=True, slots=True)
class RelatedPage:
    """A page, and what makes it belong to another one."""

    hit: Hit
    """With the passages that are near in meaning to the beginning of the other page, or have the
    names that it has.
    """
    relation: Relation


class RelatedPages:
    """Reads them from the search store; errors are those of a search."""

    def __init__(self, search: SearchStore) -> None:
        self._search = search

    def of(self, view: DocumentView, limit: int) -> list[RelatedPage]:
        """At most `limit` pages: the newest of the story, then those that tell of the same events,
        then those on the same subject, the nearest first. One page stands for each other story.
        """
        story = view.story or view.id
        linked = {d.id for event in view.history.events.values() for d in event.linked}
        found: dict[DocumentId, RelatedPage] = {}
        for hit in self._of_story(view, story, limit + 1):
            found[hit.id] = RelatedPage(hit, "story")
        for hit in self._of_events(view, linked, limit + 1):
            found.setdefault(hit.id, RelatedPage(hit, "event"))
        stories = {story}
        if len(found) <= limit:
            for hit in self._of_subject(view, _READ_AHEAD * (limit + len(found) + 1)):
                if hit.id not in found and hit.story not in stories:
                    found[hit.id] = RelatedPage(hit, "subject")
                    stories.add(hit.story or hit.id)
        found.pop(view.id, None)
        return list(found.values())[:limit]

    def _of_story(self, view: DocumentView, story: str, limit: int) -> tuple[Hit, ...]:
        request = SearchRequest(
            EVERYTHING, sort="newest", limit=limit, filters={"story": (story,)}, near=view.meaning
        )
        return self._search.search(request).hits

    def _of_events(
        self, view: DocumentView, linked: set[DocumentId], limit: int
    ) -> tuple[Hit, ...]:
        if not linked:
            return ()
        request = SearchRequest(
            EVERYTHING, sort="newest", limit=limit, only=tuple(sorted(linked)), near=view.meaning
        )
        return self._search.search(request).hits

    def _of_subject(self, view: DocumentView, limit: int) -> list[Hit]:
        """Best first: by meaning, or by names where the page has no vectors."""
        if view.meaning is not None:
            request = SearchRequest(EVERYTHING, limit=limit, news_only=True, near=view.meaning)
            least = WEIGHT * LEAST_COSINE
            hits = self._search.search(request).hits
        else:
            query = names_query(view.page)
            if not query:
                return []
            hits = self._search.search(SearchRequest(query, limit=limit)).hits
            own = max((hit.score or 0.0 for hit in hits), default=0.0)
            least = max(LEAST_SHARE * own, 1e-9)
        return [hit for hit in hits if (hit.score or 0.0) >= least]


def names_query(page: Page) -> str:
    """A query for pages that name what a page names (rare names count most); empty if it names
    nothing.
    """
    counted = Counter(_names(page))
    query = ""
    for leaf, _ in counted.most_common(MOST_NAMES):
        longer = f"{query} OR {leaf}" if query else leaf
        if len(longer) <= QUERY_LIMIT:
            query = longer
    return query


def _names(page: Page) -> Iterator[str]:
    """Each name with words in it as a part of a query, as often as it occurs."""
    named: list[tuple[str, str]] = []
    for mention in page.mentions:
        field = MENTION_FIELDS.get(mention.field)
        if field is not None:
            named.append(("person:" if field == "person" else "", mention.surface))
    for event in page.events:
        named += [("person:", person.name) for person in event.persons]
        named += [("series:", event.series)] if event.series else []
    for prefix, name in named:
        if surfaces_of(name):
            yield f"{prefix}{as_phrase(name)}"
