"""The stage index: the search store gets what it does not have yet."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass

import sqlalchemy as sa

from indexer.backlog import (
    backlog,
    departed,
    forget_index,
    mark_departed,
    mark_indexed,
    mark_rejected,
)
from indexer.document import StoredDocument
from indexer.errors import DocumentRejected
from indexer.stores.base import Store

logger = logging.getLogger(__name__)

BATCH = 500
"""Documents in one write: a commit of the embedded store costs about 0.1 s however small it is."""


@dataclass(slots=True)
class Indexed:
    """What came of the backlog."""

    written: int = 0
    rejected: int = 0


def index_backlog(
    connection: sa.Connection,
    store: Store,
    *,
    progress: Callable[[int], None],
    stopped: Callable[[], bool],
) -> Indexed:
    """Write the backlog; a document is marked only when the store has it for good.

    Cut off in between, it is written once more, which changes nothing in the store.
    """
    if not store.count():
        forget_index(connection)
    indexed = Indexed()
    while not stopped():
        documents = backlog(connection, BATCH)
        if not documents:
            break
        refused = write(connection, store, documents)
        connection.commit()
        indexed.written += len(documents) - refused
        indexed.rejected += refused
        progress(len(documents))
    _remove(connection, store, stopped)
    return indexed


def _remove(connection: sa.Connection, store: Store, stopped: Callable[[], bool]) -> None:
    """Take out what has moved, when its new document is there: nothing is missing meanwhile."""
    while not stopped():
        documents = departed(connection, BATCH)
        if not documents:
            return
        store.delete(documents)
        mark_departed(connection, documents)
        connection.commit()


def write(connection: sa.Connection, store: Store, documents: list[StoredDocument]) -> int:
    """Write documents; those that the store refuses are kept out, each with its reason.

    Returns how many were refused.
    """
    reasons: dict[str, str] = {}
    try:
        store.write(documents)
    except DocumentRejected as error:
        reasons = error.reasons
    reject(connection, documents, reasons)
    mark_indexed(connection, [d for d in documents if d.id not in reasons])
    return len(reasons)


def reject(
    connection: sa.Connection, documents: list[StoredDocument], reasons: dict[str, str]
) -> None:
    """Note why the store refuses some of these documents."""
    for document in documents:
        if document.id in reasons:
            mark_rejected(connection, document.id, reasons[document.id])
            logger.warning("document_rejected %s %s", document.url, reasons[document.id])
