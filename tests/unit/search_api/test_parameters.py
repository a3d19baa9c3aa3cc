from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from indexer.records.errors import QueryError
from indexer.stores.base import SORTS
from search_api.page_words import FILTERS
from search_api.parameters import SearchParameters


def parameters(**values: object) -> SearchParameters:
    return SearchParameters.model_validate(values)


def test_an_empty_search_asks_for_all_news_newest_first() -> None:
    request = parameters().request(facets=False)
    assert (request.query, request.sort, request.filters) == ("*", "newest", {})
    assert request.news_only


def test_the_query_for_everything_and_a_kind_narrow_nothing_else() -> None:
    everything = parameters(q="*").request(facets=False)
    assert (everything.filters, everything.news_only) == ({}, False)
    assert parameters(kind=["listing"]).request(facets=False).filters == {"kind": ("listing",)}


def test_a_query_is_sorted_by_relevance_unless_told() -> None:
    assert parameters(q="lithium").order == "relevance"
    assert parameters(q="lithium", sort="newest").order == "newest"


@pytest.mark.parametrize(
    ("to", "last"),
    [("2015", "2015-12-31"), ("2016-02", "2016-02-29"), ("2015-06-08", "2015-06-08")],
)
def test_a_partial_end_includes_the_whole_of_it(to: str, last: str) -> None:
    assert parameters(to=to).request(facets=False).published_to == last


@pytest.mark.parametrize(
    ("written", "day"),
    [("8.6.2015", "2015-06-08"), ("08.06.2015 ", "2015-06-08"), ("6.2015", "2015-06-30")],
)
def test_a_day_may_be_written_with_dots(written: str, day: str) -> None:
    assert parameters(to=written).request(facets=False).published_to == day


@pytest.mark.parametrize("name", ["from", "to"])
@pytest.mark.parametrize(
    "day",
    ["31.2.2015", "13.2015", "8/6/2015", "201\uff15", "2015-\u06606", "2015-13", "0000", "15"],
)
def test_what_is_no_date_in_ascii_digits_is_refused(name: str, day: str) -> None:
    with pytest.raises(ValidationError, match="should be a date"):
        parameters(**{name: day})


@pytest.mark.parametrize(
    ("since", "moment"),
    [
        ("2026-03-02T07:30Z", datetime(2026, 3, 2, 7, 30, tzinfo=UTC)),
        ("2026-03-02T07:30:09 01:00", datetime(2026, 3, 2, 6, 30, 9, tzinfo=UTC)),
        ("2026-03", datetime(2026, 3, 1, tzinfo=UTC)),
    ],
)
def test_pages_are_asked_for_by_when_they_were_first_seen(since: str, moment: datetime) -> None:
    search = parameters(since=since)
    assert search.is_narrowed
    assert search.request(facets=False).seen_since == moment


@pytest.mark.parametrize("since", ["soon", "0001", "1969-12-31", "9999", "2026-02-30", "now()"])
def test_what_is_no_moment_is_refused(since: str) -> None:
    with pytest.raises(ValidationError, match="should be a moment"):
        parameters(since=since)


def test_a_month_lies_within_its_year() -> None:
    assert parameters(**{"from": "2015-06", "to": "2015"}).is_narrowed


def test_a_long_query_has_its_place() -> None:
    with pytest.raises(QueryError) as caught:
        parameters(q="x" * 2001).request(facets=True)
    assert (caught.value.position, caught.value.reason) == (2000, "too-long")


def test_a_filter_is_added_and_removed_by_its_address() -> None:
    search = parameters(q="a b", lang=["de"], cursor="xyz")
    assert search.toggle("/", "lang", "ru") == "/?q=a+b&lang=de&lang=ru"
    assert search.toggle("/", "lang", "de") == "/?q=a+b"
    assert parameters(country=["kz"]).toggle("/", "country", "KZ") == "/"


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"q": "a b", "lang": ["de"], "source": ["x&y"], "sort": "newest", "cursor": "c"},
        {"country": ["kz", "DE"], "person": ["Я"], "from": "2020", "limit": 5, "group": "off"},
    ],
)
def test_several_values_are_toggled_as_each_of_them(values: dict[str, object]) -> None:
    search = parameters(**values)
    toggled = ["de", "KZ", "DE", "x&y", "a b"]
    for field in FILTERS:
        expected = [search.toggle("/", field, value) for value in toggled]
        assert list(search.toggles("/", field, toggled)) == expected
    periods = ["2015-06", "2016"]
    each = [search.address("/", from_=one, to=one, cursor=None) for one in periods]
    assert list(search.in_periods("/", periods)) == each


@given(
    q=st.text(st.characters(exclude_categories=["Cs"]), max_size=30),
    source=st.lists(st.text("abc&=?#", min_size=1, max_size=5), max_size=3),
    sort=st.sampled_from([None, *SORTS]),
    limit=st.integers(1, 100),
)
def test_an_address_holds_the_whole_search(
    q: str, source: list[str], sort: str | None, limit: int
) -> None:
    search = parameters(q=q, source=source, sort=sort, limit=limit)
    pairs = parse_qsl(search.address("").removeprefix("?"), keep_blank_values=True)
    read: dict[str, object] = {"source": [v for k, v in pairs if k == "source"]}
    read |= {k: v for k, v in pairs if k != "source"}
    assert SearchParameters.model_validate(read) == search
