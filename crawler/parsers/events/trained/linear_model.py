"""Logistic models over named measures, from a file of plain numbers.

The file (`parameters.json`) is made by `python -m radar.training.event_training`. One of another
version or cut short is refused: the caller goes on with the rules alone.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

PARAMETERS = Path(__file__).with_name("parameters.json")
VERSION = 2
"""Raised whenever a measure changes its meaning: older parameters no longer fit."""

_logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class LinearModel:
    """The answer to a question of yes or no as log odds: a weighted sum of measures."""

    weights: Mapping[str, float]
    """By measure; a measure without a weight counts for nothing."""
    threshold: float
    """Log odds above which the answer is yes."""
    alone: float | None = None
    """Log odds that the first yes on a page must have where rules give none; None: no more."""

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> LinearModel:
        """The model of a question in such a file."""
        return cls(
            {str(name): float(weight) for name, weight in given["weights"].items()},
            float(given["threshold"]),
            float(given["alone"]) if "alone" in given else None,
        )

    def log_odds(self, measures: Mapping[str, float]) -> float:
        """Natural logarithm of the odds of yes."""
        weights = self.weights
        return sum(weights.get(name, 0.0) * value for name, value in measures.items())


@cache
def read_models(path: Path = PARAMETERS) -> Mapping[str, LinearModel]:
    """Question → its model; none, and a warning with the remedy, if the file doesn't fit."""
    try:
        return parse_models(path.read_text("utf-8"))
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        _logger.warning(
            "%s can't be used (%s): events are read by rules alone. Install the program again, or"
            " make the file anew with python -m radar.training.event_training.",
            path.name,
            error,
        )
        return {}


def parse_models(content: str) -> Mapping[str, LinearModel]:
    """Question → its model, of the content of a file; raises what json and the types raise, or
    ValueError for another version.
    """
    given = json.loads(content)
    if given["version"] != VERSION:
        raise ValueError(f"it is of version {given['version']}, not {VERSION}")
    return {question: LinearModel.of(model) for question, model in given["questions"].items()}
