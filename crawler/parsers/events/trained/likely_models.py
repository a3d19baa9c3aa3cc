"""The models of what may be an event by a likely word alone, made by
`python -m radar.training.likely_training`. A file of another version or cut short is refused: the
caller goes on without such events.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

from crawler.parsers.events.trained.joint_model import JointModel, parse_stages
from crawler.parsers.events.trained.linear_model import LinearModel
from crawler.parsers.events.trained.parameter_file import read_parameters

LIKELY_FILE = Path(__file__).with_name("likely.json")
LIKELY_VERSION = 1
"""Raised whenever a measure changes its meaning: older parameters no longer fit."""
OF_LIKELY_WORD = "word"
"""The question whether a word names an event."""
OF_LIKELY_EVENT = "event"
"""Whether likely mentions are of an event that the page does not give yet."""
OF_LIKELY_VALUES = "values"
"""The same by the values that it would have."""

LikelyModels: TypeAlias = Mapping[str, JointModel]
"""Question → its model."""


@cache
def read_likely_models(path: Path = LIKELY_FILE) -> LikelyModels:
    """The models of a file; none, and a warning with the remedy, if it doesn't fit."""
    return read_parameters(
        path,
        LIKELY_VERSION,
        parse_likely,
        without="events that no known word names are not read",
        remedy="in a checkout with python -m radar.training.likely_training",
    )


def parse_likely(given: Mapping[str, Any]) -> LikelyModels:
    """The models as they are written."""
    stages = parse_stages(given["stages"])
    return {
        OF_LIKELY_WORD: JointModel(LinearModel.of(given[OF_LIKELY_WORD])),
        **{stage: stages[stage][stage] for stage in (OF_LIKELY_EVENT, OF_LIKELY_VALUES)},
    }
