from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

import pytest

from crawler.parsers.events.assembly.assembled import AssembledEvent
from crawler.parsers.events.assembly.event_values import (
    EventParticipants,
    EventValues,
    field_of,
    value_of,
)
from crawler.parsers.events.page.found_value import FoundValue
from crawler.parsers.events.people.participants import Count
from crawler.parsers.events.people.persons import EventPerson
from crawler.parsers.events.values.event_dates import EventDates
from crawler.parsers.events.values.event_places import EventPlace
from indexer.records.document import Event, Participants, Person, Place

Value = TypeVar("Value")


def found(value: Value, rule: str = "names.gathering") -> FoundValue[Value]:
    return FoundValue(value, "text", 3, 7, rule)


VALUES = EventValues(
    name=found("Zinnforum"),
    role="main",
    status=found("held", "status.takes_place"),
    dates=EventDates(found("2031-05-05", "dating.ranked"), found("2031-05-07", "dating.ranked")),
    place=EventPlace(city=found("Jena"), country=found("DE")),
    participants=EventParticipants(
        Count(found(120), approximate=True), [found("KZ"), found("MN")], [found("Nordic Bank")]
    ),
    ordinal=found(3),
    organisers=[found("BGR"), found("DERA")],
    people=[EventPerson(found("Petra Gros")), EventPerson(found("Anna Wolf"), role=found("Rätin"))],
)


def test_the_record_holds_every_value() -> None:
    assert VALUES.event() == Event(
        name="Zinnforum",
        role="main",
        status="held",
        ordinal=3,
        start="2031-05-05",
        end="2031-05-07",
        place=Place(city="Jena", country="DE"),
        organisers=("BGR", "DERA"),
        participants=Participants(120, True, ("KZ", "MN"), ("Nordic Bank",)),
        persons=(Person("Petra Gros"), Person("Anna Wolf", "Rätin")),
    )


def test_each_value_has_its_evidence() -> None:
    assert [(path, evidence.value) for path, evidence in VALUES.evidence()] == [
        ("name", "Zinnforum"),
        ("ordinal", 3),
        ("start", "2031-05-05"),
        ("end", "2031-05-07"),
        ("status", "held"),
        ("place.city", "Jena"),
        ("place.country", "DE"),
        ("organisers", "BGR"),
        ("organisers", "DERA"),
        ("participants.count", 120),
        ("participants.countries", "KZ"),
        ("participants.countries", "MN"),
        ("participants.organisations", "Nordic Bank"),
        ("persons[0].name", "Petra Gros"),
        ("persons[1].name", "Anna Wolf"),
        ("persons[1].role", "Rätin"),
    ]


def test_evidence_becomes_mentions_of_the_event() -> None:
    assembled = AssembledEvent(VALUES.event(), tuple(VALUES.evidence()))
    first = next(assembled.mentions(2))
    assert (first.field, first.start, first.end, first.value, first.extractor) == (
        "events[2].name",
        3,
        7,
        "Zinnforum",
        "names.gathering",
    )


def test_no_evidence_has_no_value() -> None:
    assert (value_of(None), value_of(found("Jena"))) == (None, "Jena")


def test_doubtful_values_may_be_left_out() -> None:
    def doubtful(value: Value) -> FoundValue[Value]:
        return replace(found(value), doubtful=True)

    assert VALUES.without_doubtful() == VALUES
    with_some = replace(
        VALUES,
        organisers=[*VALUES.organisers, doubtful("Erzbund")],
        participants=EventParticipants(
            Count(doubtful(120), approximate=True),
            VALUES.participants.countries,
            VALUES.participants.organisations,
        ),
    )
    event = with_some.without_doubtful().event()
    assert event.organisers == ("BGR", "DERA")
    assert event.participants == Participants(None, False, ("KZ", "MN"), ("Nordic Bank",))


@pytest.mark.parametrize(
    ("path", "field"),
    [("persons[12].role", "persons.role"), ("place.city", "place.city"), ("name", "name")],
)
def test_the_field_of_a_person_has_no_number(path: str, field: str) -> None:
    assert field_of(path) == field
