from __future__ import annotations

from datetime import date

import pytest

from indexer.records.stated import Stated

FETCHED = date(2031, 3, 12)


@pytest.mark.parametrize(
    ("said", "published", "ahead"),
    [
        ("2031-03-10", "2031-03-10", None),
        ("2031-03-10T22:30:00Z", "2031-03-10", None),
        ("2031-03-13", "2031-03-13", None),  # the site may be a day ahead
        ("2031-03-14", None, "2031-03-14"),
        ("2031", None, None),
        ("1970-01-01T00:00:00Z", None, None),  # a clock that was not set
        ("2131-03-10", None, None),
        (None, None, None),
    ],
)
def test_a_day_is_of_publication_or_of_what_is_to_come(
    said: str | None, published: str | None, ahead: str | None
) -> None:
    assert Stated(said, "Zinn").as_of(FETCHED) == Stated(published, "Zinn", ahead)


def test_a_day_stays_one_to_come_when_the_page_is_fetched_again_after_it() -> None:
    told = Stated("2031-04-24", "Zinn", seen=date(2031, 4, 1))
    for fetched in (date(2031, 4, 1), date(2031, 4, 30)):
        assert told.as_of(fetched) == Stated(None, "Zinn", "2031-04-24")


def test_an_address_that_was_entered_after_its_answer_is_judged_by_the_answer() -> None:
    told = Stated("2031-04-24", seen=date(2031, 4, 30))
    assert told.as_of(date(2031, 4, 1)).ahead == "2031-04-24"
