"""What is known of a source goes on under its new id."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from indexer.database import tables
from indexer.database.epochs import Kinship, begin_epoch, kinship
from indexer.database.tables import metadata
from indexer.documents.backlog import (
    align_with,
    count_indexed,
    mark_indexed,
    mark_rebuilt,
    marked_again,
    moved_documents,
)
from indexer.frontier.port import Link
from indexer.frontier.renamed_sources import (
    IMPORTED,
    KEPT_BY_SOURCE,
    OWNED,
    Renamed,
    take_over_renamed,
)
from indexer.records.outcome import Outcome
from tests.unit.indexer.record import HOME, Record, backlog

FEED = f"{HOME}/feed"
IDS = sa.select(tables.document.c.id)


@pytest.fixture
def known(record: Record) -> Record:
    """A source `partner` with a feed, a page that was read and one that waits."""
    record.ledger.record_discovery("partner", FEED, Outcome.FETCHED)
    record.fetch("/a")
    record.read("Text.")
    record.ledger.add("partner", Link(f"{HOME}/waits"))
    record.ledger.commit()
    record.run.mark_source_crawled("partner", record.now)
    record.connection.execute(sa.update(tables.document).values(indexed=1))
    return record


def owners(record: Record) -> set[str]:
    """Sources of all rows."""
    found = [record.connection.execute(sa.select(table.c.source)).scalars() for table in OWNED]
    return {owner for rows in found for owner in rows}


def test_pages_and_state_go_to_the_source_with_its_feed(known: Record) -> None:
    renamed = take_over_renamed(
        known.connection, {"press": {FEED}, "other": {"https://o.example/"}}
    )
    assert renamed == [Renamed("partner", "press", 1)]
    assert owners(known) == {"press"}
    source = tables.source.c
    assert [tuple(row) for row in known.connection.execute(sa.select(source.id))] == [("press",)]
    # It is written to the search store again, under its new source.
    assert [document.source for document in backlog(known.connection, 10)] == ["press"]
    known.next_night()
    assert {url.url for url in known.ledger.iter_due("press")} == {f"{HOME}/a", f"{HOME}/waits"}


@pytest.mark.parametrize(
    "configured",
    [
        {"partner": {FEED}, "press": {FEED}},  # it is still there
        {"press": {f"{HOME}/other"}},  # another part of the same site
        {"press": {f"{HOME}/a"}},  # a page, and no list
        {},
    ],
)
def test_nothing_is_taken_from_a_source_that_is_no_other(
    known: Record, configured: dict[str, set[str]]
) -> None:
    assert take_over_renamed(known.connection, configured) == []
    assert owners(known) == {"partner"}


def test_what_the_new_one_has_by_itself_stays(known: Record) -> None:
    own = {"id": "press", "first_crawled": known.now}
    known.connection.execute(sa.insert(tables.source).values(**own))
    take_over_renamed(known.connection, {"press": {FEED}})
    first = sa.select(tables.source.c.id, tables.source.c.first_crawled)
    assert [tuple(row) for row in known.connection.execute(first)] == [("press", known.now)]


def test_an_index_that_is_aligned_meanwhile_still_gets_the_new_source(known: Record) -> None:
    held = dict.fromkeys(known.connection.execute(IDS).scalars(), 1)
    take_over_renamed(known.connection, {"press": {FEED}})
    assert align_with(known.connection, held) == []
    [document] = backlog(known.connection, 10)
    mark_indexed(known.connection, [document])
    assert backlog(known.connection, 10) == []


def test_an_index_that_is_built_anew_then_has_the_new_source(known: Record) -> None:
    take_over_renamed(known.connection, {"press": {FEED}})
    mark_rebuilt(known.connection, 10, {}, marked_again(known.connection))
    assert backlog(known.connection, 10) == []


def test_what_an_index_built_anew_refuses_says_nothing_of_what_a_run_has_written_since(
    known: Record,
) -> None:
    [document] = known.connection.execute(IDS).scalars()
    known.next_night()
    known.fetch("/a")
    known.read("Another text.")
    mark_indexed(known.connection, backlog(known.connection, 10))
    mark_rebuilt(known.connection, 1, {document: "too long"}, ())
    assert count_indexed(known.connection) == 1
    rejected = sa.select(tables.document.c.rejected)
    assert known.connection.execute(rejected).scalar() is None


def test_an_index_that_was_being_built_anew_then_gets_the_new_source(known: Record) -> None:
    again = marked_again(known.connection)
    known.connection.execute(sa.update(tables.document).values(rejected="too long"))
    take_over_renamed(known.connection, {"press": {FEED}})
    mark_rebuilt(known.connection, 10, {}, again)
    assert [document.source for document in backlog(known.connection, 10)] == ["press"]
    assert count_indexed(known.connection) == 1


def test_an_index_that_does_not_hold_the_page_any_more_lacks_it(known: Record) -> None:
    take_over_renamed(known.connection, {"press": {FEED}})
    assert align_with(known.connection, {}) == []
    assert count_indexed(known.connection) == 0
    assert len(backlog(known.connection, 10)) == 1


def test_a_page_that_moves_in_the_same_run_leaves_the_index(known: Record) -> None:
    take_over_renamed(known.connection, {"press": {FEED}})
    ids = known.connection.execute(IDS).scalars().all()
    known.connection.execute(sa.update(tables.document).values(moved_to="0" * 16))
    assert moved_documents(known.connection, 10) == ids


def test_an_index_of_a_store_that_is_not_in_use_is_built_again(known: Record) -> None:
    parked, in_use = begin_epoch(known.connection), begin_epoch(known.connection)
    take_over_renamed(known.connection, {"press": {FEED}})
    assert kinship(known.connection, in_use) is Kinship.CURRENT
    assert kinship(known.connection, parked) is Kinship.AHEAD


def test_what_is_ordered_to_be_forgotten_goes_on_under_no_other_name(known: Record) -> None:
    order = {"kind": "source", "what": "partner", "started": known.now, "counts": {}}
    known.connection.execute(sa.insert(tables.erasure).values(order))
    assert take_over_renamed(known.connection, {"press": {FEED}}) == []
    known.connection.execute(sa.update(tables.erasure).values(finished=known.now))
    assert take_over_renamed(known.connection, {"press": {FEED}}) == [
        Renamed("partner", "press", 1)
    ]


def test_imported_pages_stay_nobodys(known: Record) -> None:
    known.connection.execute(sa.update(tables.address).values(source=IMPORTED))
    assert take_over_renamed(known.connection, {"press": {FEED}}) == []


def test_every_table_with_a_source_is_thought_of() -> None:
    with_source = {table.name for table in metadata.sorted_tables if "source" in table.c}
    assert with_source == {table.name for table in (*OWNED, *KEPT_BY_SOURCE)}
    assert all(table.c.source.primary_key for table in KEPT_BY_SOURCE)
    assert not any(table.c.source.primary_key for table in OWNED)
