"""Documents in the order in which they came, a stretch at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from indexer.documents.backlog import iter_backlog, mark_indexed
from indexer.documents.queries import documents_after, stretches
from indexer.events.registry import relink, unlinked_documents
from indexer.persons.registry import enter_persons
from indexer.query.naming import Naming
from indexer.stories.registry import enter_stories
from tests.unit.indexer.record import HOME, Record


@pytest.fixture
def filled(record: Record) -> Record:
    """Six documents, of which the third has moved to another address."""
    for number in range(6):
        record.fetch(f"/{number}")
        record.read(f"Das Zinn von Grube {number} wird knapp.\n\nDer Preis steigt.")
    record.next_night()
    record.fetch("/2", to="/two")
    record.read("Das Zinn von Grube 2 wird knapp.\n\nDer Preis steigt.")
    return record


def test_each_document_comes_once_also_if_it_meets_the_condition_still(filled: Record) -> None:
    found = [[d.url.removeprefix(HOME) for d in some] for some in stretches(filled.connection, 4)]
    assert found == [["/0", "/1", "/3", "/4"], ["/5", "/two"]]
    after = documents_after(filled.connection, 5, 9)
    assert [d.url.removeprefix(HOME) for d in after] == ["/5", "/two"]


def test_what_is_written_meanwhile_is_left_out_of_the_next_stretch(filled: Record) -> None:
    backlog = iter_backlog(filled.connection, 3)
    first = next(backlog)
    mark_indexed(filled.connection, first[:1])  # The others are still being written.
    assert {d.id for d in next(backlog)}.isdisjoint(d.id for d in first)
    assert next(backlog, None) is None


def rebuild(record: Record) -> Iterator[Any]:
    yield documents_after(record.connection, 0, 2)


def index(record: Record) -> Iterator[Any]:
    yield from iter_backlog(record.connection, 2)


def link(record: Record) -> Iterator[Any]:
    relink(record.connection)
    yield from unlinked_documents(record.connection, 2)


def tell_stories(record: Record) -> Iterator[Any]:
    yield enter_stories(record.connection, None)


def tell_persons(record: Record) -> Iterator[Any]:
    yield enter_persons(record.connection, Naming())


@pytest.mark.parametrize("take", [rebuild, index, link, tell_stories, tell_persons])
def test_a_stretch_is_read_along_the_numbers(
    filled: Record, take: Callable[[Record], Iterator[Any]]
) -> None:
    """Else each stretch would have all documents looked at, and sorted."""
    with filled.statements() as asked:
        assert list(take(filled))
    in_order = [
        [
            row.detail
            for row in filled.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
        ]
        for statement, values in asked
        if "ORDER BY revision.seq" in statement
    ]
    assert in_order
    for plan in in_order:
        assert "(seq>?)" in plan[0]
        assert not [step for step in plan if step.startswith("USE TEMP B-TREE")]
