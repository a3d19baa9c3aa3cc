"""Parts of events in labelled pages as taggers learn them, and how many are read rightly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from crawler.parsers.entities.tagger.tokens import Token
from crawler.parsers.events.part_tagger.span_tagger import BEGIN, INSIDE, OUTSIDE


@dataclass(frozen=True, slots=True)
class PartPlace:
    """Where a part stands."""

    start: int
    end: int
    label: str


def label_tokens(tokens: Sequence[Token], places: Sequence[PartPlace]) -> list[str]:
    """The label of each token: begins a part, is inside one, or outside of all."""
    labels = []
    before: PartPlace | None = None
    for token in tokens:
        place = next((p for p in places if p.start < token.end and token.start < p.end), None)
        begins = BEGIN if place is not before else INSIDE
        labels.append(OUTSIDE if place is None else begins + place.label)
        before = place
    return labels


@dataclass(frozen=True, slots=True)
class PartCount:
    """Values that are right, those read and those labelled."""

    right: int = 0
    read: int = 0
    labelled: int = 0

    def __add__(self, other: PartCount) -> PartCount:
        """Both together."""
        sums = (self.right + other.right, self.read + other.read, self.labelled + other.labelled)
        return PartCount(*sums)

    @property
    def precision(self) -> float:
        """Share of right ones among what was read."""
        return self.right / max(1, self.read)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.right / max(1, self.read + self.labelled)

    def __str__(self) -> str:
        """Precision, recall and F1."""
        return f"{self.precision:.2f} / {self.right / max(1, self.labelled):.2f} / {self.f1:.3f}"
