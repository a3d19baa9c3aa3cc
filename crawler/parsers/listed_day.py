"""The day of the event of a page that prints none, as lists of the site state it."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from crawler.parsers.article.page_date import LISTED
from crawler.parsers.events.assembly.confidence import UNJUDGED
from indexer.records.document import Event, Mention, Page
from indexer.records.stated import LISTED_AT

_FIELD = "events[0].start"
_YEAR = len("2015")


def with_listed_day(
    draft: Page, events: Sequence[Event], mentions: Sequence[Mention], ahead: str | None
) -> tuple[tuple[Event, ...], tuple[Mention, ...]]:
    """The events with the day to come (ISO) that lists state of the page: it is that of the first
    one, of which the page is, where that has none or only its year; the day stands in the part
    `markup`.
    """
    written = f"{LISTED_AT}: {ahead}"
    at = draft.part("markup").find(written)
    if draft.kind != "event" or ahead is None or not events or at < 0:
        return tuple(events), tuple(mentions)
    first, *others = events
    if first.start not in (None, ahead[:_YEAR]) or first.end is not None:
        return tuple(events), tuple(mentions)
    start = at + len(written) - len(ahead)
    end = start + len(ahead)
    found = Mention(_FIELD, "markup", start, end, ahead, ahead, UNJUDGED, extractor=LISTED)
    kept = (mention for mention in mentions if mention.field != _FIELD)
    return (dataclasses.replace(first, start=ahead), *others), (*kept, found)
