"""What the readers of one kind of entity hand back, and the choice between overlapping finds."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Self, overload

from indexer.records.document import Mention, Part


@dataclass(frozen=True, slots=True)
class EntityMatch:
    """An entity in a text: `field` as in Mention, `value` an id or a normal form."""

    field: str
    start: int
    end: int
    value: str
    confidence: float
    rule: str

    def overlaps(self, start: int, end: int) -> bool:
        """Whether the two spans share a character."""
        return self.start < end and start < self.end

    def inside(self, other: EntityMatch) -> bool:
        """Whether this one lies within the other and is shorter."""
        return (
            other.start <= self.start
            and self.end <= other.end
            and (other.end - other.start) > (self.end - self.start)
        )

    def end_with(self, names: Spans) -> int:
        """Its end, or the end of the name that it would be cut in (… der Republik | Kasachstan)."""
        near = names.touching(self.end, self.end)
        return max((n.end for n in near if n.start < self.end < n.end), default=self.end)

    def mention(self, part: Part, text: str) -> Mention:
        """The evidence record of this find."""
        return Mention(
            self.field,
            part,
            self.start,
            self.end,
            text[self.start : self.end],
            self.value,
            self.confidence,
            self.rule,
        )


class Spans(Sequence[EntityMatch]):
    """Finds in a text, in their order. Asked about a place it looks at those around it alone: a
    text with thousands of names is read in time that grows with its length.
    """

    def __init__(self, found: Iterable[EntityMatch]) -> None:
        self._found = tuple(found)
        self._by_start = sorted(range(len(self._found)), key=lambda at: self._found[at].start)
        self._starts = [self._found[at].start for at in self._by_start]
        self._reach = list(accumulate((self._found[at].end for at in self._by_start), max))
        """The end of the one that reaches furthest, of those that start no later."""

    @classmethod
    def of(cls, found: Iterable[EntityMatch]) -> Self:
        """The finds; they themselves, if they are spans already."""
        return found if isinstance(found, cls) else cls(found)

    @overload
    def __getitem__(self, at: int) -> EntityMatch: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[EntityMatch]: ...
    def __getitem__(self, at: int | slice) -> EntityMatch | Sequence[EntityMatch]:
        """The find at a place in their order."""
        return self._found[at]

    def __len__(self) -> int:
        """How many there are."""
        return len(self._found)

    def touching(self, start: int, end: int) -> list[EntityMatch]:
        """Those that share a character with the span or end or start right beside it, in order."""
        near = []
        for rank in range(bisect_right(self._starts, end) - 1, -1, -1):
            if self._reach[rank] < start:
                break
            at = self._by_start[rank]
            if self._found[at].end >= start:
                near.append(at)
        return [self._found[at] for at in sorted(near)]

    def overlapping(self, found: EntityMatch) -> list[EntityMatch]:
        """Those that share a character with it, in order."""
        start, end = found.start, found.end
        return [f for f in self.touching(start, end) if f.overlaps(start, end)]


def match_as_written(
    text: str, span: tuple[int, int], field: str, confidence: float, rule: str
) -> EntityMatch:
    """A find whose value is what stands there, each run of white space as one blank."""
    start, end = span
    value = re.sub(r"\s+", " ", text[start:end])
    return EntityMatch(field, start, end, value, confidence, rule)


def longest(found: Iterable[EntityMatch]) -> list[EntityMatch]:
    """Of overlapping finds the longest, then the surest, then the first; sorted by start."""
    kept: list[EntityMatch] = []
    taken: set[int] = set()
    ranked = sorted(found, key=lambda f: (f.start - f.end, -f.confidence, f.start))
    for one in ranked:
        span = range(one.start, one.end)
        if one.start not in taken and one.end - 1 not in taken:
            kept.append(one)
            taken.update(span)
    return sorted(kept, key=lambda f: f.start)


def longest_per_field(found: Sequence[EntityMatch]) -> Iterator[EntityMatch]:
    """As `longest`, for each field by itself."""
    for field in dict.fromkeys(f.field for f in found):
        yield from longest(f for f in found if f.field == field)


def drop_overlapping(
    found: Iterable[EntityMatch], blocked: Sequence[EntityMatch]
) -> list[EntityMatch]:
    """The finds that touch none of the blocked ones."""
    spans = Spans.of(blocked)
    return [
        f
        for f in found
        if not any(f.overlaps(b.start, b.end) for b in spans.touching(f.start, f.end))
    ]
