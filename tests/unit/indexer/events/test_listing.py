"""Lists of events over several documents and nights."""

from __future__ import annotations

from dataclasses import replace

import pytest
import sqlalchemy as sa

from indexer.database import tables
from indexer.events.listing import (
    EventFilter,
    ListedPerson,
    events_told_by,
    find_events,
    load_events,
)
from indexer.query.days import days_of
from indexer.records.document import Person, Place, Role, document_id
from indexer.records.reference import load_reference
from tests.unit.indexer.events.test_registry import FORUM, JUNE, night, page
from tests.unit.indexer.record import HOME, Record

ALMATY = Place(city="Almaty", country="KZ")


def day(text: str) -> int:
    return (days_of(text) or (0, 0))[0]


def test_an_event_is_listed_once_with_all_its_documents(record: Record) -> None:
    night(record, a=page(FORUM), b=page(replace(FORUM, role="main", status="held"), text="Later."))
    (place,) = find_events(record.connection, EventFilter())
    (event,) = load_events(record.connection, [place.id])
    assert [d.url for d in event.documents] == [f"{HOME}/a", f"{HOME}/b"]
    assert (event.name, event.start, event.city) == (FORUM.name, "2026-05-12", "Astana")
    assert event.documents[0].title == "Copper"


def test_persons_of_all_pages_are_listed_once_with_what_any_of_them_says(record: Record) -> None:
    plain = replace(FORUM, role="main", persons=(Person("Айгуль Омарова"), Person("Ben Rowe")))
    titled = replace(FORUM, persons=(Person("Aigul Omarova", "director", "Ore Ltd"),))
    night(record, a=page(titled), b=page(plain, text="Later."))
    (place,) = find_events(record.connection, EventFilter())
    (event,) = load_events(record.connection, [place.id])
    assert event.persons == (
        ListedPerson("Айгуль Омарова", "director", "Ore Ltd"),
        ListedPerson("Ben Rowe"),
    )


def test_a_job_title_and_an_employer_of_two_pages_are_not_put_together(record: Record) -> None:
    told: list[tuple[Role, str, str | None]] = [
        ("main", "minister", None),
        ("upcoming", "professor", "Ore College"),
    ]
    pages = [
        page(replace(FORUM, role=role, persons=(Person("Ben Rowe", post, employer),)), text=post)
        for role, post, employer in told
    ]
    night(record, a=pages[0], b=pages[1])
    (place,) = find_events(record.connection, EventFilter())
    (event,) = load_events(record.connection, [place.id])
    assert event.persons == (ListedPerson("Ben Rowe", "professor", "Ore College"),)


def test_names_begin_as_a_line_does(record: Record) -> None:
    night(record, a=page(replace(FORUM, name="copper forum", series="copper forum")))
    (place,) = find_events(record.connection, EventFilter())
    (event,) = load_events(record.connection, [place.id])
    assert (event.name, event.series) == ("Copper forum", "Copper forum")


def test_an_event_is_of_the_series_of_all_its_pages(record: Record) -> None:
    german = page(replace(FORUM, series="Steppenkupfertag", ordinal=7), text="Der Tag.")
    english = page(replace(FORUM, series="Steppe Copper Day", ordinal=7, role="main"))
    night(record, a=replace(german, lang="de"), b=english)
    (place,) = find_events(record.connection, EventFilter())
    (event,) = load_events(record.connection, [place.id])
    assert (event.series, event.further_series) == ("Steppe Copper Day", ("Steppenkupfertag",))


def test_an_event_is_called_as_pages_in_a_language_call_it(record: Record) -> None:
    german = replace(FORUM, name="siebter Tag", series="Steppenkupfertag", ordinal=7)
    english = replace(FORUM, name="Seventh Steppe Copper Day", ordinal=7, role="main")
    night(record, a=replace(page(german, text="Der Tag."), lang="de"), b=page(english))
    (place,) = find_events(record.connection, EventFilter())
    (event,) = load_events(record.connection, [place.id])
    assert event.full_name == "Seventh Steppe Copper Day (Steppenkupfertag)"
    assert event.to_json()["names"] == {"de": "Siebter Tag", "en": "Seventh Steppe Copper Day"}
    assert event.in_language("de").full_name == "Siebter Tag (Steppenkupfertag)"
    assert event.in_language("ru") == event


