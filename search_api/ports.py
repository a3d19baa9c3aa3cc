"""Ports of the web side: the search store and the system of record.

Here belong the protocols and the records that they return, with their JSON form; no HTTP, no HTML.
`radar` connects them to the real store and database.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, Protocol

from indexer.documents.history import PastRevision
from indexer.events.change_lines import ReportedChange
from indexer.events.listing import EventFilter, EventPlace, ListedEvent
from indexer.events.queries import ChangeInHistory, EventHistoryOf
from indexer.meaning.packing import Vector
from indexer.records.document import DocumentId, Page, iso_instant
from indexer.records.interface_languages import DEFAULT
from indexer.records.marked_passage import MarkedPassage
from indexer.records.source import Rights
from indexer.records.unasked import Way
from indexer.stores.base import FacetValue, Hit, SearchRequest, SearchResult
from search_api.differences import differences


@dataclass(frozen=True, slots=True)
class DocumentHistory:
    """What the database knows about a document beyond its current page."""

    moved_from: tuple[str, ...] = ()
    """Its former addresses."""
    revisions: tuple[PastRevision, ...] = ()
    """Oldest first."""
    events: Mapping[int, EventHistoryOf] = field(default_factory=dict)
    """Index of an event of the page → the other documents about it, and its changes."""


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A document as the system of record knows it: its current page and its history."""

    id: DocumentId
    page: Page
    source: str
    """Id of the source."""
    revision: int
    first_seen: datetime
    last_seen: datetime
    last_outcome: str | None
    """Outcome of the last fetch, a value of `indexer.records.outcome.Outcome`."""
    story: str | None = None
    """Name of the story that it tells; None: not looked at yet."""
    meaning: Vector | None = None
    """Of its beginning; None without an encoder."""
    text_removed: bool = False
    """Its text was removed because it may no longer be kept."""
    rights: Rights | None = None
    """The configured rights of its source; None: none."""
    history: DocumentHistory = field(default_factory=DocumentHistory)
    versions: tuple[Mapping[str, str | None], ...] = ()
    """Its versions in other languages: `lang`, `url`, and `id` where they are documents."""

    def to_json(self) -> dict[str, Any]:
        """The object of `radar show --json` and `/api/documents/{id}`."""
        page = self.page.to_json()
        for index, event in enumerate(page["events"]):
            event.update(_event_json(self.history.events.get(index)))
        return {
            "id": self.id,
            **page,
            "source": self.source,
            "revision": self.revision,
            "first_seen": iso_instant(self.first_seen),
            "last_seen": iso_instant(self.last_seen),
            "last_outcome": self.last_outcome,
            "story": self.story,
            "text_removed": self.text_removed,
            "rights": None if self.rights is None else asdict(self.rights),
            "moved_from": list(self.history.moved_from),
            "revisions": [_revision_json(revision) for revision in self.history.revisions],
            "versions": [dict(version) for version in self.versions],
        }


def _event_json(event: EventHistoryOf | None) -> dict[str, Any]:
    """The keys that are added to an event of the page."""
    if event is None:
        return {"event": None, "linked": [], "changes": []}
    return {
        "event": event.event,
        "linked": [
            {"id": d.id, "url": d.url, "title": d.title, "lang": d.lang, "role": d.role}
            for d in event.linked
        ],
        "changes": [change.to_json() for change in event.changes],
    }


def _revision_json(revision: PastRevision) -> dict[str, Any]:
    return {
        "number": revision.number,
        "url": revision.url,
        "run": revision.run,
        "when": iso_instant(revision.created),
        "added": None if revision.added is None else list(revision.added),
        "removed": list(revision.removed),
        "changes": [
            [{"text": piece.text, "kind": piece.kind} for piece in passage]
            for passage in differences(revision.removed, revision.added or ())
        ],
        "read_anew": revision.read_anew,
        "text_removed": revision.text_removed,
    }


@dataclass(frozen=True, slots=True)
class ArchivedAnswer:
    """What the site of a document answered when it was last read."""

    url: str
    """The address that answered."""
    content_type: str
    """As the site said; empty if it did not."""
    body: bytes
    fetched_at: datetime
    truncated: bool = False
    """The transfer was cut off."""

    def to_json(self) -> dict[str, Any]:
        """The object of `/api/archive/{id}`: what is known of the answer, without it."""
        return {
            "url": self.url,
            "content_type": self.content_type or None,
            "bytes": len(self.body),
            "fetched_at": iso_instant(self.fetched_at),
            "truncated": self.truncated,
        }


@dataclass(frozen=True, slots=True)
class LastRun:
    """Result of the last run of a source."""

    when: datetime
    outcomes: Mapping[str, int]
    """Outcome → number of page addresses."""
    reason: str | None = None
    """Why it failed; None if it did not."""


