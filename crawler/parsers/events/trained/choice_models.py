"""The models that choose the theme and the house of an event (`choices.json`), made by
`python -m benchmarks.span_choice_training`. A file of another version or cut short is refused: the
caller goes on with the rules alone.
"""

from __future__ import annotations

import json
import logging
from functools import cache
from pathlib import Path

from crawler.parsers.events.trained.joint_model import RoleModels, parse_stages

CHOICES_FILE = Path(__file__).with_name("choices.json")
CHOICES_VERSION = 1
"""Raised whenever a measure changes its meaning: older parameters no longer fit."""

_logger = logging.getLogger(__name__)


@cache
def read_choice_models(path: Path = CHOICES_FILE) -> RoleModels:
    """The models of a file by stage; none, and a warning with the remedy, if it doesn't fit."""
    try:
        return _parse(path.read_text("utf-8"))
    except (OSError, ValueError, TypeError, KeyError, IndexError, AttributeError) as error:
        _logger.warning(
            "%s can't be used (%s): themes and houses of events are read by rules alone."
            " Install the program again, or make the file anew in a checkout with"
            " python -m benchmarks.span_choice_training.",
            path.name,
            error,
        )
        return {}


def _parse(content: str) -> RoleModels:
    given = json.loads(content)
    if given["version"] != CHOICES_VERSION:
        raise ValueError(f"it is of version {given['version']}, not {CHOICES_VERSION}")
    return parse_stages(given["stages"])
