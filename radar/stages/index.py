"""The stage index: writes to the search store what it does not hold yet."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from indexer.documents.backlog import (
    iter_backlog,
    mark_indexed,
    mark_rejected,
    mark_removed,
    moved_documents,
)
from indexer.records.document import StoredDocument
from indexer.stores.base import Store
from radar.stages.batches import BATCH, Batch, Reasons, write_batches

logger = logging.getLogger(__name__)


@dataclass(slots=True)
class Indexed:
    """The result of writing the backlog."""

    written: int = 0
    rejected: int = 0


def index_backlog(
    connection: sa.Connection,
    store: Store,
    *,
    progress: Callable[[int], None],
    stopped: Callable[[], bool],
) -> Indexed:
    """Write the backlog; a document is marked only when the store holds it durably.

    If interrupted in between, it is written again, which changes nothing in the store. The store is
    one for which `radar.installation.belonging.begin_writing` said CURRENT.
    """
    indexed = Indexed()

    def batches() -> Iterator[list[StoredDocument]]:
        for documents in iter_backlog(connection, BATCH):
            if stopped():
                return
            yield documents

    for documents, reasons in write_batches(batches(), store.write, at_once=store.writes_at_once):
        _reject(connection, documents, reasons)
        mark_indexed(connection, [d for d in documents if d.id not in reasons])
        connection.commit()
        indexed.written += len(documents) - len(reasons)
        indexed.rejected += len(reasons)
        progress(len(documents))
    _remove(connection, store, stopped)
    return indexed


def _remove(connection: sa.Connection, store: Store, stopped: Callable[[], bool]) -> None:
    """Take out what has moved, when its new document is there: nothing is missing meanwhile."""
    while not stopped():
        documents = moved_documents(connection, BATCH)
        if not documents:
            return
        store.delete(documents)
        mark_removed(connection, documents)
        connection.commit()


def _reject(connection: sa.Connection, documents: Batch, reasons: Reasons) -> None:
    """Record why the store rejects some of these documents."""
    for document in documents:
        if document.id in reasons:
            mark_rejected(connection, document.id, reasons[document.id])
            logger.warning("document_rejected %s %s", document.url, reasons[document.id])
