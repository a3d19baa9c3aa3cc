"""Which files of an installation a backup holds.

Left out are the search index (a view: it is built again from the database), the database itself
(it is copied by other means), locks, drafts, what an earlier restore has moved aside, and the
folder `lost+found` of a disk that is mounted there.
"""

from __future__ import annotations

import glob
from collections.abc import Iterator, Mapping
from pathlib import Path

import sqlalchemy as sa

from radar.configuration.settings import ElasticSettings, Settings
from radar.installation.interrupted_restore import JOURNAL

ARCHIVE, INDEX = "archive", "index"
STAGING = "restoring"
"""Folder in the data folder in which a restore gets ready."""
ASIDE = "before-restore-"
"""How the folder begins that holds what a restore has replaced; its time follows."""
_SQLITE_SUFFIXES = ("", "-wal", "-shm", "-journal")
"""Of the files of one SQLite database."""
_LEFT_OUT = (".lock", ".draft")
LOST_AND_FOUND = "lost+found"
"""Folder that the root of a disk may have, which only the system's administrator may read."""


def configuration_files(settings: Settings) -> Mapping[str, Path]:
    """Path below the configuration folder → file; nothing where the packaged one is in use."""
    folder = settings.own_folder
    return {} if folder is None else files_below(folder, without=settings.home)


def archive_files(settings: Settings) -> Mapping[str, Path]:
    """Path below the archive → file."""
    return files_below(settings.archive)


def files_beside(settings: Settings) -> Mapping[str, Path]:
    """Path below the data folder → file, of what stands beside archive, index and database."""
    found: dict[str, Path] = {}
    for name in names_beside(settings, settings.home):
        entry = settings.home / name
        if entry.is_dir():
            found |= {f"{name}/{path}": file for path, file in files_below(entry).items()}
        elif entry.is_file():
            found[name] = entry
    return found


def names_beside(settings: Settings, folder: Path) -> list[str]:
    """Path below `folder`, the data folder or a copy of it, of each file and folder that stands
    beside archive, index, database and configuration. Of a folder in which one of these lies, what
    is in it counts one by one.
    """
    apart = _apart(settings)

    def below(part: Path) -> Iterator[str]:
        for path in sorted(part.iterdir() if part.is_dir() else ()):
            name = path.relative_to(folder)
            if name in apart or _is_of_a_restore(path) or _passes(path):
                continue
            if any(name in other.parents for other in apart):
                yield from below(path)
            else:
                yield name.as_posix()

    return list(below(folder))


def _apart(settings: Settings) -> frozenset[Path]:
    """Paths below the data folder of what is no entry of it by itself."""
    home = settings.home.absolute()
    places = [home / name for name in (ARCHIVE, INDEX, STAGING, JOURNAL)]
    places += [path.absolute() for path in database_files(settings)]
    if settings.own_folder is not None:
        places.append(settings.own_folder.absolute())
    return frozenset(path.relative_to(home) for path in places if path.is_relative_to(home))


def _is_of_a_restore(path: Path) -> bool:
    """Whether a restore has moved it aside, or got it ready."""
    name = path.name
    return name.startswith(ASIDE) or f".{ASIDE}" in name or name.endswith(f".{STAGING}")


def set_aside(settings: Settings) -> list[Path]:
    """Files and folders that hold what restores have replaced, or left when they were cut off."""
    found = [
        path
        for path in (settings.home.iterdir() if settings.home.is_dir() else ())
        if path.name.startswith(ASIDE) or path.name == STAGING
    ]
    for file in database_files(settings):  # those in the data folder went into a folder above
        if file.parent.is_dir():
            found += file.parent.glob(f"{glob.escape(file.name)}.{ASIDE}*")
            found += file.parent.glob(f"{glob.escape(file.name)}.{STAGING}")
    return sorted(found)


def index_not_in_use(settings: Settings) -> Path | None:
    """The index of the embedded store, where a cluster is configured by now."""
    is_left = isinstance(settings.store, ElasticSettings) and settings.index.exists()
    return settings.index if is_left else None


def database_files(settings: Settings) -> list[Path]:
    """Where the files of an SQLite database lie, there or not; none of another kind."""
    database = sqlite_file(settings.database)
    if database is None:
        return []
    return [database.with_name(database.name + suffix) for suffix in _SQLITE_SUFFIXES]


def sqlite_file(url: str) -> Path | None:
    """The file of an SQLite database; None for one in memory, and for another kind."""
    address = sa.make_url(url)
    if address.get_backend_name() != "sqlite" or address.database in {None, "", ":memory:"}:
        return None
    return Path(str(address.database))


def files_below(folder: Path, *, without: Path | None = None) -> Mapping[str, Path]:
    """Path below the folder → file, for all regular files that are there for good."""
    above = frozenset({without.resolve()} if without else ())
    return {file.relative_to(folder).as_posix(): file for file in _walk(folder, above)}


def _walk(folder: Path, above: frozenset[Path]) -> Iterator[Path]:
    """Links are followed, but not in circles."""
    real = folder.resolve()
    if not folder.is_dir() or real in above:
        return
    for path in folder.iterdir():
        if _passes(path):
            continue
        if path.is_dir():
            yield from _walk(path, above | {real})
        elif path.is_file():
            yield path


def _passes(path: Path) -> bool:
    return path.suffix in _LEFT_OUT or path.name == LOST_AND_FOUND
