from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Any, get_args, get_type_hints

import pytest

from indexer.query.fields import NAME_FIELDS
from indexer.records.document import Event, Participants, Person, Place
from indexer.records.event_fields import EVENT_FIELDS, EventField

ELSEWHERE = {"participants.approximate", "place.geonameid", "place.lat", "place.lon"}
"""What the table leaves out, as its module says."""
EVENT = Event(
    name="Forum",
    place=Place(city="Karaganda"),
    organisers=("Haus Nord", "Haus Süd"),
    participants=Participants(count=0),
    persons=(Person("Paula"), Person("Iwan", role="Leiter")),
)


def paths(record: type[Any], above: str = "") -> list[str]:
    found = []
    for field in fields(record):
        hint = get_type_hints(record)[field.name]
        inner = next((t for t in (hint, *get_args(hint)) if is_dataclass(t)), None)
        path = f"{above}{field.name}"
        found += paths(inner, f"{path}.") if isinstance(inner, type) else [path]
    return found


def row(path: str) -> EventField:
    return next(field for field in EVENT_FIELDS if field.path == path)


def test_every_value_of_an_event_has_one_row() -> None:
    assert sorted([field.path for field in EVENT_FIELDS] + sorted(ELSEWHERE)) == sorted(
        paths(Event)
    )


def test_words_are_searched_in_a_field_of_names() -> None:
    assert {field.words for field in EVENT_FIELDS if field.words} <= set(NAME_FIELDS)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("name", "Forum"),
        ("series", None),
        ("place.city", "Karaganda"),
        ("place.venue", None),
        ("organisers", ["Haus Nord", "Haus Süd"]),
        ("participants.count", 0),
        ("participants.countries", []),
        ("persons.name", ["Paula", "Iwan"]),
        ("persons.role", ["Leiter"]),
    ],
)
def test_a_row_reads_its_value(path: str, value: object) -> None:
    assert row(path).value(EVENT) == value
