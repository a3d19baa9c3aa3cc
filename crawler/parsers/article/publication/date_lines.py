"""Days in lines that say when a page was published or changed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from crawler.parsers.article.byline import Byline
from crawler.parsers.article.other_days import is_in_sentence, is_other_day
from crawler.parsers.article.page_words import PageWords
from crawler.parsers.article.printed_dates import dates_in
from crawler.parsers.article.publication.lone_days import LoneDays
from crawler.parsers.article.publication.record import MAX_DATE_LINE, Publication

BEFORE = 40
"""Characters before a day that say what it is the day of."""
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)|\d[./-]\d{1,2}[./-]\d{2}(?!\d)")


def read_date_lines(byline: Byline, words: PageWords, days: LoneDays) -> Iterator[Publication]:
    """The days of publication that the lines of a byline give, one of each; a month is one, too."""
    for line in byline.lines:
        if words.start("event_day", line) and not words.start("published", line):
            continue
        for piece in _pieces(line, words):
            if not _YEAR.search(piece) or len(piece) > MAX_DATE_LINE or _holds_other(piece, words):
                continue
            found = days.parse(piece)
            if found and len(found[0]) >= len("2015-06"):
                yield Publication(*found, "byline", piece, "byline")
                break


def says_published(surface: str, lines: Iterable[str], words: PageWords) -> bool:
    """Whether a line has the day behind words that say when the page was published."""
    found = ((line, line.find(surface)) for line in lines if surface in line)
    return any(
        words.last(line[max(0, at - BEFORE) : at], "published", "updated", "event_day", "other_day")
        == "published"
        for line, at in found
    )


def _holds_other(piece: str, words: PageWords) -> bool:
    first = next(dates_in(piece, MAX_DATE_LINE, 1), None)
    return first is not None and (
        is_other_day(piece[: first.start()], words) or is_in_sentence(piece, *first.span(), words)
    )


def _pieces(line: str, words: PageWords) -> Iterator[str]:
    """Pieces of a date line in order, without those that say when it was changed."""
    whole_updated = words.find("updated", line)
    if whole_updated is None:
        yield line
    updated = False
    for piece in re.split(r"\s*[|•·;\n]\s*|\s+[–—-]\s+", line):
        if words.start("updated", piece):
            updated = True
        elif words.start("published", piece):
            updated = False
        found = words.find("updated", piece)
        if found is not None and found.start() > 0:
            yield piece[: found.start()]
        elif not updated and any(c.isdigit() for c in piece):
            yield piece
