"""Where the lines of a file of labels stand: a file that only grows is read once."""

from __future__ import annotations

import os
import re
from typing import BinaryIO, NamedTuple

_BEGINNING = re.compile(rb'\{"id": "([0-9a-f]+)"')
"""How a line begins."""


class Line(NamedTuple):
    """A line of a file."""

    number: int
    """From 1."""
    start: int
    length: int
    page: str
    """Id of the page; empty where it does not begin as a line of labels does."""

    def read(self, file: BinaryIO) -> bytes:
        """Its bytes."""
        file.seek(self.start)
        return file.read(self.length)


class KnownLines:
    """The lines of one file. Not for several threads at once."""

    def __init__(self) -> None:
        self._lines: list[Line] = []
        self._last = b""
        """The last of the known lines as it was read."""
        self._file: tuple[int, int] | None = None

    def of(self, file: BinaryIO) -> list[Line]:
        """The lines that are not empty, also one without an end. Reads what was added since the
        last time, and everything again where the file was put in another's place, or what was
        written last was taken back.
        """
        status = os.fstat(file.fileno())
        known = self._lines[-1] if self._lines else None
        same = (status.st_dev, status.st_ino) == self._file
        if not (same and known and known.read(file) == self._last):
            self._lines, self._file = [], (status.st_dev, status.st_ino)
        return self._add(file)

    def _add(self, file: BinaryIO) -> list[Line]:
        known = self._lines[-1] if self._lines else Line(0, 0, 0, "")
        number, start = known.number, known.start + known.length
        file.seek(start)
        for text in file:
            number += 1
            begun = _BEGINNING.match(text)
            line = Line(number, start, len(text), begun[1].decode() if begun else "")
            start += len(text)
            if not text.endswith(b"\n"):
                return [*self._lines, line]
            self._lines.append(line)
            self._last = text
        return list(self._lines)
