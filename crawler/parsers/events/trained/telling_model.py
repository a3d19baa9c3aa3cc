"""The model of how a page is told, made by `python -m radar.training.telling_training`. A file of
another version or cut short is refused: the caller takes no page for a reporter's.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from crawler.parsers.events.trained.linear_model import LinearModel
from crawler.parsers.events.trained.parameter_file import read_parameters

TELLING_FILE = Path(__file__).with_name("telling.json")
TELLING_VERSION = 1
"""Raised whenever a measure changes its meaning: older parameters no longer fit."""
OF_TELLING = "reported"
"""The question whether a reporter tells a page."""


@cache
def read_telling(path: Path = TELLING_FILE) -> LinearModel | None:
    """The model of a file; None, and a warning with the remedy, if it doesn't fit."""
    return read_parameters(
        path,
        TELLING_VERSION,
        lambda given: {OF_TELLING: LinearModel.of(given[OF_TELLING])},
        without="pages of reporters are read as those of press offices",
        remedy="in a checkout with python -m radar.training.telling_training",
    ).get(OF_TELLING)
