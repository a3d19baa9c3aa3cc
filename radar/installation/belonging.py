"""Whether database, archive and index of an installation belong together.

Each of the three can be put back to an earlier state without the others, or stand in a folder or
cluster where another installation writes. The database is what counts: an index that is ahead of it
is built again, one that is behind has a backlog, and what belongs to another installation is left
alone (ForeignData).
"""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa

from crawler.archive.files import archive_files
from crawler.archive.owner import read_owner, write_owner
from indexer.database import tables
from indexer.database.epochs import (
    Kinship,
    begin_epoch,
    establish_id,
    installation_id,
    kinship,
)
from indexer.documents.backlog import align_with, has_backlog
from indexer.records.errors import ForeignData, StoreError
from indexer.records.origin import Origin
from indexer.stores.base import Store
from radar.configuration.settings import Settings
from radar.installation.installation import Installation

AHEAD = "the search index was filled from another state of this database than the present one"
"""What is said of an index that is ahead; what is done about it follows."""
LACKING = "the search index lacks pages that the database has written to it"
"""The same of one that is gone, or was put back to an earlier state."""


def claim_archive(connection: sa.Connection, folder: Path) -> None:
    """Make database and archive one installation's; commits. Raises ForeignData.

    A database that has no id yet takes over the archive's: it was lost and begun anew, or comes
    from a version without ids. An archive that has none becomes this installation's.
    """
    owner = read_owner(folder)
    own = establish_id(connection, owner)
    connection.commit()
    if owner not in (None, own):
        raise _foreign_archive(folder)
    _refuse_swapped_file(connection, folder)
    if owner is None:
        write_owner(folder, own)


def check_archive(connection: sa.Connection, folder: Path) -> None:
    """Raise ForeignData for an archive of another installation; changes nothing."""
    refuse_foreign_archive(installation_id(connection), folder)
    _refuse_swapped_file(connection, folder)


def refuse_foreign_archive(installation: str | None, folder: Path) -> None:
    """Raise ForeignData if both sides say whose they are, and differ; `installation`: the id that
    the database has.
    """
    owner = read_owner(folder)
    if owner is not None and installation is not None and owner != installation:
        raise _foreign_archive(folder)


def index_kinship(connection: sa.Connection, installation: Installation) -> Kinship:
    """What the search index is to the database; raises ForeignData, StoreError."""
    with installation.store(writable=False) as store:
        origin = store.origin()
    return kinship_of(connection, installation, origin)


def kinship_of(
    connection: sa.Connection, installation: Installation, origin: Origin | None
) -> Kinship:
    """What an index with this origin is to the database; ForeignData if it is another one's."""
    found = kinship(connection, origin)
    if found is Kinship.FOREIGN:
        kind = installation.store_kind
        raise ForeignData(
            f"the search index {kind.place} belongs to another installation", hint=kind.remedy
        )
    return found


def refuse_foreign_index(connection: sa.Connection, installation: Installation) -> None:
    """Raise ForeignData for an index of another installation.

    One that can't be opened is let pass: whoever needs it says what is wrong with it.
    """
    try:
        index_kinship(connection, installation)
    except ForeignData:
        raise
    except StoreError:
        return


def begin_writing(connection: sa.Connection, store: Store, *, always: bool = False) -> Kinship:
    """Begin an epoch, in the database and then in the store; what the store lacks is backlog again.

    CURRENT: the store may be written to. AHEAD: it holds what the database does not know, and has
    to be built again; nothing is changed then. FOREIGN: it is another installation's. Without
    `always` no epoch is begun where there is nothing to write.
    """
    found = kinship(connection, store.origin())
    if found in (Kinship.AHEAD, Kinship.FOREIGN):
        return found
    emptied = not store.count()
    if found is Kinship.BEHIND or emptied:
        if align_with(connection, store.revisions()):
            connection.rollback()
            return Kinship.AHEAD
    elif not always and not has_backlog(connection):
        return found
    origin = begin_epoch(connection)
    connection.commit()
    store.mark(origin)
    return Kinship.CURRENT


def traces_of_a_database(settings: Settings) -> str | None:
    """What tells that there was a database, for where there is none; None: nothing does."""
    if archive_files(settings.archive):
        return f"there is the archive in {settings.archive}"
    if (settings.index / "current").exists():
        return f"there is the search index in {settings.index}"
    if settings.sent.exists():
        return f"messages were sent, says {settings.sent}"
    return None


RESTORE_DATABASE = (
    "`radar restore FOLDER` brings it back from a backup; without one, a run begins a new one and "
    "enters the pages of the archive again, but keys and what was seen when are lost"
)
"""What to do about a database that is gone."""


def is_new(connection: sa.Connection) -> bool:
    """Whether no run has been made with this database."""
    no_run = connection.execute(sa.select(tables.run.c.id).limit(1)).first() is None
    return no_run and installation_id(connection) is None


def _refuse_swapped_file(connection: sa.Connection, folder: Path) -> None:
    # Reads WARC, as a server that answers from its index does not.
    from radar.installation.swapped_file import swapped_file  # noqa: PLC0415

    path = swapped_file(connection, folder)
    if path is not None:
        raise ForeignData(
            f"{path} belongs to another installation: it has other records than the database knows",
            hint="put the right file back from a backup, or move this one away: pages that are "
            "needed are requested again; nothing was changed",
        )


def _foreign_archive(folder: Path) -> ForeignData:
    return ForeignData(
        f"the archive in {folder} belongs to another installation than the database",
        hint="name this installation's own data folder with RADAR_HOME, or its own database with "
        "RADAR_DATABASE; nothing was changed",
    )
