"""The values of an event in one table: how each is shown, searched and indexed.

A new value is an attribute of `Event` (or of its place, participants or persons), a row here, and
the rule that reads it. What the table doesn't hold has a place of its own: the coordinates of a
place, and whether a number of participants is approximate.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Literal

from indexer.records.document import Event, Mention

_NUMBER = re.compile(r"\[\d+\]")
IndexType = Literal["keyword", "name", "text", "day", "integer"]


@dataclass(frozen=True, slots=True)
class EventField:
    """A value of an event."""

    path: str
    """Below the event, as mentions name it without numbers: `place.city`, `persons.role`."""
    label: str = ""
    """What the page of a document calls it; empty if it has no row of its own there."""
    words: str = ""
    """Field of a query (`indexer.query.fields`) in which its words are searched."""
    index: IndexType | None = None
    """Type in Elasticsearch for other clients; a name is full text with its exact value."""
    index_name: str = ""
    """Name in Elasticsearch, where it is not `name`."""
    many: bool = False
    """An event has a list of them."""

    @property
    def owner(self) -> str:
        """place, participants, persons, or empty for the event itself."""
        return self.path.rpartition(".")[0]

    @property
    def name(self) -> str:
        """The last part of the path."""
        return self.path.rpartition(".")[2]

    def values(self, event: Event) -> list[Any]:
        """The values that an event has: one at most, unless there are `many`."""
        owners: list[Any] = [event]
        for attribute in self.path.split("."):
            found = (getattr(owner, attribute) for owner in owners)
            owners = [
                v for value in found for v in (value if isinstance(value, tuple) else [value])
            ]
        return [value for value in owners if value is not None]

    def value(self, event: Event) -> Any:
        """The list of a field with `many`, else the value or None."""
        values = self.values(event)
        return values if self.many else next(iter(values), None)


def event_index(mention: Mention) -> int | None:
    """Number of the event that a mention supports; None for mentions of the page itself."""
    if not mention.field.startswith("events["):
        return None
    number = mention.field[len("events[") :].partition("]")[0]
    return int(number) if number.isdigit() else None


def path_of(mention: Mention) -> str:
    """Path of the field of an event that a mention supports, as rows have it: `persons.name`."""
    return _NUMBER.sub("", mention.field.partition(".")[2])


EVENT_FIELDS: tuple[EventField, ...] = (
    EventField("name", "Name", words="event", index="name"),
    EventField("role", index="keyword"),
    EventField("series", "Series of events", words="series", index="keyword"),
    EventField("ordinal", "Number in the series"),
    EventField("status", "Status", index="keyword"),
    EventField("start", "Date", index="day"),
    EventField("end", index="day"),
    EventField("place.venue", "Venue", words="place", index="keyword"),
    EventField("place.city", "City", words="place", index="keyword"),
    EventField("place.country", "Country", index="keyword"),
    EventField("theme", "Theme", index="text"),
    EventField("organisers", "Organiser", words="organisation", index="name", many=True),
    EventField("participants.count", "Participants", index="integer", index_name="participants"),
    EventField("participants.countries", "Country taking part", many=True),
    EventField(
        "participants.organisations",
        "Organisation taking part",
        words="organisation",
        index="name",
        many=True,
    ),
    EventField("persons.name", "Person", words="person", index="name", many=True),
    EventField("persons.name_norm", words="person", many=True),
    EventField("persons.role", index="text", many=True),
    EventField("persons.organisation", words="organisation", index="name", many=True),
)
"""In the order in which the page of a document shows them."""
