"""An event put together, and what supports each of its values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from crawler.parsers.events.assembly.rule_confidence import sureness
from crawler.parsers.events.page.evidence import Found
from crawler.parsers.events.people.participants import Count
from crawler.parsers.events.people.persons import EventPerson
from crawler.parsers.events.values.event_places import EventPlace
from indexer.records.document import Event, Mention


@dataclass(frozen=True, slots=True)
class Assembled:
    """An event with the evidence of each value."""

    event: Event
    evidence: tuple[tuple[str, Found[object]], ...]
    """Field below the event (`place.city`) and its evidence."""

    def mentions(self, index: int) -> Iterator[Mention]:
        """Evidence as mentions of `events[index]`."""
        for field, found in self.evidence:
            value = found.value if isinstance(found.value, str | int) else str(found.value)
            yield Mention(
                f"events[{index}].{field}", found.part, found.start, found.end, "", value,
                sureness(found), found.rule, found.inferred,
            )  # fmt: skip


def some(*pairs: tuple[str, Found[object] | None]) -> Iterator[tuple[str, Found[object]]]:
    """The values that were found, by their field below the event."""
    return ((field, found) for field, found in pairs if found is not None)


def place_evidence(place: EventPlace) -> Iterator[tuple[str, Found[object]]]:
    """Of venue, town and country."""
    return some(
        ("place.venue", place.venue), ("place.city", place.city), ("place.country", place.country)
    )


def count_evidence(count: Count | None) -> Iterator[tuple[str, Found[object]]]:
    """Of the number of participants."""
    return some(("participants.count", count.number if count else None))


def person_evidence(people: Sequence[EventPerson]) -> Iterator[tuple[str, Found[object]]]:
    """Of name, post and employer of each person."""
    for j, person in enumerate(people):
        yield from some(
            (f"persons[{j}].name", person.name),
            (f"persons[{j}].role", person.role),
            (f"persons[{j}].organisation", person.organisation),
        )
