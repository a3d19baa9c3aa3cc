"""Queries for events and their changes, for later stages and for display."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from indexer.database import tables
from indexer.database.chunks import chunks
from indexer.database.records import columns_of, iter_records
from indexer.documents.queries import (
    CURRENT_REVISION,
    CurrentDocument,
    current_documents,
    iter_documents,
)
from indexer.events.change_lines import ReportedChange
from indexer.records.document import DocumentId, Page, StoredDocument, iso_instant

_CHANGE = tables.event_change.c
_MEMBER = tables.event_document.c
_REPORTED = columns_of(ReportedChange, tables.event_change)


@dataclass(frozen=True, slots=True)
class RecordedChange:
    """A change of an event, with the revision that states it."""

    id: int
    run: int
    created: datetime
    reported: ReportedChange
    document: StoredDocument
    """As of that revision."""
    evidence: dict[str, Any] | None
    """Passage {text, marks} that says so."""
    first_look: bool


@dataclass(frozen=True, slots=True)
class LinkedDocument:
    """Another document about an event."""

    id: DocumentId
    url: str
    title: str | None
    lang: str | None
    role: str
    """main, upcoming or mentioned."""
    reason: str | None
    """Why it is the same event; None: the one that the others were found to be the same as."""


@dataclass(frozen=True, slots=True)
class ChangeInHistory:
    """A change of an event, for its history."""

    reported: ReportedChange
    when: datetime
    url: str
    """Page that says so."""
    evidence: dict[str, Any] | None

    def to_json(self) -> dict[str, Any]:
        """A change in `/api/documents/{id}` and `/api/events/{id}`."""
        return {
            **self.reported.to_json(),
            "when": iso_instant(self.when),
            "url": self.url,
            "evidence": self.evidence,
        }


@dataclass(frozen=True, slots=True)
class EventHistoryOf:
    """What other documents say about an event of a document."""

    event: str
    linked: tuple[LinkedDocument, ...] = ()
    changes: tuple[ChangeInHistory, ...] = ()


def newest_change(connection: sa.Connection) -> int:
    """The highest number of a change; 0 if there is none."""
    return int(connection.execute(sa.select(sa.func.max(_CHANGE.id))).scalar() or 0)


def change_before(connection: sa.Connection, moment: datetime) -> int:
    """The highest number of a change that was found before a moment; 0 if none was."""
    query = sa.select(sa.func.max(_CHANGE.id)).where(_CHANGE.created < moment)
    return int(connection.execute(query).scalar() or 0)


def changes_after(
    connection: sa.Connection, after: int, until: int, *, since: datetime | None = None
) -> Iterator[RecordedChange]:
    """Changes of events in the order in which they were found; `since`: at this moment or later."""
    revision, document = tables.revision.c, tables.document.c
    query = (
        sa.select(*_REPORTED, _CHANGE.id, _CHANGE.document, _CHANGE.revision, _CHANGE.evidence)
        .add_columns(
            _CHANGE.first_look,
            _CHANGE.run,
            _CHANGE.created,
            document.url,
            document.source,
            document.first_seen,
        )
        .add_columns(revision.page, tables.document_story.c.story)
        .join(tables.document, document.id == _CHANGE.document)
        .join(
            tables.revision,
            sa.and_(revision.document == _CHANGE.document, revision.number == _CHANGE.revision),
        )
        .outerjoin(tables.document_story, tables.document_story.c.document == _CHANGE.document)
        .where(_CHANGE.id > after, _CHANGE.id <= until)
        .order_by(_CHANGE.id)
    )
    if since is not None:
        query = query.where(_CHANGE.created >= since)
    for row in connection.execute(query).all():
        stored = StoredDocument(
            DocumentId(row.document),
            row.url,
            row.source,
            row.revision,
            row.first_seen,
            Page.from_json(row.page),
            row.story,
        )
        reported = ReportedChange(*row[: len(_REPORTED)])
        yield RecordedChange(
            row.id, row.run, row.created, reported, stored, row.evidence, row.first_look
        )


def reported_changes(connection: sa.Connection, ids: Collection[int]) -> list[ReportedChange]:
    """The changes with these numbers, in their order."""
    if not ids:
        return []
    query = sa.select(*_REPORTED).where(_CHANGE.id.in_(ids)).order_by(_CHANGE.id)
    return list(iter_records(connection, ReportedChange, query))


def documents_reported_to(
    connection: sa.Connection, event: str, watches: Collection[str]
) -> dict[str, list[StoredDocument]]:
    """Id of a watch → the documents of an event that it has reported, as they are now, wherever
    they moved. Watches that have reported none are left out.
    """
    members = connection.execute(
        sa.select(_MEMBER.document).where(_MEMBER.event == event)
    ).scalars()
    now: dict[str, DocumentId] = {document: document for document in members}
    old = tables.document.c
    moved = sa.select(old.id, old.moved_to).where(old.moved_to.in_(list(now)))
    now.update(connection.execute(moved).all())
    match = tables.match.c
    reported: dict[str, set[DocumentId]] = {}
    for part in chunks(watches if now else ()):
        query = sa.select(match.watch, match.document).where(
            match.watch.in_(part), match.document.in_(list(now))
        )
        for watch, document in connection.execute(query):
            reported.setdefault(watch, set()).add(now[document])
    documents: dict[str, StoredDocument] = {}
    for part in chunks(set().union(*reported.values())):
        told = current_documents().where(old.id.in_(part))
        documents.update((d.id, d.to_store()) for d in iter_documents(connection, told))
    return {watch: [documents[known] for known in sorted(ids)] for watch, ids in reported.items()}


def _members(connection: sa.Connection, event: str) -> list[CurrentDocument]:
    """The documents that tell of an event, by id."""
    query = (
        current_documents()
        .join(tables.event_document, _MEMBER.document == tables.document.c.id)
        .where(_MEMBER.event == event)
        .order_by(tables.document.c.id)
    )
    return list(iter_documents(connection, query))


def documents_of_event(
    connection: sa.Connection, event: str, among: Collection[str]
) -> list[StoredDocument]:
    """Those of some documents that tell of an event, as they are now, wherever they moved."""
    documents = _members(connection, event)
    moved = tables.document.c
    here = moved.moved_to.in_([document.id for document in documents])
    before = connection.execute(sa.select(moved.id, moved.moved_to).where(here))
    kept = {row.moved_to for row in before if row.id in among} | set(among)
    return [document.to_store() for document in documents if document.id in kept]


def events_of(connection: sa.Connection, document: str) -> dict[int, EventHistoryOf]:
    """Index of each event of a document → the other documents that tell of it, and its history."""
    own = sa.select(_MEMBER.number, _MEMBER.event).where(_MEMBER.document == document)
    return {
        number: EventHistoryOf(
            event,
            tuple(_linked_documents(connection, event, document)),
            tuple(history_of(connection, event)),
        )
        for number, event in connection.execute(own.order_by(_MEMBER.number)).all()
    }


def _linked_documents(connection: sa.Connection, event: str, own: str) -> Iterator[LinkedDocument]:
    document = tables.document.c
    query = (
        sa.select(document.id, document.url, tables.revision.c.page, _MEMBER.facts, _MEMBER.reason)
        .join(tables.revision, CURRENT_REVISION)
        .join(tables.event_document, _MEMBER.document == document.id)
        .where(_MEMBER.event == event, document.id != own)
        .order_by(document.published, document.url)
    )
    for row in connection.execute(query):
        yield LinkedDocument(
            DocumentId(row.id),
            row.url,
            row.page.get("title"),
            row.page.get("lang"),
            row.facts["role"],
            row.reason,
        )


def history_of(connection: sa.Connection, event: str) -> Iterator[ChangeInHistory]:
    """The changes of an event, in the order in which they were found."""
    query = (
        sa.select(*_REPORTED, _CHANGE.created, tables.document.c.url, _CHANGE.evidence)
        .join(tables.document, tables.document.c.id == _CHANGE.document)
        .where(_CHANGE.event == event)
        .order_by(_CHANGE.id)
    )
    for row in connection.execute(query):
        yield ChangeInHistory(
            ReportedChange(*row[: len(_REPORTED)]), row.created, row.url, row.evidence
        )
