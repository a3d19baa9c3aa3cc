"""Logistic models over named measures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import repeat
from operator import mul
from typing import Any


@dataclass(frozen=True, slots=True)
class LinearModel:
    """The answer to a question of yes or no as log odds: a weighted sum of measures."""

    weights: Mapping[str, float]
    """By measure; a measure without a weight counts for nothing."""
    threshold: float
    """Log odds above which the answer is yes."""
    alone: float | None = None
    """Log odds that the first yes on a page must have where rules give none; None: no more."""
    general: float | None = None
    """The same on a page that names nothing of the field; None: as on others."""
    doubt: float | None = None
    """Log odds under which all answers of a page must be for rules to count for nothing; None: they
    always count.
    """

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> LinearModel:
        """The model of a question in such a file."""
        return cls(
            {str(name): float(weight) for name, weight in given["weights"].items()},
            float(given["threshold"]),
            float(given["alone"]) if "alone" in given else None,
            *(float(given[key]) if key in given else None for key in ("general", "doubt")),
        )

    def log_odds(self, measures: Mapping[str, float]) -> float:
        """Natural logarithm of the odds of yes."""
        weights = map(self.weights.get, measures, repeat(0.0))
        total: float = sum(map(mul, weights, measures.values()))
        return total
