from hypothesis import given
from hypothesis import strategies as st

from indexer.query.days import LAST_DAY
from indexer.query.fields import FIELDS, MERGED_FIELDS, SURE_FIELDS
from indexer.records.event_fields import EVENT_FIELDS
from indexer.stores.elastic.mapping import MAPPING_VERSION
from indexer.stores.entry import SCHEMA_VERSION, event_tokens, overlap_tokens

days = st.integers(min_value=1, max_value=LAST_DAY)
intervals = st.tuples(days, days).map(lambda pair: (min(pair), max(pair)))
near = st.tuples(st.integers(735_000, 735_100), st.integers(0, 60)).map(lambda p: (p[0], sum(p)))


SCHEMA = (
    27,
    ["title", "text", "place", "strategy", "organisation", "person", "series", "event"],
    [
        "source",
        "lang",
        "country",
        "place",
        "commodity",
        "strategy",
        "organisation",
        "person",
        "series",
        "kind",
        "status",
        "has",
        "year",
        "event_month",
        "story",
    ],
    ["published", "event_date"],
    [
        "sure_country",
        "sure_place",
        "sure_organisation",
        "sure_person",
        "sure_series",
        "sure_event",
        "sure_status",
        "sure_event_date",
        "sure_has",
        "sure_event_month",
    ],
)
MAPPING = (
    5,
    [
        "name",
        "role",
        "series",
        "status",
        "start",
        "end",
        "place.venue",
        "place.city",
        "place.country",
        "theme",
        "organisers",
        "participants.count",
        "participants.organisations",
        "persons.name",
        "persons.role",
        "persons.organisation",
    ],
)


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


def test_fields_change_with_the_version_of_the_indexes() -> None:
    """An index made with other fields must be rebuilt: raise the version with a new row."""
    words = [f.name for f in FIELDS if f.words]
    values = [f.name for f in FIELDS if f.values]
    days = [f.name for f in FIELDS if f.days]
    sure = [f.name for f in SURE_FIELDS]
    indexed = [f.path for f in EVENT_FIELDS if f.index]
    assert (SCHEMA_VERSION, words, values, days, sure) == SCHEMA
    assert MERGED_FIELDS == ("strategy", "organisation", "person", "series")
    assert (MAPPING_VERSION, indexed) == MAPPING
