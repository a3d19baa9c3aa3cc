"""What the gate says of the other events of a page."""

from __future__ import annotations

import pytest

from crawler.parsers.events.candidates.coreference import group_candidates
from crawler.parsers.events.candidates.dated_lines import find_dated_lines
from crawler.parsers.events.candidates.event_neighbours import measure_neighbours
from crawler.parsers.events.candidates.finder import CandidateFinder
from tests.event_texts import annotate

CALENDAR = (
    "5 May 2031, Jena: Zinc Conference\n"
    "9 June 2031, Bonn: Copper Congress\n"
    "7 July 2031, Bonn: Lead Summit"
)


def test_likely_events_of_other_lines_speak_for_the_event_of_a_line() -> None:
    page = annotate(CALENDAR, "en")
    events = group_candidates(CandidateFinder(page.vocabulary).find(page))
    first, *_ = measure_neighbours(events, [-1.0, 3.0, 3.0], find_dated_lines(page))
    assert first["first.siblings"] == first["first.lines"] == pytest.approx(0.9526, abs=1e-3)
    assert first["first.most"] == first["first.behind"] == pytest.approx(0.9526, abs=1e-3)
    assert first["first.odds"] == -0.5
    assert first["first.rank"] == pytest.approx(2 / 6)
    assert "first.in_line" not in first
    assert "first.alone" not in first


def test_without_lines_only_the_sentences_are_measured() -> None:
    page = annotate(CALENDAR, "en")
    events = group_candidates(CandidateFinder(page.vocabulary).find(page))
    for measures in measure_neighbours(events, [0.0, 0.0, 0.0], []):
        assert not {"first.siblings", "first.lines", "first.has_lines"} & set(measures)


def test_odds_are_bounded_and_an_event_may_be_alone() -> None:
    page = annotate("The Zinc Conference is on 5 May 2031 in Jena.", "en")
    events = group_candidates(CandidateFinder(page.vocabulary).find(page))
    (alone,) = measure_neighbours(events, [99.0], [])
    assert alone["first.odds"] == 2.0
    assert alone["first.alone"] == 1.0
    assert "first.most" not in alone
