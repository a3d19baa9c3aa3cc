"""`radar rebuild`: builds a new search index from the database, beside the one in use."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager

import sqlalchemy as sa

from indexer.documents.backlog import documents_after, mark_rebuilt
from indexer.events.registry import relink
from indexer.records.document import StoredDocument
from indexer.stores.base import Rebuild
from radar.installation.installation import Installation
from radar.run.lock import rebuild_lock, run_lock
from radar.run.progress import Display
from radar.stages.batches import BATCH, Reasons, write_batches
from radar.stages.index import Indexed


def rebuild(connection: sa.Connection, installation: Installation, show: Display) -> Indexed:
    """Fill a new index with every document and put it in use.

    If it is interrupted before the swap, the old index stays in use. With a cluster, a run may add
    documents meanwhile: filling continues until it has caught up, and later documents are written
    to both indexes by the run itself. The next run links the events of all documents again.
    """
    show.stage("rebuild")
    relink(connection)
    connection.commit()
    fresh = installation.open_rebuild()
    indexed = Indexed()
    swapped = False
    try:
        until, reasons = _fill(connection, fresh, show, indexed)
        fresh.finish()
        swapped = True
    finally:
        if not swapped:
            fresh.abandon()
    mark_rebuilt(connection, until, reasons)
    connection.commit()
    return indexed


def rebuild_alone(installation: Installation) -> AbstractContextManager[None]:
    """The lock of a rebuild: some stores take a run beside it, others have one writer."""
    home = installation.settings.home
    return rebuild_lock(home) if installation.store_kind.runs_beside_rebuild else run_lock(home)


def _fill(
    connection: sa.Connection, fresh: Rebuild, show: Display, indexed: Indexed
) -> tuple[int, Reasons]:
    """Write everything; returns the last ingest sequence number and what was refused."""
    last = 0
    reasons: Reasons = {}

    def batches() -> Iterator[list[StoredDocument]]:
        nonlocal last
        while batch := documents_after(connection, last, BATCH):
            connection.rollback()  # the next look at the database sees what a run has added
            last = batch[-1][0]
            yield [document for _, document in batch]

    for documents, refused in write_batches(batches(), fresh.write, at_once=fresh.writes_at_once):
        reasons |= refused
        indexed.written += len(documents) - len(refused)
        indexed.rejected += len(refused)
        show.advance(len(documents))
    return last, reasons
