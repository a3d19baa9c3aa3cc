"""The second look at events whose values have been read."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from crawler.parsers.events.assembly import event_review
from crawler.parsers.events.assembly.event_review import (
    LIKELY,
    STAGE,
    measure_events,
    review_events,
    review_likely,
)
from crawler.parsers.events.candidates.selection import LikelyEvents
from crawler.parsers.events.trained.joint_model import JointModel, RoleModels
from crawler.parsers.events.trained.linear_model import LinearModel
from tests.event_texts import event_reader, text_page

TEXT = (
    "The 5th Mining Forum took place in Berlin on 4 May 2031. It was organised by the Chamber of"
    " Mines. The Zinc Conference will take place in Vienna on 7 June 2032."
)


def _model(weights: Mapping[str, float], threshold: float = 0.0) -> RoleModels:
    return {STAGE: {"of event": JointModel(LinearModel(weights, threshold))}}


LONG = f"{TEXT} Tin is dear. Lead is cheap. Coal is black."
"""Five sentences and more, of which models have learnt."""


def _review(models: RoleModels, doubtful: int, text: str = LONG) -> list[str]:
    """The names of the events that stay, the last ones of which were doubtful."""
    reader = event_reader()
    page = reader.annotate(text_page(text, "en", "2031-06-01"))
    candidates = reader.candidates(page)
    events = reader.find_likely(page, candidates).every
    assert len(events) == 2
    likely = LikelyEvents(events[: 2 - doubtful], events[2 - doubtful :])
    every = reader.assembler(page, events, candidates).read(events, candidates)
    kept = review_events(page, every, likely, candidates, models)
    return [values.name.value for _, values in kept]


FORUM, CONFERENCE = "5th Mining Forum", "Zinc Conference"


def test_a_doubtful_event_with_a_day_of_its_own_is_one() -> None:
    own_day = {"bias": -1.0, "alone.start": 2.0}
    assert _review(_model(own_day), 1) == [FORUM, CONFERENCE]
    assert _review(_model(own_day, threshold=1.5), 1) == [FORUM]


def test_a_further_event_is_taken_back_where_it_is_likelier_none() -> None:
    assert _review(_model({"bias": 0.5}), 0) == [FORUM, CONFERENCE]
    assert _review(_model({"bias": -0.5}), 0) == [FORUM]


def test_a_numbered_event_is_taken_back_only_where_little_speaks_for_it() -> None:
    numbered = LONG.replace("The Zinc", "The 2nd Zinc")
    second = f"2nd {CONFERENCE}"
    assert _review(_model({"bias": -0.5}), 0, numbered) == [FORUM, second]
    assert _review(_model({"bias": -2.0}), 0, numbered) == [FORUM]


def test_a_doubtful_event_has_to_be_surer_than_one_that_was_let_in() -> None:
    assert _review(_model({"bias": 0.5}, threshold=1.0), 0) == [FORUM, CONFERENCE]
    assert _review(_model({"bias": 0.5}, threshold=1.0), 1) == [FORUM]


def test_nothing_is_taken_back_of_a_short_text() -> None:
    assert _review(_model({"bias": -2.0}), 0, TEXT) == [FORUM, CONFERENCE]


def test_of_a_page_without_an_event_doubtful_ones_may_all_be_none() -> None:
    assert _review(_model({"bias": -2.0}), 2) == []


def test_less_is_asked_of_the_only_event_of_a_page_that_a_reporter_tells(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    model = _model({"bias": 0.2}, threshold=1.0)
    assert _review(model, 2) == []
    monkeypatch.setattr(event_review, "is_reported", lambda page: True)
    assert _review(model, 2) == [FORUM, CONFERENCE]
    assert _review(model, 1) == [FORUM]


def test_without_a_model_events_stay_as_they_are() -> None:
    assert _review({}, 0) == [FORUM, CONFERENCE]


def test_values_are_counted_by_whether_another_event_has_them() -> None:
    reader = event_reader()
    page = reader.annotate(text_page(TEXT.replace("Vienna", "Berlin"), "en", "2031-06-01"))
    candidates = reader.candidates(page)
    likely = reader.find_likely(page, candidates)
    every = reader.assembler(page, likely.every, candidates).read(likely.every, candidates)
    forum, conference = measure_events(page, every, likely, candidates)
    assert forum["alone.start"] == conference["alone.start"] == forum["main"] == 1.0
    assert forum["shared.place.city"] == conference["shared.place.city"] == 1.0
    assert not conference["main"]


def _review_likely(model: JointModel, kept: int) -> list[str]:
    """The names of the events that stay of two, of which the last is by a likely word."""
    reader = event_reader()
    page = reader.annotate(text_page(LONG, "en", "2031-06-01"))
    candidates = reader.candidates(page)
    events = reader.find_likely(page, candidates).every
    events[1].likely = True
    likely = LikelyEvents(events[:1], events[1:])
    every = reader.assembler(page, events, candidates).read(events, candidates)
    known = every[:kept]
    stay = review_likely(page, known, every, likely, candidates, model=model)
    return [values.name.value for _, values in stay]


def test_a_likely_event_stays_by_its_values() -> None:
    of_likely = {LIKELY: 1.0, "has.start": 1.0}
    assert _review_likely(JointModel(LinearModel(of_likely, 1.5)), 1) == [FORUM, CONFERENCE]
    assert _review_likely(JointModel(LinearModel(of_likely, 2.5)), 1) == [FORUM]


def test_the_first_event_of_a_page_has_a_threshold_of_its_own() -> None:
    of_likely = {LIKELY: 1.0}
    assert _review_likely(JointModel(LinearModel(of_likely, 2.0, alone=0.5)), 0) == [CONFERENCE]
    assert _review_likely(JointModel(LinearModel(of_likely, 0.5, alone=2.0)), 0) == []
