"""Which value an event has, as a trained model chooses among those of the page.

Rules give an event a value or none; the model gives it another one that it is surer of. Where an
event may have several, it gives further ones, and says which of those of rules are doubtful.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Generic, Protocol, TypeVar

from crawler.parsers.events.candidates.choice_measures import RULED
from crawler.parsers.events.candidates.coreference import EventMentions
from crawler.parsers.events.page.found_value import FoundValue
from crawler.parsers.events.trained.joint_model import JointModel, RoleModels

OF_EVENT = "of event"
"""The question that the model answers."""
MARGIN = 1.0
"""Log odds by which another value must be likelier than the one that rules give."""

MOST_LEAD = 5.0
"""Log odds that separate a value from the next one where there is none."""
_DOUBT = -1.2
"""Log odds under which a value of rules is doubted, where an event may have several."""
NEARLY = 1.5
"""Log odds below its threshold up to which a model nearly chooses a value."""

Value = TypeVar("Value")
Found = TypeVar("Found")
Value_co = TypeVar("Value_co", covariant=True)


class Measured(Protocol[Value_co]):
    """What measures the values of one kind at the events of a page."""

    def measure(self) -> Iterator[tuple[EventMentions, Value_co, Mapping[str, float]]]:
        """The measures of each value at each event."""


def model_of(models: RoleModels, stage: str) -> JointModel | None:
    """The model that chooses the values of a kind; None where there is none."""
    return models.get(stage, {}).get(OF_EVENT)


@dataclass(frozen=True, slots=True, eq=False)
class Judged(Generic[Value]):
    """A value at an event, what speaks for it, and its log odds by a model."""

    event: EventMentions
    value: Value
    measures: Mapping[str, float]
    odds: float

    @property
    def is_ruled(self) -> bool:
        """Whether rules give it."""
        return bool(self.measures.get(RULED))


@dataclass(frozen=True, slots=True)
class Odds:
    """How likely a value is that of an event: by how much its log odds are above the threshold, and
    above those of the likeliest other value.
    """

    above: float
    lead: float

    def of(self, found: FoundValue[Found]) -> FoundValue[Found]:
        """A value with these odds."""
        return replace(found, odds=self.above, lead=self.lead)


@dataclass(frozen=True, slots=True)
class Judgement(Generic[Value]):
    """What a model says of an event that has one value."""

    other: Value | None
    """Another value than that of rules, of which it is surer."""
    is_doubted: bool
    """Whether it has none of these, and finds that of rules unlikely."""
    odds: Odds
    """Those of the likeliest value."""
    odds_of_rules: Odds | None
    """Those of the value of rules; None where nothing is said of it."""
    nearly: Value | None = None
    """The likeliest value, where rules give none and the model nearly chooses it."""


def with_odds(found: FoundValue[Found] | None, odds: Odds | None) -> FoundValue[Found] | None:
    """A value with its odds, where it has some."""
    return odds.of(found) if found and odds else found


def judge_values(
    measured: Measured[Value], model: JointModel
) -> Mapping[EventMentions, Judgement[Value]]:
    """What a model says of the events that something may be the value of."""
    by_event = _by_event(judge(measured, model))
    return {event: _judge_one(values, model.threshold) for event, values in by_event.items()}


def _judge_one(values: Sequence[Judged[Value]], threshold: float) -> Judgement[Value]:
    best = max(values, key=lambda one: one.odds)
    ruled = max((one for one in values if one.is_ruled), key=lambda one: one.odds, default=None)
    by_rules = ruled.odds if ruled else -math.inf
    is_surer = best.odds > max(threshold, by_rules + MARGIN)
    is_open = not all(one.is_ruled for one in values)
    is_near = ruled is None and threshold - NEARLY < best.odds <= threshold
    return Judgement(
        best.value if is_surer else None,
        is_open and not is_surer and -math.inf < by_rules < _DOUBT,
        _odds_among(best, values, threshold),
        _odds_among(ruled, values, threshold) if ruled else None,
        best.value if is_near else None,
    )


def _odds_among(own: Judged[Value], values: Sequence[Judged[Value]], threshold: float) -> Odds:
    next_best = max((one.odds for one in values if one is not own), default=-math.inf)
    return Odds(own.odds - threshold, min(MOST_LEAD, own.odds - next_best))


@dataclass(frozen=True, slots=True)
class SeveralValues(Generic[Value]):
    """What a model says of the values of an event that may have several."""

    further: Sequence[Value]
    """Those beside the values of rules, in the order of the page."""
    doubted: Sequence[Value]
    """Those of rules that are unlikely."""
    above: Sequence[tuple[Value, float]] = ()
    """Each value, and by how much its log odds are above the threshold."""
    nearly: Sequence[Value] = ()
    """Those that are nearly chosen."""


def choose_several(
    judged: Sequence[Judged[Value]], threshold: float
) -> Mapping[EventMentions, SeveralValues[Value]]:
    """The values of events beside those of rules, and which of these are doubted."""
    return {
        event: SeveralValues(
            [one.value for one in values if one.odds > threshold and not one.is_ruled],
            [one.value for one in values if one.odds < _DOUBT and one.is_ruled],
            [(one.value, one.odds - threshold) for one in values],
            [
                one.value
                for one in values
                if threshold - NEARLY < one.odds <= threshold and not one.is_ruled
            ],
        )
        for event, values in _by_event(judged).items()
    }


def judge(measured: Measured[Value], model: JointModel) -> list[Judged[Value]]:
    """What a model says of each value at each event."""
    every = list(measured.measure())
    odds = model.log_odds([measures for _, _, measures in every])
    return [Judged(*one, of_one) for one, of_one in zip(every, odds, strict=True)]


def _by_event(judged: Sequence[Judged[Value]]) -> Mapping[EventMentions, list[Judged[Value]]]:
    by_event: dict[EventMentions, list[Judged[Value]]] = defaultdict(list)
    for one in judged:
        by_event[one.event].append(one)
    return by_event
