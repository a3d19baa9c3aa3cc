"""The archive that a restore brings back: the backup's, joined with what the one in place has more.

Archive files only grow, and new ones follow: a present file that begins with the bytes of the
backup's is its continuation. Its complete records are taken along, and so are newer files; the next
run enters them again. A whole file that a purge has rewritten since takes the place of the
backup's: what had to go stays away, and the next run finds the other records in it. All this only
if both archives are of one installation.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from crawler.archive.files import archive_files, number_of
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
    *,
    related: bool | None,
) -> Joined:
    """Fill the folder `staged` with the joined archive.

    `saved`: name → file of the backup's archive; `from_backup` copies one. Where the archive in
    place has the same bytes, they are taken from there. `related`: whether both are of one
    installation; None: unknown, so that a file of one that continues one of the other decides it.
    Raises OSError.
    """
    names = archive_files(present) if present.is_dir() else []
    continued = {
        name for name in names if name in saved and _continues(present / name, saved[name])
    }
    related = bool(continued) if related is None else related
    purged = _purged_since(present, names, saved) if related else {}
    joined = Joined()
    for name, file in saved.items():
        if name in continued:
            _take(present / name, staged, file, joined, last=name == names[-1])
        elif name not in purged:
            from_backup(file)
    numbers = {number_of(name) for name in saved}
    for name in names:
        if name in continued:
            continue
        new = related and number_of(name) not in numbers
        end = whole_end(present / name, 0) if new or name in purged.values() else 0
        if end:
            copy_file(present / name, staged, name, size=end)
        (joined.taken if end else joined.left).append(name)
    return joined


def _purged_since(
    present: Path, names: Sequence[str], saved: Mapping[str, SavedFile]
) -> dict[str, str]:
    """Name in the backup → name of the whole file that a purge has put in its place."""
    found = {}
    for name in saved:
        later = [n for n in names if n not in saved and number_of(n) == number_of(name)]
        if later and name not in names:
            newest = present / later[-1]
            if whole_end(newest, 0) == newest.stat().st_size:
                found[name] = newest.name
    return found


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
