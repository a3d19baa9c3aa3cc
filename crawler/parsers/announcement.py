"""Short pages among the news of a site that announce one event: notices of a hearing, a webinar."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from indexer.records.document import Event, Mention, Page

MOST_WORDS = 80
"""Of the text of a notice; a longer one tells more than that something takes place."""
_DAY = len("2015-06-09")


def announces_event(draft: Page, events: Sequence[Event], mentions: Iterable[Mention]) -> bool:
    """Whether a page judged an article is about its first event: that is still to come on a known
    day, the title tells of it, and the text says little else.

    On 36 made-up sites in ten languages 3 pages: events, by whoever made them.
    """
    if draft.kind != "article" or not events or len(draft.text.split()) >= MOST_WORDS:
        return False
    first = events[0]
    is_to_come = first.role == "upcoming" and len(first.start or "") == _DAY
    return is_to_come and any(
        m.part == "title" and m.field.startswith("events[0].") for m in mentions
    )
