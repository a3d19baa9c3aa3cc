"""How much a message tells, whatever its channel: a page of one site must not make it so large that
the receiver refuses it, with the matches of all other sites in it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from indexer.alerts.message import MessageEntry
from indexer.records.marked_passage import MarkedPassage
from indexer.stores.hits import excerpt

MOST_ENTRIES = 100
"""Matches."""
MOST_PASSAGES = 20
"""Passages of a match; also other places of its story, and changes of events."""
LONGEST_PASSAGE = 1_000
"""Characters; of a longer passage or title a part is shown."""


class Bounded(NamedTuple):
    """What is shown of a match, and how much is left out."""

    entry: MessageEntry
    more_passages: int
    more_places: int
    more_events: int


def bound(entry: MessageEntry) -> Bounded:
    """The first of everything, shortened."""
    first = replace(
        entry,
        title=_cut(MarkedPassage(entry.title)).text,
        passages=tuple(map(_cut, entry.passages[:MOST_PASSAGES])),
        places=entry.places[:MOST_PASSAGES],
        events=entry.events[:MOST_PASSAGES],
    )
    return Bounded(
        first,
        more_passages=len(entry.passages) - len(first.passages),
        more_places=len(entry.places) - len(first.places),
        more_events=len(entry.events) - len(first.events),
    )


def _cut(passage: MarkedPassage) -> MarkedPassage:
    is_long = len(passage.text) > LONGEST_PASSAGE
    return excerpt(passage.text, passage.marks) if is_long else passage
