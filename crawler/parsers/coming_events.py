"""Events to come of a page that does not say when it was published."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import date

from crawler.parsers.events.page.first_days import first_day
from indexer.records.document import Event, Mention, Page


def with_coming_events(
    draft: Page, events: Sequence[Event], mentions: Sequence[Mention], fetched: date | None
) -> tuple[tuple[Event, ...], tuple[Mention, ...]]:
    """The events, of which those of a page without a day are to come whose first day is later than
    that of its request: nobody can have told that they took place. `findet am 19. Mai statt` is
    said of both, and pages of diaries say no more.
    """
    if draft.published is not None or fetched is None:
        return tuple(events), tuple(mentions)
    read, evidence = list(events), list(mentions)
    for number, event in enumerate(events):
        start = first_day(event.start)
        if start is None or start <= fetched or event.status == "cancelled":
            continue
        status = "scheduled" if event.status == "held" else event.status
        read[number] = dataclasses.replace(event, role="upcoming", status=status)
        field = f"events[{number}].status"
        evidence = [
            dataclasses.replace(m, value=status, inferred=True)
            if m.field == field and m.value == "held"
            else m
            for m in evidence
        ]
    return tuple(read), tuple(evidence)
