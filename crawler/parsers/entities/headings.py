"""Headings in capitals: lines where a capital tells no name from another word."""

from __future__ import annotations

import re
from collections.abc import Iterable

_SENTENCE_ENDS = (".", "!", "?", "…")
_SETS_OFF = frozenset(",;:()–—·/")
_LONGEST = 300
"""Characters of a line that may be a heading."""
_WORD = re.compile(r"(?<![\w-])[^\W\d_]{2,}(?![\w-])")


class Headings:
    """Of one language; `small`: the longer words that a title in capitals writes small, none where
    no title is written so.
    """

    def __init__(self, small: Iterable[str]) -> None:
        self._small = frozenset(small)
        self._shortest = 4 if self._small else 2
        """Letters of a word that is small for what it is: titles have short words small."""

    def hide(self, text: str, start: int, end: int) -> bool:
        """Whether the capitals of these words say nothing: their line is no sentence, has no word
        in small letters that such a title would not have so, and no marks set them off in it.
        """
        floor, ceiling = max(0, start - _LONGEST), end + _LONGEST
        first = text.rfind("\n", floor, start) + 1 or floor
        last = text.find("\n", end, ceiling)
        line = text[first : last if last >= 0 else ceiling].rstrip()
        if len(line) > _LONGEST or line.endswith(_SENTENCE_ENDS):
            return False
        beside = text[first:start].rstrip()[-1:] + text[end : first + len(line)].lstrip()[:1]
        if not _SETS_OFF.isdisjoint(beside):
            return False
        return not any(
            word.islower() and len(word) >= self._shortest and word not in self._small
            for word in _WORD.findall(line)
        )
