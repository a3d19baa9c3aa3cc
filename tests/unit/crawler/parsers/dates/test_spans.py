from datetime import date

import pytest

from crawler.parsers.dates import spans


@pytest.mark.parametrize(
    ("span", "first", "last"),
    [
        (spans.day(6, 8), date(2015, 6, 8), date(2015, 6, 8)),
        (spans.month(2), date(2015, 2, 1), date(2015, 2, 28)),
        (spans.season(4), date(2015, 12, 1), date(2016, 2, 29)),
        (spans.season(1), date(2015, 3, 1), date(2015, 5, 31)),
        (spans.third_of_year(3), date(2015, 9, 1), date(2015, 12, 31)),
        (spans.third_of_month(2, 3), date(2015, 2, 21), date(2015, 2, 28)),
        (spans.half_of_month(5, 2), date(2015, 5, 16), date(2015, 5, 31)),
        (spans.months(4, 6), date(2015, 4, 1), date(2015, 6, 30)),
    ],
)
def test_spans_in_a_year(span: spans.DateSpan, first: date, last: date) -> None:
    assert spans.resolve(span.in_year(2015), None) == (first, last)


def test_year_relative_to_the_reference() -> None:
    assert spans.resolve(spans.year().in_year(None, -1), date(2015, 6, 9)) == (
        date(2014, 1, 1),
        date(2014, 12, 31),
    )
    assert spans.resolve(spans.year().in_year(None, -1), None) is None


def test_joined_ranges_share_what_year_is_said() -> None:
    said = spans.day(1, 3).in_year(2021)
    assert spans.resolve(spans.join(spans.day(12, 29), said), None) == (
        date(2020, 12, 29),
        date(2021, 1, 3),
    )
    assert spans.resolve(spans.join(said, spans.day(2, 1)), None) == (
        date(2021, 1, 3),
        date(2021, 2, 1),
    )


def test_range_that_runs_backwards_is_none() -> None:
    backwards = spans.join(spans.day(5, 3).in_year(2021), spans.day(5, 1).in_year(2020))
    assert spans.resolve(backwards, None) is None


def test_numbered_weeks() -> None:
    week = spans.iso_week(2021, 53)
    assert week is None
    week = spans.iso_week(2020, 53)
    assert week is not None
    assert spans.resolve(week, None) == (date(2020, 12, 28), date(2021, 1, 3))
