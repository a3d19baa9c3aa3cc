from __future__ import annotations

from datetime import date

import pytest

from indexer.events.listing import EventPlace
from indexer.records.errors import QueryError
from search_api.events.parameters import EventParameters, cursor_after

TODAY = date(2026, 5, 3)


def parameters(**values: object) -> EventParameters:
    return EventParameters.model_validate(values)


def test_what_is_to_come_ends_today_or_later() -> None:
    wanted = parameters(when="upcoming").event_filter(TODAY)
    assert (wanted.first, wanted.before) == (TODAY.toordinal(), None)
    later = parameters(when="upcoming", **{"from": "2027"}).event_filter(TODAY)
    assert later.first == date(2027, 1, 1).toordinal()


def test_what_is_past_has_ended_before_today() -> None:
    wanted = parameters(when="past", to="2026-02").event_filter(TODAY)
    assert wanted.before == TODAY.toordinal()
    assert wanted.last == date(2026, 2, 28).toordinal()


def test_the_order_follows_what_is_asked_for() -> None:
    assert not parameters().latest_first
    assert parameters(when="past").latest_first
    assert not parameters(when="past", sort="soonest").latest_first


def test_an_address_holds_what_was_given() -> None:
    given = parameters(q="a b", country="KZ", limit=5, **{"from": "2026"})
    assert given.address("/events") == "/events?q=a+b&country=KZ&from=2026&limit=5"
    assert parameters(q="", place="").address("/events") == "/events"


def test_a_cursor_is_the_place_of_an_event() -> None:
    place = EventPlace(738_000, "e1")
    assert parameters(cursor=cursor_after(place)).after() == place
    assert parameters().after() is None


@pytest.mark.parametrize("cursor", ["x", "###", "bnVsbA", "WzEsMl0", "WyJhIiwiYiJd"])
def test_a_foreign_cursor_is_refused(cursor: str) -> None:
    with pytest.raises(QueryError) as caught:
        parameters(cursor=cursor).after()
    assert caught.value.reason == "bad-cursor"
