"""What a watch would have told in the past: the stage match over what is known, without a trace.

It judges as `indexer.alerts.matching` does, with a ledger of its own that begins empty. Only
whether an event was told of by another page is judged by that page as it is now.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

import sqlalchemy as sa

from indexer.alerts.stories import StoryBook, retells_by
from indexer.alerts.watches import CHANGES
from indexer.database import tables
from indexer.documents.queries import Revision, newest_sequence, revisions_after
from indexer.events.queries import (
    RecordedChange,
    changes_after,
    documents_of_event,
    newest_change,
)
from indexer.query import CompiledQuery, QueryCompiler
from indexer.query.compiled import names_field
from indexer.query.evaluator import Explanation, matches
from indexer.records.document import NOT_NEWS, DocumentId, iso_instant

TOO_MANY_A_WEEK = 50
"""More alerts a week than this are no longer read."""
_WEEK = timedelta(days=7)
_NO_NAMES: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class PastAlert:
    """An alert that would have been sent."""

    run: int
    created: datetime
    url: str
    title: str | None
    source: str
    source_name: str
    change: str
    terms: tuple[str, ...]
    first_look: bool

    def to_json(self) -> dict[str, Any]:
        """The form of `--json` output."""
        return {
            "run": self.run,
            "created": iso_instant(self.created),
            "url": self.url,
            "title": self.title,
            "source": self.source,
            "source_name": self.source_name,
            "change": self.change,
            "terms": list(self.terms),
            "first_look": self.first_look,
        }


@dataclass(frozen=True, slots=True)
class Backtest:
    """What a watch would have told in a period."""

    since: datetime
    until: datetime
    alerts: tuple[PastAlert, ...]

    @property
    def messages(self) -> int:
        """Messages to each channel: one for each run, first looks apart."""
        return len({(alert.run, alert.first_look) for alert in self.alerts})

    @property
    def per_week(self) -> float:
        """Alerts a week, first looks not counted: they come once."""
        weeks = max((self.until - self.since) / _WEEK, 1.0)
        return sum(not alert.first_look for alert in self.alerts) / weeks

    @property
    def too_broad(self) -> bool:
        """Whether it tells more than people read."""
        return self.per_week > TOO_MANY_A_WEEK

    def to_json(self) -> dict[str, Any]:
        """The object of `radar watch backtest --json`, without its query."""
        return {
            "since": iso_instant(self.since),
            "until": iso_instant(self.until),
            "alerts": len(self.alerts),
            "messages": self.messages,
            "per_week": round(self.per_week, 1),
            "too_broad": self.too_broad,
            "items": [alert.to_json() for alert in self.alerts],
        }


@dataclass(slots=True)
class _Replay:
    """One watch over the past."""

    connection: sa.Connection
    query: CompiledQuery
    compiler: QueryCompiler
    tell: Collection[str]
    """What counts as new."""
    source_names: Mapping[str, str]
    told: dict[tuple[str, int], PastAlert] = field(default_factory=dict)
    """Document and revision → alert, in the order in which they were found."""
    fingerprints: dict[str, set[str]] = field(default_factory=dict)
    """Document → passages that were told, at whichever of its addresses."""
    book: StoryBook = field(init=False)
    moved: Mapping[str, str] = field(init=False)
    """Document → the one that goes on for it."""

    def __post_init__(self) -> None:
        retells = retells_by(self.connection, self.compiler.encoder)
        self.book = StoryBook(retells, names_field(self.query.root, "story"))
        document = tables.document.c
        moved = sa.select(document.id, document.moved_to).where(document.moved_to.is_not(None))
        self.moved = dict(self.connection.execute(moved).all())

    def revision(self, revision: Revision) -> None:
        document = revision.document
        if document.page.kind in NOT_NEWS or revision.change not in self.tell:
            return
        found = matches(self.query, self.compiler.view(document, revision.news))
        if found is None:
            return
        identifier = DocumentId(self.moved.get(document.id, document.id))
        known = self.fingerprints.setdefault(identifier, set())
        fresh = [p for p in found.passages if p.fingerprint not in known]
        if found.passages and not fresh:
            return
        known.update(passage.fingerprint for passage in fresh)
        said = fresh or revision.news or ()
        continued = replace(document, id=identifier)
        _, later = self.book.enter(continued, said, revision.created)
        if later:
            return
        self._tell(revision, revision.change, found)

    def change(self, change: RecordedChange) -> None:
        document = change.document
        if change.reported.change not in self.tell:
            return
        found = matches(self.query, self.compiler.view(document))
        if found is None:
            reported = {identity for identity, _ in self.told}
            others = documents_of_event(self.connection, change.reported.event, reported)
            views = (matches(self.query, self.compiler.view(other)) for other in others)
            found = next((other for other in views if other is not None), None)
        if found is not None:
            self._tell(change, change.reported.change, found)

    def _tell(self, what: Revision | RecordedChange, change: str, found: Explanation) -> None:
        """An alert; a change of an event joins what is told of the same revision."""
        document = what.document
        joined = self.told.get((document.id, document.revision))
        if joined is not None:
            cancelled = "event-cancelled" in (joined.change, change)
            self.told[document.id, document.revision] = replace(
                joined, change="event-cancelled" if cancelled else change
            )
            return
        self.told[document.id, document.revision] = PastAlert(
            run=what.run,
            created=what.created,
            url=document.url,
            title=document.page.title,
            source=document.source,
            source_name=self.source_names.get(document.source, document.source),
            change=change,
            terms=found.terms,
            first_look=what.first_look,
        )


def backtest(
    connection: sa.Connection,
    query: CompiledQuery,
    compiler: QueryCompiler,
    days: int,
    *,
    tell: Collection[str] = CHANGES,
    source_names: Mapping[str, str] = _NO_NAMES,
) -> Backtest:
    """What a watch with this query would have told in the days before the last run began.

    Where less is known than that, since the first revision. Run by run, as it would have been.
    `source_names`: ids of sources → their names; the others go by their ids.
    """
    last = sa.select(tables.run.c.started).order_by(tables.run.c.id.desc()).limit(1)
    until = connection.execute(last).scalar()
    first = connection.execute(sa.select(sa.func.min(tables.revision.c.created))).scalar()
    if until is None or first is None:
        now = until or datetime.fromisoformat("1970-01-01T00:00:00+00:00")
        return Backtest(now, now, ())
    since = max(until - timedelta(days=days), first)
    replay = _Replay(connection, query, compiler, tell, source_names)
    for what in _in_order(connection, since):
        if isinstance(what, Revision):
            replay.revision(what)
        else:
            replay.change(what)
    return Backtest(since, until, tuple(replay.told.values()))


def _in_order(connection: sa.Connection, since: datetime) -> Iterator[Revision | RecordedChange]:
    """What came since then: of each run the revisions, then the changes of events."""
    waiting = list(changes_after(connection, 0, newest_change(connection), since=since))
    for revision in revisions_after(connection, 0, until=newest_sequence(connection), since=since):
        while waiting and waiting[0].run < revision.run:
            yield waiting.pop(0)
        yield revision
    yield from waiting
