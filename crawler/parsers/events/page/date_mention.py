"""A date expression in a string of a page."""

from __future__ import annotations

import re
from dataclasses import dataclass

from indexer.records.document import Part

COUNTED = "counted"
"""Kind of a day that is counted from another one (on the second day)."""
NAMED = "named"
"""Kind of a month or season that is a part of what an event is called (named_months.py)."""
_DAY = re.compile(r"(?:\d{4}|-)-\d\d-\d\d\Z")


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date expression: partial ISO dates of its first and last day, and its kind."""

    part: Part
    start: int
    end: int
    first: str
    last: str | None
    kind: str

    @property
    def is_day(self) -> bool:
        """Whether its first date gives the day, with or without a year."""
        return _DAY.search(self.first) is not None

    @property
    def is_finer_than_year(self) -> bool:
        """Whether its first date gives a month or season, or a day."""
        return len(self.first) > len("2031")
