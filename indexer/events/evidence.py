"""Finds the passage of a page that states a change of an event. Pure."""

from __future__ import annotations

import re

from indexer.events.changes import EventChange
from indexer.records.document import Mention, Page
from indexer.records.marked_passage import MarkedPassage
from indexer.text.passages import passages

_FIELDS = {
    "date": ("start", "status", "end"),
    "city": ("place.city",),
    "country": ("place.country", "place.city"),
    "venue": ("place.venue",),
    "status": ("status",),
}
"""What has changed → fields of the event whose mentions state it, the best first."""

_STATUS = re.compile(r"^.*\.eventStatus: (.+)$", re.MULTILINE)


def find_evidence(page: Page, index: int, change: EventChange) -> MarkedPassage | None:
    """The passage, or the line of the markup, that states the change of the page's event with this
    index. The value is marked. None if the page has no such place.
    """
    for name in _FIELDS[change.what]:
        field = f"events[{index}].{name}"
        wanted = change.new if name == "status" else None
        for mention in page.mentions:
            fits = mention.field == field and wanted in (None, mention.value)
            if fits and (found := _passage_of(page, mention)) is not None:
                return found
    return _find_status_passage(page) if change.what == "status" else None


def _find_status_passage(page: Page) -> MarkedPassage | None:
    """The status in the markup, for a page without a sentence that states it."""
    found = _STATUS.search(page.part("markup"))
    if found is None:
        return None
    start, end = found.span(1)
    return MarkedPassage(found[0], ((start - found.start(), end - found.start()),))


def _passage_of(page: Page, mention: Mention) -> MarkedPassage | None:
    for passage in passages(page):
        inside = passage.start <= mention.start and mention.end <= passage.end
        if passage.part == mention.part and inside:
            span = mention.start - passage.start, mention.end - passage.start
            return MarkedPassage(passage.text, (span,))
    text = page.part(mention.part)
    if mention.part in ("title", "teaser", "text") or not text:
        return None
    start = text.rfind("\n", 0, mention.start) + 1
    end = text.find("\n", mention.end)
    line = text[start : end if end >= 0 else len(text)]
    return MarkedPassage(line, ((mention.start - start, mention.end - start),))
