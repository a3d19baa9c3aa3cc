"""Removes responses from the archive, and updates the positions of the others in the database.

`crawler.archive.purging` rewrites a file; here the new file replaces the old one, in one
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
    remove_stale_files,
    rewrite,
)
from indexer.frontier.archive_files import (
    archive_file_names,
    find_archive_file,
    replace_archive_file,
    save_purge,
)
from indexer.frontier.fetches import (
    ArchivedFetch,
    iter_archived_fetches,
    mark_purged,
    move_fetch,
)

RemovalRule = Callable[[ArchivedRecord, ArchivedFetch | None], bool]
"""Whether a record is removed. Pages have a fetch, listings have none."""


class ArchivePurge:
    """Removes records from the archive files in `folder`; the caller holds the run lock."""

    def __init__(self, connection: sa.Connection, folder: Path) -> None:
        self.connection = connection
        self.folder = folder
        remove_stale_files(folder, archive_file_names(connection))

    def files(self) -> Iterable[str]:
        """Names of all files, oldest first."""
        return archive_files(self.folder)

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
        file = find_archive_file(self.connection, name)
        fetches = {fetch.offset: fetch for fetch in iter_archived_fetches(self.connection, name)}
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
                if moved is not None:
                    move_fetch(self.connection, fetch.id, result.new, moved)
                else:
                    mark_purged(self.connection, fetch.id)
            replace_archive_file(self.connection, result.old, result.new, result.end, purged)
        elif purged is not None:
            save_purge(self.connection, result.new, purged)
