"""The odds of persons at the events of a page."""

from __future__ import annotations

import pytest

from crawler.parsers.events.candidates.coreference import EventMentions
from crawler.parsers.events.candidates.value_choice import OF_EVENT
from crawler.parsers.events.people.person_events import judge_persons
from crawler.parsers.events.trained.joint_model import JointModel
from crawler.parsers.events.trained.linear_model import LinearModel
from tests.event_texts import annotate, event_reader

TEXT = (
    "Das Forum am 4. Mai in Jena schloss. Zur Konferenz am 9. Juni kam Dr. Petra Gros nach Bonn.\n"
)
MODELS = {"persons": {OF_EVENT: JointModel(LinearModel({"in.same": 3.0, "bias": -1.0}, 0.5))}}


def test_by_how_much_each_event_is_above_the_threshold() -> None:
    page = annotate(TEXT, "de", "2031-05-02")
    first, second = (EventMentions([c]) for c in event_reader().candidates(page))
    judged = judge_persons(page, [first, second], MODELS)
    (odds,) = judged.values()
    assert [odds[first], odds[second]] == pytest.approx([-1.5, 1.5])


def test_without_a_model_rules_decide_and_without_events_there_is_nothing_to_judge() -> None:
    page = annotate(TEXT, "de", "2031-05-02")
    events = [EventMentions([c]) for c in event_reader().candidates(page)]
    assert judge_persons(page, events, {}) == {}
    assert judge_persons(page, [], MODELS) == {}
