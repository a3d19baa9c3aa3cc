"""The port of search stores: what a store takes and returns.

A store is a view of the system of record: it can be dropped and filled again at any time. Every
store returns the same hits, facets and date order for the same query, because `indexer.text` and
`indexer.query`, not the engine, analyse words, compile queries and mark hits.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, ClassVar, Literal, NamedTuple, Protocol, get_args

from indexer.meaning.packing import Vector
from indexer.query.record import EventSummary
from indexer.records.document import DocumentId, StoredDocument
from indexer.records.errors import QueryError
from indexer.records.marked_passage import MarkedPassage
from indexer.records.origin import Origin

Sort = Literal["relevance", "newest", "event_date", "upcoming", "past"]
SORTS: tuple[Sort, ...] = get_args(Sort)

Stories = Literal["names", "places", "entries"]
"""What a search does about stories: each hit names its story; has its other places too; or each
story is one entry, its first hit.
"""


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """A search as a user requests it.

    Orders: `relevance` (BM25, best first; newest first if the query has no words), `newest`
    (publication day, latest first, undated last), `event_date` (the latest first day of a
    document's events, latest first; documents without events last), `upcoming` (the next event
    that is not over on `today`, soonest first; behind these, documents whose events are over, the
    latest first), `past` (the last event that is over, latest first; behind these, the soonest to
    come first), each by the first day of the event. Within a day a hash of the id orders documents.
    """

    query: str
    """User syntax; errors are QueryError. Pages that tell no news (`NOT_NEWS`) are found where the
    query or a filter names kinds of pages, and by `*` alone.
    """
    sort: Sort = "relevance"
    limit: int = 20
    """Hits wanted; 0: all."""
    cursor: str | None = None
    """`next` of the previous result, for the same query and order."""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Field → values; a document must have one of them for each field."""
    published_from: str | None = None
    """Partial date, inclusive."""
    published_to: str | None = None
    seen_since: datetime | None = None
    """Only pages that were first seen then or later."""
    news_only: bool = False
    """Leave out pages that tell no news for the query `*` too."""
    facets: bool = False
    """Count the most frequent values of the facets: over all hits, and for a field that has a
    filter over those that there would be without it.
    """
    timeline: bool = False
    """Count the days on which the hits were published."""
    stories: Stories = "names"
    """Totals, facets and days count documents, also where each story is one entry."""
    only: tuple[DocumentId, ...] = ()
    """Only these documents; empty: all."""
    marked: bool = True
    """Hits show passages, and have their main event; else they are nothing but their ids and
    scores, which takes a third of the time.
    """
    once: bool = False
    """Part of a reading of all hits, whose total the first part tells: the store keeps nothing in
    memory for the next search. The embedded store reads all parts in one state of the index, if
    `cursor` is the very `next` of the part before, in the same process; the cursor holds that state
    with what its readers keep (up to 1.5 MiB for each segment of the index), until it is dropped.
    """
    near: Vector | None = None
    """Ordered by relevance: documents near to this meaning come first, and show the passage that
    is near. Others stay hits.
    """
    today: date = field(default_factory=lambda: datetime.now(UTC).date())
    """From which `upcoming` and `past` look; the pages behind a cursor look from the day of the
    first. What lasts until then, or longer, is to come.
    """


class Place(NamedTuple):
    """Another document of a story."""

    id: DocumentId
    url: str
    title: str | None
    source: str
    lang: str | None
    published: str | None


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
    cut); the beginning of the text if the query has no words; none if no marks were asked for.
    """
    event: EventSummary | None = None
    """Its main event; ordered by events, the one that gives it its place."""
    story: str | None = None
    others: tuple[Place, ...] = ()
    """The other places of its story, the newest first; empty if they were not asked for."""
    commodities: tuple[str, ...] = ()
    """Ids of the raw materials that it names."""

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
            "story": self.story,
            "places": 1 + len(self.others),
            "event": self.event and self.event.to_json(),
            "others": [place._asdict() for place in self.others],
            "commodities": list(self.commodities),
        }


@dataclass(slots=True)
class FacetValue:
    """How many of all hits have a value. Not frozen: a search makes hundreds of them."""

    value: str
    label: str
    """For people: the English name of a concept, the form of a name that most pages use, else the
    value.
    """
    count: int
    forms: tuple[str, ...] = ()
    """Of a name that no table knows: all forms in which pages write it, most frequent first."""
    languages: Mapping[str, frozenset[str]] | None = None
    """Of a form that other languages have word by word: its languages."""

    def forms_in(self, lang: str) -> tuple[str, ...]:
        """The forms, those in a language first."""
        spoken = self.languages
        if not spoken:
            return self.forms
        # What several languages write so is no word of any: Antimon-Workshop, workshop on antimony.
        return tuple(
            sorted(self.forms, key=lambda form: (lang not in spoken[form], len(spoken[form])))
        )


@dataclass(frozen=True, slots=True)
class SearchResult:
    """Result of a search."""

    total: int
    """Number of all hits, not only of those returned."""
    hits: tuple[Hit, ...]
    facets: Mapping[str, tuple[FacetValue, ...]] = field(default_factory=dict)
    """Field → the most frequent values, then by value; empty if not requested. Chosen values are
    there even if no hit has them. The kinds that only a search for them shows have counts too.
    """
    next: str | None = None
    """Cursor for the next hits; None: there are none."""
    incomplete: bool = False
    """A part of the store did not answer: there may be more hits than these."""
    days: Mapping[int, int] = field(default_factory=dict)
    """Day of publication (ordinal) → number of hits; empty if not requested. A page of which only
    month or year are known counts on the first day of it.
    """
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The filters of the request, with their values as facets have them."""


