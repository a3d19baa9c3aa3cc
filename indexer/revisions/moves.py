"""Documents that have moved to another address: a new document continues the old one.

The old document leaves the search store (`indexer.documents.backlog`), its address leads to the new
one, and watches do not match its passages again. Whether a document has moved is decided in
`indexer.revisions.document_identity`. The caller commits: a move is written as a whole.
"""

from __future__ import annotations

import sqlalchemy as sa

from indexer.database import tables
from indexer.database.records import get_record
from indexer.documents.queries import CurrentDocument, current_documents
from indexer.events.registry import hand_over_events
from indexer.records.outcome import REDIRECTS_TO, Outcome
from indexer.revisions.changes import news_of
from indexer.revisions.document_identity import resembles
from indexer.revisions.fingerprints import Fingerprints


def follow(connection: sa.Connection, old: str, new: str) -> None:
    """From now on the document `new` continues `old`, and all that had moved there."""
    led_here = sa.or_(tables.document.c.id == old, tables.document.c.moved_to == old)
    connection.execute(
        sa.update(tables.document)
        .where(led_here, tables.document.c.id != new)
        .values(moved_to=new, last_outcome=Outcome.MOVED, linked=False, rejected=None)
    )
    first_seen = sa.select(tables.document.c.first_seen).where(tables.document.c.id == old)
    earlier = connection.execute(first_seen).scalar_one()
    connection.execute(
        sa.update(tables.document)
        .where(tables.document.c.id == new, tables.document.c.first_seen > earlier)
        .values(first_seen=earlier)
    )
    _carry_over_matches(connection, old, new)
    hand_over_events(connection, old, new)


def follow_redirects(connection: sa.Connection) -> None:
    """Moves to pages that had an outcome before the old address was requested.

    Such an address ends as a duplicate, without a page to extract, and so does its document.
    """
    new, old = tables.document.alias("new"), tables.document.alias("old")
    target = tables.address.alias("target")
    query = (
        sa.select(old.c.id.label("old"), new.c.id.label("new"))
        .distinct()
        .select_from(old)
        .join(
            tables.visit,
            sa.and_(tables.visit.c.url == old.c.url, tables.visit.c.document == old.c.id),
        )
        .join(target, tables.visit.c.reason == REDIRECTS_TO + target.c.url)
        .join(new, sa.and_(new.c.id == target.c.document, new.c.id != old.c.id))
        .where(
            old.c.last_outcome == Outcome.DUPLICATE,
            tables.visit.c.kind == "page",
            tables.visit.c.outcome == Outcome.DUPLICATE,
            old.c.moved_to.is_(None),
            new.c.moved_to.is_(None),
        )
    )
    for row in connection.execute(query).all():
        before, after = (_current(connection, name) for name in (row.old, row.new))
        earlier, later = Fingerprints.of_document(before), Fingerprints.of_document(after)
        if not resembles(earlier, later):
            continue
        if after.added is None and after.revision == 1:
            _news_only(connection, after.id, earlier, later)
        follow(connection, before.id, after.id)


def _current(connection: sa.Connection, identifier: str) -> CurrentDocument:
    query = current_documents().where(tables.document.c.id == identifier)
    return get_record(connection, CurrentDocument, query)


def _news_only(
    connection: sa.Connection, document: str, old: Fingerprints, new: Fingerprints
) -> None:
    """The new document counted as news as a whole when its page was extracted."""
    connection.execute(
        sa.update(tables.revision)
        .where(tables.revision.c.document == document, tables.revision.c.number == 1)
        .values(added=news_of(old, new))
    )


def _carry_over_matches(connection: sa.Connection, old: str, new: str) -> None:
    """Passages that watches matched in the old document count as matched in the new one."""
    passages = tables.matched_passage
    known = passages.alias()
    query = sa.select(passages.c.watch, passages.c.fingerprint, passages.c.match).where(
        passages.c.document == old,
        ~sa.exists().where(
            known.c.watch == passages.c.watch,
            known.c.document == new,
            known.c.fingerprint == passages.c.fingerprint,
        ),
    )
    rows = [{**row, "document": new} for row in connection.execute(query).mappings()]
    if rows:
        connection.execute(sa.insert(passages), rows)
