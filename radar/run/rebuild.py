"""Builds a new search index from the database, beside the one in use."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import sqlalchemy as sa

from indexer.database.epochs import begin_epoch
from indexer.documents.backlog import mark_rebuilt, marked_again
from indexer.documents.queries import documents_after
from indexer.events.registry import relink
from indexer.persons.registry import enter_persons, forget_persons
from indexer.records.document import StoredDocument
from indexer.stores.base import Rebuild
from radar.installation.belonging import refuse_foreign_index
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
    relink(connection)
    forget_persons(connection)
    connection.commit()
    return refill(connection, installation, show)


def refill(
    connection: sa.Connection,
    installation: Installation,
    show: Display,
    *,
    stopped: Callable[[], bool] = lambda: False,
) -> Indexed:
    """As `rebuild`, but events stay linked as they are. The caller holds the lock.

    When `stopped` says so, nothing comes of it, and the old index stays in use.
    Raises ForeignData where the index in use belongs to another installation.
    """
    show.stage("rebuild")
    refuse_foreign_index(connection, installation)
    compare_documents(connection, installation, stopped=stopped)
    fresh = installation.open_rebuild()
    indexed = Indexed()
    swapped = False
    try:
        again = marked_again(connection)
        until, reasons = _fill(connection, fresh, show, indexed, stopped)
        if stopped():
            return Indexed()
        origin = begin_epoch(connection)
        connection.commit()
        fresh.mark(origin)
        fresh.finish()
        swapped = True
    finally:
        if not swapped:
            fresh.abandon()
    mark_rebuilt(connection, until, reasons, again)
    connection.commit()
    return indexed


def compare_documents(
    connection: sa.Connection, installation: Installation, *, stopped: Callable[[], bool]
) -> None:
    """Find what new documents share with others: the stories that they tell, with the vectors that
    the index takes, and the persons whom they name by an initial.
    """
    # numpy: a run loads it when it has come so far
    from indexer.stories.registry import enter_stories  # noqa: PLC0415

    enter_stories(connection, installation.encoder, stopped=stopped)
    enter_persons(connection, installation.compiler.naming, stopped=stopped)


def rebuild_alone(installation: Installation) -> AbstractContextManager[None]:
    """The lock of a rebuild: some stores take a run beside it, others have one writer."""
    home = installation.settings.home
    return rebuild_lock(home) if installation.store_kind.runs_beside_rebuild else run_lock(home)


def _fill(
    connection: sa.Connection,
    fresh: Rebuild,
    show: Display,
    indexed: Indexed,
    stopped: Callable[[], bool],
) -> tuple[int, Reasons]:
    """Write everything; returns the last ingest sequence number and what was refused."""
    last = 0
    reasons: Reasons = {}

    def batches() -> Iterator[list[StoredDocument]]:
        nonlocal last
        while not stopped() and (batch := documents_after(connection, last, BATCH)):
            connection.rollback()  # the next look at the database sees what a run has added
            last = batch[-1].seq
            yield [document.to_store() for document in batch]

    for documents, refused in write_batches(batches(), fresh.write, at_once=fresh.writes_at_once):
        reasons |= refused
        indexed.written += len(documents) - len(refused)
        indexed.rejected += len(refused)
        show.advance(len(documents))
    return last, reasons
