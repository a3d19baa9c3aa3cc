"""Removes responses from the archive, and updates the positions of the others in the database.

`crawler.archive.purging` rewrites a file; here the new file replaces the old one, in one
transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from crawler.archive.purging import (
    ArchivedRecord,
    Rewritten,
    archive_files,
    remove_leftovers,
    rewrite,
)
from indexer.database import tables
from indexer.database.records import columns_of, find_record, iter_records


@dataclass(frozen=True, slots=True)
class ArchiveFile:
    """What is known of an archive file."""

    end: int
    """End of its last committed record."""
    purged: Mapping[str, Any] | None
    """What its last purge left (`radar.erasure.retention`)."""


@dataclass(frozen=True, slots=True)
class ArchivedFetch:
    """The part of a fetch that decides whether its response is removed."""

    id: int
    source: str
    offset: int
    state: str


RemovalRule = Callable[[ArchivedRecord, ArchivedFetch | None], bool]
"""Whether a record is removed. Pages have a fetch, listings have none."""


class ArchivePurge:
    """Removes records from the archive files in `folder`; the caller holds the run lock."""

    def __init__(self, connection: sa.Connection, folder: Path) -> None:
        self.connection = connection
        self.folder = folder
        remove_leftovers(folder, self._committed())

    def files(self) -> Iterable[str]:
        """Names of all files, oldest first."""
        return archive_files(self.folder)

    def find_file(self, name: str) -> ArchiveFile | None:
        """What is known of a file."""
        query = sa.select(*columns_of(ArchiveFile, tables.archive_file))
        return find_record(
            self.connection, ArchiveFile, query.where(tables.archive_file.c.name == name)
        )

    def remove(
        self,
        name: str,
        rule: RemovalRule,
        *,
        left: Callable[[Rewritten], Mapping[str, Any]] | None = None,
        also: Callable[[int], None] | None = None,
    ) -> int:
        """Remove records from a file; commits; returns their number.

        `left` makes the value of `archive_file.purged`; `also` is called with the number, to write
        in the same transaction. Raises OSError.
        """
        file = self.find_file(name)
        fetches = {fetch.offset: fetch for fetch in self._fetches(name)}
        result = rewrite(
            self.folder,
            name,
            file.end if file is not None else 0,
            lambda record: rule(record, fetches.get(record.offset)),
        )
        self._replace(result, fetches, left(result) if left else None)
        if also is not None:
            also(result.removed)
        self.connection.commit()
        if result.new != result.old:
            (self.folder / result.old).unlink()
        return result.removed

    def _committed(self) -> list[str]:
        return list(self.connection.execute(sa.select(tables.archive_file.c.name)).scalars())

    def _fetches(self, name: str) -> Iterator[ArchivedFetch]:
        query = sa.select(*columns_of(ArchivedFetch, tables.fetch))
        return iter_records(
            self.connection, ArchivedFetch, query.where(tables.fetch.c.file == name)
        )

    def _replace(
        self,
        result: Rewritten,
        fetches: Mapping[int, ArchivedFetch],
        purged: Mapping[str, Any] | None,
    ) -> None:
        """Put the new file in place of the old one, in the database."""
        if result.new != result.old:
            for offset, fetch in fetches.items():
                moved = result.offsets.get(offset)
                self.connection.execute(
                    sa.update(tables.fetch)
                    .where(tables.fetch.c.id == fetch.id)
                    .values(file=result.new, offset=moved)
                    if moved is not None
                    else sa.update(tables.fetch)
                    .where(tables.fetch.c.id == fetch.id)
                    .values(file="", offset=0, length=0, state="purged", given=None)
                )
            old = tables.archive_file.c.name == result.old
            self.connection.execute(sa.delete(tables.archive_file).where(old))
            self.connection.execute(
                sa.insert(tables.archive_file).values(
                    name=result.new, end=result.end, purged=purged
                )
            )
        elif purged is not None:
            self.connection.execute(
                sa.update(tables.archive_file)
                .where(tables.archive_file.c.name == result.new)
                .values(purged=dict(purged))
            )
