"""A value of an event together with the place in the page that supports it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from indexer.records.document import Part

Value_co = TypeVar("Value_co", covariant=True)


@dataclass(frozen=True, slots=True)
class FoundValue(Generic[Value_co]):
    """A value, its span in a part, and the rule that read it."""

    value: Value_co
    part: Part
    start: int
    end: int
    rule: str
    confidence: float = 0.8
    inferred: bool = False
    odds: float | None = None
    """By how much its log odds are above what a trained model asks for; None if none judged it."""
    lead: float | None = None
    """By how much they are above those of the likeliest other value, where an event has but one."""
    doubtful: bool = False
    """Whether what chose it would leave it out: it takes the model of confidence to keep it."""

    @property
    def place(self) -> tuple[Part, int]:
        """Where it stands: its part, and its beginning there."""
        return self.part, self.start

    def overlaps(self, start: int, end: int) -> bool:
        """Whether it shares a character with a place in its part."""
        return self.start < end and start < self.end
