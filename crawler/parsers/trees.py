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

_Tree: TypeAlias = Sequence[Sequence[float]]
"""Nodes, as `radar.training.boosting` writes them."""

_AT_ONCE = 1_000
"""Rows that are judged at once: bounds memory."""


@dataclass(frozen=True, slots=True)
class Trees:
    """The answer to a question of yes or no as log odds: the sum of what all trees say."""

    measures: tuple[str, ...]
    """Names of the measures, in the order in which nodes number them."""
    threshold: float
    """Log odds above which the answer is yes."""
    levels: Sequence[tuple[Indices, Numbers]]
    """From the roots down, of all nodes that stand so deep: the measure that is asked, and what its
    value is compared with. Below node n are 2n, where it is greater, and 2n + 1; a tree that ends
    above goes on with the same answer on both sides.
    """
    said: Numbers
    """What each leaf says."""
    roots: int

    @classmethod
    def read(cls, path: Path, question: str) -> Trees:
        """Read the trees for a question from the file that a training script wrote."""
        return cls.of(json.loads(path.read_text("utf-8")), question)

    @classmethod
    def of(cls, given: Mapping[str, Any], question: str) -> Trees:
        """The trees for a question among the content of such a file; ValueError, IndexError … where
        it is damaged.
        """
        answer = given["questions"][question]
        trees: Sequence[_Tree] = answer["trees"]
        levels = []
        nodes = [(tree, 0) for tree in trees]
        for _ in range(max(1, *(_depth(tree, 0) for tree in trees))):
            asked = [_asked(tree[place]) for tree, place in nodes]
            measures, bounds = zip(*asked, strict=True)
            levels.append((np.array(measures, np.int64), np.array(bounds, np.float64)))
            nodes = [(tree, below) for tree, place in nodes for below in _below(tree, place)]
        known = len(given["measures"])
        if any(((asked < 0) | (asked >= known)).any() for asked, _ in levels):
            raise ValueError("a tree asks for a measure that is not there")
        said = np.array([tree[place][0] for tree, place in nodes], np.float64)
        return cls(tuple(given["measures"]), answer["threshold"], levels, said, len(trees))

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
        if len(values) <= _AT_ONCE:
            return self._answers(values)
        parts = [self._answers(values[i : i + _AT_ONCE]) for i in range(0, len(values), _AT_ONCE)]
        return np.concatenate(parts)

    def _answers(self, values: Numbers) -> Numbers:
        flat, width = values.ravel(), values.shape[1]
        rows = np.arange(len(values))[:, None] * width
        measure, bound = self.levels[0]
        node = 2 * np.arange(self.roots) + (flat.take(rows + measure) <= bound)
        for measure, bound in self.levels[1:]:
            node = 2 * node + (flat.take(rows + measure.take(node)) <= bound.take(node))
        found: Numbers = np.add.reduce(self.said.take(node), axis=1)
        return found


def _asked(node: Sequence[float]) -> tuple[int, float]:
    """The measure that a node asks and what its value is compared with; of a leaf any."""
    return (int(node[0]), node[1]) if len(node) > 1 else (0, 0.0)


def _below(tree: _Tree, place: int) -> tuple[int, int]:
    """The places where the value is greater, and where it is not; below a leaf it stands again."""
    node = tree[place]
    if len(node) == 1:
        return place, place
    greater, at_most = int(node[3]), int(node[2])
    if not place < min(greater, at_most):
        raise ValueError("a tree leads back to a node that it comes from")
    return greater, at_most


def _depth(tree: _Tree, place: int) -> int:
    below = _below(tree, place)
    return 0 if below == (place, place) else 1 + max(_depth(tree, node) for node in below)
