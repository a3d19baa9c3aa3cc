from hypothesis import given
from hypothesis import strategies as st

from indexer.query.days import LAST_DAY
from indexer.stores.entry import event_tokens, overlap_tokens

days = st.integers(min_value=1, max_value=LAST_DAY)
intervals = st.tuples(days, days).map(lambda pair: (min(pair), max(pair)))
near = st.tuples(st.integers(735_000, 735_100), st.integers(0, 60)).map(lambda p: (p[0], sum(p)))


@given(st.lists(st.one_of(intervals, near), max_size=3), st.one_of(intervals, near))
def test_tokens_meet_exactly_where_an_event_overlaps(
    events: list[tuple[int, int]], asked: tuple[int, int]
) -> None:
    overlap = any(first <= asked[1] and asked[0] <= last for first, last in events)
    met = not set(event_tokens(events)).isdisjoint(overlap_tokens(*asked))
    assert met == overlap


def test_open_intervals_need_few_tokens() -> None:
    assert len(overlap_tokens(0, LAST_DAY)) < 150
    assert len(overlap_tokens(735_000, LAST_DAY)) < 150
    assert len(event_tokens([(735_000, 735_000)])) < 30
