"""The model of how likely values of events are right, from its file (`confidence.json`), which is
made by `python -m radar.training.confidence_training`. One of another version or cut short is
refused: no value of the text counts as sure then.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from crawler.parsers.events.trained.event_models import parse_models
from crawler.parsers.events.trained.linear_model import LinearModel

CONFIDENCE_FILE = Path(__file__).with_name("confidence.json")
OF_VALUE = "value"
"""The question that the model answers."""

_logger = logging.getLogger(__name__)


@cache
def read_confidence_models(path: Path = CONFIDENCE_FILE) -> Mapping[str, LinearModel]:
    """The question and its model; none, and a warning with the remedy, if the file doesn't fit."""
    try:
        return {OF_VALUE: parse_models(path.read_text("utf-8"))[OF_VALUE].linear}
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        _logger.warning(
            "%s can't be used (%s): no value of an event counts as sure. Install the program again,"
            " or make the file anew with python -m radar.training.confidence_training.",
            path.name,
            error,
        )
        return {}
