from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from crawler.parsers.entities.spans import EntityMatch, Spans

SPANS = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20)), max_size=30)


def match(start: int, length: int) -> EntityMatch:
    return EntityMatch("places", start, start + length, "x", 1.0, "table")


@given(SPANS, st.integers(0, 80), st.integers(0, 20))
def test_those_around_a_place_are_found_in_their_order(
    spans: list[tuple[int, int]], start: int, length: int
) -> None:
    found = [match(*span) for span in spans]
    near = Spans(found).touching(start, start + length)
    assert near == [one for one in found if one.start <= start + length and one.end >= start]
