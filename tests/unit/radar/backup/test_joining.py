from __future__ import annotations

import gzip
import shutil
from pathlib import Path

import pytest

from radar.backup.copying import digest_of
from radar.backup.joining import Joined, stage_archive
from radar.backup.manifest import SavedFile

ONE, TWO, THREE = (f"rohstoffradar-00000{n}.warc.gz" for n in (1, 2, 3))
PURGED = "rohstoffradar-000001.0001.warc.gz"


def records(*texts: str) -> bytes:
    return b"".join(gzip.compress(record(text), mtime=0) for text in texts)


def record(text: str) -> bytes:
    head = f"WARC/1.1\r\nWARC-Type: resource\r\nContent-Length: {len(text)}\r\n\r\n"
    return f"{head}{text}\r\n\r\n".encode()


class Folders:
    """The archive in place, that of a backup, and the one that is made of both."""

    def __init__(self, folder: Path) -> None:
        self.present, self.backup, self.staged = (folder / n for n in ("p", "b", "s"))
        for made in (self.present, self.backup, self.staged):
            made.mkdir()

    def stage(self, *, related: bool | None = None) -> Joined:
        saved = {
            path.name: SavedFile(path.name, path.stat().st_size, digest_of(path), 0)
            for path in sorted(self.backup.iterdir())
        }
        return stage_archive(self.present, self.staged, saved, self.copy, related=related)

    def copy(self, file: SavedFile) -> None:
        shutil.copy(self.backup / file.path, self.staged / file.path)

    def result(self) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in self.staged.iterdir()}


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    made = Folders(tmp_path)
    (made.backup / ONE).write_bytes(records("a", "b"))
    (made.backup / TWO).write_bytes(records("c"))
    return made


def test_nothing_in_place_gives_the_backup(folders: Folders) -> None:
    assert folders.stage() == Joined()
    assert folders.result() == {ONE: records("a", "b"), TWO: records("c")}


def test_complete_records_that_followed_are_taken_and_half_ones_are_not(folders: Folders) -> None:
    (folders.present / ONE).write_bytes(records("a", "b"))
    (folders.present / TWO).write_bytes(records("c", "d") + records("half")[:-3])
    (folders.present / THREE).write_bytes(records("e") + b"\0\0")
    assert folders.stage() == Joined(taken=[TWO, THREE])
    assert folders.result() == {
        ONE: records("a", "b"),
        TWO: records("c", "d"),
        THREE: records("e"),
    }


def test_the_file_that_grows_is_never_shared_with_what_is_moved_aside(folders: Folders) -> None:
    for name in (ONE, TWO):
        shutil.copy(folders.backup / name, folders.present / name)
    folders.stage()
    assert (folders.staged / ONE).samefile(folders.present / ONE)
    assert not (folders.staged / TWO).samefile(folders.present / TWO)


def test_a_damaged_file_in_place_is_left(folders: Folders) -> None:
    shutil.copy(folders.backup / ONE, folders.present / ONE)
    (folders.present / TWO).write_bytes(records("x", "d"))
    assert folders.stage() == Joined(left=[TWO])
    assert folders.result()[TWO] == records("c")


def test_a_file_that_was_purged_since_takes_the_place_of_the_backup_s(folders: Folders) -> None:
    (folders.present / PURGED).write_bytes(records("b"))
    (folders.present / TWO).write_bytes(records("c", "d"))
    assert folders.stage() == Joined(taken=[TWO, PURGED])
    assert folders.result() == {PURGED: records("b"), TWO: records("c", "d")}


def test_the_only_file_was_purged_and_has_grown(folders: Folders) -> None:
    (folders.backup / TWO).unlink()
    (folders.present / PURGED).write_bytes(records("b", "c"))
    assert folders.stage(related=True) == Joined(taken=[PURGED])
    assert folders.result() == {PURGED: records("b", "c")}


def test_a_purged_file_that_is_not_whole_is_left(folders: Folders) -> None:
    (folders.present / PURGED).write_bytes(records("b")[:-1])
    (folders.present / TWO).write_bytes(records("c", "d"))
    assert folders.stage() == Joined(taken=[TWO], left=[PURGED])
    assert folders.result() == {ONE: records("a", "b"), TWO: records("c", "d")}


def test_an_archive_of_another_installation_is_left(folders: Folders) -> None:
    for name in (ONE, TWO, THREE):
        (folders.present / name).write_bytes(records("other", "things"))
    assert folders.stage() == Joined(left=[ONE, TWO, THREE])
    assert folders.result() == {ONE: records("a", "b"), TWO: records("c")}


def test_what_an_installation_says_of_itself_counts(folders: Folders) -> None:
    shutil.copy(folders.backup / ONE, folders.present / ONE)
    (folders.present / THREE).write_bytes(records("other"))
    assert folders.stage(related=False) == Joined(left=[THREE])
