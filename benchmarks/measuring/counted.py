"""How many values are found rightly."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Counted:
    """Values that are right, those found and those labelled."""

    right: int = 0
    found: int = 0
    labelled: int = 0

    def __add__(self, other: Counted) -> Counted:
        """Both together."""
        sums = (self.right + other.right, self.found + other.found, self.labelled + other.labelled)
        return Counted(*sums)

    @property
    def precision(self) -> float:
        """Share of what was found that is right."""
        return self.right / max(1, self.found)

    @property
    def recall(self) -> float:
        """Share of what is labelled that was found."""
        return self.right / max(1, self.labelled)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.right / max(1, self.found + self.labelled)

    def __str__(self) -> str:
        """Precision, recall and F1."""
        return f"{self.precision:.2f} / {self.recall:.2f} / {self.f1:.3f}"
