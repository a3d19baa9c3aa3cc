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
        (None, None, None),
    ],
)
def test_a_day_is_of_publication_or_of_what_is_to_come(
    said: str | None, published: str | None, ahead: str | None
) -> None:
    assert Stated(said, "Zinn").as_of(FETCHED) == Stated(published, "Zinn", ahead)
