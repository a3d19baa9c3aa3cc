"""The day that a page counts from its request: "Yesterday, 14:45", "3 days ago", "5 hours ago"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice

from crawler.parsers.article.blocks import HEADINGS, words_of
from crawler.parsers.article.page_words import PageWords, WordKind
from crawler.parsers.article.printed_dates import has_date
from crawler.parsers.article.publication.printed_marks import Layout
from crawler.parsers.article.publication.record import Publication
from indexer.records.stated import COUNTED_AT
from indexer.text.times_ago import TimeAgo

RULE = "counted"
"""Rule of such a day."""
ABOVE, BELOW = 2, 5
"""Blocks above the headline, and from it on, that may say it."""
BEHIND = 3
"""Blocks behind the text that may, beside words that the page was published then."""
LONGEST = 120
"""Characters of a line that says it."""
MOST_BESIDE = 3
"""Words behind it up to the next sign: a place; more are a sentence."""

NEAREST = 3
"""Elements around the headline of which one holds what stands above it, but for the whole page."""
MOST_LINKED = 0.5
"""Share of a block that is links; others lead elsewhere."""

_BEHIND_IT: tuple[WordKind, ...] = ("byline", "reading_time")

_SIGNS = r"[|•·;,:–—/()-]"
_ENDS = re.compile(r"(?:^|[|•·;,–—/()-])\s*$")
_BEGINS = re.compile(rf"\s*(?:$|{_SIGNS}|\d)")
_CLOCK = r"\d{1,2}\s?[:.h]\s?\d{2}(?!\d)"
_TIME = re.compile(rf"[\s,|•·–—-]*(?:[^\W\d_]{{1,4}}\s)?{_CLOCK}")
_SPAN = re.compile(rf"\s*(?:[-–—]|[^\W\d_]{{1,3}}\s)\s*{_CLOCK}")
"""Behind a time: when something ends."""
_SENTENCE_END = re.compile(r"[.!?…][»”\"']*\s*$")
_PIECES = re.compile(r"\s*[|•·;,–—/()]\s*")


@dataclass(frozen=True, slots=True)
class CountedDay:
    """Such a day, and what says it."""

    publication: Publication
    said: TimeAgo
    requested: date

    def may_be(self, day: str) -> bool:
        """Whether the page may say of this day (ISO, or its month) what it says."""
        return self.said.may_be(day, self.requested)


class DaysAgo:
    """Reads such days beside the headline, against the day of the request."""

    def __init__(self, words: PageWords) -> None:
        self._words = words

    def read(self, layout: Layout, fetched: date, at: datetime | None) -> CountedDay | None:
        """The first one that a line says by itself; none of a sentence or of a change."""
        found = (self._said(line, fetched, at) for line in self._lines(layout))
        return next(filter(None, found), None)

    def _lines(self, layout: Layout) -> Iterator[str]:
        """Those below the headline first; behind the text those that begin with such words."""
        head, start, stop = layout.headline, layout.text.start, layout.text.stop
        for number in range(head, max(head + BELOW, start + 2)):
            yield from _of_block(layout, number)
        for number in beside_headline(layout):
            yield from _of_block(layout, number)
        for number in range(max(head, stop), stop + BEHIND):
            lines = _of_block(layout, number) if _is_content(layout, number) else ()
            yield from (line for line in lines if self._words.start("published", line))

    def _said(self, line: str, fetched: date, at: datetime | None) -> CountedDay | None:
        if len(line) > LONGEST or has_date(line):
            return None
        for found in self._words.times_ago.find(line):
            day = _day_of(found, fetched, at)
            if day is not None and self._stands_alone(line, found):
                surface = line[found.start : found.end]
                publication = Publication(day, None, "markup", surface, RULE, path=COUNTED_AT)
                return CountedDay(publication, found, fetched)
        return None

    def _stands_alone(self, line: str, found: TimeAgo) -> bool:
        """Whether a line is no sentence, and says of no change; "today" has a time behind it, or
        words that the page was published then before it, and "yesterday", which may be a name,
        likewise, where it is not the whole line or has an author beside it.
        """
        words, before, behind = self._words, line[: found.start], line[found.end :]
        author = words.start("byline", before)  # by Jane Roe, where by 5 March is another day
        told = before.replace(author, "", 1)
        said = words.last(told, "published", "updated", "event_day", "other_day")
        if said not in (None, "published") or _SENTENCE_END.search(behind):
            return False
        time, labelled = _TIME.match(behind), self._is_labelled(before)
        rest = behind[time.end() :] if time else behind
        if not (labelled or _ENDS.search(before)) or (time and _SPAN.match(rest)):
            return False
        is_today = found.in_days and not found.back
        if not (labelled or time) and (is_today or (found.is_word and not self._is_alone(before))):
            return False
        if any(words.start(kind, rest.lstrip(" ,|•·;–—-")) for kind in _BEHIND_IT):
            return True
        if found.is_word and not (labelled or time):
            return not rest.strip()
        return bool(time or _BEGINS.match(rest)) and all(
            len(words_of(piece)) <= MOST_BESIDE for piece in _PIECES.split(rest)
        )

    def _is_labelled(self, before: str) -> bool:
        label = self._words.find_last("published", before)
        return label is not None and not before[label.end() :].strip(" :")

    def _is_alone(self, before: str) -> bool:
        """Whether there is nothing before it but an author."""
        return not before.strip() or bool(self._words.start("byline", before))


def _day_of(found: TimeAgo, fetched: date, at: datetime | None) -> str | None:
    """Hours are told from the instant alone: at night they lead to the day before."""
    if found.in_days:
        return found.day(fetched)
    return (at - found.back).date().isoformat() if at is not None else None


def beside_headline(layout: Layout) -> list[int]:
    """Blocks right above the headline that stand with it, as no line of news or weather does that
    is on every page.
    """
    numbers = range(max(0, layout.headline - ABOVE), min(layout.headline, len(layout.blocks)))
    if not numbers:
        return []
    headline = layout.blocks[layout.headline].element
    around = {e for e in islice(headline.iterancestors(), NEAREST) if e.tag not in ("body", "html")}
    elements = ((number, layout.blocks[number].element) for number in numbers)
    return [n for n, element in elements if not around.isdisjoint(element.iterancestors())]


def _is_content(layout: Layout, number: int) -> bool:
    """Whether a block stands in no box, as comments do."""
    return number < len(layout.blocks) and layout.blocks[number].element in layout.content


def _of_block(layout: Layout, number: int) -> list[str]:
    """Lines of a block that is no link, no data and no heading."""
    if number >= len(layout.blocks):
        return []
    block = layout.blocks[number]
    is_other = block.element.tag in HEADINGS or block.element in layout.data
    if is_other or block.link_share > MOST_LINKED:
        return []
    return [line for line in block.text.split("\n") if line not in layout.others]
