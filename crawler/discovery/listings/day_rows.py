"""Days beside the entries of a list, in no element with them: rows of their own. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Literal, TypeAlias

from bs4 import Tag
from bs4.element import NavigableString

from crawler.discovery.listings.entry_days import EntryDays

HEADINGS = ["h1", "h2", "h3", "h4", "h5", "h6"]
MOST_OF_HEADING = 40
"""Characters of a heading that is a day."""
MOST_PIECES = 5
"""Pieces of text of such a heading that are looked at."""
_MOST_ROWS = 200
"""Nodes of an element, and above an entry, among which rows of days are looked for."""
FEWEST_DAYS = 2
"""Rows of other days that make such a list: one may say when the page was made."""
MOST_WORDS = 3
"""Of a row that says a day: its month, the weekday, the word for years."""
Where: TypeAlias = Literal["above", "below"]
_WORD = re.compile(r"[^\W\d_]+")
_LABEL = re.compile(r"[^\W\d_]\s?:")
NEAR = 4
"""Siblings of an entry that are looked at: a day often stands beside the link, in no element with
it.
"""


def rows_of_days(parent: Tag, days: EntryDays) -> Where | None:
    """Where the days of the entries in an element stand, if several rows say nothing but a day:
    above them where the first row is one and the last is not, else the other way.
    """
    rows = [row for row in islice(parent.children, _MOST_ROWS) if isinstance(row, Tag)]
    said = [_day_of_row(row, days) for row in rows]
    if len({*said} - {None}) < FEWEST_DAYS or (said[0] is None) == (said[-1] is None):
        return None
    return "above" if said[0] is not None else "below"


def _day_of_row(row: Tag, days: EntryDays) -> str | None:
    """The day that a row says, if it says little else and leads nowhere: no label, and beside
    numbers no more than a weekday.
    """
    text = " ".join(" ".join(islice(row.strings, MOST_PIECES)).split())
    if row.name == "a" or not 0 < len(text) <= MOST_OF_HEADING or _LABEL.search(text):
        return None
    words = len(_WORD.findall(text))
    if words > MOST_WORDS or row.find("a") is not None:
        return None
    return (days.in_numbers(text) if words <= 1 else None) or days.in_words([text])


def day_of_row_above(entry: Tag, days: EntryDays) -> str | None:
    """The day of the nearest row above that says one."""
    rows = (row for row in islice(entry.previous_siblings, _MOST_ROWS) if isinstance(row, Tag))
    return next((day for row in rows if (day := _day_of_row(row, days))), None)


def day_below(entry: Tag, days: EntryDays) -> str | None:
    """The day right below an entry, or at the end of a text beside it."""
    behind = [*unlinked_texts(islice(entry.next_siblings, NEAR))]
    return days.in_numbers(" ".join(behind)) or days.in_words(behind)


def unlinked_texts(siblings: Iterable[object]) -> Iterator[str]:
    """Texts of siblings up to the first one that leads somewhere or is a heading."""
    for sibling in siblings:
        if isinstance(sibling, NavigableString):
            yield str(sibling)
        elif isinstance(sibling, Tag):
            if sibling.name == "a" or sibling.name in HEADINGS or sibling.find("a") is not None:
                return
            yield sibling.get_text(" ")
