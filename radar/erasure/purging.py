"""Takes answers out of the archive, and moves what the database knows of the others.

`crawler.archive.purging` writes a file anew; here it becomes the one that counts, in one
transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
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

Judge = Callable[[ArchivedRecord, "sa.Row[Any] | None"], bool]
"""Whether a record goes; it is told the answer's row in `fetch`, which pages have and listings
lack.
"""


class Purge:
    """Removes records from the archive files in `folder`; the caller holds the run lock."""

    def __init__(self, connection: sa.Connection, folder: Path) -> None:
        self.connection = connection
        self.folder = folder
        remove_leftovers(folder, self._committed())

    def files(self) -> Iterable[str]:
        """Names of all files, oldest first."""
        return archive_files(self.folder)

    def state(self, name: str) -> sa.Row[Any] | None:
        """What is known of a file."""
        query = sa.select(tables.archive_file).where(tables.archive_file.c.name == name)
        return self.connection.execute(query).one_or_none()

    def remove(
        self,
        name: str,
        goes: Judge,
        *,
        left: Callable[[Rewritten], Mapping[str, Any]] | None = None,
        also: Callable[[int], None] | None = None,
    ) -> int:
        """Remove records from a file; commits; returns how many there were.

        `left` gives what to keep as `archive_file.purged`; `also` is told the number, for what has
        to be written in the same transaction. Raises OSError.
        """
        state = self.state(name)
        rows = {row.offset: row for row in self._fetches(name)}
        result = rewrite(
            self.folder,
            name,
            state.end if state is not None else 0,
            lambda record: goes(record, rows.get(record.offset)),
        )
        self._count(result, rows, left(result) if left else None)
        if also is not None:
            also(result.removed)
        self.connection.commit()
        if result.new != result.old:
            (self.folder / result.old).unlink()
        return result.removed

    def _committed(self) -> list[str]:
        return list(self.connection.execute(sa.select(tables.archive_file.c.name)).scalars())

    def _fetches(self, name: str) -> list[sa.Row[Any]]:
        return list(
            self.connection.execute(sa.select(tables.fetch).where(tables.fetch.c.file == name))
        )

    def _count(
        self,
        result: Rewritten,
        rows: Mapping[int, sa.Row[Any]],
        purged: Mapping[str, Any] | None,
    ) -> None:
        """From now on the new file is the one that counts."""
        if result.new != result.old:
            for offset, row in rows.items():
                moved = result.offsets.get(offset)
                self.connection.execute(
                    sa.update(tables.fetch)
                    .where(tables.fetch.c.id == row.id)
                    .values(file=result.new, offset=moved)
                    if moved is not None
                    else sa.update(tables.fetch)
                    .where(tables.fetch.c.id == row.id)
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
