from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.query.days import days_of, event_days, written_day


@pytest.mark.parametrize(
    ("partial", "first", "last"),
    [
        ("2015-06-08", "2015-06-08", "2015-06-08"),
        ("2015-06", "2015-06-01", "2015-06-30"),
        ("2016-02", "2016-02-01", "2016-02-29"),
        ("2015", "2015-01-01", "2015-12-31"),
        ("2015-autumn", "2015-09-01", "2015-11-30"),
        ("2015-winter", "2015-12-01", "2016-02-29"),
        ("9999-winter", "9999-12-01", "9999-12-31"),
    ],
)
def test_a_partial_date_covers_its_days(partial: str, first: str, last: str) -> None:
    days = (date.fromisoformat(first).toordinal(), date.fromisoformat(last).toordinal())
    assert days_of(partial) == days


@pytest.mark.parametrize(
    "text", [None, "", "--09-25", "2015-13", "2015-02-30", "0000", "15", "2015-6", "next year"]
)
def test_what_has_no_year_or_is_no_date_covers_nothing(text: str | None) -> None:
    assert days_of(text) is None


def test_an_event_covers_its_days_from_start_to_end() -> None:
    assert event_days("2015-06-08", "2015-06-09") == (735757, 735758)
    assert event_days("2015-06", None) == days_of("2015-06")
    assert event_days(None, "2015") == days_of("2015")
    assert event_days("2015", "2014") == days_of("2015")
    assert event_days(None, None) is None


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("8.6.2015", "2015-06-08"),
        ("08/06/2015", "2015-06-08"),
        ("2015-06-08", "2015-06-08"),
        ("2015-06", None),
        ("31.2.2015", None),
        ("8.6/2015", None),
        ("mining-day", None),
    ],
)
def test_a_day_as_people_write_it(written: str, day: str | None) -> None:
    assert written_day(written) == day


@given(st.text(max_size=12))
def test_any_text_is_a_date_or_none(text: str) -> None:
    days = days_of(text)
    assert days is None or days[0] <= days[1]
