"""The folder of the embedded store: numbered indexes, and a file that names the one in use."""

from __future__ import annotations

import shutil
from pathlib import Path

from indexer.records.durable_files import replace_durably
from indexer.records.errors import IndexDamaged, StoreUnavailable
from indexer.stores.tantivy_index import TantivyIndex, engine_errors, index_damaged

_POINTER = "current"


def pointer_state(folder: Path) -> tuple[int, int] | None:
    """Changes with every swap of the pointer; None if there is no index. Raises StoreError."""
    try:
        status = (folder / _POINTER).stat()
    except NotADirectoryError as error:
        raise _no_folder(folder) from error
    except OSError:
        return None
    return status.st_mtime_ns, status.st_ino


def current_index_folder(folder: Path) -> Path | None:
    """Folder of the index in use; None if there is no index. Raises StoreError."""
    try:
        name = (folder / _POINTER).read_text(errors="replace").strip()
    except FileNotFoundError:
        return None
    except NotADirectoryError as error:
        raise _no_folder(folder) from error
    except OSError as error:
        raise StoreUnavailable(f"the search index in {folder} can't be read: {error}") from error
    if not name.isdecimal() or not (folder / name).is_dir():
        raise index_damaged(folder, f"{_POINTER} names no index")
    return folder / name


def create_first(folder: Path) -> None:
    """Put an empty index in use."""
    make_folder(folder)
    index = TantivyIndex(next_folder(folder), create=True)
    index.close()
    point_to(folder, index.folder)


def make_folder(folder: Path) -> None:
    """Make the folder, if it is missing. Raises StoreError."""
    with engine_errors(folder):
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except (FileExistsError, NotADirectoryError) as error:
            raise _no_folder(folder) from error


def _no_folder(folder: Path) -> IndexDamaged:
    return IndexDamaged(
        f"{folder} is no folder: the search index can't be there",
        hint="move it away, then `radar rebuild` builds the index again from the database",
    )


def next_folder(folder: Path) -> Path:
    """Where a new index goes: no folder yet."""
    numbers = [int(p.name) for p in folder.iterdir() if p.name.isdigit()]
    return folder / str(max(numbers, default=0) + 1)


def remove_unused(folder: Path) -> None:
    """Remove indexes of earlier rebuilds that are not in use."""
    try:
        used = current_index_folder(folder)
    except IndexDamaged:
        used = None
    for path in folder.iterdir():
        if path.is_dir() and path.name.isdigit() and path != used:
            shutil.rmtree(path, ignore_errors=True)


def point_to(folder: Path, index_folder: Path) -> None:
    """Swap the pointer in one step: after a power cut it is either the old or the new one."""
    with engine_errors(folder):
        replace_durably(folder / _POINTER, index_folder.name.encode())
