"""Whether the search index is whole, and has the documents of the database, and no others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

import sqlalchemy as sa

from indexer.database import tables
from indexer.database.engine import usable
from indexer.database.index_marks import IS_SEARCHED
from indexer.documents.backlog import count_indexed
from indexer.records.document import DocumentId
from indexer.records.errors import RadarError
from indexer.stores.base import Store
from radar.installation.checking import CheckResult
from radar.installation.deep_check.findings import Progress, listed
from radar.installation.installation import Installation
from radar.plurals import counted

_REMEDY = "`radar rebuild` builds the index again from the database"
_AT_ONCE = 500
"""Documents that are compared together."""


@dataclass(slots=True)
class _Comparison:
    """Documents of the index, beside the database."""

    same: int = 0
    outdated: int = 0
    """In another revision than the database believes."""
    strange: int = 0
    """That the database does not have, or not in the index."""


def check_index(
    engine: sa.Engine, installation: Installation, progress: Progress
) -> Iterator[CheckResult]:
    """Read all files of the index where it has any, and compare all documents."""
    progress.stage("index")
    try:
        with installation.store(writable=False) as store:
            damage = [CheckResult("index", "error", f"{d}; {_REMEDY}") for d in store.damage()]
            yield from listed(damage)
            if not damage:
                yield from _compare(engine, store, progress)
    except RadarError as error:
        yield CheckResult("index", "error", f"{error.message}; {error.hint}".rstrip("; "))


def _compare(engine: sa.Engine, store: Store, progress: Progress) -> Iterator[CheckResult]:
    found = _Comparison()
    with usable(), engine.connect() as connection:
        revisions = store.iter_revisions()
        while some := dict(islice(revisions, _AT_ONCE)):
            _count(found, some, _revisions_in_index(connection, some))
            progress.advance(len(some))
        expected = count_indexed(connection)
    missing = expected - found.same - found.outdated
    for count, what in (
        (missing, "of the database missing in the index"),
        (found.outdated, "in another revision than the database has written"),
        (found.strange, "that the database does not have"),
    ):
        if count:
            yield CheckResult("index", "todo", f"{counted(count, 'document')} {what}; {_REMEDY}")
    if not (missing or found.outdated or found.strange):
        yield CheckResult("index", "ok", f"{counted(found.same, 'document')}, as in the database")


def _count(
    found: _Comparison, held: dict[DocumentId, int], expected: dict[DocumentId, int]
) -> None:
    for identity, revision in held.items():
        if identity not in expected:
            found.strange += 1
        elif expected[identity] != revision:
            found.outdated += 1
        else:
            found.same += 1


def _revisions_in_index(
    connection: sa.Connection, ids: Iterable[DocumentId]
) -> dict[DocumentId, int]:
    """Which revisions of these documents the database believes to be in the index."""
    table = tables.document.c
    query = sa.select(table.id, table.indexed).where(table.id.in_(list(ids)), IS_SEARCHED)
    return {DocumentId(row.id): abs(row.indexed) for row in connection.execute(query)}
