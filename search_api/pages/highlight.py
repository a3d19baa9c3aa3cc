"""Cuts a text into marked and unmarked segments, and finds the sentence around a place in it.

Pure. Segments are never joined here, because the template escapes them.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

SENTENCE_LIMIT = 400
"""Characters of a sentence that are shown; longer ones are cut around their first mark."""

_END = re.compile(r"[.!?…][\"'»”“’)\]]*\s++(?=[\"'«„“‘(\[—–-]*+\s*+[^\W\d_])|\n")
"""Possessive: what is blank up to the end of a text is looked at once."""
_ABBREVIATION = re.compile(r"(?:^|[\s(«„“\"'.])(?:\d{1,2}|[^\W\d_]{1,3})$")
"""Text before a full stop that ends no sentence: an ordinal (5.), Dr., Nr., г., т.д."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a text."""

    text: str
    marked: bool = False


def segments(text: str, marks: Iterable[Sequence[int]]) -> tuple[Segment, ...]:
    """The text in segments; overlapping marks are merged, marks outside the text dropped."""
    pieces: list[Segment] = []
    done = 0
    for start, end in _merge(marks, len(text)):
        if start > done:
            pieces.append(Segment(text[done:start]))
        pieces.append(Segment(text[start:end], marked=True))
        done = end
    if done < len(text):
        pieces.append(Segment(text[done:]))
    return tuple(pieces)


def _merge(marks: Iterable[Sequence[int]], length: int) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted((max(0, m[0]), min(length, m[1])) for m in marks):
        if start >= end:
            continue
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


class Sentences:
    """The starts of the sentences of a text, found once for all look-ups."""

    def __init__(self, text: str) -> None:
        self.text = text
        ends = [m for m in _END.finditer(text) if _ends_sentence(text, m)]
        self._starts = [0, *(m.end() for m in ends)]

    def around(self, start: int, end: int) -> tuple[int, int]:
        """Span of the sentence or sentences around `text[start:end]`, without surrounding space.

        Rather too long than too short: within a paragraph, a full stop after one or two digits, or
        after a word of up to three letters, may belong to an abbreviation and ends no sentence.
        """
        first = bisect_right(self._starts, start) - 1
        last = max(first + 1, bisect_left(self._starts, end))
        bound = self._starts[last] if last < len(self._starts) else len(self.text)
        return _strip(self.text, self._starts[max(first, 0)], bound)


def _ends_sentence(text: str, match: re.Match[str]) -> bool:
    if "\n" in match.group():
        return True
    following = text[match.end() : match.end() + 5].lstrip("\"'«„“‘([—–- ")[:1]
    if following.islower():
        return False
    before = text[max(0, match.start() - 5) : match.start()]
    return not (match.group()[0] == "." and _ABBREVIATION.search(before))


def _strip(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def cut_sentence(
    text: str, span: tuple[int, int], marks: Iterable[Sequence[int]]
) -> tuple[Segment, ...]:
    """`text[span]` with its marks; a long one is cut around the first mark, with … at the cuts."""
    start, end = span
    inside = [m for m in marks if m[0] < end and m[1] > start]
    left, right = _window(text, span, inside[0] if inside else (start, start))
    shown = list(segments(text[left:right], [(a - left, b - left) for a, b in inside]))
    if left > start:
        shown.insert(0, Segment("… "))
    if right < end:
        shown.append(Segment(" …"))
    return tuple(shown)


def _window(text: str, span: tuple[int, int], mark: Sequence[int]) -> tuple[int, int]:
    start, end = span
    if end - start <= SENTENCE_LIMIT:
        return span
    left = max(start, mark[0] - SENTENCE_LIMIT // 3)
    right = min(end, max(left + SENTENCE_LIMIT, mark[1]))
    if left > start:
        left = _next_word(text, left, mark[0])
    if right < end:
        right = max(mark[1], text.rfind(" ", left, right))
    return left, right


def _next_word(text: str, position: int, limit: int) -> int:
    space = text.find(" ", position, limit)
    return position if space < 0 else space + 1
