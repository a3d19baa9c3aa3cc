"""How likely the values of events are right: the confidence that they carry.

A logistic model over measures of each value (confidence_measures.py) answers; its file
(`confidence.json`) is made by `python -m benchmarks.confidence_training`. Without it no value of
the text counts as sure.
"""

from __future__ import annotations

import logging
import math
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from crawler.parsers.events.trained import linear_model
from crawler.parsers.events.trained.linear_model import LinearModel, parse_models

CONFIDENCE_FILE = Path(linear_model.__file__).with_name("confidence.json")
SURE = 0.9
"""From here on a value counts as sure."""
UNJUDGED = 0.7
"""Confidence without a model, and of fields that nobody labelled."""

_logger = logging.getLogger(__name__)


@cache
def read_confidence_model(path: Path = CONFIDENCE_FILE) -> LinearModel | None:
    """The model; None, and a warning with the remedy, if the file doesn't fit."""
    try:
        return parse_models(path.read_text("utf-8"))["value"]
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        _logger.warning(
            "%s can't be used (%s): no value of an event counts as sure. Install the program again,"
            " or make the file anew with python -m benchmarks.confidence_training.",
            path.name,
            error,
        )
        return None


def judge_confidence(measures: Mapping[str, float], model: LinearModel | None) -> float:
    """0 to 1: the share of right ones among values that measure so."""
    if model is None or not any(m in model.weights for m in measures if m.startswith("field.")):
        return UNJUDGED
    return round(1 / (1 + math.exp(-model.log_odds(measures))), 2)
