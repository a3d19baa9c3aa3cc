"""Boosted trees over measures, from a file of plain numbers."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from pathlib import Path
from typing import Any, TypeAlias

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
    measure: Indices
    """Of each node of all trees; a leaf has any, and leads to itself."""
    bound: Numbers
    """Of each node: what the value is compared with."""
    low: Indices
    """Of each node: the one where the value is at most the bound."""
    high: Indices
    """Of each node: the one where it is greater."""
    said: Numbers
    """What each leaf says."""
    roots: Indices
    depth: int
    """Steps from a root to the leaf that is farthest."""

    @classmethod
    def read(cls, path: Path, question: str) -> Trees:
        """Read the trees for a question from the file that a training script wrote."""
        return cls.of(json.loads(path.read_text("utf-8")), question)

    @classmethod
    def of(cls, given: Mapping[str, Any], question: str) -> Trees:
        """The trees for a question among the content of such a file."""
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
        measure, bound, low, high, said = map(np.ascontiguousarray, np.array(rows, np.float64).T)
        return cls(
            tuple(given["measures"]),
            answer["threshold"],
            measure.astype(np.int64),
            bound,
            low.astype(np.int64),
            high.astype(np.int64),
            said,
            np.array(roots, dtype=np.int64),
            max(_depth(tree, 0) for tree in answer["trees"]),
        )

    def log_odds(self, measured: Mapping[str, float]) -> float:
        """Natural logarithm of the odds of yes."""
        return self.log_odds_of_each({"": measured})[""]

    def log_odds_of_each(self, measured: Mapping[str, Mapping[str, float]]) -> dict[str, float]:
        """The same for many, by name."""
        rows = [[measures[name] for name in self.measures] for measures in measured.values()]
        values = np.array(rows, dtype=np.float64).reshape(-1, len(self.measures))
        return dict(zip(measured, self.log_odds_of_table(values).tolist(), strict=True))

    def log_odds_of_rows(self, columns: Mapping[str, npt.NDArray[np.float64]]) -> Numbers:
        """The same for many, in their order: a column of values for each measure."""
        values = np.stack([columns[name] for name in self.measures], axis=1)
        return self.log_odds_of_table(values.astype(np.float64))

    def table(self, measured: Sequence[Mapping[str, float]]) -> Numbers:
        """A row of values for each, in the order of the measures; one that is not given is 0."""
        rows = [list(map(measures.get, self.measures, repeat(0.0))) for measures in measured]
        return np.array(rows, dtype=np.float64).reshape(-1, len(self.measures))

    def log_odds_of_table(self, values: Numbers) -> Numbers:
        """The same for many: a row of values for each, in the order of the measures."""
        parts = [self._answers(values[i : i + _AT_ONCE]) for i in range(0, len(values), _AT_ONCE)]
        return np.concatenate(parts) if parts else np.empty(0)

    def _answers(self, values: Numbers) -> Numbers:
        flat, width = values.ravel(), values.shape[1]
        rows = np.arange(len(values))[:, None] * width
        node = self.roots[None, :]
        for _ in range(max(self.depth, 1)):  # one step makes it a row for each
            is_low = flat.take(rows + self.measure.take(node)) <= self.bound.take(node)
            node = np.where(is_low, self.low.take(node), self.high.take(node))
        found: Numbers = self.said.take(node).sum(axis=1)
        return found


def _depth(tree: Sequence[Sequence[float]], place: int) -> int:
    node = tree[place]
    if len(node) == 1:
        return 0
    return 1 + max(_depth(tree, int(node[2])), _depth(tree, int(node[3])))
