"""Boosted trees over measures, from a file of plain numbers."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Numbers: TypeAlias = npt.NDArray[np.float64]
Indices: TypeAlias = npt.NDArray[np.int64]

_AT_ONCE = 1_000
"""Rows that are judged at once: bounds memory."""


@dataclass(frozen=True, slots=True)
class Trees:
    """The answer to a question of yes or no as log odds: the sum of what all trees say."""

    measures: tuple[str, ...]
    """Names of the measures, in the order in which nodes number them."""
    threshold: float
    """Log odds above which the answer is yes."""
    nodes: Numbers
    """A row for each node of all trees: (measure, threshold, node where the value is at most that,
    node where it is greater, 0); a leaf leads to itself, and its last number is what it says.
    """
    roots: Indices
    depth: int
    """Steps from a root to the leaf that is farthest."""

    @classmethod
    def read(cls, path: Path, question: str) -> Trees:
        """Read the trees for a question from the file that a training script wrote."""
        given = json.loads(path.read_text("utf-8"))
        answer = given["questions"][question]
        rows: list[tuple[float, ...]] = []
        roots = []
        for tree in answer["trees"]:
            start = len(rows)
            roots.append(start)
            for place, node in enumerate(tree, start):
                if len(node) == 1:
                    rows.append((0, 0, place, place, node[0]))
                else:
                    rows.append((node[0], node[1], start + node[2], start + node[3], 0))
        return cls(
            tuple(given["measures"]),
            answer["threshold"],
            np.array(rows, dtype=np.float64),
            np.array(roots, dtype=np.int64),
            max(_depth(tree, 0) for tree in answer["trees"]),
        )

    def log_odds(self, measured: Mapping[str, float]) -> float:
        """Natural logarithm of the odds of yes."""
        return float(self.log_odds_of_rows({n: np.array([v]) for n, v in measured.items()})[0])

    def log_odds_of_rows(self, columns: Mapping[str, npt.NDArray[np.float64]]) -> Numbers:
        """The same for many: a column of values for each measure."""
        values = np.stack([columns[name] for name in self.measures], axis=1).astype(np.float64)
        parts = [self._answers(values[i : i + _AT_ONCE]) for i in range(0, len(values), _AT_ONCE)]
        return np.concatenate(parts) if parts else np.empty(0)

    def _answers(self, values: Numbers) -> Numbers:
        measure, low, high = self.nodes[:, [0, 2, 3]].T.astype(np.int64)
        threshold, said = self.nodes[:, 1], self.nodes[:, 4]
        flat, width = values.ravel(), values.shape[1]
        rows = np.arange(len(values))[:, None] * width
        node = np.broadcast_to(self.roots, (len(values), len(self.roots)))
        for _ in range(self.depth):
            is_low = flat.take(rows + measure.take(node)) <= threshold.take(node)
            node = np.where(is_low, low.take(node), high.take(node))
        found: Numbers = said.take(node).sum(axis=1)
        return found


def _depth(tree: Sequence[Sequence[float]], place: int) -> int:
    node = tree[place]
    if len(node) == 1:
        return 0
    return 1 + max(_depth(tree, int(node[2])), _depth(tree, int(node[3])))
