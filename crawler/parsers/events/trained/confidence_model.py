"""The model of how likely values of events are right: boosted trees over measures of each value.

Its file (`confidence.json`) is made by `python -m radar.training.confidence_training`. One of
another version or cut short is refused: no value of the text counts as sure then.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from crawler.parsers.events.trained.parameter_file import read_parameters
from crawler.parsers.trees import Trees

CONFIDENCE_FILE = Path(__file__).with_name("confidence.json")
CONFIDENCE_VERSION = 5
"""Raised whenever a measure changes its meaning: older parameters no longer fit."""
OF_VALUE = "value"
"""The question that the model answers."""


@dataclass(frozen=True, slots=True)
class ConfidenceModel:
    """Says of values of events how likely each is right."""

    trees: Trees
    fields: frozenset[str]
    """Those that labels say something of."""

    def shares(self, measured: Sequence[Mapping[str, float]]) -> list[float]:
        """The share of right ones, 0 to 1, among values that measure as each of these."""
        odds = self.trees.log_odds_of_table(self.trees.table(measured))
        shares: list[float] = (1 / (1 + np.exp(-odds))).tolist()
        return shares


@cache
def read_confidence_models(path: Path = CONFIDENCE_FILE) -> Mapping[str, ConfidenceModel]:
    """The question and its model; none, and a warning with the remedy, if the file doesn't fit."""
    return read_parameters(
        path,
        CONFIDENCE_VERSION,
        _parse,
        without="no value of an event counts as sure",
        remedy="with python -m radar.training.confidence_training",
    )


def _parse(given: Mapping[str, Any]) -> Mapping[str, ConfidenceModel]:
    return {OF_VALUE: ConfidenceModel(Trees.of(given, OF_VALUE), frozenset(given["fields"]))}
