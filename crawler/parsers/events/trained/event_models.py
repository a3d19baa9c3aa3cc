"""The models of which mentions are events, and which words name some, from their file.

The file (`parameters.json`) is made by `python -m radar.training.event_training`. One of another
version or cut short is refused: the caller goes on with the rules alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

from crawler.parsers.events.trained.joint_model import JointModel
from crawler.parsers.events.trained.linear_model import LinearModel
from crawler.parsers.events.trained.parameter_file import read_parameters
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


@cache
def read_models(path: Path = PARAMETERS) -> EventModels:
    """The models of a file; none, and a warning with the remedy, if the file doesn't fit."""
    return read_parameters(
        path,
        VERSION,
        _parse,
        without="events are read by rules alone",
        remedy="with python -m radar.training.event_training",
    )


def _parse(given: Mapping[str, Any]) -> EventModels:
    """With trees where the file has some."""
    return {
        question: JointModel(
            LinearModel.of(model), Trees.of(given, question) if "trees" in model else None
        )
        for question, model in given["questions"].items()
    }
