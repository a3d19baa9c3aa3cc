"""Which stretches of a text can hold a match at all: those around a word that every match needs.

An expression with hundreds of alternatives is tried at every letter; one pass of an automaton finds
the few places where one of its words stands, and the expression is tried there only. A stretch
starts and ends at white space, so that what an expression asks of the borders of a word stays true.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import ahocorasick_rs

from crawler.parsers.entities.folding import lower

_BLANK = re.compile(r"\s")
_WORD_PART = re.compile(r"\w")


class Anchors:
    """Finds stretches around words, written in any case; of several words the last one is looked
    for.

    `before`: words left of it that a match may begin with; None: all of the line. `endings`: the
    word stands at the end of one, with one of these behind it; None: anywhere in it.
    """

    def __init__(
        self,
        words: Iterable[str],
        *,
        before: int | None = 0,
        endings: tuple[str, ...] | None = None,
    ) -> None:
        parts = [lower(word).split() for word in words]
        last = sorted({each[-1] for each in parts if each})
        self._automaton = ahocorasick_rs.AhoCorasick(last) if last else None
        self._before = None if before is None else before + max(map(len, parts), default=1) - 1
        self._endings = endings

    def matches(self, pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
        """As `pattern.finditer(text)`, for a pattern whose every match ends with such a word."""
        for start, end in self.stretches(text):
            yield from pattern.finditer(text, start, end)

    def stretches(self, text: str) -> list[tuple[int, int]]:
        """Start and end of each, in order; none touches another."""
        if self._automaton is None:
            return []
        found: list[tuple[int, int]] = []
        lowered = lower(text)
        for _, start, end in self._automaton.find_matches_as_indexes(lowered, overlapping=True):
            if (found and end <= found[-1][1]) or not self._ends_word(lowered, end):
                continue
            left, right = self._left(text, start), _right(text, end)
            if found and left <= found[-1][1]:
                found[-1] = (min(left, found[-1][0]), right)
            else:
                found.append((left, right))
        return found

    def _ends_word(self, lowered: str, end: int) -> bool:
        if self._endings is None:
            return True
        return any(
            lowered.startswith(ending, end) and not _WORD_PART.match(lowered, end + len(ending))
            for ending in self._endings
        )

    def _left(self, text: str, start: int) -> int:
        """The start of the word, or of the line, that a match may begin with."""
        if self._before is None:
            return text.rfind("\n", 0, start) + 1
        for _ in range(self._before + 1):
            while start and not text[start - 1].isspace():
                start -= 1
            first = start
            while start and text[start - 1].isspace() and text[start - 1] != "\n":
                start -= 1
            if not start or text[start - 1] == "\n":
                break
        return first


def _right(text: str, end: int) -> int:
    blank = _BLANK.search(text, end)
    return blank.start() if blank else len(text)


def lines_with(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each line that holds a match."""
    at = 0
    while (match := pattern.search(text, at)) is not None:
        end = text.find("\n", match.start())
        end = len(text) if end < 0 else end
        yield text.rfind("\n", 0, match.start()) + 1, end
        at = end
        if end == len(text):
            return
