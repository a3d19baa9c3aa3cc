"""The passage by which a page says that an event was moved or cancelled. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.document import Mention, Page
from indexer.events.changes import EventChange
from indexer.text.passages import passages

_FIELDS = {
    "date": ("start", "status", "end"),
    "city": ("place.city",),
    "country": ("place.country", "place.city"),
    "venue": ("place.venue",),
    "status": ("status",),
}
"""What has changed → values of the event whose mentions say so, the best first."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage, or a line of the markup, with the span of the value."""

    text: str
    marks: tuple[tuple[int, int], ...]


def evidence(page: Page, index: int, change: EventChange) -> Evidence | None:
    """Where the page says so of its event with this index; None where it has no place in the page."""
    for name in (*_FIELDS[change.what], "name"):
        field = f"events[{index}].{name}"
        for mention in page.mentions:
            if mention.field == field and (found := _around(page, mention)) is not None:
                return found
    return None


def _around(page: Page, mention: Mention) -> Evidence | None:
    for passage in passages(page):
        inside = passage.start <= mention.start and mention.end <= passage.end
        if passage.part == mention.part and inside:
            span = mention.start - passage.start, mention.end - passage.start
            return Evidence(passage.text, (span,))
    text = page.part(mention.part)
    if mention.part in ("title", "teaser", "text") or not text:
        return None
    start = text.rfind("\n", 0, mention.start) + 1
    end = text.find("\n", mention.end)
    line = text[start : end if end >= 0 else len(text)]
    return Evidence(line, ((mention.start - start, mention.end - start),))
