"""The day that a page counts from its request: "Yesterday, 14:45", "3 days ago", "5 hours ago"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime

from crawler.parsers.article.blocks import words_of
from crawler.parsers.article.page_words import PageWords
from crawler.parsers.article.printed_dates import has_date
from crawler.parsers.article.publication.printed_marks import Layout
from crawler.parsers.article.publication.record import Publication
from indexer.text.times_ago import TimeAgo

RULE = "counted"
"""Rule of such a day."""
SHOWN = "page.ago"
"""Its path."""
ABOVE, BELOW = 2, 5
"""Blocks above the headline, and from it on, that may say it."""
BEHIND = 3
"""Blocks behind the text that may, beside words that the page was published then."""
LONGEST = 120
"""Characters of a line that says it."""
MOST_BESIDE = 3
"""Words behind it up to the next sign: a place; more are a sentence."""

MOST_LINKED = 0.5
"""Share of a block that is links; others lead elsewhere."""

_SIGNS = r"[|•·;,:–—/()-]"
_ENDS = re.compile(rf"(?:^|{_SIGNS})\s*$")
_BEGINS = re.compile(rf"\s*(?:$|{_SIGNS}|\d)")
_TIME = re.compile(r"[\s,|•·–—-]*(?:[^\W\d_]{1,4}\s)?\d{1,2}\s?[:.h]\s?\d{2}(?!\d)")
_SENTENCE_END = re.compile(r"[.!?…][»”\"']*\s*$")
_PIECES = re.compile(r"\s*[|•·;,–—/()]\s*")


class DaysAgo:
    """Reads such days beside the headline, against the day of the request."""

    def __init__(self, words: PageWords) -> None:
        self._words = words

    def read(self, layout: Layout, fetched: date, at: datetime | None) -> Publication | None:
        """The first one that a line says by itself; none of a sentence or of a change."""
        found = (self._said(line, fetched, at) for line in self._lines(layout))
        return next(filter(None, found), None)

    def _lines(self, layout: Layout) -> Iterator[str]:
        """Those below the headline first; behind the text those that begin with such words."""
        head, start, stop = layout.headline, layout.text.start, layout.text.stop
        below = range(head, max(head + BELOW, start + 2))
        near = [*below, *range(max(0, head - ABOVE), head)]
        for number in near:
            yield from _of_block(layout, number)
        for number in range(max(head, stop), stop + BEHIND):
            lines = _of_block(layout, number)
            yield from (line for line in lines if self._words.start("published", line))

    def _said(self, line: str, fetched: date, at: datetime | None) -> Publication | None:
        if len(line) > LONGEST or _SENTENCE_END.search(line) or has_date(line):
            return None
        for found in self._words.times_ago.find(line):
            day = _day_of(found, fetched, at)
            before, behind = line[: found.start], line[found.end :]
            is_today = found.in_days and not found.back
            if day is not None and self._stands_alone(before, behind, is_today=is_today):
                surface = line[found.start : found.end]
                return Publication(day.isoformat(), None, "markup", surface, RULE, path=SHOWN)
        return None

    def _stands_alone(self, before: str, behind: str, *, is_today: bool) -> bool:
        """Whether a line is no sentence, and says of no change; "today" has a time behind it, or
        words that the page was published then before it.
        """
        words = self._words
        said = words.last(before, "published", "updated", "event_day", "other_day")
        if said not in (None, "published"):
            return False
        label = words.find_last("published", before)
        labelled = label is not None and not before[label.end() :].strip(" :")
        time = _TIME.match(behind)
        if is_today and not (labelled or time):
            return False
        if not (labelled or _ENDS.search(before)):
            return False
        rest = behind[time.end() :] if time else behind
        if words.start("byline", rest.lstrip(" ,|•·;–—-")):
            return True
        return bool(time or _BEGINS.match(rest)) and all(
            len(words_of(piece)) <= MOST_BESIDE for piece in _PIECES.split(rest)
        )


def _day_of(found: TimeAgo, fetched: date, at: datetime | None) -> date | None:
    """Hours are told from the instant alone: at night they lead to the day before."""
    if found.in_days:
        return fetched - found.back
    return (at - found.back).date() if at is not None else None


def _of_block(layout: Layout, number: int) -> list[str]:
    """Lines of a block that is no link and no data."""
    if number >= len(layout.blocks):
        return []
    block = layout.blocks[number]
    if block.element in layout.data or block.link_share > MOST_LINKED:
        return []
    return [line for line in block.text.split("\n") if line not in layout.others]