@dataclass(frozen=True, slots=True)
class SourceView:
    """A configured source and its state."""

    id: str
    name: str
    url: str
    country: str
    """ISO 3166-1 alpha-2, EU or INT."""
    languages: tuple[str, ...]
    kind: str | None = None
    enabled: bool = True
    reason: str | None = None
    """Why it is not crawled."""
    state: str | None = None
    """A value of `indexer.health.judgement.State`; None: not judged yet."""
    state_reason: str | None = None
    """Why it is in this state; None if there is nothing to say."""
    since: datetime | None = None
    """When it was first found in this state."""
    next_try: datetime | None = None
    """When a scheduled run tries again, if it waits."""
    advice: str | None = None
    """What an operator can do about it."""
    overdue: bool = False
    """It was not crawled for so long that "no news" means nothing."""
    last_run: LastRun | None = None
    newest: str | None = None
    """Partial date of its newest page."""
    documents: int = 0
    unasked: tuple[Way, ...] = ()
    """Lists, feeds and sitemaps that its pages lead to and that nobody named."""

    def to_json(self) -> dict[str, Any]:
        """The object of `/api/sources`."""
        return {
            "id": self.id,
            "name": self.name,
            "url": self.url,
            "country": self.country,
            "languages": list(self.languages),
            "kind": self.kind,
            "enabled": self.enabled,
            "reason": self.reason,
            "state": self.state,
            "state_reason": self.state_reason,
            "since": self.since and iso_instant(self.since),
            "next_try": self.next_try and iso_instant(self.next_try),
            "advice": self.advice,
            "overdue": self.overdue,
            "last_run": None
            if self.last_run is None
            else {
                "when": iso_instant(self.last_run.when),
                "outcomes": dict(self.last_run.outcomes),
                "reason": self.last_run.reason,
            },
            "newest": self.newest,
            "documents": self.documents,
            "unasked": [way.to_json() for way in self.unasked],
        }


@dataclass(frozen=True, slots=True)
class SourceRun:
    """How a run went for a source."""

    run: int
    when: datetime
    """Its end for this source."""
    state: str
    reason: str | None
    """Why it failed, or what was odd; None: nothing was."""
    outcomes: Mapping[str, int]
    """Outcome → number of page addresses; empty where they are kept no longer."""

    def to_json(self) -> dict[str, Any]:
        """An object of `runs` of `/api/sources/{id}`."""
        return {
            "run": self.run,
            "when": iso_instant(self.when),
            "state": self.state,
            "reason": self.reason,
            "outcomes": dict(self.outcomes),
        }


@dataclass(frozen=True, slots=True)
class LearntSite:
    """How far pages of a site are read by what was learnt of it."""

    site: str
    """Host, or host:port."""
    pages: int
    """That it was learnt from, or that nothing was to be learnt from."""
    learnt: datetime
    known: bool
    """Whether anything was learnt that counts."""
    reason: str | None
    """Why nothing was learnt; None: the pages have nothing in common, or all went well."""
    agreed: int
    """Later pages that are laid out so."""
    disagreed: int

    def to_json(self) -> dict[str, Any]:
        """An object of `sites` of `/api/sources/{id}`."""
        return {**asdict(self), "learnt": iso_instant(self.learnt)}


