"""The entries of a listing page: what belongs to each link, and which links form a list. Pure.

The entry of a link is the widest element that links to its page only: a card, a row, an item.
Entries of one list are elements of the same kind below parents of the same kind. Such a group of
links is a list of news if most of its entries have a day or a teaser.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from itertools import islice

from bs4 import Tag

from crawler.discovery.feed_dates import parse_date
from crawler.discovery.listings.boilerplate import classes_of
from crawler.discovery.listings.day_rows import (
    HEADINGS,
    MOST_OF_HEADING,
    MOST_PIECES,
    NEAR,
    Where,
    day_below,
    day_of_row_above,
    rows_of_days,
    unlinked_texts,
)
from crawler.discovery.listings.entry_days import EntryDays, begins_with_year, writes_pairs

FEWEST = 3
"""Links that make a list."""
TEASER = 40
"""Characters next to a headline from which on they are a teaser."""
WORDS = 3
"""Words from which a label is a headline, where the list says that its entries are news."""

MOST_LINES = 50
"""Pieces of text in an entry in which its headline is looked for."""

_ENDS = frozenset({"body", "html", "main", "ul", "ol", "dl", "table", "tbody", "[document]"})
_ITEMS = ("li", "tr")
_DAY = re.compile(
    r"(?<!\d)\d{1,2}[./]\s?(?:\d{1,2}[./]|[^\W\d_]{3,9}\s)\s?(?:19|20)?\d\d(?!\d)|(?<!\d)20\d\d[./-]\d\d[./-]\d\d(?!\d)"
    r"|(?<!\d)\d{1,2}\s[^\W\d_]{3,9},?\s20\d\d(?!\d)|[^\W\d_]{3,9}\s\d{1,2},\s20\d\d(?!\d)"
)
"""A day as lists write it: 04.05.2026, 4. Mai 2026, 2026-05-04, 4 May 2026, May 4, 2026."""
_MONTH_AND_DAY = re.compile(
    r"(?<!\d)(?=\d{1,2}(?:\.|-|st|nd|rd|th)?\s(?:(?:de|of)\s)?(?P<after>[^\W\d_]{3,16})(?!\w))"
    r"|(?<!\w)(?=(?P<before>[^\W\d_]{3,16})\.?\s\d{1,2}(?!\d))"
)
"""A number beside a word that may be a month: a day without its year. Nothing is used up: a number
between two words (`Mon 12 May`) is seen with both.
"""
_DAY_ATTRIBUTES = ("data-date", "data-time", "data-datetime", "data-published", "title")
_HELD_DAY = re.compile(r"20\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?=$|[T ]\d)")
_DIGITS = re.compile(r"\d+")
_ABOVE = (*HEADINGS, "dt", "th", "caption")


class ListEntries:
    """The entries of one page."""

    def __init__(
        self, anchors: Iterable[tuple[str, Tag]], months: Container[str] = frozenset()
    ) -> None:
        """Take the links that may be entries: address and anchor. Those to tags and authors are
        none. `months`: their names in lower case.
        """
        self._months = months
        self._leads: dict[int, set[str]] = defaultdict(set)
        self._urls: dict[int, str] = {}
        self._rows: dict[int, Where | None] = {}
        for url, anchor in anchors:
            self._urls[id(anchor)] = url
            for tag in (anchor, *anchor.parents):
                known = self._leads[id(tag)]
                if len(known) < 2:
                    known.add(url)

    def entry_of(self, anchor: Tag) -> Tag:
        """The widest element around an anchor that leads nowhere else."""
        entry = anchor
        own = {self._urls.get(id(anchor), "")}
        for tag in anchor.parents:
            if tag.name in _ENDS or self._leads[id(tag)] - own:
                break
            entry = tag
        return entry

    def text_of(self, anchor: Tag) -> str:
        """All text in the entry, and next to it up to the next link."""
        entry = self.entry_of(anchor)
        before = reversed(list(unlinked_texts(islice(entry.previous_siblings, NEAR))))
        after = unlinked_texts(islice(entry.next_siblings, NEAR))
        return " ".join(" ".join([*before, entry.get_text(" "), *after]).split())

    def moments(self, anchor: Tag) -> list[Tag]:
        """The `<time>` elements of the entry."""
        return list(self.entry_of(anchor).find_all("time", limit=3))

    def is_dated(self, anchor: Tag) -> bool:
        """Whether the entry has a day."""
        if self.moments(anchor):
            return True
        text = self.text_of(anchor)
        return _DAY.search(text) is not None or begins_with_year(text) or self._has_month(text)

    def _has_month(self, text: str) -> bool:
        """Whether a text has a day with the name of its month, as lists write it without a year."""
        return any(
            (found["after"] or found["before"]).casefold() in self._months
            for found in _MONTH_AND_DAY.finditer(text)
        )

    def date_of(self, anchor: Tag, days: EntryDays) -> str | None:
        """The date of a `<time>` in the entry, else a day that is written there or in the heading
        above.
        """
        moments = self.moments(anchor)
        if len(moments) == 1:
            stated = parse_date(str(moments[0].get("datetime") or ""))
            if stated:
                return stated
        held = self._day_held(anchor)
        if held is not None:
            return held
        entry = self.entry_of(anchor)
        inside = list(islice(entry.strings, MOST_LINES))
        found = self._day_by_rows(entry, inside, days)
        if found is not None:
            return found
        if entry.name in _ITEMS:  # beside it stand other items, with days of their own
            own = days.in_numbers(" ".join(" ".join(inside).split())) or days.in_words(inside)
            if own is not None:
                return own
        pieces = [
            *unlinked_texts(islice(entry.previous_siblings, NEAR)),
            *inside,
            *unlinked_texts(islice(entry.next_siblings, NEAR)),
        ]
        written = days.in_numbers(self.text_of(anchor)) or days.in_words(pieces)
        return written or self._date_above(entry, days)

    def _day_by_rows(self, entry: Tag, inside: Sequence[str], days: EntryDays) -> str | None:
        """Where rows of days head all that stands below them, or end it: the day of the entry."""
        if entry.parent is None:
            return None
        key = id(entry.parent)
        if key not in self._rows:
            self._rows[key] = rows_of_days(entry.parent, days)
        if self._rows[key] is None:
            return None
        own = days.in_numbers(" ".join(inside)) or days.in_words(inside)
        row = day_of_row_above if self._rows[key] == "above" else day_below
        return own or row(entry, days)

    def _day_held(self, anchor: Tag) -> str | None:
        """The day that elements of the entry hold beside what they show (`3 days ago`), if all hold
        the same one.
        """
        tags = self.entry_of(anchor).find_all(True, limit=MOST_LINES)
        values = (str(tag.get(name) or "") for tag in tags for name in _DAY_ATTRIBUTES)
        days = {found[0] for value in values if (found := _HELD_DAY.match(value))}
        return days.pop() if len(days) == 1 else None

    def _date_above(self, entry: Tag, days: EntryDays) -> str | None:
        """The day that a heading says of the entries below it, if it says nothing else."""
        for tag in (entry, entry.parent):
            for above in islice(tag.previous_siblings, NEAR) if tag is not None else ():
                if isinstance(above, Tag) and above.name in _ABOVE:
                    text = " ".join(islice(above.strings, MOST_PIECES))
                    is_day = len(text) <= MOST_OF_HEADING and above.find("a") is None
                    return (days.in_numbers(text) or days.in_words([text])) if is_day else None
        return None

    def kind_of(self, anchor: Tag) -> str:
        """The elements around an entry, which are the same for all entries of one list."""
        entry = self.entry_of(anchor)
        parent = entry.parent
        around = parent.parent if parent is not None else None
        around_it = [tag for tag in (parent, around) if tag is not None]
        places = [f"{tag.name}.{_DIGITS.sub('', classes_of(tag))}" for tag in around_it]
        return " < ".join([entry.name, *places])


def find_news_lists(
    anchors: Mapping[str, tuple[Sequence[Tag], str]], entries: ListEntries
) -> set[str]:
    """Addresses in lists of news; `anchors`: address → its anchors and its label.

    What stands in a box of its own as well (most read) is in the list all the same.
    """
    found: set[str] = set()
    for group in _groups(anchors, entries):
        if len(group) < FEWEST:
            continue
        labels = [anchors[url][1] for url in group]
        news_like = [
            _looks_like_news(anchor, anchors[url][1], entries) for url, anchor in group.items()
        ]
        headlines = sum(len(label.split()) >= WORDS for label in labels)
        if headlines * 2 < len(group):
            continue
        texts = (entries.text_of(anchor) for anchor in group.values())
        if sum(news_like) * 3 >= len(group) * 2 or writes_pairs([*texts]):
            found.update(group)
    return found


def find_short_lists(
    anchors: Mapping[str, tuple[Sequence[Tag], str]], entries: ListEntries
) -> set[str]:
    """Addresses in lists of two headlines with a day each: a calendar that holds no more. Where a
    page has longer lists, they are boxes beside them.
    """
    short = (group for group in _groups(anchors, entries) if len(group) == FEWEST - 1)
    return {
        url
        for group in short
        if all(map(entries.is_dated, group.values()))
        and all(len(anchors[u][1].split()) >= WORDS for u in group)
        for url in group
    }


def _groups(
    anchors: Mapping[str, tuple[Sequence[Tag], str]], entries: ListEntries
) -> list[dict[str, Tag]]:
    """Links by the kind of their entries: address → anchor."""
    groups: dict[str, dict[str, Tag]] = defaultdict(dict)
    for url, (places, _) in anchors.items():
        for anchor in places:
            groups[entries.kind_of(anchor)].setdefault(url, anchor)
    return [*groups.values()]


def headline_in(entry: Tag) -> str:
    """The headline of an entry whose link does not say it: a heading, else the first line of
    several words that is no day; empty where there is none.
    """
    heading = entry.find(HEADINGS)
    if isinstance(heading, Tag):
        text = " ".join(heading.get_text(" ").split())
        said = _DAY.sub("", text).strip(" \t|·–—-:")
        return said if len(said.split()) >= WORDS else text
    for piece in islice(entry.strings, MOST_LINES):
        line = " ".join(piece.split())
        if len(_DAY.sub("", line).split()) >= WORDS and piece.find_parent("a") is None:
            return line
    return ""


def in_heading(anchor: Tag) -> bool:
    """Whether a link is a heading, or holds one."""
    return anchor.find_parent(HEADINGS) is not None or anchor.find(HEADINGS) is not None


def _looks_like_news(anchor: Tag, label: str, entries: ListEntries) -> bool:
    """Whether an entry has a day, or a teaser next to its headline."""
    if entries.is_dated(anchor):
        return True
    inside = " ".join(entries.entry_of(anchor).get_text(" ").split())
    return len(inside) - len(label) >= TEASER
