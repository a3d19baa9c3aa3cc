from __future__ import annotations

from datetime import date

from indexer.records.publication_days import is_to_come


def test_the_next_day_may_be_already_where_the_site_is() -> None:
    known = date(2031, 3, 12)
    assert not is_to_come(date(2031, 3, 13), known)
    assert is_to_come(date(2031, 3, 14), known)
