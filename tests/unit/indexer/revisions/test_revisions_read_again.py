"""Documents that a newer version reads again."""

from __future__ import annotations

import sqlalchemy as sa

from indexer.database import tables
from indexer.documents.queries import outdated_documents
from indexer.revisions.revisions import Revisions
from tests.unit.indexer.record import Record


def test_what_the_text_is_recognised_by_is_kept_where_an_old_version_did_not(
    record: Record,
) -> None:
    record.fetch("/a")
    record.read("The words of this page.")
    known = sa.select(tables.document.c.text_hash)
    expected = record.connection.execute(known).scalar_one()
    record.connection.execute(sa.update(tables.document).values(text_hash=None))
    [document] = outdated_documents(record.connection, 2, "", 10)
    newer = Revisions(record.connection, record.run.id, record.now, 2)
    assert not newer.record_new_extraction(document, document.read_page())
    assert record.connection.execute(known).scalar_one() == expected
    assert record.count(tables.revision) == 1
