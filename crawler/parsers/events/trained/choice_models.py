"""The models that choose the theme and the house of an event (`choices.json`), made by
`python -m benchmarks.span_choice_training`. A file of another version or cut short is refused: the
caller goes on with the rules alone.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from crawler.parsers.events.trained.joint_model import RoleModels, parse_stages
from crawler.parsers.events.trained.parameter_file import read_parameters

CHOICES_FILE = Path(__file__).with_name("choices.json")
CHOICES_VERSION = 2
"""Raised whenever a measure changes its meaning: older parameters no longer fit."""


@cache
def read_choice_models(path: Path = CHOICES_FILE) -> RoleModels:
    """The models of a file by stage; none, and a warning with the remedy, if it doesn't fit."""
    return read_parameters(
        path,
        CHOICES_VERSION,
        lambda given: parse_stages(given["stages"]),
        without="themes and houses of events are read by rules alone",
        remedy="in a checkout with python -m benchmarks.span_choice_training",
    )
