"""The labelled text in stretches, each with the marks that are over it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from indexer.records.labels import Labels, Mark


@dataclass(frozen=True, slots=True)
class Stretch:
    """Letters with the same marks over them."""

    text: str
    mark: Mark | None
    """The innermost."""
    ends: tuple[int, ...]
    """Indices of the marks that end with it."""


def stretches(labels: Labels) -> Iterator[Stretch]:
    """The whole text. Linear in the text; marks over one place are few."""
    marks = labels.marks
    bounds = {0, len(labels.text), *(m.start for m in marks), *(m.end for m in marks)}
    ends: dict[int, list[int]] = {}
    for index, mark in enumerate(marks):
        ends.setdefault(mark.end, []).append(index)
    opened: list[Mark] = []
    following = 0
    for start, end in pairwise(sorted(bounds)):
        opened = [mark for mark in opened if mark.end > start]
        while following < len(marks) and marks[following].start <= start:
            opened.append(marks[following])
            following += 1
        inner = min(opened, key=lambda m: m.end - m.start, default=None)
        yield Stretch(labels.text[start:end], inner, tuple(ends.get(end, ())))
