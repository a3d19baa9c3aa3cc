"""Cuts running text into lines, sentences and clauses by offsets, for German, English and Russian.

Dots that end no sentence (ordinals, initials, abbreviations) are masked by a dot of the same
length, so that patterns such as `[^.]*` may run over the masked copy and values be taken from the
original.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from crawler.parsers.events.grammar.masked_dots import DotMask
from crawler.parsers.scripts import CYRILLIC_CAPITALS, CYRILLIC_SMALL

_END = re.compile(
    r"(?<![.!?…])[.!?…]++[\"»”“’)\]]*+"
    rf"(?:(?=\s+[\"«„“(\[–—-]?\s?[A-Z{CYRILLIC_CAPITALS}ÄÖÜ0-9•])|\s*$)"
)
"""Signs that end a sentence, taken whole: a thousand of them in a row are looked through once."""
_IN_TITLE = re.compile(r"[^.!?„“”«»]{2,80}[“”»]")
"""The rest of a quoted title behind its question mark („Lithium? Chancen und Risiken“)."""
_LINE = re.compile(r"[^\n]+")
_BLOCK = re.compile(r"[^\n]+(?:\n[^\n]+)*")
_WRAPPED_LINES = 3
"""Lines from which on a block may be wrapped at a width."""
_NARROWEST, _WIDEST = 45, 100
_LONGEST = 1500
"""Characters of a sentence: what goes on without a full stop is cut, so that text that never ends
one is read in time that grows with its length.
"""
CELL_MARK = " | "
"""Stands between the cells of a table's row."""
_LOWER_START = re.compile(
    rf"\s*(?![a-zа-я]{{1,2}}[.․] ?[A-Z{CYRILLIC_CAPITALS}])[a-z{CYRILLIC_SMALL}äöüß]"
)
"""Small letters, but for the short word before a town (г. Ош)."""


class Sentence(NamedTuple):
    """A span of one part; `line` counts the lines, so sentences of one line share it."""

    start: int
    end: int
    line: int


class SentenceSplitter:
    """Splits text of one language.

    `abbreviations` are words with their dots (Dr., z.B., г.); `ordinal_dots`: the language writes
    ordinals as `5.`; `unit_abbreviations` end a sentence when a number stands before them (2015
    г.).
    """

    def __init__(
        self,
        abbreviations: Iterable[str],
        unit_abbreviations: Iterable[str] = (),
        *,
        ordinal_dots: bool = False,
    ) -> None:
        self._dots = DotMask(abbreviations, unit_abbreviations, ordinal_dots=ordinal_dots)

    def mask(self, text: str) -> str:
        """`text` with every dot that ends no sentence replaced; same length."""
        return self._dots.mask(text)

    def split(self, text: str, masked: str | None = None) -> list[Sentence]:
        """The sentences of `text` in order; an empty line or a line break ends one.

        A line that starts in lower case (hard-wrapped text) is joined to the one before. What is
        longer than any sentence is cut between words.
        """
        masked = self.mask(text) if masked is None else masked
        sentences: list[Sentence] = []
        for number, (start, end) in enumerate(lines(masked)):
            at = start
            for m in _END.finditer(masked, start, end):
                if (
                    m.group()[0] in "?!"
                    and _IN_TITLE.match(masked, m.end(), end)
                    and _is_open(masked, at, m.end())
                ):
                    continue
                sentences += _pieces(text, at, m.end(), number)
                at = m.end()
            if at < end:
                sentences += _pieces(text, at, end, number)
        return [s for s in sentences if s.end > s.start]


def _is_open(text: str, start: int, end: int) -> bool:
    """Whether quotes that opened in the span are still open at its end."""
    span = text[start:end]
    return span.count("„") + span.count("«") > sum(span.count(q) for q in "“”»")


def lines(text: str) -> list[tuple[int, int]]:
    """Spans of the lines; a line that is wrapped at a width is joined to the next one."""
    joined: list[tuple[int, int]] = []
    for block in _BLOCK.finditer(text):
        found = [m for m in _LINE.finditer(text, *block.span()) if m.group().strip()]
        width = _width([m.group() for m in found])
        for i, m in enumerate(found):
            if i and _continues(found[i - 1].group(), m.group(), width):
                joined[-1] = (joined[-1][0], m.end())
            else:
                joined.append((m.start(), m.end()))
    return joined


def _width(block: Sequence[str]) -> int:
    """The width that a block is wrapped at: that of its longest line, where most lines leave no
    room for the next word; 0 without one (the longest item of a list has no room either).
    """
    width = max(map(len, block), default=0)
    if len(block) <= _WRAPPED_LINES or not _NARROWEST <= width <= _WIDEST:
        return 0
    full = sum(_is_full(line, behind, width) for line, behind in pairwise(block))
    return width if 2 * full > len(block) - 1 else 0


def _is_full(line: str, behind: str, width: int) -> bool:
    """Whether the next word has no room in a line."""
    return len(line) + 1 + len(behind.split(maxsplit=1)[0]) > width


def _continues(line: str, behind: str, width: int) -> bool:
    """Whether a line is cut amid a sentence: small letters follow, or the next word has no room in
    what is wrapped at a width.
    """
    if line.rstrip()[-1:] in (*".!?:;", "") or CELL_MARK in line or CELL_MARK in behind:
        return False
    return bool(_LOWER_START.match(behind)) or (width > 0 and _is_full(line, behind, width))


def _pieces(text: str, start: int, end: int, line: int) -> Iterator[Sentence]:
    """A sentence, cut between words where it is too long."""
    while end - start > _LONGEST:
        cut = text.rfind(" ", start + 1, start + _LONGEST)
        cut = cut if cut > 0 else start + _LONGEST
        yield _trim(text, start, cut, line)
        start = cut
    yield _trim(text, start, end, line)


def _trim(text: str, start: int, end: int, line: int) -> Sentence:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Sentence(start, end, line)
