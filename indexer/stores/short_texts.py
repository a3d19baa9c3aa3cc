"""Many short texts in one piece of memory: as objects each would take 50 to 80 bytes more."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterator


class ShortTexts:
    """Texts by their numbers, from 0 on; safe to share between threads once all are there."""

    def __init__(self) -> None:
        self._bytes, self._ends = bytearray(), array("I")

    def append(self, text: str) -> None:
        """Take a text as the last one."""
        self._bytes += _encoded(text)
        self._ends.append(len(self._bytes))

    def __getitem__(self, number: int) -> str:
        """A text."""
        start = self._ends[number - 1] if number else 0
        return self._bytes[start : self._ends[number]].decode("utf-8", "surrogatepass")

    def holding(self, piece: str) -> Iterator[int]:
        """Numbers of the texts in which something stands. It must not stand where two of them meet:
        what begins a line does not, if each of them is made of whole lines.
        """
        wanted, at = _encoded(piece), 0
        while (at := self._bytes.find(wanted, at)) >= 0:
            number = bisect_right(self._ends, at)
            yield number
            at = self._ends[number]


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")  # what a page has, whatever it is