@pytest.mark.parametrize(
    ("name", "theme", "called"),
    [
        ("runder Tisch", None, "Runder Tisch, Astana"),
        ("runder Tisch", "Kupfer", "Runder Tisch: Kupfer"),
        ("Zweite Exkursion", None, "Zweite Exkursion, Astana"),
        ("Kupfertagung", None, "Kupfertagung"),
        ("Exkursion der Geologen", None, "Exkursion der Geologen"),
    ],
)
def test_a_name_that_says_the_kind_alone_is_told_apart(
    record: Record, name: str, theme: str | None, called: str
) -> None:
    record.reference = load_reference()
    german = replace(page(replace(FORUM, name=name, theme=theme)), lang="de")
    night(record, a=german)
    (place,) = find_events(record.connection, EventFilter())
    (event,) = load_events(record.connection, [place.id])
    assert event.full_name == event.in_language("de").full_name == called


def test_half_characters_of_a_title_that_were_stored_are_read_as_replaced(record: Record) -> None:
    night(record, a=page(FORUM))
    stored = record.connection.execute(sa.select(tables.revision.c.page)).scalar_one()
    record.connection.execute(
        sa.update(tables.revision).values(page=stored | {"title": "Copper \ud83d"})
    )
    (place,) = find_events(record.connection, EventFilter())
    (event,) = load_events(record.connection, [place.id])
    assert [(d.title, d.lang) for d in event.documents] == [("Copper \ufffd", stored["lang"])]


def test_a_moved_event_is_listed_where_it_was_moved_to(record: Record) -> None:
    night(record, a=page(FORUM))
    night(record, a=page(JUNE))
    assert find_events(record.connection, EventFilter(last=day("2026-05-31"))) == []
    (place,) = find_events(record.connection, EventFilter(first=day("2026-06-01")))
    (event,) = load_events(record.connection, [place.id])
    assert (event.start, event.changes) == ("2026-06-03", 1)


def test_undated_events_come_last_in_both_orders(record: Record) -> None:
    night(
        record,
        a=page(FORUM),
        b=page(replace(FORUM, name="Zinc Congress", start=None), text="Zinc."),
        c=page(replace(JUNE, name="Gold Summit", place=ALMATY), text="Gold."),
    )
    for latest_first, expected in (
        (False, ["2026-05-12", "2026-06-03", None]),
        (True, ["2026-06-03", "2026-05-12", None]),
    ):
        places = find_events(record.connection, EventFilter(), latest_first=latest_first)
        listed = load_events(record.connection, [place.id for place in places])
        assert [event.start for event in listed] == expected


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (EventFilter(place="ASTANA"), True),
        (EventFilter(place="Almaty"), False),
        (EventFilter(place="..."), False),
        (EventFilter(country="KZ"), True),
        (EventFilter(country="DE"), False),
        (EventFilter(series="copper forums"), True),
        (EventFilter(series="zinc"), False),
        (EventFilter(first=day("2026-05-12"), last=day("2026-05-12")), True),
        (EventFilter(before=day("2026-05-12")), False),
        (EventFilter(before=day("2026-05-13")), True),
        (EventFilter(documents=frozenset({document_id(f"{HOME}/a")})), True),
        (EventFilter(documents=frozenset()), False),
    ],
)
def test_every_condition_counts(record: Record, wanted: EventFilter, found: bool) -> None:
    night(record, a=page(FORUM))
    assert bool(find_events(record.connection, wanted)) == found


def test_events_of_documents_come_in_their_order_and_once(record: Record) -> None:
    other = replace(JUNE, name="Gold Summit", place=ALMATY)
    night(record, a=page(FORUM, other), b=page(other, text="Gold."))
    told = events_told_by(record.connection, [document_id(f"{HOME}/b"), document_id(f"{HOME}/a")])
    names = [event.name for event in load_events(record.connection, told)]
    assert names == ["Gold Summit", FORUM.name]
    assert load_events(record.connection, ["unknown"]) == []
