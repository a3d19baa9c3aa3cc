"""`radar check --deep`: reads everything that an installation has kept, and says what is damaged.

Each finding is one line with its remedy. Nothing is changed, and memory does not grow with what is
read.
"""

from __future__ import annotations

from collections.abc import Iterator

from indexer.records.errors import RadarError
from radar.installation.checking import CheckResult
from radar.installation.deep_check.archive_check import check_archive
from radar.installation.deep_check.database_check import check_database
from radar.installation.deep_check.findings import Progress
from radar.installation.deep_check.index_check import check_index
from radar.installation.installation import Installation

__all__ = ["Progress", "check_deeply"]


def check_deeply(installation: Installation, progress: Progress) -> Iterator[CheckResult]:
    """All findings about database, archive and search index, and a line on what was read."""
    try:
        engine = installation.open_reader()
    except RadarError as error:
        # The ordinary check has said so; the archive is what everything can be made from again.
        yield CheckResult("database", "error", f"not read: {error.message}")
        engine = None
    try:
        if engine is not None:
            yield from check_database(engine, progress)
        yield from check_archive(engine, installation.settings.archive, progress)
        if engine is not None:
            yield from check_index(engine, installation, progress)
    finally:
        if engine is not None:
            engine.dispose()
