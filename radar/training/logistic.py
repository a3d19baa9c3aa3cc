"""Logistic regression over named measures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

PENALTY = 3.0
"""Of squared weights, against learning single pages by heart."""

_MOST_STEPS = 200
_SHRINKS = 0.5
"""Share of the last step that the next one may have at most, or second derivatives are too old."""
_LEAST_BEND = 1e-6
_SMALL = 1e-7
"""Step after which weights stay as they are: they are written with four digits."""

Numbers = npt.NDArray[np.float64]


class Measured(Protocol):
    """Something with measures; one that is not given is 0."""

    @property
    def measures(self) -> Mapping[str, float]:
        """By name."""


@dataclass(frozen=True, slots=True)
class Solution:
    """The weights of a regression, and what others over nearly the same samples begin from."""

    weights: Numbers
    inverse: Numbers
    """Of the second derivatives, at weights like these."""


def matrix(samples: Sequence[Measured], names: Sequence[str]) -> Numbers:
    """A row for every sample, a column for every measure."""
    places = {name: place for place, name in enumerate(names)}
    values = np.zeros((len(samples), len(names)))
    for row, sample in zip(values, samples, strict=True):
        for name, value in sample.measures.items():
            place = places.get(name)
            if place is not None:
                row[place] = value
    return values


def logistic(values: Numbers, answers: Numbers, counted: Numbers | None = None) -> Numbers:
    """Weights of the logistic regression with a penalty of squares. `counted`: what each sample
    counts; None: 1 each.
    """
    return solve_logistic(values, answers, counted).weights


def solve_logistic(
    values: Numbers,
    answers: Numbers,
    counted: Numbers | None = None,
    near: Solution | None = None,
) -> Solution:
    """The same by Newton's method. Second derivatives cost most: they are taken anew only where
    steps with older ones, or with those of `near`, no longer shrink.
    """
    counts = np.ones(len(values)) if counted is None else counted
    if near is None:
        weights: Numbers = np.zeros(values.shape[1])
        inverse = _inverse(values, counts / 4)
    else:
        weights, inverse = near.weights, near.inverse
    last = np.inf
    for _ in range(_MOST_STEPS):
        likely = 1 / (1 + np.exp(-values @ weights))
        slope = values.T @ (counts * (answers - likely)) - PENALTY * weights
        step = inverse @ slope
        if float(np.abs(step).max()) > _SHRINKS * last:
            inverse = _inverse(values, counts * likely * (1 - likely))
            step = inverse @ slope
        weights = weights + step
        last = float(np.abs(step).max())
        if last < _SMALL:
            break
    return Solution(weights, inverse)


def _inverse(values: Numbers, bends: Numbers) -> Numbers:
    """Of the second derivatives; `bends` are those of each sample."""
    curved = (values * np.maximum(bends, _LEAST_BEND)[:, None]).T @ values
    curved[np.diag_indices_from(curved)] += PENALTY
    inverse: Numbers = np.linalg.inv(curved).astype(np.float64)
    return inverse
