"""The packaged table of towns, kept as it is written: a town is read when somebody asks for it.

Tens of thousands of records would take seconds to make, and ten times the memory, for the few that
a page needs.
"""

from __future__ import annotations

import csv
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from typing import TypeVar
from zlib import crc32

_Town = TypeVar("_Town")
_ROW_BITS = 24
_ROW = (1 << _ROW_BITS) - 1


class ChecksumIndex:
    """Rows of a table by the checksums (CRC-32) of their texts: who looks one up compares the text,
    as two texts may share a checksum.
    """

    def __init__(self, texts: Iterable[tuple[str, int]]) -> None:
        """`texts`: each with the number of its row."""
        # Every command knows the table of towns; most look at none.
        import numpy as np  # noqa: PLC0415  # see above

        keys = array("Q", (crc32(t.encode()) << _ROW_BITS | row for t, row in texts))
        self._keys = array("Q", np.unique(np.frombuffer(keys, np.uint64)).tobytes())

    def rows(self, text: str) -> Iterator[int]:
        """Rows that may hold the text, lowest first."""
        checksum = crc32(text.encode())
        at = bisect_left(self._keys, checksum << _ROW_BITS)
        while at < len(self._keys) and self._keys[at] >> _ROW_BITS == checksum:
            yield self._keys[at] & _ROW
            at += 1


class TownTable(Mapping[str, _Town]):
    """Rows of a table by their id, the first cell; each is a line of its own.

    `lines` gives the lines, the first of which names the columns; it is called when somebody looks
    at the table. `read` makes a town of its cells by column.
    """

    def __init__(
        self, lines: Callable[[], Sequence[str]], read: Callable[[Mapping[str, str]], _Town]
    ) -> None:
        self._lines, self._read = lines, read
        self._kept: dict[str, _Town] = {}

    def rows(self) -> Iterator[Mapping[str, str]]:
        """The cells of all rows, in the order of the table."""
        columns, text, starts = self._table
        # Line by line: all of it as text takes five times the memory.
        lines = (text[a:b].decode() for a, b in pairwise(starts))
        for cells in csv.reader(lines):
            yield dict(zip(columns, cells, strict=True))

    def __getitem__(self, key: str) -> _Town:
        """The town of an id; KeyError where there is none."""
        if key not in self._kept:
            self._kept[key] = self._read(self._row(key))
        return self._kept[key]

    def __iter__(self) -> Iterator[str]:
        """The ids."""
        return (row["id"] for row in self.rows())

    def __len__(self) -> int:
        """The number of rows."""
        return len(self._table[2]) - 1

    @cached_property
    def _table(self) -> tuple[Sequence[str], bytes, array[int]]:
        """The columns, all rows in one piece, and where each begins."""
        columns, *lines = self._lines()
        text, starts = bytearray(), array("I", [0])
        for line in lines:
            text += line.encode() + b"\n"
            starts.append(len(text))
        return next(csv.reader([columns])), bytes(text), starts

    @cached_property
    def _ids(self) -> ChecksumIndex:
        return ChecksumIndex((row["id"], number) for number, row in enumerate(self.rows()))

    def _row(self, key: str) -> Mapping[str, str]:
        columns, text, starts = self._table
        for number in self._ids.rows(key):
            line = text[starts[number] : starts[number + 1]].decode()
            row = dict(zip(columns, next(csv.reader([line])), strict=True))
            if row["id"] == key:
                return row
        raise KeyError(key)
