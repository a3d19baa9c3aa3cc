"""Removes responses from the archive, and updates the positions of the others in the database.

`crawler.archive.purging` rewrites a file; here the new file replaces the old one, in one
transaction. Damaged records go with the removed ones; what was lost is logged, and noted at the
fetches.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from crawler.archive.files import archive_files
from crawler.archive.purging import (
    ArchivedRecord,
    Rewritten,
    remove_stale_files,
    rewrite,
)
from crawler.archive.stretches import NO_RECORD
from crawler.archive.warc import target_uri
from indexer.frontier.address import request_whole
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
    mark_removed_damage,
    move_fetch,
)

logger = logging.getLogger(__name__)

RemovalRule = Callable[[ArchivedRecord, ArchivedFetch | None], bool]
"""Whether a record is removed. Pages have a fetch, listings have none."""


class ArchivePurge:
    """Removes records from the archive files in `folder`; the caller holds the run lock."""

    def __init__(self, connection: sa.Connection, folder: Path) -> None:
        self.connection = connection
        self.folder = folder
        self.losses: list[str] = []
        """Damage that was removed, one line each."""
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
        """Remove records, and damage, from a file; commits; returns the number of records.

        `left` makes the value of `archive_file.purged`; `also` is called with the number, to write
        in the same transaction. Raises OSError.
        """
        file = find_archive_file(self.connection, name)
        fetches = {fetch.offset: fetch for fetch in iter_archived_fetches(self.connection, name)}
        removed: set[int] = set()

        def goes(record: ArchivedRecord) -> bool:
            fetch = fetches.get(record.offset)
            if fetch is not None and target_uri(fetch.final_url) != target_uri(record.url):
                fetch = None  # the file is not the one that the fetch was written to
            selected = rule(record, fetch)
            if selected and fetch is not None:
                removed.add(fetch.id)
            return selected

        result = rewrite(self.folder, name, file.end if file is not None else 0, goes)
        self._replace(result, fetches, removed, left(result) if left else None)
        if also is not None:
            also(result.removed)
        self.connection.commit()
        self._report(result)
        if result.new != result.old:
            (self.folder / result.old).unlink()
        return result.removed

    def _replace(
        self,
        result: Rewritten,
        fetches: Mapping[int, ArchivedFetch],
        removed: Collection[int],
        purged: Mapping[str, Any] | None,
    ) -> None:
        """Put the new file in place of the old one, in the database; `removed`: ids of fetches."""
        if result.new != result.old:
            for offset, fetch in fetches.items():
                moved = result.offsets.get(offset)
                if moved is not None:
                    move_fetch(self.connection, fetch.id, result.new, moved)
                elif fetch.id in removed:
                    mark_purged(self.connection, fetch.id)
                else:
                    reason = f"damaged: {_place(result.old, offset)}: {_reason(result, offset)}"
                    mark_removed_damage(self.connection, fetch.id, reason)
                    request_whole(self.connection, fetch.url)
            # The records of an unknown file are still to be entered (`radar.stages.reentry`).
            known = find_archive_file(self.connection, result.old)
            end = result.end if known is not None and known.end else 0
            replace_archive_file(self.connection, result.old, result.new, end, purged)
        elif purged is not None:
            save_purge(self.connection, result.new, purged)

    def _report(self, result: Rewritten) -> None:
        for damage in result.damage:
            line = (
                f"{_place(result.old, damage.start)}: {damage.damage}; "
                f"{damage.end - damage.start} bytes removed"
            )
            logger.warning("archive_damage_removed %s", line)
            self.losses.append(line)


def _place(name: str, offset: int) -> str:
    return f"{name} at {offset}"


def _reason(result: Rewritten, offset: int) -> str:
    """Why no record is found at an offset that the database names."""
    found = (d.damage for d in result.damage if d.start <= offset < d.end)
    return next(found, None) or NO_RECORD
