"""How well pairs of a labelled set are told to belong together, and what of it is set aside."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

Part = Literal["open", "aside"]


@dataclass(frozen=True, slots=True)
class PairScores:
    """How the pairs of one part are judged."""

    pairs: int
    same: int
    """Pairs that belong together."""
    found: int
    right: int

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.same


def scores_of(judged: Iterable[tuple[bool, bool]]) -> PairScores:
    """Of pairs: whether they belong together, and whether they are found to."""
    pairs = list(judged)
    return PairScores(
        pairs=len(pairs),
        same=sum(same for same, _ in pairs),
        found=sum(found for _, found in pairs),
        right=sum(same and found for same, found in pairs),
    )


def part_of(group: str, groups: Collection[Mapping[str, Any]], share: int) -> Part:
    """Whether a group is set aside: one of so many is, by the SHA-256 of their names."""
    ranked = sorted((str(entry["group"]) for entry in groups), key=_rank)
    return "aside" if group in ranked[: len(ranked) // share] else "open"


def _rank(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()
