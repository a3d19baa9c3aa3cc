"""Boosted regression trees for yes-or-no questions, grown with numpy: small, and the same from the
same data.

Gradient boosting of the logistic loss with second derivatives, as in Chen and Guestrin, XGBoost
(2016), on values sorted into bins (Ke et al., LightGBM, 2017).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Numbers: TypeAlias = npt.NDArray[np.float64]
Bins: TypeAlias = npt.NDArray[np.int64]
Rows: TypeAlias = npt.NDArray[np.int64]

Tree: TypeAlias = list[list[float]]
"""Nodes: [measure, threshold, node where the value is at most that, node where it is greater], or
[value] of a leaf. The first is the root.
"""

_FEWEST = 0.5
"""What an answer that never occurs counts, so that its odds are finite."""
BINS = 32
"""Values of a measure that are told apart."""


@dataclass(frozen=True, slots=True)
class Growth:
    """How trees are grown."""

    trees: int = 250
    depth: int = 3
    rate: float = 0.08
    """Share of each tree's answer that counts."""
    least: float = 4.0
    """Weight (second derivatives) that a leaf must have: 4 is 16 undecided pages."""
    ridge: float = 4.0
    """Draws the values of leaves towards 0."""
    measures: float = 0.3
    """Share of the measures that a tree may ask, drawn anew for each."""
    pages: float = 0.8
    """Share of the pages that a tree is grown from."""
    seed: int = 1


def grow(values: Numbers, wanted: Numbers, weights: Numbers, growth: Growth) -> list[Tree]:
    """Trees whose sum is the log odds of `wanted` (0 or 1) for each row of `values`."""
    edges = [_edges(column) for column in values.T]
    bins = np.stack(
        [
            np.searchsorted(e, column, side="left")
            for e, column in zip(edges, values.T, strict=True)
        ],
        axis=1,
    ).astype(np.int64)
    chance = np.random.default_rng(growth.seed)
    yes, no = (max(_FEWEST, float(weights @ side)) for side in (wanted, 1 - wanted))
    start = float(np.log(yes / no))
    odds = np.full(len(wanted), start)
    trees: list[Tree] = [[[round(start, 4)]]]
    rows, columns = bins.shape
    for _ in range(growth.trees):
        likely = 1 / (1 + np.exp(-odds))
        slope, bend = weights * (likely - wanted), weights * likely * (1 - likely)
        seen = np.sort(chance.choice(rows, int(growth.pages * rows), replace=False))
        asked = np.sort(
            chance.choice(columns, max(1, int(growth.measures * columns)), replace=False)
        )
        tree: Tree = []
        grower = _Grower(bins, edges, slope, bend, asked, growth, tree)
        grower.add(seen, growth.depth)
        trees.append(tree)
        odds += _answers(tree, values)
    return trees


def answers(trees: list[Tree], values: Numbers) -> Numbers:
    """Log odds of each row."""
    total = np.zeros(len(values))
    for tree in trees:
        total += _answers(tree, values)
    return total


def _edges(column: Numbers) -> Numbers:
    """Thresholds between values: all of them, or quantiles; rounded, for they are written down."""
    distinct = np.unique(column)
    if len(distinct) > BINS:
        distinct = np.unique(np.quantile(column, np.linspace(0, 1, BINS + 1)[:-1]))
    return np.unique(np.round((distinct[1:] + distinct[:-1]) / 2, 4))


@dataclass(frozen=True, slots=True)
class _Grower:
    """Grows one tree."""

    bins: Bins
    edges: list[Numbers]
    slope: Numbers
    bend: Numbers
    asked: Rows
    growth: Growth
    tree: Tree

    def add(self, rows: Rows, depth: int) -> int:
        """Add the node for these rows and all below it; returns its number."""
        number = len(self.tree)
        split = self._best_split(rows) if depth else None
        if split is None:
            value = -self.growth.rate * self.slope[rows].sum()
            self.tree.append([round(value / (self.bend[rows].sum() + self.growth.ridge), 4)])
            return number
        measure, place = split
        node = [float(measure), float(self.edges[measure][place])]
        self.tree.append(node)
        low = self.bins[rows, measure] <= place
        node += [float(self.add(rows[side], depth - 1)) for side in (low, ~low)]
        return number

    def _best_split(self, rows: Rows) -> tuple[int, int] | None:
        """The measure and the number of its edge that part the rows best."""
        width = len(self.asked)
        cells = (self.bins[np.ix_(rows, self.asked)] + np.arange(width) * (BINS + 1)).ravel()
        slope, bend = (
            np.bincount(cells, np.repeat(given[rows], width), width * (BINS + 1))
            .reshape(width, BINS + 1)
            .cumsum(axis=1)
            for given in (self.slope, self.bend)
        )
        all_slope, all_bend = slope[:, -1:], bend[:, -1:]
        ridge, least = self.growth.ridge, self.growth.least
        gain = (
            slope**2 / (bend + ridge)
            + (all_slope - slope) ** 2 / (all_bend - bend + ridge)
            - all_slope**2 / (all_bend + ridge)
        )
        gain[(bend < least) | (all_bend - bend < least)] = 0
        best = int(gain.argmax())
        if gain.flat[best] <= 1e-6:
            return None
        return int(self.asked[best // (BINS + 1)]), best % (BINS + 1)


def _answers(tree: Tree, values: Numbers) -> Numbers:
    found = np.empty(len(values))
    waiting: list[tuple[int, Rows]] = [(0, np.arange(len(values)))]
    while waiting:
        number, rows = waiting.pop()
        node = tree[number]
        if len(node) == 1:
            found[rows] = node[0]
            continue
        low = values[rows, int(node[0])] <= node[1]
        waiting += [(int(node[2]), rows[low]), (int(node[3]), rows[~low])]
    return found
