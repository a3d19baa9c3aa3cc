"""Documents that have moved to another address: the new one goes on for the old one.

The old document leaves the search store (`indexer.documents.backlog`), its address leads to the new
one, and what watches were told of it they are not told again. The caller commits, so that a move is
there as a whole or not at all.
"""

from __future__ import annotations

import sqlalchemy as sa

from indexer.database import tables
from indexer.database.records import get_record
from indexer.documents.queries import CurrentDocument, current_documents
from indexer.records.outcome import REDIRECTS_TO, Outcome
from indexer.revisions.changes import news_of
from indexer.revisions.document_identity import resembles
from indexer.revisions.fingerprints import Fingerprints


def follow(connection: sa.Connection, old: str, new: str) -> None:
    """From now on the document `new` goes on for `old`, and for all that had moved there."""
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
    _tell_no_more(connection, old, new)
    _hand_over_events(connection, old, new)


def follow_redirects(connection: sa.Connection) -> None:
    """Moves to pages that had been counted before the old address was asked for.

    Such an address ends as a duplicate, without a page to read, and its document says so.
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
    """The new document was taken for news as a whole when its page was read."""
    connection.execute(
        sa.update(tables.revision)
        .where(tables.revision.c.document == document, tables.revision.c.number == 1)
        .values(added=news_of(old, new))
    )


def _tell_no_more(connection: sa.Connection, old: str, new: str) -> None:
    """Passages of the old document that watches were told of count as told of the new one."""
    told = tables.matched_passage
    known = told.alias()
    query = sa.select(told.c.watch, told.c.fingerprint, told.c.match).where(
        told.c.document == old,
        ~sa.exists().where(
            known.c.watch == told.c.watch,
            known.c.document == new,
            known.c.fingerprint == told.c.fingerprint,
        ),
    )
    rows = [{**row, "document": new} for row in connection.execute(query).mappings()]
    if rows:
        connection.execute(sa.insert(told), rows)


def _hand_over_events(connection: sa.Connection, old: str, new: str) -> None:
    """Events of the old document are the new one's, unless that has its own."""
    kept = tables.event_document
    own = sa.select(kept.c.number).where(kept.c.document == new).limit(1)
    if connection.execute(own).first() is None:
        connection.execute(sa.update(kept).where(kept.c.document == old).values(document=new))
        connection.execute(
            sa.update(tables.document).where(tables.document.c.id == new).values(linked=True)
        )
        return
    connection.execute(sa.delete(kept).where(kept.c.document == old))
