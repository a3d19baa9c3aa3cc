"""Persons named by an initial over several nights: found, lost again, in any order."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from dataclasses import replace

import pytest
import sqlalchemy as sa

from indexer.database import tables
from indexer.documents.backlog import backlog, mark_indexed
from indexer.documents.queries import current_documents, iter_documents
from indexer.persons import registry
from indexer.persons.registry import enter_persons, forget_persons
from indexer.query.naming import Naming
from indexer.query.record import record_of
from indexer.records.document import Event, Page, Person
from tests.unit.indexer.record import Record

NAMING = Naming()


def tells_of(*persons: tuple[str, str]) -> Page:
    """A page with persons, each with a body."""
    told = tuple(Person(name, organisation=body) for name, body in persons)
    return Page(None, lang="de", text="Es fand statt.", events=(Event("Forum", persons=told),))


SHORT = tells_of(("Dr. A. Weber", "Palata"))
FULL = tells_of(("Anna Weber", "Palata"))
ANDREAS = tells_of(("Andreas Weber", "Palata"))
ELSEWHERE = tells_of(("Anton Weber", "Kammer"))


def night(record: Record, pages: Mapping[str, Page]) -> None:
    """What is read from the sites of that name, compared and written to the search store."""
    record.next_night()
    for site in pages:
        record.fetch_from(f"https://{site}.example/news")
    record.read(*pages.values())


def persons(record: Record) -> dict[str, list[str]]:
    """Site → persons of its page, as the index has them."""
    found = iter_documents(record.connection, current_documents())
    return {
        row.url.removeprefix("https://").partition(".")[0]: list(
            record_of(row.to_store(), naming=NAMING).values.get("person", ())
        )
        for row in found
    }


def index(record: Record) -> list[str]:
    """Write the backlog; the sites of what was in it."""
    waiting = backlog(record.connection, 100)
    mark_indexed(record.connection, waiting)
    return sorted(d.url.removeprefix("https://").partition(".")[0] for d in waiting)


@pytest.mark.parametrize("order", list(itertools.permutations(("short", "full", "other"))))
def test_the_order_of_pages_changes_nothing(record: Record, order: Iterable[str]) -> None:
    pages = {"short": SHORT, "full": FULL, "other": ELSEWHERE}
    for site in order:
        night(record, {site: pages[site]})
        enter_persons(record.connection, NAMING)
        index(record)
    anna = NAMING.value("person", "Anna Weber")
    found = persons(record)
    assert found["short"] == found["full"] == [anna]
    assert found["other"] == [NAMING.value("person", "Anton Weber")]


def test_a_second_person_parts_them_again(record: Record) -> None:
    night(record, {"short": SHORT, "full": FULL})
    assert enter_persons(record.connection, NAMING) == 2
    assert index(record) == ["full", "short"]
    night(record, {"andreas": ANDREAS})
    assert enter_persons(record.connection, NAMING) == 1
    assert persons(record)["short"] == [NAMING.value("person", "A. Weber")]
    assert index(record) == ["andreas", "short"]


def test_only_what_changes_is_written_again(record: Record) -> None:
    night(record, {"short": SHORT, "other": tells_of(("A. Weber", "Kammer"))})
    enter_persons(record.connection, NAMING)
    index(record)
    night(record, {"full": FULL, "again": FULL})
    enter_persons(record.connection, NAMING)
    assert index(record) == ["again", "full", "short"]
    assert enter_persons(record.connection, NAMING) == 0
    assert index(record) == []


def test_what_the_page_does_not_say_any_more_does_not_count(record: Record) -> None:
    night(record, {"short": SHORT, "full": FULL})
    enter_persons(record.connection, NAMING)
    night(record, {"full": replace(ELSEWHERE, text="Es findet wieder statt.")})
    enter_persons(record.connection, NAMING)
    assert persons(record)["short"] == [NAMING.value("person", "A. Weber")]


def test_all_are_looked_at_again_and_stay_as_they_are(record: Record) -> None:
    night(record, {"short": SHORT, "full": FULL})
    enter_persons(record.connection, NAMING)
    index(record)
    before = persons(record)
    forget_persons(record.connection)
    assert enter_persons(record.connection, NAMING) == 2
    assert persons(record) == before


def test_an_interrupted_look_goes_on_where_it_was(
    record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registry, "_BATCH", 1)
    night(record, {"short": SHORT, "full": FULL})
    looks = iter((False, True))
    assert enter_persons(record.connection, NAMING, stopped=lambda: next(looks)) == 1
    assert enter_persons(record.connection, NAMING) == 1
    assert persons(record)["short"] == persons(record)["full"]


def test_surnames_of_which_no_initial_is_known_are_not_compared(record: Record) -> None:
    night(record, {"full": FULL})
    with record.statements() as asked:
        enter_persons(record.connection, NAMING)
    assert not [s for s, _ in asked if "person_statement" in s and "moved_to" in s]
    rows = record.connection.execute(sa.select(tables.person_statement.c.surname)).scalars()
    assert len(list(rows)) == 2
