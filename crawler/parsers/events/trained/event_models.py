"""The models of which mentions are events, and which words name some, from their file.

The file (`parameters.json`) is made by `python -m radar.training.event_training`. One of another
version or cut short is refused: the caller goes on with the rules alone.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TypeAlias

from crawler.parsers.events.trained.joint_model import JointModel
from crawler.parsers.events.trained.linear_model import LinearModel
from crawler.parsers.trees import Trees

PARAMETERS = Path(__file__).with_name("parameters.json")
VERSION = 3
"""Raised whenever a measure changes its meaning: older parameters no longer fit."""
OF_GATE = "event"
"""The question whether mentions are of an event."""
OF_PAGE = "event of page"
"""The same, by what the gate says of the other events of the page, too."""

EventModels: TypeAlias = Mapping[str, JointModel]
"""Question → its model."""

_logger = logging.getLogger(__name__)


@cache
def read_models(path: Path = PARAMETERS) -> EventModels:
    """The models of a file; none, and a warning with the remedy, if the file doesn't fit."""
    try:
        return parse_models(path.read_text("utf-8"))
    except (OSError, ValueError, TypeError, KeyError, IndexError, AttributeError) as error:
        _logger.warning(
            "%s can't be used (%s): events are read by rules alone. Install the program again, or"
            " make the file anew with python -m radar.training.event_training.",
            path.name,
            error,
        )
        return {}


def parse_models(content: str) -> EventModels:
    """The models of the content of a file, with trees where it has some; raises what json and the
    types raise, or ValueError for another version.
    """
    given = json.loads(content)
    if given["version"] != VERSION:
        raise ValueError(f"it is of version {given['version']}, not {VERSION}")
    return {
        question: JointModel(
            LinearModel.of(model), Trees.of(given, question) if "trees" in model else None
        )
        for question, model in given["questions"].items()
    }
