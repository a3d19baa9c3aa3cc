"""Which values of events the index holds as sure."""

from __future__ import annotations

from datetime import date

import pytest

from indexer.query.concepts import concepts_of
from indexer.query.naming import Naming
from indexer.query.sure_values import SureValues, sure_values
from indexer.records.document import SURE, Event, Mention, Page, Person, Place
from indexer.records.reference import load_reference
from indexer.text.name_keys import person_key

NAMING = Naming(concepts_of(load_reference()))
EVENT = Event(
    "Erztag",
    status="held",
    start="2026-03-03",
    end="2026-03-05",
    place=Place(venue="Haus Nord", city="Astana", country="KZ"),
    organisers=("BGR",),
    persons=(Person("Анной Берг", organisation="Палата", name_norm="Анна Берг"), Person("Li")),
)


def stated(path: str, value: str | int, sure: float = SURE, number: int = 0) -> Mention:
    return Mention(f"events[{number}].{path}", "text", 0, 5, "xxxxx", value, sure)


def read(*mentions: Mention, events: tuple[Event, ...] = (EVENT,)) -> SureValues:
    page = Page(None, text="xxxxx yyyyy", events=events, mentions=mentions)
    return sure_values(page, range(len(events)), NAMING)


@pytest.mark.parametrize(
    ("mention", "field", "value"),
    [
        (stated("name", "Erztag"), "sure_has", "event"),
        (stated("name", "Erztag"), "sure_status", "held"),
        (stated("start", "2026-03-03"), "sure_event_month", "2026-03"),
        (stated("start", "2026-03-03"), "sure_has", "date"),
        (stated("place.country", "KZ"), "sure_country", "KZ"),
        (stated("place.venue", "Haus Nord"), "sure_has", "place"),
        (stated("organisers", "BGR"), "sure_organisation", "bgr"),
        (stated("organisers", "BGR"), "sure_has", "organisation"),
        (stated("persons[0].name", "Анной Берг"), "sure_person", person_key("Анна Берг")),
        (stated("persons[1].name", "Li"), "sure_person", person_key("Li")),
    ],
)
def test_what_is_stated_surely_is_a_value(mention: Mention, field: str, value: str) -> None:
    assert value in read(mention).values[field]


def test_nothing_else_is() -> None:
    doubtful = read(stated("name", "Erztag", SURE - 0.01), stated("start", "2026-03-03", 0.5))
    assert doubtful == SureValues(days=[None])
    assert read(Mention("persons", "text", 0, 5, "xxxxx", "Anna Berg")).values == {}
    employer = read(stated("persons[0].organisation", "Палата"))
    assert "sure_has" not in employer.values, "has:organisation asks for who holds or takes part"


def test_a_town_that_the_tables_know_has_its_id() -> None:
    known = Mention("places", "text", 0, 5, "xxxxx", "astana")
    assert read(stated("place.city", "Astana"), known).values["sure_place"] == ("astana",)
    assert "sure_place" not in read(stated("place.city", "Astana")).values
    assert read(stated("place.city", "Astana")).names["sure_place"] == ["Astana"]


@pytest.mark.parametrize(
    ("paths", "first", "last"),
    [(("start", "end"), 3, 5), (("start",), 3, 3), (("end",), 5, 5)],
)
def test_of_days_the_sure_bounds_count(paths: tuple[str, ...], first: int, last: int) -> None:
    values = {"start": "2026-03-03", "end": "2026-03-05"}
    found = read(*(stated(path, values[path]) for path in paths))
    assert found.days == [(date(2026, 3, first).toordinal(), date(2026, 3, last).toordinal())]


def test_events_are_told_apart_and_those_outside_left_out() -> None:
    both = (stated("start", "2026-03-03"), stated("name", "Treff", number=1))
    two = (EVENT, Event("Treff", status="scheduled"))
    found = read(*both, events=two)
    assert found.values["sure_status"] == ("scheduled",)
    assert [days is None for days in found.days] == [False, True]
    page = Page(None, text="xxxxx", events=two, mentions=both)
    assert "sure_status" not in sure_values(page, {0}, NAMING).values
