"""Places of documents among the days of events, and their cursors."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from indexer.query.days import LAST_DAY
from indexer.records.errors import QueryError
from indexer.stores.base import SearchRequest, Sort
from indexer.stores.cursor import encode_cursor
from indexer.stores.elastic.event_sort import event_place, event_sort_values
from indexer.stores.event_order import (
    EVENT_ORDERS,
    NEVER,
    EventPlace,
    decode_place,
    encode_place,
    rank_stretches,
    spans_read,
    spans_written,
    with_cursor_checked,
)

PLACES = [
    EventPlace(740_001, 0, 7),
    EventPlace(NEVER, 739_999, 2**61),
    EventPlace(NEVER, 0, 0),
    EventPlace(1, 0, 1),
    EventPlace(LAST_DAY, 739_998, 2**62 - 1),
]


@pytest.mark.parametrize(
    ("events", "place"),
    [
        ([], (NEVER, 0)),
        ([(5, 9)], (NEVER, 5)),
        ([(10, 10)], (10, 0)),
        ([(5, 10)], (5, 0)),
        ([(9, 9)], (NEVER, 9)),
        ([(1, 1), (2, 9), (11, 20), (12, 12), (5, 30)], (5, 2)),
    ],
)
def test_the_next_event_lasts_until_today_or_longer(
    events: list[tuple[int, int]], place: tuple[int, int]
) -> None:
    assert EventPlace.of(events, 10, 3) == (*place, 3)
    assert spans_read(spans_written(events)) == sorted(events)


@pytest.mark.parametrize("sort", EVENT_ORDERS)
@pytest.mark.parametrize("place", PLACES)
def test_cursors_and_sort_values_keep_a_place(sort: Sort, place: EventPlace) -> None:
    request = SearchRequest("a", sort, today=date.fromordinal(740_000))
    later = replace(request, cursor=encode_place(request, place), today=date(2100, 1, 1))
    assert decode_place(later) == place
    assert with_cursor_checked(later).today == request.today
    assert event_place(request, event_sort_values(request, place)) == place


@pytest.mark.parametrize("sort", EVENT_ORDERS)
@pytest.mark.parametrize("today", [1, 2, 740_000, LAST_DAY])
def test_stretches_of_days_follow_each_other_in_the_order(sort: Sort, today: int) -> None:
    """Each place of a document with an event to come stands in one, and it has such a day."""
    stretches = list(rank_stretches(sort, today, (0, 10, 100, LAST_DAY)))
    ends = [end for _, _, end in stretches]
    assert ends == sorted(ends)
    for following in {today, today + 9, today + 10, today + 2_000, LAST_DAY}:
        for last in {0, today - 1, today - 11, 1}:
            if not (last < today <= following <= LAST_DAY and last >= 0):
                continue
            rank = EventPlace(following, last, 5).rank(sort)
            first, end = next((a, b) for a, b, until in stretches if rank <= until)
            asked = last if sort == "past" and last else following
            assert first <= asked <= end


@pytest.mark.parametrize("number", [0, 1, 2**128, 740_000 << 106, (740_000 << 44 | 740_000) << 62])
def test_a_number_that_is_no_place_is_refused(number: int) -> None:
    request = SearchRequest("a", "past")
    with pytest.raises(QueryError):
        with_cursor_checked(replace(request, cursor=encode_cursor(request, number)))
