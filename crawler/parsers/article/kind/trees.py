"""Boosted trees over the measures of a page, from a file of plain numbers."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

Node: TypeAlias = tuple[float, ...]
"""(measure, threshold, node where the value is at most that, node where it is greater), or (value,)
of a leaf.
"""


@dataclass(frozen=True, slots=True)
class Trees:
    """The answer to a question of yes or no as log odds: the sum of what all trees say."""

    measures: tuple[str, ...]
    """Names of the measures, in the order in which nodes number them."""
    trees: tuple[tuple[Node, ...], ...]
    threshold: float
    """Log odds above which the answer is yes."""

    @classmethod
    def read(cls, path: Path, question: str) -> Trees:
        """Read the trees for a question from the file that `benchmarks.kinds_training` writes."""
        given = json.loads(path.read_text("utf-8"))
        answer = given["questions"][question]
        trees = tuple(tuple(tuple(node) for node in tree) for tree in answer["trees"])
        return cls(tuple(given["measures"]), trees, answer["threshold"])

    def log_odds(self, measured: Mapping[str, float]) -> float:
        """Natural logarithm of the odds of yes."""
        values = [measured[name] for name in self.measures]
        total = 0.0
        for tree in self.trees:
            node = tree[0]
            while len(node) > 1:
                node = tree[int(node[2] if values[int(node[0])] <= node[1] else node[3])]
            total += node[0]
        return total
