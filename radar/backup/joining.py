"""The archive that a restore brings back: the backup's, joined with what the one in place has more.

Archive files only grow, and new ones follow: a present file that begins with the bytes of the
backup's is its continuation. Its complete records are taken along, and so are newer files; the next
run enters them again. Files that a purge has rewritten since are left, because the restored
database names the backup's. An archive that continues no file of the backup belongs to another
installation, and is left too.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from crawler.archive.purging import archive_files
from crawler.archive.warc import whole_end
from radar.backup.copying import copy_file, digest_of, link
from radar.backup.manifest import SavedFile


@dataclass(slots=True)
class Joined:
    """What became of the archive files in place that are not as in the backup."""

    taken: list[str] = field(default_factory=list)
    """Those whose complete records go on."""
    left: list[str] = field(default_factory=list)
    """Those that are moved aside alone."""


def stage_archive(
    present: Path,
    staged: Path,
    saved: Mapping[str, SavedFile],
    from_backup: Callable[[SavedFile], None],
) -> Joined:
    """Fill the folder `staged` with the joined archive.

    `saved`: name → file of the backup's archive; `from_backup` copies one. Where the archive in
    place has the same bytes, they are taken from there. Raises OSError.
    """
    names = archive_files(present) if present.is_dir() else []
    continued = {
        name for name in names if name in saved and _continues(present / name, saved[name])
    }
    numbers = {_number(name) for name in saved}
    joined = Joined()
    for name, file in saved.items():
        if name in continued:
            _take(present / name, staged, file, joined, last=name == names[-1])
        else:
            from_backup(file)
    for name in names:
        if name in continued:
            continue
        new = bool(continued) and name not in saved and _number(name) not in numbers
        end = whole_end(present / name, 0) if new else 0
        if end:
            copy_file(present / name, staged, name, size=end)
        (joined.taken if end else joined.left).append(name)
    return joined


def _take(path: Path, staged: Path, saved: SavedFile, joined: Joined, *, last: bool) -> None:
    """Take a file in place that holds all of the backup's. The last one is going to grow: it is
    never a link, so that what is moved aside stays as it was.
    """
    longer = path.stat().st_size > saved.size
    end = max(saved.size, whole_end(path, 0)) if longer else saved.size
    if longer or last or not link(path, staged, path.name):
        copy_file(path, staged, path.name, size=end)
    if end > saved.size:
        joined.taken.append(path.name)


def _continues(path: Path, saved: SavedFile) -> bool:
    """Whether the file begins with the bytes of the backup's."""
    return path.stat().st_size >= saved.size and digest_of(path, saved.size) == saved.sha256


def _number(name: str) -> str:
    """What all generations of a file have in common."""
    return name.partition(".")[0]
