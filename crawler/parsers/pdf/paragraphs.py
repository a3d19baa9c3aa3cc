"""Lines of a PDF to paragraphs: by distance, size and indent; hyphens at line ends are joined."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from crawler.parsers.pdf.lines import SOFT_HYPHEN, Line

_WIDE = 1.35
"""Distance of two lines, in the usual one, from which they belong to two paragraphs."""
_OTHER_SIZE = 0.1
"""Share by which sizes differ: a heading and its text, not a word in another font."""
_SHORT = 0.85
"""Share of the column's width; a sentence that ends before it ends its paragraph."""

_BULLET = re.compile(r"[•▪■●◦‣–—*-]\s|\(?\d{1,2}[.)]\s")
_ENDS = re.compile(r"[.!?…:][\"'»”“’)\]]*$")
_HYPHENATED = re.compile(rf"([^\W\d_]+)[-‐{SOFT_HYPHEN}]$")
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that belong together."""

    text: str
    page: int
    size: float
    bold: bool


class Joiner:
    """Joins the lines of one file."""

    def __init__(self, lines: Sequence[Line], stays: Callable[[str], bool]) -> None:
        """`stays` tells words before which a hyphen stays: "Roh- und Baustoffe"."""
        self._lines = lines
        self._stays = stays
        self._leading = _leading(lines)
        self._right = _right_edges(lines)
        self._compounds = {
            word.casefold() for line in lines for word in _WORD.findall(line.text) if "-" in word
        }

    def paragraphs(self) -> list[Paragraph]:
        """In the order of the file."""
        return [
            Paragraph(
                self._join(group), group[0].page, group[0].size, all(line.bold for line in group)
            )
            for group in self._groups()
        ]

    def _groups(self) -> Iterator[list[Line]]:
        group: list[Line] = []
        for line in self._lines:
            if group and self._begins(group[-1], line):
                yield group
                group = []
            group.append(line)
        if group:
            yield group

    def _begins(self, before: Line, line: Line) -> bool:
        """Whether a line begins a new paragraph."""
        if _differ(before, line) or _BULLET.match(line.text):
            return True
        ended = bool(_ENDS.search(before.text))
        width = self._right[before.page] - before.left
        short = before.right - before.left < _SHORT * width
        down = before.baseline - line.baseline
        if line.page != before.page or down < -before.size:
            # The next page or column may go on with the sentence.
            goes_on = _HYPHENATED.search(before.text) or line.text[:1].islower() or not short
            return ended or not goes_on
        if down > _WIDE * self._leading.get(_round_size(before), before.size):
            return True
        return ended and short

    def _join(self, group: Sequence[Line]) -> str:
        text = group[0].text
        for line in group[1:]:
            text = self._join_words(text, line.text)
        return text.replace(SOFT_HYPHEN, "")

    def _join_words(self, text: str, following: str) -> str:
        match = _HYPHENATED.search(text)
        if match is None:
            # Behind a number or a bracket a hyphen is one: "CO2-", "(EU)-".
            return text + following if text.endswith("-") else f"{text} {following}"
        rest = following.split(maxsplit=1)[0] if following else ""
        if self._stays(rest.strip(",.;:")):
            return f"{text[:-1]}- {following}"
        whole = f"{match[1]}-{_leading_letters(rest)}".casefold()
        if not rest[:1].islower() or whole in self._compounds:
            return f"{text[:-1]}-{following}"
        return text[:-1] + following


def body_size(lines: Iterable[Line]) -> float:
    """The size that most of the text is in."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[_round_size(line)] += len(line.text)
    return sizes.most_common(1)[0][0]


def _round_size(line: Line) -> float:
    return round(line.size * 2) / 2


def _differ(one: Line, other: Line) -> bool:
    larger = max(one.size, other.size, 0.1)
    return one.bold != other.bold or abs(one.size - other.size) > _OTHER_SIZE * larger


def _leading(lines: Sequence[Line]) -> dict[float, float]:
    """Usual distance of baselines for each size."""
    gaps: dict[float, list[float]] = {}
    for before, line in pairwise(lines):
        down = before.baseline - line.baseline
        if before.page == line.page and not _differ(before, line) and 0 < down < 3 * line.size:
            gaps.setdefault(_round_size(before), []).append(down)
    # The lower half: in a text of short paragraphs half of the distances are those between them.
    return {size: median(sorted(found)[: len(found) // 2 + 1]) for size, found in gaps.items()}


def _right_edges(lines: Iterable[Line]) -> dict[int, float]:
    edges: dict[int, float] = {}
    for line in lines:
        edges[line.page] = max(edges.get(line.page, 0.0), line.right)
    return edges


def _leading_letters(word: str) -> str:
    match = _WORD.match(word)
    return match.group() if match else ""
