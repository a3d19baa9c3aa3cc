from __future__ import annotations

from datetime import date

from indexer.records.publication_days import is_to_come, iso_day


def test_the_next_day_may_be_already_where_the_site_is() -> None:
    known = date(2031, 3, 12)
    assert not is_to_come(date(2031, 3, 13), known)
    assert is_to_come(date(2031, 3, 14), known)


def test_a_day_that_no_calendar_has_is_none() -> None:
    assert iso_day(2032, 2, 29) == "2032-02-29"
    assert iso_day(2031, 2, 29) is None
