"""The editions of a series of events in their order, with the gaps between them. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from indexer.events.listing import ListedEvent

MOST_MISSING = 100
"""Numbers of one gap that are told one by one; a larger one is a misread number."""


@dataclass(frozen=True, slots=True)
class Edition:
    """An edition of a series, or a number of which no page tells."""

    ordinal: int | None
    event: ListedEvent | None
    """None: a gap."""


def in_order(events: Iterable[ListedEvent]) -> tuple[Edition, ...]:
    """Numbered editions by their number, each gap filled; then the others by their first day."""
    events = list(events)
    numbered = sorted(
        ((e.ordinal, e) for e in events if e.ordinal is not None),
        key=lambda pair: (pair[0], *_day(pair[1])),
    )
    found: list[Edition] = []
    for ordinal, event in numbered:
        before = found[-1].ordinal if found else None
        if before is not None and ordinal - before <= MOST_MISSING:
            found += [Edition(missing, None) for missing in range(before + 1, ordinal)]
        found.append(Edition(ordinal, event))
    others = sorted((e for e in events if e.ordinal is None), key=_day)
    return (*found, *(Edition(None, event) for event in others))


def _day(event: ListedEvent) -> tuple[bool, int, str]:
    days = event.days
    return days is None, days[0] if days else 0, event.id
