"""Made-up paragraphs in three languages, of which is known which say the same (`passages.yaml`).

A third of the groups is set aside by the SHA-256 of their names: the threshold is chosen on the
others only, and single paragraphs of the third are never printed.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Literal

import yaml

from indexer.meaning.encoder import Encoder
from indexer.meaning.vectors import unit_rows
from indexer.stories.retellings import says_the_same

Part = Literal["open", "aside"]

GROUPS = yaml.safe_load(Path(__file__).with_name("passages.yaml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class PassageScores:
    """How pairs of paragraphs of one story are judged."""

    same: int
    """Pairs that say the same."""
    found: int
    right: int
    pairs: int

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.same


def part_of(group: str) -> Part:
    """Whether a group is set aside."""
    ranked = sorted((str(entry["group"]) for entry in GROUPS), key=_rank)
    return "aside" if group in ranked[: len(ranked) // 3] else "open"


def score_passages(encoder: Encoder, part: Part) -> PassageScores:
    """All pairs of paragraphs of each story of a part, as watches compare them."""
    judged: list[tuple[bool, bool]] = []
    for group in GROUPS:
        if part_of(group["group"]) == part:
            texts = [(n, text) for n, said in enumerate(group["passages"]) for text in said]
            vectors = encoder.encode([text for _, text in texts])
            meanings = [(n, vector) for (n, _), vector in zip(texts, vectors, strict=True)]
            judged += [
                (one == other, says_the_same(vector, unit_rows([of_other])))
                for (one, vector), (other, of_other) in combinations(meanings, 2)
            ]
    return PassageScores(
        same=sum(same for same, _ in judged),
        found=sum(found for _, found in judged),
        right=sum(same and found for same, found in judged),
        pairs=len(judged),
    )


def _rank(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()
