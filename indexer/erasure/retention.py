"""Removes texts when a partner's permission ends; what a page was about stays.

Kept are title, dates, language, kind, authors, events and what the page names (countries, raw
materials, organisations …), and of its passages the fingerprints, so that the same text is no news
when it is met again. Removed are text, teaser, contacts, and every evidence that stands in them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from indexer.database import tables
from indexer.database.records import columns_of, iter_records
from indexer.documents.queries import next_sequence
from indexer.records.document import Page
from indexer.revisions.fingerprints import Fingerprints

_KEPT_PARTS = ("title", "url", "given")
"""Parts whose mentions stay: what they count in stays too."""
BATCH = 200
"""Documents between two commits."""


def without_text(page: Page) -> Page:
    """The page as it may be kept after its time."""
    return replace(
        page,
        teaser=None,
        text="",
        parts={name: text for name, text in page.parts.items() if name in _KEPT_PARTS},
        dates=(),
        contacts=(),
        mentions=tuple(m for m in page.mentions if m.part in _KEPT_PARTS),
    )


def remove_texts(
    connection: sa.Connection,
    run: int,
    source: str,
    before: datetime,
    after: datetime | None = None,
) -> int:
    """Take the texts out of a source's revisions that were fetched before, or, where that is given,
    after a moment to come (by a clock ahead, long ago); commits in batches.

    A document whose current text goes gets a new revision, which adds no passage and starts no
    match: the search store takes it like any other. Returns the number of those documents.
    """
    number = 0
    while revisions := _expired(connection, source, before, after):
        for revision in revisions:
            number += _remove_text(connection, run, revision)
        connection.commit()
    return number


def enable_secure_delete(connection: sa.Connection) -> None:
    """From now on this connection overwrites what it deletes (SQLite leaves it in the file
    otherwise).
    """
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA secure_delete = ON")


def truncate_write_ahead_log(connection: sa.Connection) -> None:
    """Old pages of the database go out of its log too; a reader that is at work delays that."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


@dataclass(frozen=True, slots=True)
class _Revision:
    """A revision with text."""

    document: str
    number: int
    fetch: int
    extractor: int
    created: datetime
    page: Mapping[str, Any]
    revision: int
    """The current one of its document."""


def _expired(
    connection: sa.Connection, source: str, before: datetime, after: datetime | None
) -> list[_Revision]:
    """Revisions with text, of responses that were fetched before, or after."""
    fetched = tables.fetch.c.fetched_at
    is_past = fetched < before if after is None else (fetched < before) | (fetched > after)
    query = (
        sa.select(*columns_of(_Revision, tables.revision, tables.document))
        .join(tables.document, tables.document.c.id == tables.revision.c.document)
        .join(tables.fetch, tables.fetch.c.id == tables.revision.c.fetch)
        .where(
            tables.document.c.source == source,
            tables.revision.c.fingerprints.is_(None),
            is_past,
        )
        .order_by(tables.revision.c.seq)
        .limit(BATCH)
    )
    return list(iter_records(connection, _Revision, query))


def _remove_text(connection: sa.Connection, run: int, revision: _Revision) -> int:
    before = Page.from_json(revision.page)
    page = without_text(before).to_json()
    fingerprints = sorted(Fingerprints.of(before).passages)
    document, number = revision.document, revision.number
    connection.execute(
        sa.update(tables.revision)
        .where(tables.revision.c.document == document, tables.revision.c.number == number)
        .values(page=page, fingerprints=fingerprints)
    )
    connection.execute(
        sa.update(tables.match)
        .where(tables.match.c.document == document, tables.match.c.revision == number)
        .values(passages=[])
    )
    connection.execute(
        sa.update(tables.event_change)
        .where(tables.event_change.c.document == document, tables.event_change.c.revision == number)
        .values(evidence=sa.null())
    )
    connection.execute(
        sa.update(tables.document_story)
        .where(
            tables.document_story.c.document == document,
            tables.document_story.c.revision == number,
        )
        .values(day=None, traits=sa.null(), vectors=None)
    )
    if number != revision.revision:
        return 0
    connection.execute(
        sa.insert(tables.revision).values(
            document=document,
            number=number + 1,
            seq=next_sequence(connection),
            run=run,
            fetch=revision.fetch,
            extractor=revision.extractor,
            created=revision.created,
            page=page,
            added=[],
            first_look=False,
            fingerprints=fingerprints,
        )
    )
    connection.execute(
        sa.update(tables.document)
        .where(tables.document.c.id == document)
        .values(revision=number + 1, rejected=None)
    )
    return 1
