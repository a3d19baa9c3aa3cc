"""Whether the archive file that was written last is the one that the database knows.

Each file says in its first record which installation wrote it. Files of versions before that are
told apart by their pages: one record is read to see it. A damaged or missing file is not taken for
another one.
"""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa

from crawler.archive.owner import owner_of_file
from crawler.archive.stretches import stretches
from crawler.archive.warc import Archive, is_of
from indexer.database.epochs import installation_id
from indexer.frontier.fetches import Fetch, first_archived_fetch, last_archived_fetch
from indexer.records.errors import ArchiveError


def swapped_file(connection: sa.Connection, folder: Path) -> Path | None:
    """The file, if another installation wrote it, or if it does not say who did and has other
    records than the database knows from its first page on.
    """
    last = last_archived_fetch(connection)
    if last is None:
        return None
    writer, own = owner_of_file(folder / last.file), installation_id(connection)
    if writer is not None and own is not None:
        return folder / last.file if writer != own else None
    if _is_there(last, folder):
        return None
    first = first_archived_fetch(connection, last.file)
    if first is None or _is_there(first, folder):
        return None
    path = folder / last.file
    return path if _has_another_record(path, first) else None


def _is_there(fetch: Fetch, folder: Path) -> bool:
    try:
        Archive(folder).read(fetch.position, fetch.final_url)
    except ArchiveError:
        return False
    return True


def _has_another_record(path: Path, fetch: Fetch) -> bool:
    """Whether a whole record is where the fetch has its own, or around that place."""
    try:
        with path.open("rb") as file:
            for stretch in stretches(file):
                if stretch.end > fetch.offset:
                    return stretch.record is not None and (
                        stretch.start != fetch.offset or not is_of(stretch.record, fetch.final_url)
                    )
    except OSError:
        return False
    return False
