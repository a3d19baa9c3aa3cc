from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import pytest

from radar.labelling.known_lines import KnownLines

ONE, TWO = b'{"id": "0a", "x": 1}\n', b'{"id": "0b", "x": 22}\n'


class CountingFile:
    """A file, and how many bytes of it were read."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.read_bytes = 0

    def __getattr__(self, name: str) -> object:
        return getattr(self._file, name)

    def __iter__(self) -> Iterator[bytes]:
        for line in self._file:
            self.read_bytes += len(line)
            yield line

    def read(self, length: int) -> bytes:
        found = self._file.read(length)
        self.read_bytes += len(found)
        return found


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ann.jsonl"


def read(known: KnownLines, path: Path) -> tuple[list[tuple[int, str, bytes]], int]:
    """Number, page and bytes of each line; how much was read to know them."""
    with path.open("rb") as file:
        counting = CountingFile(file)
        lines = known.of(counting)  # type: ignore[arg-type]
        return [(line.number, line.page, line.read(file)) for line in lines], counting.read_bytes


def test_of_a_file_that_grows_only_what_was_added_is_read(path: Path) -> None:
    path.write_bytes(ONE * 50)
    known = KnownLines()
    assert len(read(known, path)[0]) == 50
    with path.open("ab") as file:
        file.write(b"no labels\n" + TWO)
    lines, count = read(known, path)
    assert lines[-2:] == [(51, "", b"no labels\n"), (52, "0b", TWO)]
    assert count == len(ONE) + len(b"no labels\n" + TWO)


def test_a_line_without_an_end_counts_and_may_be_finished(path: Path) -> None:
    path.write_bytes(ONE + TWO[:-8])
    known = KnownLines()
    assert [page for _, page, _ in read(known, path)[0]] == ["0a", "0b"]
    with path.open("ab") as file:
        file.write(TWO[-8:])
    assert read(known, path)[0] == [(1, "0a", ONE), (2, "0b", TWO)]


@pytest.mark.parametrize("later", [ONE + ONE + TWO + TWO, ONE + TWO, ONE, b""])
def test_a_line_that_was_taken_back_is_known_no_longer(path: Path, later: bytes) -> None:
    path.write_bytes(ONE + TWO + ONE)
    known = KnownLines()
    read(known, path)
    with path.open("r+b") as file:
        file.truncate(0)
        file.write(later)
    assert read(known, path)[0] == read(KnownLines(), path)[0]


def test_a_file_in_place_of_another_is_read_anew(path: Path) -> None:
    path.write_bytes(ONE + TWO)
    known = KnownLines()
    read(known, path)
    other = path.with_suffix(".new")
    other.write_bytes(TWO + ONE + TWO)
    other.replace(path)
    assert [page for _, page, _ in read(known, path)[0]] == ["0b", "0a", "0b"]
