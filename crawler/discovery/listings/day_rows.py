"""Days beside the entries of a list, in no element with them: rows of their own. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from bs4 import Tag
from bs4.element import NavigableString

from crawler.discovery.listings.entry_days import EntryDays

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
MOST_OF_HEADING = 40
"""Characters of a heading that is a day."""
MOST_PIECES = 5
"""Pieces of text of such a heading that are looked at."""
_MOST_ROWS = 200
"""Nodes above an entry among which the row of its day is looked for."""
NEAR = 4
"""Siblings of an entry that are looked at: a day often stands beside the link, in no element with
it.
"""


def days_around(entry: Tag, days: EntryDays) -> tuple[bool, bool]:
    """Whether the first of the elements that an entry stands among says a day, and whether the last
    one does.
    """
    among = entry.parent.contents if entry.parent is not None else []
    rows = (row for row in among if isinstance(row, Tag))
    last_rows = (row for row in reversed(among) if isinstance(row, Tag))
    first, last = next(rows, entry), next(last_rows, entry)
    return _day_of_row(first, days) is not None, _day_of_row(last, days) is not None


def _day_of_row(row: Tag, days: EntryDays) -> str | None:
    """The day that a row says of those below it, if it says nothing else and leads nowhere."""
    text = " ".join(" ".join(islice(row.strings, MOST_PIECES)).split())
    if not 0 < len(text) <= MOST_OF_HEADING or row.find("a") is not None:
        return None
    return days.in_numbers(text) or days.in_words([text])


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
