"""How likely the values of events are right: the confidence that they carry.

A logistic model (trained/confidence_model.py) over measures of each value (confidence_measures.py)
answers. Without it no value of the text counts as sure.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from crawler.parsers.events.trained.linear_model import LinearModel

SURE = 0.9
"""From here on a value counts as sure."""
UNJUDGED = 0.7
"""Confidence without a model, and of fields that nobody labelled."""


def judge_confidence(measures: Mapping[str, float], model: LinearModel | None) -> float:
    """0 to 1: the share of right ones among values that measure so."""
    if model is None or not any(m in model.weights for m in measures if m.startswith("field.")):
        return UNJUDGED
    return round(1 / (1 + math.exp(-model.log_odds(measures))), 2)
