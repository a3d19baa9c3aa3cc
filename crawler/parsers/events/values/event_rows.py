"""Values of events that a sentence names one after another, each behind its event (a workshop in
Osh on 3 May and a fair in Bishkek on 9 May): what stands behind the one before is nobody else's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol, TypeVar

from crawler.parsers.events.candidates.coreference import EventMentions
from crawler.parsers.events.page.annotated_page import AnnotatedPage, AnnotatedSentence

Span = tuple[int, int]


class Placed(Protocol):
    """What stands at a place of a part."""

    @property
    def start(self) -> int:
        """Its first character."""
        ...


Value = TypeVar("Value", bound=Placed)


def find_rows(
    page: AnnotatedPage, events: Sequence[EventMentions]
) -> Iterator[tuple[AnnotatedSentence, list[tuple[EventMentions, Span]]]]:
    """The sentences that name several events, with the place of the first mention of each."""
    named: dict[int, dict[EventMentions, Span]] = {}
    for event in events:
        for c in event.candidates:
            of_sentence = named.setdefault(c.sentence.index, {})
            of_sentence.setdefault(event, (c.name.start, c.name.end))
    for index, of_events in sorted(named.items()):
        if len(of_events) > 1:
            yield page.sentences[index], sorted(of_events.items(), key=lambda one: one[1])


def behind_each(
    row: Sequence[tuple[EventMentions, Span]], values: Sequence[Value]
) -> Mapping[EventMentions, Sequence[Value]]:
    """The values behind each event of a row, up to the next one; none where one stands before the
    first event, or an event has none.
    """
    if not values or any(value.start < row[0][1][0] for value in values):
        return {}
    ends = [start for _, (start, _) in row[1:]]
    behind = {
        event: [v for v in values if end <= v.start and (stop is None or v.start < stop)]
        for (event, (_, end)), stop in zip(row, [*ends, None], strict=True)
    }
    return behind if all(behind.values()) else {}
