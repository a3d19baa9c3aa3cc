from __future__ import annotations

import pytest

from indexer.text.calendar_names import month_names, weekday_names


def test_months_have_their_numbers_in_dates_and_alone() -> None:
    names = set(month_names("ru"))
    assert {(3, "марта"), (3, "март")} <= names
    assert (3, "March") in set(month_names("en", ("wide",)))
    assert (3, "Mar") not in set(month_names("en", ("wide",)))


def test_weekdays_in_full_and_short() -> None:
    assert {"Montag", "Mo"} <= set(weekday_names("de"))


@pytest.mark.parametrize("code", ["", "xx", "no such"])
def test_a_language_that_cldr_lacks_has_none(code: str) -> None:
    assert list(month_names(code)) == []
    assert list(weekday_names(code)) == []
