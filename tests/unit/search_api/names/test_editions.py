from __future__ import annotations

import random

from indexer.events.listing import ListedEvent
from search_api.names.editions import MOST_MISSING, in_order


def event(identity: str, ordinal: int | None = None, start: str | None = None) -> ListedEvent:
    return ListedEvent(identity, f"Event {identity}", ordinal=ordinal, start=start)


def told(*events: ListedEvent) -> list[tuple[int | None, str | None]]:
    return [(e.ordinal, e.event.id if e.event else None) for e in in_order(events)]


def test_numbers_that_no_page_names_are_gaps() -> None:
    assert told(event("b", 5), event("a", 2)) == [(2, "a"), (3, None), (4, None), (5, "b")]


def test_events_without_a_number_follow_by_their_day() -> None:
    events = [event("d"), event("c", start="2020"), event("b", start="2019-05"), event("a", 1)]
    expected = [(1, "a"), (None, "b"), (None, "c"), (None, "d")]
    for _ in range(5):
        random.Random(3).shuffle(events)
        assert told(*events) == expected


def test_two_events_of_one_number_leave_no_gap() -> None:
    assert told(event("b", 2, "2021"), event("a", 2, "2020")) == [(2, "a"), (2, "b")]


def test_a_misread_number_makes_no_thousand_gaps() -> None:
    assert told(event("a", 1), event("b", 2 + MOST_MISSING)) == [(1, "a"), (2 + MOST_MISSING, "b")]
    assert len(told(event("a", 1), event("b", 1 + MOST_MISSING))) == 1 + MOST_MISSING


def test_a_series_without_events_has_no_editions() -> None:
    assert in_order(()) == ()
