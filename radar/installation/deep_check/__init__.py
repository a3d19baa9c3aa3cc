"""`radar check --deep`: reads everything that an installation has kept, and says what is damaged.

Each finding is one line with its remedy. Nothing is changed, and memory does not grow with what is
read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import sqlalchemy as sa

from indexer.database.engine import usable
from indexer.records.errors import ForeignData, RadarError
from radar.installation import belonging
from radar.installation.checking import CheckResult
from radar.installation.deep_check.archive_check import check_archive
from radar.installation.deep_check.database_check import check_database
from radar.installation.deep_check.findings import Progress
from radar.installation.deep_check.index_check import check_index
from radar.installation.installation import Installation

__all__ = ["Progress", "check_deeply"]

_NOT_OURS = "it belongs to another installation"


def check_deeply(installation: Installation, progress: Progress) -> Iterator[CheckResult]:
    """All findings about database, archive and search index, and a line on what was read."""
    folder = installation.settings.archive
    try:
        engine = installation.open_reader()
    except RadarError as error:
        # The ordinary check has said so; the archive is what everything can be made from again.
        yield CheckResult("database", "error", f"not read: {error.message}")
        engine = None
    try:
        if engine is not None:
            yield from check_database(engine, progress)
        if _is_foreign(engine, lambda c: belonging.check_archive(c, folder)):
            yield CheckResult("archive", "error", f"{folder} was not read: {_NOT_OURS}")
        else:
            yield from check_archive(engine, folder, progress)
        if engine is None:
            return
        if _is_foreign(engine, lambda c: belonging.refuse_foreign_index(c, installation)):
            place = installation.store_kind.place
            yield CheckResult("index", "error", f"the index {place} was not read: {_NOT_OURS}")
        else:
            yield from check_index(engine, installation, progress)
    finally:
        if engine is not None:
            engine.dispose()


def _is_foreign(engine: sa.Engine | None, refuse: Callable[[sa.Connection], None]) -> bool:
    """Whether this raises ForeignData for the database; a damaged one knows nothing of it."""
    if engine is None:
        return False
    try:
        with usable(), engine.connect() as connection:
            refuse(connection)
    except ForeignData:
        return True
    except RadarError:
        return False
    return False
