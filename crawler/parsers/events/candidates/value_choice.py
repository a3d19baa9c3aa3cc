"""Which value an event has, as a trained model chooses among those of the page.

Rules give an event a value or none; the model gives it another one that it is surer of. Where an
event may have several, it gives further ones, and says which of those of rules are doubtful.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from crawler.parsers.events.candidates.choice_measures import RULED
from crawler.parsers.events.candidates.coreference import EventMentions
from crawler.parsers.events.trained.joint_model import JointModel, RoleModels

OF_EVENT = "of event"
"""The question that the model answers."""
MARGIN = 1.0
"""Log odds by which another value must be likelier than the one that rules give."""

_DOUBT = -1.2
"""Log odds under which a value of rules is doubted, where an event may have several."""

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
    chosen = choose_or_doubt(measured, model)
    return {event: value for event, value in chosen.items() if value is not None}


def choose_or_doubt(
    measured: Measured[Value], model: JointModel
) -> Mapping[EventMentions, Value | None]:
    """As `choose_value`, and None for the events whose value of rules is unlikely."""
    chosen: dict[EventMentions, Value | None] = {}
    every = list(measured.measure())
    open_to_choice = {event for event, _, measures in every if not measures.get(RULED)}
    judged = _judge([one for one in every if one[0] in open_to_choice], model)
    for event, values in judged.items():
        best_odds, _, best = max(values, key=lambda value: value[0])
        by_rules = max((odds for odds, ruled, _ in values if ruled), default=-math.inf)
        if best_odds > max(model.threshold, by_rules + MARGIN):
            chosen[event] = best
        elif -math.inf < by_rules < _DOUBT:
            chosen[event] = None
    return chosen


@dataclass(frozen=True, slots=True)
class SeveralValues(Generic[Value]):
    """What a model says of the values of an event that may have several."""

    further: Sequence[Value]
    """Those beside the values of rules, in the order of the page."""
    doubted: Sequence[Value]
    """Those of rules that are unlikely."""
    above: Sequence[tuple[Value, float]] = ()
    """Each value, and by how much its log odds are above the threshold."""


def choose_several(
    measured: Measured[Value], model: JointModel
) -> Mapping[EventMentions, SeveralValues[Value]]:
    """The values of events beside those of rules, and which of these are doubted."""
    return {
        event: SeveralValues(
            [value for odds, ruled, value in values if odds > model.threshold and not ruled],
            [value for odds, ruled, value in values if odds < _DOUBT and ruled],
            [(value, odds - model.threshold) for odds, _, value in values],
        )
        for event, values in _judge(list(measured.measure()), model).items()
    }


def _judge(
    every: Sequence[tuple[EventMentions, Value, Mapping[str, float]]], model: JointModel
) -> Mapping[EventMentions, list[tuple[float, bool, Value]]]:
    """The values at each event, with their log odds and whether the rules give them."""
    odds = model.log_odds([measures for _, _, measures in every])
    judged: dict[EventMentions, list[tuple[float, bool, Value]]] = defaultdict(list)
    for (event, value, measures), of_event in zip(every, odds, strict=True):
        judged[event].append((of_event, bool(measures.get(RULED)), value))
    return judged
