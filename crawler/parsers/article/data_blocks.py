"""Blocks of a page that hold data: a timetable, what an event costs, the output of a program.

A day in them is one that the page is about, not the day of its publication.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import dropwhile

import lxml.html

from crawler.parsers.article.blocks import CELLS, LONG, TextBlock, words_of
from crawler.parsers.article.lists import nearest_list
from crawler.parsers.article.page_words import PageWords
from crawler.parsers.article.printed_dates import dates_in, has_date

SERIES = 3
"""Items with dates that make a list of dates; above a text stand when it was published and changed.
As many with a time of day make one, or with a year; beside a date one of each may stand there, too.
"""
PAIRS = 3
"""Terms or rows of two cells that make a table of data, whatever they say."""
LABEL = 9
"""Words of a date with what it is the date of."""
PREPOSITION = 3
"""Letters of "on" and "vom", which stand before days of a timetable, too."""

# They begin with a digit in any case: such a pattern finds its places five times as fast.
_DAY = (
    r"\d?\s*[./-]\s*\d{1,2}\s*[./-]\s*\d{2,4}|\d{3}-\d{2}-\d{2}"
    r"|(?:(?<=\b1)9|(?<=\b2)0)\d{2}\b"
)
DAY_LIKE = re.compile(rf"\d(?:{_DAY})")
"""A date or a year."""
DATE_LIKE = re.compile(rf"\d(?:{_DAY}|\d?:\d{{2}})")
"""A date, a year or a time of day."""
MOST_DAYS = 2
"""Days of a line that are looked at."""
PREPOSITIONS = 2
"""Words between "published" and a day: on, a weekday."""
_CLOSING = re.compile(r"(?:\s[^\W\d_]{1,4})?([ .!)\]]*)")
"""Behind such a day: г., года; with its signs as a group."""
_TOWN = re.compile(r"[\s:]*[^\W\d_]+(?:[ -][^\W\d_]+)?\s*")
"""One or two words: a town, and no house or street."""
_CLOCK = re.compile(r"\d{1,2}:\d{2}")


def data_elements(
    blocks: Sequence[TextBlock], words: PageWords
) -> frozenset[lxml.html.HtmlElement]:
    """Elements of those blocks that hold data.

    They are items of a list of several dates of which none says when the page was published or
    changed, pairs of a table of which none says that or by whom it was written, or one says when an
    event takes place, and preformatted lines behind a paragraph. Date and town alone above all
    paragraphs are where and when a press release comes from.
    """
    items: defaultdict[lxml.html.HtmlElement, list[TextBlock]] = defaultdict(list)
    above: set[lxml.html.HtmlElement] = set()
    is_above = True
    for block in blocks:
        found = nearest_list(block)
        if found is not None:
            items[found].append(block)
        is_above = is_above and (found is not None or len(block.words) < LONG)
        if found is not None and is_above:
            above.add(found)
    held = [
        b.element
        for where, some in items.items()
        if _is_data(some, words) and not (where in above and _is_date_line(some, words))
        for b in some
    ]
    behind = dropwhile(lambda b: b.tag == "pre" or len(b.words) < LONG, blocks)
    return frozenset(held).union(b.element for b in behind if b.tag == "pre")


def _is_data(items: Sequence[TextBlock], words: PageWords) -> bool:
    sorts = Counter(_sort_of_time(b.text) for b in items if DATE_LIKE.search(b.text))
    if max(sorts.values(), default=0) >= SERIES:
        return not any(dates_page(b.text, words) for b in items)
    pairs = [b.text for b in items if b.tag == "dt" or (b.tag == "tr" and CELLS in b.text)]
    if any(says_day_of_event(pair, words) for pair in pairs):
        return True
    if any(_is_of_page(b.text, words) for b in items):
        return False
    held = any(names_venue(pair, words) for pair in pairs)
    if held and any(is_bare_date(pair, words) for pair in pairs):
        return True
    return len(pairs) >= PAIRS and (held or not any(_is_date(pair, words) for pair in pairs))


def _is_date_line(items: Sequence[TextBlock], words: PageWords) -> bool:
    """Two pairs, a day without an hour and no more than the name of a town: of a press release."""
    pairs = [*_pairs(items)]
    days = [
        p for p in pairs if _is_date(p, words) and is_bare_date(p, words) and not _CLOCK.search(p)
    ]
    labels = [(pair, words.start("venue", pair)) for pair in pairs]
    towns = [p for p, label in labels if label and _TOWN.fullmatch(p[len(label) :])]
    return (len(pairs), len(days), len(towns)) == (2, 1, 1)


def _pairs(items: Sequence[TextBlock]) -> Iterator[str]:
    """The lines of a table, and each term with what follows it."""
    term = ""
    for block in items:
        if block.tag in ("dt", "dd"):
            if term and block.tag == "dd":
                yield f"{term} {block.text}"
            term = block.text if block.tag == "dt" else ""
        else:
            yield block.text.replace(CELLS, " ")


def _sort_of_time(item: str) -> str:
    if has_date(item):
        return "day"
    return "clock" if _CLOCK.search(item) else "year"


def _is_date(pair: str, words: PageWords) -> bool:
    """A bare "Date": of an event where a place is told, too, else of the page."""
    return bool(words.start("published", pair))


def says_day_of_event(item: str, words: PageWords) -> bool:
    """It says when an event takes place, not only "Date"."""
    return len(words.start("event_day", item)) > len(words.start("published", item))


def _is_of_page(item: str, words: PageWords) -> bool:
    """It says by whom the page was written, or when; a bare "Date" may be that of an event."""
    if words.start("updated", item) or words.start("byline", item):
        return True
    return bool(publication_words(item, words))


def publication_words(item: str, words: PageWords) -> str:
    """The words by which it says when the page was published; empty where an event may be meant."""
    said = words.start("published", item)
    return said if len(said) > len(words.start("event_day", item)) else ""


def is_bare_date(item: str, words: PageWords) -> bool:
    """It begins as one that says when an event takes place, or when the page was published: with
    "Date" and no more.
    """
    return bool(words.start("event_day", item)) and not publication_words(item, words)


def names_venue(item: str, words: PageWords) -> bool:
    """It begins with the label of a place."""
    return bool(words.start("venue", item))


def dates_page(item: str, words: PageWords) -> bool:
    """It says when the page was published or changed, by more than "on" before a date."""
    if not DATE_LIKE.search(item) or len(words_of(item)) > LABEL:
        return False
    if words.start("updated", item):
        return True
    return len(publication_words(item, words)) > PREPOSITION


def without_publication(line: str, words: PageWords) -> str:
    """A line without the day of publication that it tells last, in words before the day or behind
    it: of `Written by Jane Roe and posted on 9 June 2031` what says who wrote it.
    """
    for day in dates_in(line, len(line), MOST_DAYS):
        before = words.find_last("published", line[: day.start()])
        if before is not None and _is_short(line[before.end() : day.start()]):
            start, end = before.start(), day.end()
        elif behind := words.start("published", line[day.end() :]):
            start, end = day.start(), line.index(behind, day.end()) + len(behind)
        else:
            continue
        if closing := _CLOSING.fullmatch(line, end):
            return line[:start] + closing[1]
    return line


def _is_short(between: str) -> bool:
    return len(words_of(between)) <= PREPOSITIONS
