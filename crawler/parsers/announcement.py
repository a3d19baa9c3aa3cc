"""Short pages among the news of a site that announce one event: notices of a hearing, a webinar."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from crawler.parsers.article.blocks import words_of
from indexer.records.document import Event, Mention, Page

MOST_WORDS = 80
"""Of the text of a notice; a longer one tells more than that something takes place."""
MOST_WITH_DAY = 160
"""The same where the title tells the day of the event: the page is about it, whatever else it says.
"""
FEWEST_SHARED, SHORTEST, BEGINNING = 2, 4, 5
"""Words that the title shares, letters of such a word, letters by which it is known again."""
_DAY = len("2015-06-09")


def announces_event(draft: Page, events: Sequence[Event], mentions: Iterable[Mention]) -> bool:
    """Whether a page judged an article is about its first event: that is still to come on a known
    day, the title tells of it, and the text says little else.

    On 42 made-up sites in ten languages 6 pages: events, by whoever made them.
    """
    words = len(draft.text.split())
    if draft.kind != "article" or not events or words >= MOST_WITH_DAY:
        return False
    first = events[0]
    is_to_come = first.role == "upcoming" and len(first.start or "") == _DAY
    told = {m.field for m in mentions if m.part == "title" and m.field.startswith("events[0].")}
    if words >= MOST_WORDS:
        return is_to_come and "events[0].start" in told
    return is_to_come and (bool(told) or _names(draft.title or "", first.name))


def _names(title: str, name: str) -> bool:
    """Whether a title has two of the words of an event's name, and half of them, in any case: a
    summit alone may be what somebody makes demands on.
    """
    of_name = _beginnings(name)
    shared = len(of_name & _beginnings(title))
    return shared >= FEWEST_SHARED and 2 * shared >= len(of_name)


def _beginnings(text: str) -> frozenset[str]:
    return frozenset(word[:BEGINNING] for word in words_of(text) if len(word) >= SHORTEST)