@dataclass(frozen=True, slots=True)
class SourceHistory:
    """A source with what became of it."""

    source: SourceView
    runs: tuple[SourceRun, ...] = ()
    """The newest first."""
    sites: tuple[LearntSite, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The object of `/api/sources/{id}`."""
        return {
            **self.source.to_json(),
            "runs": [run.to_json() for run in self.runs],
            "sites": [site.to_json() for site in self.sites],
        }


@dataclass(frozen=True, slots=True)
class RunView:
    """A run: the stages from crawling to sending."""

    id: int
    state: str
    """running, done or interrupted."""
    started: datetime
    finished: datetime | None
    arguments: Mapping[str, Any]
    summary: Mapping[str, Any]
    """As the run has left it; empty where it is kept no longer."""

    @property
    def outcomes(self) -> Mapping[str, int]:
        """Outcome → number of page addresses."""
        return self.summary.get("outcomes") or {}

    @property
    def problems(self) -> Sequence[str]:
        """One line each."""
        return self.summary.get("problems") or ()

    def to_json(self) -> dict[str, Any]:
        """The object of `radar runs --json` and `/api/runs`."""
        return {
            "run": self.id,
            "state": self.state,
            "started": iso_instant(self.started),
            "finished": self.finished and iso_instant(self.finished),
            "arguments": self.arguments,
            **{key: self.summary.get(key) for key in _OF_SUMMARY},
            "problems": list(self.problems),
        }


_OF_SUMMARY = (
    "seconds",
    "bytes",
    "outcomes",
    "discovery",
    "sources",
    "revisions",
    "indexed",
    "matches",
    "sent",
    "reentered",
    "rejected",
    "removed",
)
"""Keys of a run's summary that programs get; null where it has none."""


@dataclass(frozen=True, slots=True)
class RunStretch:
    """A part of the list of runs."""

    total: int
    """Number of all runs."""
    items: tuple[RunView, ...]
    """The newest first."""


@dataclass(frozen=True, slots=True)
class WatchView:
    """A saved query that reports what is new."""

    id: str
    name: str
    query: str
    feed: bool = True
    """Whether it has the channel `feed`."""
    language: str = DEFAULT
    """Of its feed."""


@dataclass(frozen=True, slots=True)
class WatchMatch:
    """A match of a watch, as its feed shows it."""

    id: str
    """Stable URN of the match."""
    document: DocumentId
    title: str | None
    url: str
    when: datetime
    """When it was matched."""
    source: str
    """Name of the source."""
    passages: tuple[MarkedPassage, ...] = ()
    terms: tuple[str, ...] = ()
    """Terms of the query that occurred."""
    events: tuple[ReportedChange, ...] = ()
    """Changes of events."""
    first_look: bool = False
    """The source was crawled for the first time: the page may be old."""
    places: tuple[str, ...] = ()
    """Other pages that print the same text, with their sources."""
    event: str | None = None
    """Id of the event that it tells of."""


@dataclass(frozen=True, slots=True)
class InstallationHealth:
    """Numbers of documents and sources, and problems."""

    documents: int
    sources: int
    """Configured and enabled."""
    last_run: datetime | None = None
    problems: tuple[str, ...] = field(default=())
    """One line each; empty: everything is fine."""
    in_index: int = 0
    """Documents that the search index must have."""


@dataclass(frozen=True, slots=True)
class LastChanges:
    """When what is known changed last; None: never."""

    run: datetime | None = None
    """When a run ended; now while one goes on: what it finds is in lists before it has ended."""
    removal: datetime | None = None
    """When something was forgotten."""

    @property
    def newest(self) -> datetime | None:
        """The later one of both."""
        return max((moment for moment in (self.run, self.removal) if moment), default=None)


@dataclass(frozen=True, slots=True)
class EventStretch:
    """A part of a list of events."""

    total: int
    """Number of all events of the list."""
    items: tuple[ListedEvent, ...]
    next: EventPlace | None = None
    """Place of the last one here; None: there are no more."""


@dataclass(frozen=True, slots=True)
class EventView:
    """An event with what became of it."""

    event: ListedEvent
    changes: tuple[ChangeInHistory, ...] = ()
    """Oldest first."""

    def to_json(self) -> dict[str, Any]:
        """The object of `/api/events/{id}`."""
        languages = {d.lang for d in self.event.documents if d.lang}
        return {
            **self.event.to_json(),
            "languages": sorted(languages),
            "changes": [change.to_json() for change in self.changes],
        }


class SearchStore(Protocol):
    """The part of the search store that the web side needs."""

    def search(self, request: SearchRequest) -> SearchResult:
        """Run a search; raises QueryError for an invalid query or cursor, and StoreUnavailable."""

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
        """Value of a facet → day of publication (ordinal) → number of pages that tell news."""


class DocumentArchive(Protocol):
    """The system of record, read only. Every method may raise DatabaseError."""

    def document(self, id_or_url: str) -> DocumentView | None:
        """A document by its id or canonical address."""

    def archived(self, document: DocumentId) -> ArchivedAnswer | None:
        """The archived answer that a document was read from; None if it is not kept, or may not be
        kept any longer.
        """

    @property
    def source_names(self) -> Mapping[str, str]:
        """Id → name of all configured sources, without a database query."""

    def events(
        self, wanted: EventFilter, after: EventPlace | None, limit: int, *, latest_first: bool
    ) -> EventStretch:
        """A stretch of the events that are wanted, by their first day."""

    def event(self, identity: str) -> EventView | None:
        """An event by its id."""

    def events_told_by(self, documents: Sequence[DocumentId]) -> Sequence[ListedEvent]:
        """The events of which these documents tell, in the order of the documents."""

    def sources(self) -> Sequence[SourceView]:
        """All configured sources, also disabled ones, with their state."""

    def source(self, identity: str) -> SourceHistory | None:
        """A configured source with its last runs, and what was learnt of its sites."""

    def runs(self, limit: int, before: int | None = None) -> RunStretch:
        """The last runs, or the last ones before a run; `limit` 0: all."""

    def watches(self) -> Sequence[WatchView]:
        """All configured watches."""

    def watch_matches(self, watch: str, limit: int) -> Sequence[WatchMatch]:
        """The newest matches of a watch, newest first."""

    def health(self) -> InstallationHealth:
        """Counts and problems."""

    def last_changes(self) -> LastChanges:
        """When a run ended, and something was forgotten; nothing is counted for it."""

    def complete_until(self) -> datetime:
        """Up to when the search index holds every page that was first seen."""
