"""Models of two kinds that answer together: a linear one, which reads words, too, and boosted
trees, which read structure only. The mean of their log odds counts: they err in different places.

The file (`roles.json`) is made by `python -m radar.training.role_training`. One of another version
or cut short is refused: the caller goes on with the rules alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np

from crawler.parsers.events.trained.linear_model import LinearModel
from crawler.parsers.events.trained.parameter_file import read_parameters
from crawler.parsers.trees import Numbers, Trees

ROLES_FILE = Path(__file__).with_name("roles.json")
ROLES_VERSION = 3
"""Raised whenever a measure changes its meaning: older parameters no longer fit."""


@dataclass(frozen=True, slots=True)
class JointModel:
    """The answer to a question of yes or no."""

    linear: LinearModel
    """Its threshold is that of the joint answer."""
    trees: Trees | None = None
    """None: the linear model answers alone."""

    def log_odds(self, measured: Sequence[Mapping[str, float]]) -> list[float]:
        """The log odds of each; a measure not given is 0."""
        return joint_log_odds({"": self}, measured)[""]

    @property
    def threshold(self) -> float:
        """Log odds above which the answer is yes."""
        return self.linear.threshold

    def lowered(self, by: float) -> JointModel:
        """The same with a lower threshold."""
        linear = replace(self.linear, threshold=self.linear.threshold - by)
        return replace(self, linear=linear)


def bounded(odds: float, most: float) -> float:
    """Log odds as a measure: one that is beyond `most` on either side says no more."""
    return max(-most, min(odds, most))


def joint_log_odds(
    models: Mapping[str, JointModel], measured: Sequence[Mapping[str, float]]
) -> dict[str, list[float]]:
    """The log odds of each for several questions; what trees with the same measures read is made
    once.
    """
    tables: dict[tuple[str, ...], Numbers] = {}
    joint: dict[str, list[float]] = {}
    for question, model in models.items():
        odds = np.array([model.linear.log_odds(measures) for measures in measured])
        trees = model.trees
        if trees is not None and len(odds):
            if trees.measures not in tables:
                tables[trees.measures] = trees.table(measured)
            odds = (odds + trees.log_odds_of_table(tables[trees.measures])) / 2
        joint[question] = odds.tolist()
    return joint


RoleModels: TypeAlias = Mapping[str, Mapping[str, JointModel]]
"""Stage → question → its model. The first stage of roles, `bodies`, judges each body alone, the
second, `neighbours`, by what the first says of the others, too. Thresholds are those of the second,
for the mean of both. `persons` says which event a person is of, `organisers`, `participants`,
`towns`, `counts` and `countries` which values an event has, `employers` whom a person works for.
"""


@cache
def read_role_models(path: Path = ROLES_FILE) -> RoleModels:
    """The models of a file; none, and a warning with the remedy, if the file doesn't fit."""
    return read_parameters(
        path,
        ROLES_VERSION,
        lambda given: parse_stages(given["stages"]),
        without="roles of bodies are read by rules alone",
        remedy="with python -m radar.training.role_training",
    )


def lowered(models: RoleModels, by: Mapping[str, float]) -> RoleModels:
    """The models with lower thresholds, by so much log odds for the stages that are named."""
    return {
        stage: {name: model.lowered(by.get(stage, 0.0)) for name, model in questions.items()}
        for stage, questions in models.items()
    }


def parse_stages(stages: Mapping[str, Mapping[str, Any]]) -> RoleModels:
    """The models of stages as they are written."""
    return {
        stage: {
            question: JointModel(LinearModel.of(model), Trees.of(part, question))
            for question, model in part["questions"].items()
        }
        for stage, part in stages.items()
    }
