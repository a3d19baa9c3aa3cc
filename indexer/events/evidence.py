"""The passage by which a page says that an event was moved or cancelled. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from indexer.events.changes import EventChange
from indexer.records.document import Mention, Page
from indexer.text.passages import passages

_FIELDS = {
    "date": ("start", "status", "end"),
    "city": ("place.city",),
    "country": ("place.country", "place.city"),
    "venue": ("place.venue",),
    "status": ("status",),
}
"""What has changed → values of the event whose mentions say so, the best first."""


_STATUS = re.compile(r"^.*\.eventStatus: (.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage, or a line of the markup, with the span of the value."""

    text: str
    marks: tuple[tuple[int, int], ...]


def evidence(page: Page, index: int, change: EventChange) -> Evidence | None:
    """Where the page says so of its event with this index; None where it has no place in the page."""
    for name in _FIELDS[change.what]:
        field = f"events[{index}].{name}"
        wanted = change.new if name == "status" else None
        for mention in page.mentions:
            fits = mention.field == field and wanted in (None, mention.value)
            if fits and (found := _around(page, mention)) is not None:
                return found
    return _stated_status(page) if change.what == "status" else None


def _stated_status(page: Page) -> Evidence | None:
    """The markup says what became of the event, where no sentence does."""
    found = _STATUS.search(page.part("markup"))
    if found is None:
        return None
    start, end = found.span(1)
    return Evidence(found[0], ((start - found.start(), end - found.start()),))


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
