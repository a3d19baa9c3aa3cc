"""The values of one event as the rules read them, each with its evidence.

Here belongs what the record of an event and its mentions are made from: a new value of an event is
a field here, its argument in `event`, and its row in `evidence`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from crawler.parsers.events.page.found_value import FoundValue
from crawler.parsers.events.people.participants import Count
from crawler.parsers.events.people.persons import EventPerson
from crawler.parsers.events.values.event_dates import EventDates
from crawler.parsers.events.values.event_places import EventPlace
from indexer.records.document import Event, Participants, Role, Status


@dataclass(frozen=True, slots=True)
class EventParticipants:
    """Who took part, each value with its evidence."""

    count: Count | None = None
    countries: list[FoundValue[str]] = field(default_factory=list)
    organisations: list[FoundValue[str]] = field(default_factory=list)

    def to_record(self) -> Participants:
        """The record."""
        return Participants(
            self.count.number.value if self.count else None,
            bool(self.count and self.count.approximate),
            tuple(country.value for country in self.countries),
            tuple(body.value for body in self.organisations),
        )


@dataclass(frozen=True, slots=True)
class EventValues:
    """All values of one event."""

    name: FoundValue[str]
    role: Role
    status: FoundValue[Status]
    dates: EventDates
    place: EventPlace
    participants: EventParticipants
    series: FoundValue[str] | None = None
    ordinal: FoundValue[int] | None = None
    theme: FoundValue[str] | None = None
    organisers: list[FoundValue[str]] = field(default_factory=list)
    people: list[EventPerson] = field(default_factory=list)

    def event(self) -> Event:
        """The record."""
        return Event(
            name=self.name.value,
            role=self.role,
            status=self.status.value,
            series=value_of(self.series),
            ordinal=self.ordinal.value if self.ordinal else None,
            start=value_of(self.dates.start),
            end=value_of(self.dates.end),
            place=self.place.to_record(),
            theme=value_of(self.theme),
            organisers=tuple(organiser.value for organiser in self.organisers),
            participants=self.participants.to_record(),
            persons=tuple(person.to_record() for person in self.people),
        )

    def without_doubtful(self) -> EventValues:
        """Without what its choosers would leave out."""
        count = self.participants.count
        return replace(
            self,
            organisers=[body for body in self.organisers if not body.doubtful],
            participants=replace(
                self.participants, count=None if count and count.number.doubtful else count
            ),
        )

    def evidence(self) -> Iterator[tuple[str, FoundValue[object]]]:
        """Path of each value below the event (`place.city`) and its evidence."""
        count = self.participants.count
        single: tuple[tuple[str, FoundValue[object] | None], ...] = (
            ("name", self.name),
            ("series", self.series),
            ("ordinal", self.ordinal),
            ("start", self.dates.start),
            ("end", self.dates.end),
            ("theme", self.theme),
            ("status", self.status),
            ("place.venue", self.place.venue),
            ("place.city", self.place.city),
            ("place.country", self.place.country),
            *(("organisers", organiser) for organiser in self.organisers),
            ("participants.count", count.number if count else None),
            *(("participants.countries", country) for country in self.participants.countries),
            *(("participants.organisations", body) for body in self.participants.organisations),
            *(pair for number, person in enumerate(self.people) for pair in _of(number, person)),
        )
        return ((path, found) for path, found in single if found is not None)


def field_of(path: str) -> str:
    """The path without the number of a person."""
    return f"persons.{path.partition('.')[2]}" if path.startswith("persons[") else path


def _of(number: int, person: EventPerson) -> Iterator[tuple[str, FoundValue[object] | None]]:
    yield f"persons[{number}].name", person.name
    yield f"persons[{number}].role", person.role
    yield f"persons[{number}].organisation", person.organisation


def value_of(found: FoundValue[str] | None) -> str | None:
    """The value alone."""
    return found.value if found else None
