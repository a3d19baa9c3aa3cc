"""Which events of a page stay once their values have been read: a second look at those that the
gate nearly lets in (selection.py), and at further ones that it let in.

What has a day, a town and organisers of its own is an event; what shares them all with another one
of the page is that one again. The model (stage `review` of the roles) reads what the gate says of
an event, and which values it has, of its own or shared; without it the gate's events stay. What a
likely word alone names is judged by a model of its own, and only by its values.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from crawler.parsers.events.assembly.confidence_measures import ConfidenceMeasures
from crawler.parsers.events.assembly.event_values import EventValues, field_of
from crawler.parsers.events.candidates.candidate import Candidate
from crawler.parsers.events.candidates.coreference import EventMentions
from crawler.parsers.events.candidates.scoring import OF_LESSONS
from crawler.parsers.events.candidates.selection import LikelyEvents, may_doubt
from crawler.parsers.events.candidates.telling import ALONE, BESIDE, is_reported
from crawler.parsers.events.candidates.value_choice import model_of
from crawler.parsers.events.page.annotated_page import AnnotatedPage
from crawler.parsers.events.trained.joint_model import JointModel, RoleModels

STAGE = "review"
LEAST = 0.0
"""Log odds under which a further event that the gate let in is none."""
LEAST_TOLD = -1.0
"""The same of one with a number or of a row of lessons: no labelled one between the two is such."""
CHOSEN = "chosen"
"""The measure that an event has which the gate or rules let in."""
LIKELY = "likely"
"""The measure that an event has which only likely words name."""
_ABOUT_EVENT = ("event.", "page.", "odds.")
"""Measures of a value that are those of its event."""
_UNJUDGED = 9.0
"""Log odds of an event that the gate was not asked about: rules alone found it."""
_LOWEST = -9.0

Every = Sequence[tuple[EventMentions, EventValues]]
"""Events with the values that each would have."""


def review_events(
    page: AnnotatedPage,
    every: Every,
    likely: LikelyEvents,
    candidates: Sequence[Candidate],
    models: RoleModels,
) -> Every:
    """The events that stay, in their order: the page's own in any case, and of a short text all
    that the gate and rules let in. Values that another one has drawn to itself are not read anew:
    that changes as many for the worse as for the better.
    """
    model = model_of(models, STAGE)
    if model is None or len(every) == len(likely.events) <= 1:
        return every
    odds = model.log_odds(list(measure_events(page, every, likely, candidates)))
    known = set(likely.events)
    own = likely.events[:1] if may_doubt(page) else likely.events
    lower = BESIDE if likely.events else ALONE
    left_out = model.threshold - lower * is_reported(page)
    return [
        one
        for one, of_event in zip(every, odds, strict=True)
        if one[0] in own or of_event > (_least(one[0]) if one[0] in known else left_out)
    ]


def review_likely(
    page: AnnotatedPage,
    known: Every,
    every: Every,
    likely: LikelyEvents,
    candidates: Sequence[Candidate],
    *,
    model: JointModel,
) -> Every:
    """The events of a page with those by likely words that stay, all with the values of `every`;
    `known`, as they are, where none does. The first event of a page has to be surer.
    """
    odds = model.log_odds(list(measure_events(page, every, likely, candidates)))
    kept = {event for event, _ in known}
    alone = model.linear.alone
    if kept or alone is None:
        least = model.threshold - BESIDE * is_reported(page)
    else:
        least = alone - ALONE * is_reported(page)
    stay = [
        one
        for one, of_event in zip(every, odds, strict=True)
        if one[0] in kept or (one[0].likely and of_event > least)
    ]
    return stay if any(event.likely for event, _ in stay) else known


def measure_events(
    page: AnnotatedPage, every: Every, likely: LikelyEvents, candidates: Sequence[Candidate]
) -> Iterator[dict[str, float]]:
    """What speaks for each of the events being one: what the gate says of it, how the page tells
    it, and of each field, whether it has a value and whether other events have the same.
    """
    every = [(event, values.without_doubtful()) for event, values in every]
    measured = ConfidenceMeasures(page, every, candidates)
    told = Counter(
        value
        for _, values in every
        for value in {(field_of(path), str(found.value)) for path, found in values.evidence()}
    )
    ranked = sorted((_odds(event) for event, _ in every), reverse=True)
    chosen = set(likely.events)
    for event, values in every:
        of_values = list(measured.measure(event, values))
        measures = {
            name: number for name, number in of_values[0].items() if name.startswith(_ABOUT_EVENT)
        }
        yield {
            **measures,
            "bias": 1.0,
            "values": float(len(of_values)),
            **dict.fromkeys([CHOSEN] if event in chosen else [], 1.0),
            **dict.fromkeys([LIKELY] if event.likely else [], 1.0),
            "main": float(event in likely.events[:1]),
            "rank": float(ranked.index(_odds(event))),
            "all.chosen": float(len(chosen)),
            "all": float(len(every)),
            "gate": _odds(event),
            "score": event.score,
            f"kind.{event.best.kind}": 1.0,
            **_measure_fields(values, of_values, told),
        }


def _measure_fields(
    values: EventValues,
    of_values: Sequence[Mapping[str, float]],
    told: Mapping[tuple[str, str], int],
) -> dict[str, float]:
    """Of each field how many values there are, how sure of them the models are, and how many no
    other event has.
    """
    measures: defaultdict[str, float] = defaultdict(float)
    for (path, found), of_value in zip(values.evidence(), of_values, strict=True):
        field = field_of(path)
        measures[f"has.{field}"] += 1
        of = "shared" if told[field, str(found.value)] > 1 else "alone"
        measures[f"{of}.{field}"] += 1
        if found.odds is not None:
            before = measures.get(f"judged.{field}", _LOWEST)
            measures[f"judged.{field}"] = max(before, found.odds)
        if of_value.get("sentence.own"):
            measures[f"own.{field}"] = 1.0
        if of_value.get("other.nearer"):
            measures[f"nearer.{field}"] = 1.0
    return measures


def _least(event: EventMentions) -> float:
    is_told = event.ordinal is not None or OF_LESSONS in event.best.reasons
    return LEAST_TOLD if is_told else LEAST


def _odds(event: EventMentions) -> float:
    return _UNJUDGED if event.odds is None else event.odds
