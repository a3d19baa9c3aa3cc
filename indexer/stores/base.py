"""The port of search stores: what a store takes, is asked and answers.

A store is a view of the system of record: it can be dropped and filled again at any time. Every
store answers the same query with the same hits, facets and date order, because words, queries and
highlights are made by `indexer.text` and `indexer.query`, not by the engine.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal, NamedTuple, Protocol, get_args

from indexer.records.document import DocumentId, StoredDocument
from indexer.records.errors import QueryError
from indexer.records.marked_passage import MarkedPassage

Sort = Literal["relevance", "newest", "event_date"]
SORTS: tuple[Sort, ...] = get_args(Sort)


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """A search as a user asks for it.

    Orders: `relevance` (BM25, best first; newest first where no words are asked for), `newest`
    (publication day, latest first, undated last), `event_date` (the latest first day of a
    document's events, latest first; without one last).
    Within a day documents are ordered by a number made of their id.
    """

    query: str
    """User syntax; errors are QueryError."""
    sort: Sort = "relevance"
    limit: int = 20
    """Hits wanted; 0: all."""
    cursor: str | None = None
    """`next` of the answer before this one, of the same query and order."""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Keyword field → values; one of them must hold for each field."""
    published_from: str | None = None
    """Partial date, inclusive."""
    published_to: str | None = None
    facets: bool = False
    """Count values of the facet fields over all hits."""


class Hit(NamedTuple):
    """A found document."""

    id: DocumentId
    url: str
    title: str | None
    source: str
    lang: str | None
    kind: str
    published: str | None
    """Partial date."""
    score: float | None
    """BM25; None when sorted by a date."""
    passages: tuple[MarkedPassage, ...] = ()
    """Up to 3, best first, cut to a readable length around their marks (with … where they were
    cut); the beginning of the text where no words of it were asked for.
    """

    def to_json(self) -> dict[str, Any]:
        """The object of `radar search --json` and `/api/search`."""
        return {
            "id": self.id,
            "url": self.url,
            "title": self.title,
            "source": self.source,
            "lang": self.lang,
            "kind": self.kind,
            "published": self.published,
            "score": self.score,
            "passages": [passage.to_json() for passage in self.passages],
        }


@dataclass(slots=True)
class FacetValue:
    """How many of all hits carry a value. Not frozen: a search makes hundreds of them."""

    value: str
    label: str
    """For people: the English name of a concept, else the value."""
    count: int


@dataclass(frozen=True, slots=True)
class SearchResult:
    """Answer to a search."""

    total: int
    """All hits, not only those returned."""
    hits: tuple[Hit, ...]
    facets: Mapping[str, tuple[FacetValue, ...]] = field(default_factory=dict)
    """Field → values, most frequent first, then by value; empty if not asked for."""
    next: str | None = None
    """Cursor of the following hits; None: there are none."""
    incomplete: bool = False
    """A part of the store did not answer: there may be more hits than these."""


class Store(Protocol):
    """A search store. Errors are StoreError; those that waiting can heal are StoreUnavailable."""

    writes_at_once: ClassVar[int]
    """How many writes, of different documents, it takes at the same time."""

    def write(self, documents: Sequence[StoredDocument]) -> None:
        """Insert or replace by id; durable and visible on return; a lower revision changes nothing.

        DocumentRejected names the documents that it refuses; the others are written.
        """

    def delete(self, ids: Collection[DocumentId]) -> None:
        """Remove documents; ids that are not there are ignored."""

    def search(self, request: SearchRequest) -> SearchResult:
        """Answer a search; QueryError if the query, a filter or the cursor is mistaken."""

    def revisions(self) -> Mapping[DocumentId, int]:
        """Every document that the store has, with its revision."""

    def count(self) -> int:
        """How many documents the store has."""

    def notes(self) -> Sequence[str]:
        """What whoever runs the store should know, one line each."""

    def close(self) -> None:
        """Release files, locks and connections; writing is complete."""


class Rebuild(Protocol):
    """A new index that is filled beside the one in use."""

    writes_at_once: ClassVar[int]
    """As the store's."""

    def write(self, documents: Sequence[StoredDocument]) -> None:
        """As the store's, but visible only after `finish`."""

    def finish(self) -> None:
        """Check the new index and put it in use, in one step."""

    def abandon(self) -> None:
        """Remove the new index; the one in use stays."""


def cursor_error() -> QueryError:
    """The error for a cursor that no answer has given."""
    return QueryError(
        "this cursor belongs to no answer of this query and order",
        position=0,
        reason="bad-cursor",
        hint="start again without a cursor",
    )
