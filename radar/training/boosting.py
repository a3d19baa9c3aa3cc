"""Boosted regression trees for yes-or-no questions, grown with numpy: small, and the same from the
same data.

Gradient boosting of the logistic loss with second derivatives, as in Chen and Guestrin, XGBoost
(2016), on values sorted into bins (Ke et al., LightGBM, 2017).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self, TypeAlias

import numpy as np
import numpy.typing as npt

Numbers: TypeAlias = npt.NDArray[np.float64]
Bins: TypeAlias = npt.NDArray[np.int64]
Rows: TypeAlias = npt.NDArray[np.int64]

Splits: TypeAlias = list[tuple[int, int] | None]
"""Of each node the measure that parts its rows and the number of its edge; None: of none."""

Tree: TypeAlias = list[list[float]]
"""Nodes: [measure, threshold, node where the value is at most that, node where it is greater], or
[value] of a leaf. The first is the root.
"""

_FEWEST = 0.5
"""What an answer that never occurs counts, so that its odds are finite."""
BINS = 32
"""Values of a measure that are told apart."""
_WIDTH = BINS + 1
_NO_GAIN = 1e-6


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
    columns = [_Column.of(column) for column in values.T]
    chance = np.random.default_rng(growth.seed)
    yes, no = (max(_FEWEST, float(weights @ side)) for side in (wanted, 1 - wanted))
    start = float(np.log(yes / no))
    odds = np.full(len(wanted), start)
    trees: list[Tree] = [[[round(start, 4)]]]
    rows = len(values)
    for _ in range(growth.trees):
        likely = 1 / (1 + np.exp(-odds))
        slope, bend = weights * (likely - wanted), weights * likely * (1 - likely)
        seen = np.sort(chance.choice(rows, int(growth.pages * rows), replace=False))
        number = max(1, int(growth.measures * len(columns)))
        asked = np.sort(chance.choice(len(columns), number, replace=False))
        tree = _Grower(columns, slope, bend, asked, growth).grow(seen)
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
class _Column:
    """A measure of all rows, sorted into bins. Most measures are the same for most rows, so only
    those in another bin than the usual one are counted.
    """

    edges: Numbers
    usual: int
    """The bin of most rows."""
    rows: Rows
    """Those in other bins."""
    bins: Bins
    """The bin of each of these."""

    @classmethod
    def of(cls, values: Numbers) -> Self:
        """The column of a measure."""
        edges = _edges(values)
        bins = np.searchsorted(edges, values, side="left")
        usual = int(np.bincount(bins, minlength=1).argmax())
        rows = np.flatnonzero(bins != usual)
        return cls(edges, usual, rows, bins[rows])


class _Grower:
    """Grows one tree, level by level."""

    def __init__(
        self,
        columns: Sequence[_Column],
        slope: Numbers,
        bend: Numbers,
        asked: Rows,
        growth: Growth,
    ) -> None:
        self._columns, self._asked, self._growth = columns, asked, growth
        self._slope, self._bend = slope, bend
        self._usual = np.array([columns[number].usual for number in asked])
        self._rows = np.concatenate([columns[number].rows for number in asked])
        self._cells = np.concatenate(
            [columns[number].bins + place * _WIDTH for place, number in enumerate(asked)]
        )

    def grow(self, seen: Rows) -> Tree:
        """The tree of the rows that are seen."""
        tree: Tree = [[]]
        opened = [0]
        # Of each row the place of its node among those that are open; those of none stand last.
        place = np.ones(len(self._slope), dtype=np.int64)
        place[seen] = 0
        for depth in range(self._growth.depth + 1):
            slope, bend = (self._sums(of, place, len(opened)) for of in (self._slope, self._bend))
            splits: Splits = [None] * len(opened)
            if depth < self._growth.depth:
                splits = self._best_splits(place, slope, bend)
            below: list[int] = []
            moved = np.full(len(place), -1)
            for at, (number, split) in enumerate(zip(opened, splits, strict=True)):
                if split is None:
                    value = -self._growth.rate * slope[at] / (bend[at] + self._growth.ridge)
                    tree[number] = [round(float(value), 4)]
                    continue
                column = self._columns[split[0]]
                low, high = len(tree), len(tree) + 1
                edge = float(column.edges[split[1]])
                tree[number] = [float(split[0]), edge, float(low), float(high)]
                tree += [[], []]
                rows = np.flatnonzero(place == at)
                moved[rows] = len(below) + (column.usual > split[1])
                others = column.rows[place[column.rows] == at]
                is_high = column.bins[place[column.rows] == at] > split[1]
                moved[others] = len(below) + is_high
                below += [low, high]
            if not below:
                break
            opened, place = below, np.where(moved < 0, len(below), moved)
        return tree

    def _sums(self, of: Numbers, place: Rows, nodes: int) -> Numbers:
        summed: Numbers = np.bincount(place, of, nodes + 1)[:nodes].astype(np.float64)
        return summed

    def _best_splits(self, place: Rows, slope: Numbers, bend: Numbers) -> Splits:
        """Of each open node the measure and the number of its edge that part its rows best."""
        ridge, least = self._growth.ridge, self._growth.least
        if (bend < 2 * least).all():  # no leaf of two would have the weight that it must have
            return [None] * len(bend)
        low_slope = self._below(self._slope, place, slope)
        low_bend = self._below(self._bend, place, bend)
        all_slope, all_bend = slope[:, None, None], bend[:, None, None]
        gain = (
            low_slope**2 / (low_bend + ridge)
            + (all_slope - low_slope) ** 2 / (all_bend - low_bend + ridge)
            - all_slope**2 / (all_bend + ridge)
        ).reshape(len(slope), -1)
        few = (low_bend < least) | (all_bend - low_bend < least)
        gain[few.reshape(gain.shape)] = 0
        best = gain.argmax(axis=1)
        return [
            (int(self._asked[at // _WIDTH]), int(at % _WIDTH)) if of_node[at] > _NO_GAIN else None
            for at, of_node in zip(best, gain, strict=True)
        ]

    def _below(self, of: Numbers, place: Rows, total: Numbers) -> Numbers:
        """Sums by node, measure asked and edge: of the rows whose value is at most that."""
        nodes, size = len(total), len(self._asked) * _WIDTH
        cells = place[self._rows] * size + self._cells
        counted = np.bincount(cells, of[self._rows], (nodes + 1) * size)[: nodes * size]
        sums = counted.reshape(nodes, len(self._asked), _WIDTH)
        rest = total[:, None] - sums.sum(axis=2)
        sums[:, np.arange(len(self._asked)), self._usual] = rest
        summed: Numbers = sums.cumsum(axis=2)
        return summed


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
