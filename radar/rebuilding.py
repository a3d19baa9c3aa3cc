"""`radar rebuild`: the search index made anew from the database, beside the one in use."""

from __future__ import annotations

from itertools import islice

import sqlalchemy as sa

from indexer.revisions import all_documents, forget_index, mark_indexed
from indexer.stores.embedded import open_rebuild
from radar.indexing import BATCH
from radar.installation import Installation
from radar.progress import Display


def rebuild(connection: sa.Connection, installation: Installation, show: Display) -> int:
    """Fill a new index with every document and swap it in; returns their number.

    Cut off before the swap, the old index stays in use.
    """
    documents = all_documents(connection)
    show.stage("rebuild")
    fresh = open_rebuild(installation.settings.index, installation.compiler)
    swapped = False
    number = 0
    try:
        while batch := list(islice(documents, BATCH)):
            fresh.write(batch)
            number += len(batch)
            show.advance(len(batch))
        fresh.finish()
        swapped = True
    finally:
        if not swapped:
            fresh.abandon()
    forget_index(connection)
    documents = all_documents(connection)
    while batch := list(islice(documents, BATCH)):
        mark_indexed(connection, batch)
    connection.commit()
    return number