class Store(Protocol):
    """A search store. Errors are StoreError; StoreUnavailable if a retry can succeed."""

    writes_at_once: ClassVar[int]
    """How many writes of different documents it accepts at the same time."""

    def write(self, documents: Sequence[StoredDocument]) -> None:
        """Insert or replace by id; durable and visible on return; a lower revision changes nothing.

        DocumentRejected names the documents that were refused; the others are written.
        """

    def delete(self, ids: Collection[DocumentId], *, for_good: bool = False) -> None:
        """Remove documents; unknown ids are ignored. A store may go on refusing late writes of
        them; `for_good`: it knows nothing of them any more, and takes any revision.
        """

    def search(self, request: SearchRequest) -> SearchResult:
        """Run a search; QueryError if the query, a filter or the cursor is invalid."""

    def found_among(
        self, queries: Sequence[str], documents: Sequence[DocumentId]
    ) -> Sequence[Collection[DocumentId]]:
        """For each query, those of some documents that it finds, news or not, without hits for
        them; QueryError as for a search.
        """

    def nearest(self, text: str, request: SearchRequest) -> Mapping[DocumentId, float]:
        """The documents near to the meaning of a text, the nearest first, among those that a
        request finds, with their cosines; QueryError as for a search, MeaningUnavailable without an
        encoder.
        """

    def hits_of(self, request: SearchRequest, documents: Sequence[DocumentId]) -> Sequence[Hit]:
        """Hits for some documents, in no order and without a score, with what the query of a
        request finds in them; QueryError as for a search. Whether it finds them is not asked.
        """

    def values(self, field: str, request: SearchRequest | None = None) -> Sequence[FacetValue]:
        """Every value of a facet, most frequent first: counted over all pages that tell news, or
        over the hits that a request would have without a filter of that field (QueryError as for
        a search).
        """

    def days(self, field: str, values: Sequence[str]) -> Mapping[str, Mapping[int, int]]:
        """Value of a facet, as `values` has it → day of publication (ordinal) → number of pages
        that tell news; without values that no page has.
        """

    def revisions(self) -> Mapping[DocumentId, int]:
        """Every document in the store, with its revision."""

    def count(self) -> int:
        """Number of documents in the store."""

    def origin(self) -> Origin | None:
        """What `mark` has written last; None for an index that has no mark, or no index."""

    def mark(self, origin: Origin) -> None:
        """Write durably what the index is filled from; to be called before it is."""

    def iter_revisions(self) -> Iterator[tuple[DocumentId, int]]:
        """The same as `revisions`, read lazily."""

    def damage(self) -> Iterator[str]:
        """What is damaged, one line each; reads everything that the engine does not check."""

    def notes(self) -> Sequence[str]:
        """What an operator should know, one line each."""

    def close(self) -> None:
        """Release files, locks and connections; all writes are complete."""


class Rebuild(Protocol):
    """A new index that is filled beside the one in use."""

    writes_at_once: ClassVar[int]
    """As the store's."""

    def write(self, documents: Sequence[StoredDocument]) -> None:
        """As the store's, but visible only after `finish`."""

    def mark(self, origin: Origin) -> None:
        """As the store's, for the new index; to be called before `finish`."""

    def finish(self) -> None:
        """Check the new index and put it in use in one step."""

    def abandon(self) -> None:
        """Remove the new index; the one in use stays."""


def cursor_error() -> QueryError:
    """The error for a cursor that does not come from a result of the same query."""
    return QueryError(
        "this cursor does not belong to this query and order",
        position=0,
        reason="bad-cursor",
        hint="start again without a cursor",
    )
