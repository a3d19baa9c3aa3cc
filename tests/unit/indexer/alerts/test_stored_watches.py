"""Watches in the database: they start when they are made, and go on when they are changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import sqlalchemy as sa

from indexer.alerts.stored_watches import (
    add_watch,
    change_watch,
    free_id,
    locked_watch,
    remove_watch,
    stored_watches,
)
from indexer.alerts.watches import sync_watches
from indexer.database import tables
from tests.unit.indexer.alerts.test_matching import WATCH, match
from tests.unit.indexer.record import Record

DAYS = replace(WATCH, id="days", report_days=3)


def found(record: Record, watch: str) -> list[str]:
    query = (
        sa.select(tables.document.c.url)
        .join(tables.match, tables.match.c.document == tables.document.c.id)
        .where(tables.match.c.watch == watch)
    )
    return sorted(url[-2:] for url in record.connection.execute(query).scalars())


def test_a_watch_comes_back_as_it_was_kept(record: Record) -> None:
    watch = replace(WATCH, cadence="daily 07:00", quiet="22:00-06:00", report_nothing=True)
    add_watch(record.connection, watch, record.now, "desk")
    (kept,) = stored_watches(record.connection)
    assert (kept.watch, kept.author, kept.created) == (watch, "desk", record.now)
    later = record.now + timedelta(hours=1)
    change_watch(record.connection, replace(watch, name="Other"), later, None)
    (kept,) = stored_watches(record.connection)
    assert (kept.watch.name, kept.changed, kept.author) == ("Other", later, None)
    assert locked_watch(record.connection, watch.id) == replace(watch, name="Other")
    assert locked_watch(record.connection, "none") is None


def test_a_watch_that_is_made_while_a_run_reads_the_others_goes_on(record: Record) -> None:
    add_watch(record.connection, WATCH, record.now, None)
    sync_watches(record.connection, [], record.now)
    record.fetch("/a")
    record.read("Ein Clusterplan.")
    assert match(record, WATCH) == 1


def test_a_watch_whose_file_is_mistaken_for_some_days_misses_nothing(record: Record) -> None:
    sync_watches(record.connection, [WATCH, DAYS], record.now)
    sync_watches(record.connection, [DAYS], record.now, all_known=False)
    record.fetch("/a")
    record.read("Ein Clusterplan.")
    assert match(record, WATCH) == 1
    sync_watches(record.connection, [DAYS], record.now)
    record.next_night()
    record.fetch("/b")
    record.read("Ein anderer Clusterplan.")
    assert match(record, WATCH) == 0  # removed: it begins anew


def test_a_new_watch_starts_now_or_reports_the_last_days_once(record: Record) -> None:
    for number in range(3):
        record.fetch(f"/{number}")
        record.read(f"Ein Clusterplan in Halde {number}.")
        record.next_night(days=2)
    add_watch(record.connection, WATCH, record.now, None)
    add_watch(record.connection, DAYS, record.now, None)
    record.fetch("/9")
    record.read("Ein Clusterplan für alle.")
    assert match(record, WATCH, DAYS) == 3
    assert (found(record, WATCH.id), found(record, DAYS.id)) == (["/9"], ["/2", "/9"])
    record.next_night()
    assert match(record, WATCH, DAYS) == 0


def test_a_watch_that_is_removed_and_made_again_starts_again(record: Record) -> None:
    add_watch(record.connection, WATCH, record.now, None)
    assert remove_watch(record.connection, WATCH.id, record.now)
    assert not remove_watch(record.connection, WATCH.id, record.now)
    record.fetch("/a")
    record.read("Ein Clusterplan.")
    add_watch(record.connection, WATCH, record.now, None)
    assert match(record, WATCH) == 0


def test_a_change_of_the_query_counts_from_then_on(record: Record) -> None:
    add_watch(record.connection, replace(WATCH, query="Nichts"), record.now, None)
    record.fetch("/a")
    record.read("Ein Clusterplan.")
    assert match(record, replace(WATCH, query="Nichts")) == 0
    change_watch(record.connection, WATCH, record.now, None)
    record.next_night()
    assert match(record, WATCH) == 0
    record.fetch("/b")
    record.read("Ein anderer Clusterplan.")
    assert match(record, WATCH) == 1


def test_an_id_is_made_from_the_name_and_never_used_twice(record: Record) -> None:
    assert free_id(record.connection, "Zinn & Übersee", ()) == "zinn-ubersee"
    assert free_id(record.connection, "Олово и медь", ()) == "olovo-i-med"
    assert free_id(record.connection, "锡", ()) == "watch"
    assert free_id(record.connection, "Tin", {"tin", "tin-2"}) == "tin-3"
    add_watch(record.connection, replace(WATCH, id="tin"), record.now, None)
    sync_watches(record.connection, (), record.now)
    assert free_id(record.connection, "Tin", ()) == "tin-2"
    assert len(free_id(record.connection, "x" * 200, ())) <= 64
