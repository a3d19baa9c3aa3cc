"""Which value an event has, as a trained model chooses among those of the page.

Rules give an event a value or none; the model gives it another one that it is surer of, or further
ones where an event may have several.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Protocol, TypeVar

from crawler.parsers.events.candidates.choice_measures import RULED
from crawler.parsers.events.candidates.coreference import EventMentions
from crawler.parsers.events.trained.joint_model import JointModel, RoleModels

OF_EVENT = "of event"
"""The question that the model answers."""
_MARGIN = 1.0
"""Log odds by which another value must be likelier than the one that rules give."""

Value = TypeVar("Value")
Value_co = TypeVar("Value_co", covariant=True)


class Measured(Protocol[Value_co]):
    """What measures the values of one kind at the events of a page."""

    def measure(self) -> Iterator[tuple[EventMentions, Value_co, Mapping[str, float]]]:
        """The measures of each value at each event."""


def model_of(models: RoleModels, stage: str) -> JointModel | None:
    """The model that chooses the values of a kind; None where there is none."""
    return models.get(stage, {}).get(OF_EVENT)


def choose_value(measured: Measured[Value], model: JointModel) -> Mapping[EventMentions, Value]:
    """The values of events that are other ones than those of rules, one for an event."""
    chosen = {}
    for event, values in _judge(measured, model).items():
        best_odds, _, best = max(values, key=lambda value: value[0])
        by_rules = max((odds for odds, ruled, _ in values if ruled), default=-math.inf)
        if best_odds > max(model.threshold, by_rules + _MARGIN):
            chosen[event] = best
    return chosen


def further_values(
    measured: Measured[Value], model: JointModel
) -> Mapping[EventMentions, list[Value]]:
    """The values of events beside those of rules, in the order of the page."""
    return {
        event: [value for odds, ruled, value in values if odds > model.threshold and not ruled]
        for event, values in _judge(measured, model).items()
    }


def _judge(
    measured: Measured[Value], model: JointModel
) -> Mapping[EventMentions, list[tuple[float, bool, Value]]]:
    """The values at each event, with their log odds and whether the rules give them; an event with
    no other values than those of the rules is left out.
    """
    every = list(measured.measure())
    open_to_choice = {event for event, _, measures in every if not measures.get(RULED)}
    every = [one for one in every if one[0] in open_to_choice]
    odds = model.log_odds([measures for _, _, measures in every])
    judged: dict[EventMentions, list[tuple[float, bool, Value]]] = defaultdict(list)
    for (event, value, measures), of_event in zip(every, odds, strict=True):
        judged[event].append((of_event, bool(measures.get(RULED)), value))
    return judged
