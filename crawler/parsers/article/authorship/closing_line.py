"""The line in which a text says at its end where and when it was written, and by whom:
`Goslar, den 4. März 2031 / Jane Roe`.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from crawler.parsers.article.printed_dates import dates_in

MOST_BEFORE = 60
"""Characters before the day: a place, perhaps the writer before it."""
MOST_OF_PLACE = 4
"""Words of a place."""
_SMALL = re.compile(r"(?:[\s,]+[^\W\d_]{1,5})?[\s,]*$")
"""Between the place and the day: den, le, dnia, dne."""
_OF_TOWN = re.compile(r"^(?:[^\W\d_]\.|[^\W\d_]{1,2})\s(?=[^\W\d_]{3})")
"""Before a town: г., V."""
_TOWN_WORD = re.compile(r"\(?[^\W\d_][\w.’'ʼ-]*\)?")
_OF_YEAR = re.compile(r"\s?[^\W\d_]{1,5}\.?(?=\W|$)")
"""Behind the year: г., года, r."""
_EDGES = " ,/|–—-·()\N{NO-BREAK SPACE}"
_CODE = re.compile(r"[/|(]\s*[^\W\d_]{1,5}(?:\s[^\W\d_]{4,12})?\)?")
"""Of whoever wrote it, behind a sign: `/ red`, `(la rédaction)`."""


class ClosingLine(NamedTuple):
    """What such a line holds beside place and day; empty where nothing stands there."""

    before: str
    behind: str
    is_coded: bool
    """Nothing but a code of whoever wrote the text stands behind the day."""


def read_closing_line(line: str) -> ClosingLine | None:
    """None where a line does not name a place and, right behind it, a day with its year."""
    day = next(dates_in(line, MOST_BEFORE, 1), None)
    if day is None:
        return None
    said = line[: day.start()]
    before, _, place = _without_small(said).rpartition(",")
    place = _OF_TOWN.sub("", place.strip())
    words = place.split()
    if not 0 < len(words) <= MOST_OF_PLACE or not all(map(_TOWN_WORD.fullmatch, words)):
        return None
    if not (words[0][0].isupper() and words[-1].strip("(")[0].isupper()):
        return None
    rest = line[day.end() :]
    of_year = _OF_YEAR.match(rest)
    if of_year is not None and of_year.group().islower():
        rest = rest[of_year.end() :]
    is_coded = rest.islower() and _CODE.fullmatch(rest.strip()) is not None
    return ClosingLine(before.strip(_EDGES), rest.strip(_EDGES), is_coded)


def _without_small(said: str) -> str:
    found = _SMALL.search(said)
    if found is None or not found.group().strip(" ,").islower():
        return said.rstrip(" ,")
    return said[: found.start()]
