"""What goes with a source that is forgotten, and what does not."""

from __future__ import annotations

import sqlalchemy as sa

from indexer.database import tables
from indexer.documents.translations import keep_versions
from indexer.erasure.removal import remove, targets_of_source
from indexer.frontier.port import Link
from indexer.records.document import Alternate
from tests.unit.indexer.record import HOME, Record


def test_versions_that_another_source_of_the_site_has_stay_known(record: Record) -> None:
    record.fetch("/de/zinn")
    record.read("Zinn.")
    record.ledger.add("english", Link(f"{HOME}/en/tin"))
    record.ledger.add("partner", Link(f"{HOME}/ru/olovo"))
    record.ledger.commit()
    versions = [Alternate("en", f"{HOME}/en/tin"), Alternate("ru", f"{HOME}/ru/olovo")]
    keep_versions(record.connection, f"{HOME}/de/zinn", "de", versions)
    remove(record.connection, targets_of_source(record.connection, "partner"))
    left = sa.select(tables.address.c.url, tables.address.c.source)
    assert [tuple(row) for row in record.connection.execute(left)] == [
        (f"{HOME}/en/tin", "english")
    ]
    assert record.count(tables.document) == 0
    assert record.count(tables.language_version) == 0
