"""Logistic regression over named measures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol, Self

import numpy as np
import numpy.typing as npt

PENALTY = 3.0
"""Of squared weights, against learning single pages by heart."""

_MOST_STEPS = 60
_MOST_TURNS = 200
"""Steps of Newton's method, and turns of conjugate gradients for one of them."""
_LEAST_BEND = 1e-6
_SMALL = 1e-6
"""Step after which weights stay as they are: they are written with four digits."""

Numbers = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]


class Measured(Protocol):
    """Something with measures; one that is not given is 0."""

    @property
    def measures(self) -> Mapping[str, float]:
        """By name."""


@dataclass(frozen=True, slots=True)
class SparseRows:
    """A row for every sample, a column for every measure: the numbers that are not 0, and where
    they stand. Of thousands of hashed words a row has a few dozen.
    """

    rows: int
    columns: int
    row: Places
    column: Places
    number: Numbers

    @classmethod
    def of(cls, samples: Sequence[Measured], names: Sequence[str]) -> Self:
        """The measures `names` of samples."""
        places = {name: place for place, name in enumerate(names)}
        found = [
            (row, place, value)
            for row, sample in enumerate(samples)
            for name, value in sample.measures.items()
            if value and (place := places.get(name)) is not None
        ]
        row, column, number = zip(*found, strict=True) if found else ((), (), ())
        return cls(
            len(samples),
            len(names),
            np.array(row, dtype=np.int64),
            np.array(column, dtype=np.int64),
            np.array(number, dtype=np.float64),
        )

    def only(self, kept: npt.NDArray[np.bool_]) -> Self:
        """The rows that are kept."""
        inside = kept[self.row]
        row = (np.cumsum(kept) - 1)[self.row[inside]]
        return replace(
            self,
            rows=int(kept.sum()),
            row=row,
            column=self.column[inside],
            number=self.number[inside],
        )

    def times(self, weights: Numbers) -> Numbers:
        """The weighted sum of each row."""
        sums = np.bincount(self.row, self.number * weights[self.column], self.rows)
        return sums.astype(np.float64, copy=False)

    def summed(self, weights: Numbers) -> Numbers:
        """The sum of each column over its rows, each of which has a weight."""
        sums = np.bincount(self.column, self.number * weights[self.row], self.columns)
        return sums.astype(np.float64, copy=False)


def matrix(samples: Sequence[Measured], names: Sequence[str]) -> Numbers:
    """A row for every sample, a column for every measure."""
    sparse = SparseRows.of(samples, names)
    values = np.zeros((sparse.rows, sparse.columns))
    values[sparse.row, sparse.column] = sparse.number
    return values


def logistic(values: SparseRows, answers: Numbers, near: Numbers | None = None) -> Numbers:
    """Weights of the logistic regression with a penalty of squares. `near`: weights to begin from,
    those of nearly the same samples.

    Newton's method with whole steps, each found by conjugate gradients, which need no matrix of
    second derivatives (as in Lin, Weng and Keerthi, Trust region Newton method for logistic
    regression, 2008, but without their trust region).
    """
    weights = np.zeros(values.columns) if near is None else near
    squared = replace(values, number=values.number**2)
    for _ in range(_MOST_STEPS):
        likely = 1 / (1 + np.exp(-values.times(weights)))
        slope = values.summed(answers - likely) - PENALTY * weights
        bends = np.maximum(likely * (1 - likely), _LEAST_BEND)
        step = _newton_step(values, bends, slope, squared.summed(bends) + PENALTY)
        weights = weights + step
        if not len(step) or float(np.abs(step).max()) < _SMALL:
            break
    return weights


def _newton_step(values: SparseRows, bends: Numbers, slope: Numbers, scale: Numbers) -> Numbers:
    """Where the slope ends if second derivatives stay as they are (`bends`: those of each sample),
    as exactly as the slope is small. `scale`: the second derivative of each weight alone.
    """
    step, left = np.zeros_like(slope), slope
    size = float(np.linalg.norm(slope))
    enough = min(0.1, size) * size
    scaled = left / scale
    towards, product = scaled, float(left @ scaled)
    for _ in range(_MOST_TURNS):
        if float(np.linalg.norm(left)) <= enough:
            break
        curved = values.summed(bends * values.times(towards)) + PENALTY * towards
        far = product / float(towards @ curved)
        step, left = step + far * towards, left - far * curved
        scaled = left / scale
        last, product = product, float(left @ scaled)
        towards = scaled + (product / last) * towards
    return step
