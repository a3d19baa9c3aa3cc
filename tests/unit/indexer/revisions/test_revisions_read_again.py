"""Documents that a newer version reads again."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from indexer.database import tables
from indexer.documents.queries import outdated_documents
from indexer.records.errors import ArchiveError, ParseError
from indexer.revisions.revisions import Revisions
from tests.unit.indexer.record import Record

KNOWN = sa.select(tables.document.c.text_hash)


@pytest.mark.parametrize(
    "error",
    [
        None,
        ParseError("can't be read any more", reason="too-large"),
        ArchiveError("its record is not whole", reason=ArchiveError.DAMAGED),
    ],
)
def test_what_the_text_is_recognised_by_is_kept_where_an_old_version_did_not(
    record: Record, error: ParseError | None
) -> None:
    record.fetch("/a")
    record.read("The words of this page.")
    expected = record.connection.execute(KNOWN).scalar_one()
    record.connection.execute(sa.update(tables.document).values(text_hash=None))
    [document] = outdated_documents(record.connection, 2, "", 10)
    newer = Revisions(record.connection, record.run.id, record.now, 2)
    assert not newer.record_new_extraction(document, error or document.read_page())
    assert record.connection.execute(KNOWN).scalar_one() == expected
    assert record.count(tables.revision) == 1


def test_what_the_text_is_recognised_by_outlasts_it(record: Record) -> None:
    record.fetch("/a")
    record.read("The words of this page.")
    expected = record.connection.execute(KNOWN).scalar_one()
    [document] = outdated_documents(record.connection, 2, "", 10)
    left = {**document.page, "text": ""}
    record.connection.execute(sa.update(tables.revision).values(page=left, fingerprints=["x"]))
    [document] = outdated_documents(record.connection, 2, "", 10)
    newer = Revisions(record.connection, record.run.id, record.now, 2)
    assert not newer.record_new_extraction(
        document, ArchiveError("its record is not whole", reason=ArchiveError.DAMAGED)
    )
    assert record.connection.execute(KNOWN).scalar_one() == expected
