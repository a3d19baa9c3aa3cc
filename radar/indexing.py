"""The stage index: the search store gets what it does not have yet."""

from __future__ import annotations

import logging
from collections.abc import Callable

import sqlalchemy as sa

from indexer.document import StoredDocument
from indexer.errors import DocumentRejected
from indexer.revisions import backlog, forget_index, mark_indexed, mark_rejected
from indexer.stores.base import Store

logger = logging.getLogger(__name__)

BATCH = 500
"""Documents in one write: a commit of the embedded store costs about 0.1 s however small it is."""


def index_backlog(
    connection: sa.Connection,
    store: Store,
    *,
    progress: Callable[[int], None],
    stopped: Callable[[], bool],
) -> int:
    """Write the backlog; a document is marked only when the store has it for good.

    Cut off in between, it is written once more, which changes nothing in the store.
    """
    if not store.revisions():
        forget_index(connection)
    written = 0
    while not stopped():
        documents = backlog(connection, BATCH)
        if not documents:
            break
        written += write(connection, store, documents)
        connection.commit()
        progress(len(documents))
    return written


def write(connection: sa.Connection, store: Store, documents: list[StoredDocument]) -> int:
    """Write documents; one that the store refuses is kept out with its reason, the rest go on."""
    try:
        store.write(documents)
    except DocumentRejected as error:
        if len(documents) == 1:
            mark_rejected(connection, documents[0].id, error.message)
            logger.warning("document_rejected %s %s", documents[0].url, error.message)
            return 0
        return sum(write(connection, store, [document]) for document in documents)
    mark_indexed(connection, documents)
    return len(documents)
