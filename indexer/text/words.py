"""Words of a text with their offsets, whatever the script.

A word is a run of letters and digits. A hyphen parts words but is remembered (`is_hyphenated`); the
apostrophe of Oʻzbekiston belongs to the word, the one of l'uranium and of Kazakhstan's does not.
Chinese and Japanese characters are words of their own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

_IDEOGRAPHS = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
# Accents and vowel signs that stand as characters of their own, soft hyphens and joiners.
_INSIDE = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0670"
    "\u0900-\u0903\u093a-\u093c\u093e-\u094f\u00ad\u200c\u200d\u2060"
)
_LETTERS = rf"[^\W_{_IDEOGRAPHS}]"
WORD = re.compile(
    rf"({_LETTERS}+(?:(?:[{_INSIDE}]+|(?<=[oOgG])['’‘`´](?!s\b)(?={_LETTERS})){_LETTERS}*)*"
    rf"|[{_IDEOGRAPHS}])(?:['’]s\b)?"
)
"""Group 1 is the word; an English possessive after it is taken along and belongs to nothing."""

WordStarts: TypeAlias = str | list[int]
"""Where the words of a text start, for stores to keep: a character for each word, whose code point
is the offset; a list of offsets where the text is too long for that.
"""
_FIRST_SURROGATE = 0xD800

HYPHEN = re.compile("[-‐‑]")


def spans(text: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, word as written) of every word."""
    for match in WORD.finditer(text):
        start, end = match.span(1)
        yield start, end, match[1]


def pack(starts: list[int]) -> WordStarts:
    """Offsets of words, in order, as stores keep them."""
    if starts and starts[-1] >= _FIRST_SURROGATE:
        return starts
    return "".join(map(chr, starts))


def runs_in(
    text: str, starts: WordStarts, runs: Iterable[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Start and end in a text of runs of words, each given by its first and its last word.

    `starts`: where the words of the text start, as `pack` gives it. ValueError if no word starts
    where the last one of a run should.
    """
    offset: Callable[..., int] = ord if isinstance(starts, str) else int
    found = []
    for first, last in runs:
        start = offset(starts[first])
        beyond = start if last == first else offset(starts[last])
        word = WORD.match(text, beyond)
        if word is None:
            raise ValueError(f"no word starts at {beyond}")
        found.append((start, word.end(1)))
    return found


def is_hyphenated(text: str, end: int, start: int) -> bool:
    """Whether the words that end at `end` and begin at `start` are held together by a hyphen."""
    return start == end + 1 and HYPHEN.match(text, end) is not None
