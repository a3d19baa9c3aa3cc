"""Logistic regression over named measures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

PENALTY = 3.0
"""Of squared weights, against learning single pages by heart."""

Numbers = npt.NDArray[np.float64]


class Measured(Protocol):
    """Something with measures; one that is not given is 0."""

    @property
    def measures(self) -> Mapping[str, float]:
        """By name."""


def matrix(samples: Sequence[Measured], names: Sequence[str]) -> Numbers:
    """A row for every sample, a column for every measure."""
    return np.array([[s.measures.get(name, 0.0) for name in names] for s in samples])


def logistic(values: Numbers, answers: Numbers, counted: Numbers | None = None) -> Numbers:
    """Weights of the logistic regression with a penalty of squares, by Newton's method. `counted`:
    what each sample counts; None: 1 each.
    """
    weights: Numbers = np.zeros(values.shape[1])
    counts = np.ones(len(values)) if counted is None else counted
    for _ in range(30):
        likely = 1 / (1 + np.exp(-values @ weights))
        bend = np.maximum(counts * likely * (1 - likely), 1e-6)
        curved = (values * bend[:, None]).T @ values
        curved[np.diag_indices_from(curved)] += PENALTY
        step = np.linalg.solve(curved, values.T @ (counts * (answers - likely)) - PENALTY * weights)
        weights = weights + step
        if float(np.abs(step).max()) < 1e-8:
            break
    return weights
