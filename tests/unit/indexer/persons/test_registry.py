"""Persons named by an initial over several nights: found, lost again, in any order."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from dataclasses import replace

import pytest
import sqlalchemy as sa

from indexer.database import tables
from indexer.documents.backlog import mark_indexed
from indexer.documents.queries import current_documents, iter_documents
from indexer.erasure.removal import Targets, remove
from indexer.persons import registry
from indexer.persons.initials import Statement, name_in_full
from indexer.persons.registry import enter_persons, forget_persons
from indexer.query.naming import Naming
from indexer.query.record import record_of
from indexer.records.document import Event, Page, Person
from indexer.revisions.moves import follow
from tests.unit.indexer.record import Record, backlog

NAMING = Naming()


def tells_of(*persons: tuple[str, str]) -> Page:
    """A page with persons, each with a body."""
    told = tuple(Person(name, organisation=body) for name, body in persons)
    return Page(None, lang="de", text="Es fand statt.", events=(Event("Forum", persons=told),))


SHORT = tells_of(("Dr. A. Weber", "Palata"))
FULL = tells_of(("Anna Weber", "Palata"))
ANDREAS = tells_of(("Andreas Weber", "Palata"))
ELSEWHERE = tells_of(("Anton Weber", "Kammer"))


PAIR = {"short": SHORT, "full": FULL}


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


@pytest.fixture
def parted(record: Record) -> Record:
    """Two pages on one person; of a third and fourth one two fit. All are in the search store."""
    night(record, {"short": SHORT, "full": FULL})
    kammer = {"anton": ELSEWHERE, "arno": tells_of(("Arno Weber", "Kammer"))}
    night(record, {"which": tells_of(("A. Weber", "Kammer")), **kammer})
    enter_persons(record.connection, NAMING)
    index(record)
    return record


def documents(record: Record, *sites: str) -> set[str]:
    """Ids of the pages of these sites."""
    found = iter_documents(record.connection, current_documents())
    return {row.id for row in found if row.url.split("/")[2].partition(".")[0] in sites}


def test_what_is_erased_gives_no_name_and_parts_none(parted: Record) -> None:
    remove(
        parted.connection,
        Targets(frozenset(documents(parted, "full", "arno")), frozenset(), frozenset()),
    )
    kept = parted.connection.execute(sa.select(tables.document_persons.c.full_names)).scalars()
    assert not any(kept)
    assert enter_persons(parted.connection, NAMING) == 2
    found = persons(parted)
    assert found["short"] == [NAMING.value("person", "A. Weber")]
    assert found["which"] == [NAMING.value("person", "Anton Weber")]
    assert index(parted) == ["short", "which"]


@pytest.mark.parametrize("returns", [False, True])
def test_what_has_moved_gives_no_name_and_parts_none(parted: Record, returns: bool) -> None:
    """Until what it has moved to is erased."""
    night(parted, {"new": Page(None, text="Hier stand etwas.")})
    (new,) = documents(parted, "new")
    for old in documents(parted, "full", "arno"):
        follow(parted.connection, old, new)
    assert enter_persons(parted.connection, NAMING) == 3
    if returns:
        remove(parted.connection, Targets(frozenset({new}), frozenset(), frozenset()))
        enter_persons(parted.connection, NAMING)
    found = persons(parted)
    names = {"short": "A. Weber", "which": "Anton Weber"}
    back = {"short": "Anna Weber", "which": "A. Weber"}
    for site, name in (back if returns else names).items():
        assert found[site] == [NAMING.value("person", name)]
    assert {"short", "which"} <= set(index(parted))


def test_a_name_that_holds_no_more_is_written_again(record: Record) -> None:
    night(record, {"short": SHORT, "full": FULL})
    enter_persons(record.connection, NAMING)
    index(record)
    forget_persons(record.connection)
    gone = sa.delete(tables.person_statement).where(~tables.person_statement.c.short)
    record.connection.execute(gone)
    # A rebuild that is interrupted after the first document: the index in use stays.
    first = iter((False, True))
    record.connection.execute(
        sa.update(tables.document_persons)
        .where(tables.document_persons.c.document.in_(documents(record, "full")))
        .values(revision=1)
    )
    assert enter_persons(record.connection, NAMING, stopped=lambda: next(first)) == 1
    assert persons(record)["short"] == [NAMING.value("person", "A. Weber")]
    assert index(record) == ["short"]


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


def test_what_many_pages_say_alike_is_compared_once(
    record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    night(record, {f"{name}{n}": page for n in range(4) for name, page in PAIR.items()})
    compared = []

    def compare(short: Statement, others: Mapping[Statement, int]) -> str | None:
        compared.append(dict(others))
        return name_in_full(short, others)

    monkeypatch.setattr(registry, "name_in_full", compare)
    enter_persons(record.connection, NAMING)
    (others,) = compared
    assert list(others.values()) == [4]
    assert {tuple(names) for names in persons(record).values()} == {
        (NAMING.value("person", "Anna Weber"),)
    }


def test_surnames_of_which_no_initial_is_known_are_not_compared(record: Record) -> None:
    night(record, {"full": FULL})
    with record.statements() as asked:
        enter_persons(record.connection, NAMING)
    assert not [s for s, _ in asked if "person_statement" in s and "moved_to" in s]
    rows = record.connection.execute(sa.select(tables.person_statement.c.surname)).scalars()
    assert len(list(rows)) == 2
