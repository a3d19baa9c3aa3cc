"""Events over several documents and nights: linked, changed, linked anew."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from indexer.database import tables
from indexer.documents.queries import outdated_documents
from indexer.events.changes import KnownEvent, what_changed
from indexer.events.facts import EventNames
from indexer.events.queries import changes_after, events_of, newest_change
from indexer.events.registry import EventRegistry, relink, unlinked_documents
from indexer.records.document import DateExpression, Event, Mention, Page, Place
from indexer.records.outcome import Outcome
from indexer.records.reference import NO_REFERENCE
from indexer.revisions.revisions import Revisions
from tests.unit.indexer.record import HOME, Record

ASTANA = Place(city="Astana", country="KZ", geonameid=1526273)
FORUM = Event("Steppe Copper Forum", "upcoming", "scheduled", start="2026-05-12", place=ASTANA)
JUNE = replace(FORUM, start="2026-06-03")


def page(*events: Event, text: str = "", **more: Any) -> Page:
    """A page about these events; the date of the first stands in its last paragraph."""
    body = (
        f"{text or 'News of the copper belt.'}\n\nThe day is {events[0].start}." if events else text
    )
    mentions: tuple[Mention, ...] = ()
    if events and events[0].start:
        at = body.index(events[0].start, body.rindex("The day is"))
        mention = Mention("events[0].start", "text", at, at + 10, events[0].start, events[0].start)
        mentions = (mention,)
    return Page(
        url=None, lang="en", title="Copper", text=body, events=events, mentions=mentions, **more
    )


def night(record: Record, **pages: Page) -> list[Outcome]:
    """What is read on the next night, by path."""
    record.next_night()
    for path in pages:
        record.fetch(f"/{path}")
    return record.read(*pages.values())


def events(record: Record) -> dict[str, list[str]]:
    """Path → ids of its events."""
    query = sa.select(tables.event_document, tables.document.c.url).join(tables.document)
    found: dict[str, list[str]] = {}
    for row in record.connection.execute(query.order_by(tables.document.c.url, "number")):
        found.setdefault(row.url.removeprefix(HOME), []).append(row.event)
    return found


def changes(record: Record) -> list[tuple[str, str | None, str | None]]:
    """What was told of events: kind, old, new."""
    found = changes_after(record.connection, 0, newest_change(record.connection))
    return [(c.reported.change, c.reported.old, c.reported.new) for c in found]


def test_announcement_and_report_are_one_event(record: Record) -> None:
    night(record, announcement=page(FORUM), other=page(replace(FORUM, name="Tin workshop")))
    night(record, report=page(replace(FORUM, role="main", status="held")))
    found = events(record)
    assert found["/announcement"] == found["/report"] != found["/other"]
    [own] = events_of(record.connection, _id(record, "/announcement")).values()
    assert [(d.url, d.role, d.reason) for d in own.linked] == [
        (f"{HOME}/report", "main", "same name, date and place")
    ]
    assert changes(record) == []


def _id(record: Record, path: str) -> str:
    query = sa.select(tables.document.c.id).where(tables.document.c.url == HOME + path)
    found: str = record.connection.execute(query).scalar_one()
    return found


def test_a_page_that_gives_another_date_moves_its_event(record: Record) -> None:
    night(record, a=page(FORUM))
    before = events(record)
    night(record, a=page(JUNE))
    assert events(record) == before
    [change] = changes_after(record.connection, 0, 9)
    assert change.reported.line == "Steppe Copper Forum: moved from 12 May 2026 to 3 June 2026"
    assert change.evidence == {"text": "The day is 2026-06-03.", "marks": [[11, 21]]}
    assert change.document.revision == 2


def test_the_same_change_is_told_once(record: Record) -> None:
    night(record, a=page(FORUM), b=page(FORUM, text="Another report."))
    night(record, a=page(JUNE))
    night(record, b=page(JUNE, text="Another report."))
    for event in (FORUM, JUNE, FORUM, JUNE):
        night(record, a=page(event))
    kinds = [old_new[1:] for old_new in changes(record)]
    assert kinds.count(("2026-05-12", "2026-06-03")) == 1
    assert len(kinds) == 2  # there, and back


def known_start(record: Record, path: str) -> str | None:
    """The first day that is known of the event of a page."""
    [event] = events(record)[path]
    query = sa.select(tables.event.c.known).where(tables.event.c.id == event)
    found: str | None = record.connection.execute(query).scalar_one()["start"]
    return found


def test_a_calendar_that_still_has_the_old_day_takes_no_move_back(record: Record) -> None:
    night(record, a=page(FORUM), report=page(FORUM, text="Another report."))
    night(record, a=page(JUNE))
    told = changes(record)
    night(record, calendar=page(FORUM, text="All dates of the year."))
    assert events(record)["/calendar"] == events(record)["/a"]
    assert known_start(record, "/a") == "2026-06-03"
    assert changes(record) == told


def test_a_page_that_goes_on_saying_the_old_day_takes_no_move_back(record: Record) -> None:
    old = replace(FORUM, place=replace(ASTANA, venue="Old Mill"))
    night(record, a=page(old), report=page(FORUM, text="Another report."))
    night(record, report=page(JUNE, text="Another report."))
    told = changes(record)
    assert [c[1:] for c in told] == [("2026-05-12", "2026-06-03")]
    night(record, a=page(old, text="Coffee is served in the hall."))
    assert known_start(record, "/a") == "2026-06-03"
    assert changes(record) == told


def test_a_newer_page_takes_a_move_back(record: Record) -> None:
    night(record, a=page(FORUM), report=page(FORUM, text="Another report."))
    night(record, a=page(JUNE))
    record.next_night()
    published = record.now.date().isoformat()
    record.fetch("/b")
    record.read(page(FORUM, text="It is in May again.", published=published))
    assert known_start(record, "/a") == "2026-05-12"


def test_another_page_cancels_the_event(record: Record) -> None:
    night(record, a=page(FORUM))
    night(record, b=page(replace(FORUM, status="cancelled"), text="It is called off."))
    assert changes(record) == [("event-cancelled", "scheduled", "cancelled")]
    night(record, c=page(replace(FORUM, status="cancelled"), text="Called off, says a third."))
    night(record, a=page(replace(FORUM, status="cancelled")))
    assert len(changes(record)) == 1


def test_a_session_is_moved_by_another_page(record: Record) -> None:
    fifth = replace(FORUM, ordinal=5, series="Steppe Copper Forum")
    night(record, a=page(fifth))
    night(record, b=page(replace(fifth, start="2026-06-03"), text="A later announcement."))
    assert changes(record) == [("event-moved", "2026-05-12", "2026-06-03")]


def test_the_first_announcement_that_is_read_after_the_move_is_of_the_same_event(
    record: Record,
) -> None:
    # As on the first night of a list, whose newest page is read first.
    text = "The Steppe Copper Forum of 12 May is moved to 3 June."
    move = page(
        replace(JUNE, status="moved"),
        text=text,
        published="2026-04-20",
        dates=(DateExpression(0, 6, "2026-05-12", "2026-05-12", "date"),),
    )
    first = page(replace(FORUM, name="Steppe Copper Forum: mines of today"), published="2026-03-01")
    night(record, move=move, first=first)
    assert events(record)["/first"] == events(record)["/move"]
    assert known_start(record, "/first") == "2026-06-03"
    assert changes(record) == []


def test_events_are_looked_for_by_indexes(record: Record) -> None:
    """There are as many rows as events of all pages, and each event that is linked asks."""
    days = (f"2026-0{month}-12" for month in range(1, 9))
    text = "The Steppe Copper Forum is moved."
    dates = tuple(DateExpression(0, 6, day, day, "date") for day in days)
    with record.statements() as asked:
        night(record, move=page(replace(JUNE, status="moved"), text=text, dates=dates))
    plans = [
        row.detail
        for statement, values in asked
        if statement.startswith("SELECT event_document.") and "!=" in statement
        for row in record.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
    ]
    assert any("event_document_former" in plan for plan in plans)
    assert [plan for plan in plans if plan.startswith("SCAN")] == []


def test_a_page_that_is_of_two_events_by_their_number_makes_one_of_them(record: Record) -> None:
    name: dict[str, Any] = {
        "name": "7. Kupferforum Steppe",
        "series": "Kupferforum Steppe",
        "ordinal": 7,
    }
    month = replace(page(replace(FORUM, **name, start="2026-05")), lang="de")
    english = page(
        replace(FORUM, series="Steppe Copper Forum", ordinal=7, start="2026-04-12"),
        published="2026-02-02",
    )
    night(record, month=month, english=english)
    assert events(record)["/month"] != events(record)["/english"]
    moved = page(
        replace(JUNE, **name, status="moved"),
        dates=(DateExpression(0, 6, "2026-04-12", "2026-04-12", "date"),),
    )
    night(record, moved=replace(moved, lang="de"))
    found = events(record)
    assert found["/month"] == found["/english"] == found["/moved"]
    assert known_start(record, "/month") == "2026-06-03"


def test_an_event_that_turns_out_to_be_another_one_is_forgotten(record: Record) -> None:
    series: dict[str, Any] = {"series": "Steppe Copper Forum", "ordinal": 7}
    seventh = replace(FORUM, name="7th Steppe Copper Forum", **series)
    night(record, a=page(seventh), b=page(replace(FORUM, name="Copper week", place=Place())))
    assert events(record)["/a"] != events(record)["/b"]
    night(record, b=page(seventh, text="It is the seventh."))
    assert events(record)["/a"] == events(record)["/b"]
    assert record.count(tables.event) == 1


def test_a_page_that_says_late_that_it_was_moved_tells_nothing_new(record: Record) -> None:
    night(record, a=page(FORUM))
    night(record, a=page(JUNE))
    night(record, a=page(JUNE, text="Register now."))
    night(record, b=page(replace(JUNE, status="moved"), text="As is known, it was put off."))
    assert events(record)["/a"] == events(record)["/b"]
    assert changes(record) == [("event-moved", "2026-05-12", "2026-06-03")]


def test_an_older_page_that_comes_late_takes_nothing_back(record: Record) -> None:
    fifth = replace(FORUM, ordinal=5, series="Steppe Copper Forum")
    night(record, new=page(replace(fifth, start="2026-06-03"), published="2026-03-01"))
    night(record, old=page(fifth, text="Older.", published="2026-02-01"))
    assert len({*map(tuple, events(record).values())}) == 1
    assert changes(record) == []


def test_the_page_of_a_yearly_fair_that_gives_the_next_date_tells_of_another(
    record: Record,
) -> None:
    night(record, fair=page(replace(FORUM, start="2026-03-02")))
    before = events(record)
    record.now += timedelta(days=60)
    night(record, fair=page(replace(FORUM, start="2027-03-05")))
    assert changes(record) == []
    assert events(record) != before


def test_a_moved_page_goes_on_with_its_events(record: Record) -> None:
    night(record, a=page(FORUM))
    before = events(record)["/a"]
    record.next_night()
    record.fetch("/a", to="/b")
    record.read(page(JUNE))
    assert events(record) == {"/b": before}
    assert changes(record) == [("event-moved", "2026-05-12", "2026-06-03")]


def test_a_newer_extractor_moves_nothing(record: Record) -> None:
    night(record, a=page(FORUM))
    [document] = outdated_documents(record.connection, 2, "", 10)
    Revisions(record.connection, record.run.id, record.now, 2).record_new_extraction(
        document, page(JUNE)
    )
    assert changes(record) == []
    record.extractor = 2
    night(record, a=page(replace(JUNE, start="2026-07-01")))
    assert changes(record) == [("event-moved", "2026-06-03", "2026-07-01")]


def known_city(record: Record, path: str) -> str | None:
    """The town that is known of the event of a page."""
    [event] = events(record)[path]
    query = sa.select(tables.event.c.known).where(tables.event.c.id == event)
    found: str | None = record.connection.execute(query).scalar_one()["city"]
    return found


def read_anew(record: Record, path: str, now: Page) -> None:
    """A newer extractor reads a page."""
    found = outdated_documents(record.connection, 2, "", 10)
    [document] = [d for d in found if d.id == _id(record, path)]
    Revisions(record.connection, record.run.id, record.now, 2).record_new_extraction(document, now)


def test_a_town_that_was_read_wrongly_is_forgotten(record: Record) -> None:
    night(record, a=page(FORUM))
    read_anew(record, "/a", page(replace(FORUM, place=Place())))
    assert known_city(record, "/a") is None


def link_anew(record: Record) -> None:
    """All events are linked again."""
    relink(record.connection)
    registry = EventRegistry(record.connection, 1, record.now, EventNames(NO_REFERENCE))
    for [statement] in unlinked_documents(record.connection, 1):
        registry.state(statement)


def test_a_town_that_another_page_names_stays(record: Record) -> None:
    night(record, a=page(FORUM), b=page(FORUM, text="Another report."))
    read_anew(record, "/a", page(replace(FORUM, place=Place())))
    link_anew(record)
    assert known_city(record, "/a") == "Astana"


def test_a_town_to_which_it_was_moved_stays_when_all_is_linked_anew(record: Record) -> None:
    forum = replace(FORUM, name="7th Steppe Copper Forum", series="Steppe Copper Forum", ordinal=7)
    almaty = replace(forum, status="moved", place=Place(city="Almaty", country="KZ"))
    later = replace(forum, place=Place(country="KZ"))
    night(record, a=page(forum, published="2026-02-01"))
    night(record, move=page(almaty, published="2026-02-10"))
    night(record, later=page(later, published="2026-02-20", text="The programme."))
    assert known_city(record, "/a") == "Almaty"
    link_anew(record)
    assert known_city(record, "/a") == "Almaty"


@pytest.mark.parametrize("again", [FORUM, JUNE], ids=["as before", "read otherwise"])
def test_a_page_that_has_moved_tells_of_nothing_when_it_is_read_anew(
    record: Record, again: Event
) -> None:
    night(record, a=page(FORUM))
    record.next_night()
    record.fetch("/a", to="/b")
    record.read(page(JUNE))
    before = events(record)
    documents = outdated_documents(record.connection, 2, "", 10)
    revisions = Revisions(record.connection, record.run.id, record.now, 2)
    for document in documents:
        known = again if document.moved_to else JUNE
        revisions.record_new_extraction(document, page(known, text="Read anew."))
    assert len(documents) == 2
    assert events(record) == before
    assert outdated_documents(record.connection, 2, "", 10) == []


def test_what_earlier_versions_had_it_tell_is_taken_back(record: Record) -> None:
    night(record, a=page(FORUM))
    record.next_night()
    record.fetch("/a", to="/b")
    record.read(page(JUNE))
    before, rows = events(record), record.connection.execute(sa.select(tables.event_document)).all()
    [old] = [d for d in outdated_documents(record.connection, 2, "", 10) if d.moved_to]
    told = {**rows[0]._mapping, "document": old.id}
    record.connection.execute(sa.insert(tables.event_document).values(told))
    assert events(record) != before
    Revisions(record.connection, record.run.id, record.now, 2).record_new_extraction(
        old, page(FORUM, text="Read anew.")
    )
    assert events(record) == before


def test_listings_tell_of_no_events(record: Record) -> None:
    night(record, a=page(FORUM, kind="listing"))
    assert events(record) == {}


def test_an_event_that_a_page_tells_of_no_more_is_forgotten(record: Record) -> None:
    night(record, a=page(FORUM))
    night(record, a=page(text="Nothing of it."))
    assert events(record) == {}
    assert record.count(tables.event) == 0


def test_linked_anew_everything_comes_out_the_same_and_nothing_is_told(record: Record) -> None:
    night(record, a=page(FORUM), b=page(FORUM, text="Another report."))
    night(record, a=page(JUNE))
    night(record, c=page(replace(FORUM, name="Tin workshop")))
    before, told = events(record), changes(record)
    relink(record.connection)
    registry = EventRegistry(record.connection, 1, record.now, EventNames(NO_REFERENCE))
    for [statement] in unlinked_documents(record.connection, 1):
        registry.state(statement)
    after = events(record)
    assert after == before
    assert changes(record) == told


TODAY = date(2026, 3, 1)
KNOWN = KnownEvent(start="2026-05-12", city="Astana", country="KZ", venue="Hotel Steppe")


@pytest.mark.parametrize(
    ("event", "own", "expected"),
    [
        (replace(FORUM, start="2026-05"), True, []),  # vaguer
        (replace(FORUM, start="2026-spring"), True, []),
        (replace(FORUM, start="2026-05-11", end="2026-05-13"), True, []),  # the days around it
        (JUNE, True, [("event-moved", "date", "2026-05-12", "2026-06-03")]),
        (
            replace(JUNE, end="2026-06-05"),
            True,
            [("event-moved", "date", "2026-05-12", "2026-06-03/2026-06-05")],
        ),
        (JUNE, False, []),  # another page may have been read wrongly
        (
            replace(JUNE, status="moved"),
            False,
            [("event-moved", "date", "2026-05-12", "2026-06-03")],
        ),
        (replace(FORUM, status="moved"), True, [("event-moved", "date", "2026-05-12", None)]),
        (
            replace(FORUM, status="cancelled"),
            False,
            [("event-cancelled", "status", None, "cancelled")],
        ),
        (replace(FORUM, status="held"), False, []),
        (
            replace(FORUM, place=Place(city="Almaty", country="KZ")),
            True,
            [("event-moved", "city", "Astana", "Almaty")],
        ),
        (replace(FORUM, place=Place(country="UZ")), True, [("event-moved", "country", "KZ", "UZ")]),
        (
            replace(FORUM, place=replace(ASTANA, venue="Palace of Peace")),
            True,
            [("event-moved", "venue", "Hotel Steppe", "Palace of Peace")],
        ),
        (replace(FORUM, place=replace(ASTANA, venue="Hotel Steppe, hall 2")), True, []),
    ],
)
def test_what_a_statement_changes(
    event: Event, own: bool, expected: list[tuple[str, str, str | None, str | None]]
) -> None:
    [fact] = EventNames(NO_REFERENCE).facts(Page(url=None, events=(event,)))
    found = what_changed(KNOWN, fact, TODAY, own=own, certain=False)
    assert [(c.change, c.what, c.old, c.new) for c in found] == expected


@pytest.mark.parametrize("vague", ["2026", "2026-spring", "2026-05"])
def test_a_vaguer_date_takes_no_day_back(vague: str) -> None:
    [fact] = EventNames(NO_REFERENCE).facts(Page(url=None, events=(replace(FORUM, start=vague),)))
    assert KNOWN.after(fact).start == "2026-05-12"
    assert KnownEvent(start=vague).after(KNOWN).start == "2026-05-12"


def test_what_has_been_is_not_moved() -> None:
    [fact] = EventNames(NO_REFERENCE).facts(Page(url=None, events=(JUNE,)))
    assert what_changed(KNOWN, fact, date(2026, 5, 20), own=True, certain=True) == ()


def test_a_cancelled_event_is_cancelled_once() -> None:
    [fact] = EventNames(NO_REFERENCE).facts(
        Page(url=None, events=(replace(FORUM, status="cancelled"),))
    )
    known = replace(KNOWN, status="cancelled")
    assert what_changed(known, fact, TODAY, own=True, certain=True) == ()
