"""A part of a source goes on as a source of its own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
import sqlalchemy as sa

from indexer.database import tables
from indexer.frontier.backfills import load_progress, save_progress
from indexer.frontier.port import BackfillProgress, Link, UnreadFailure
from indexer.frontier.split_sources import Known, Split, take_over_split
from indexer.records.outcome import Outcome
from tests.unit.indexer.record import HOME, Record, backlog

OTHER = "https://zinn.example"
FEEDS = [f"{HOME}/feed", f"{OTHER}/feed"]


def below(*beginnings: str) -> Callable[[str], bool]:
    """Takes addresses that begin so."""
    return lambda url: url.startswith(beginnings)


WHOLE = {"partner": Known(FEEDS, below(HOME, OTHER))}
SPLIT = {"partner": Known(FEEDS[:1], below(HOME)), "tin": Known(FEEDS[1:], below(OTHER))}


@pytest.fixture
def known(record: Record) -> Record:
    """A source `partner` with two sites, each with a feed, a page that was read and one that
    waits.
    """
    for home in (HOME, OTHER):
        record.ledger.record_discovery("partner", f"{home}/feed", Outcome.FETCHED)
        record.fetch_from(f"{home}/a")
        record.read(f"Text of {home}.")
        record.ledger.add("partner", Link(f"{home}/waits"))
    record.ledger.commit()
    record.run.mark_source_crawled("partner", record.now)
    record.run.end_first_looks(record.now)
    record.connection.execute(sa.update(tables.document).values(indexed=1))
    return record


def owned(record: Record, source: str) -> set[str]:
    """Addresses of all rows of a source, but for past outcomes of lists."""
    visit = sa.select(tables.visit).where(tables.visit.c.kind == "page").subquery()
    found = [
        record.connection.execute(sa.select(table.c.url).where(table.c.source == source)).scalars()
        for table in (tables.address, visit, tables.fetch, tables.document)
    ]
    return {url for rows in found for url in rows}


def keep_poll(record: Record, url: str) -> None:
    """A feed of the source `partner` was polled."""
    polled = {"items": 1, "polled": record.now, "next_due": record.now}
    record.connection.execute(sa.insert(tables.feed).values(url=url, source="partner", **polled))


def due(record: Record, source: str) -> set[str]:
    return {known.url for known in record.ledger.iter_due(source)}


def test_pages_of_its_site_go_to_the_part_that_is_a_source_now(known: Record) -> None:
    assert take_over_split(known.connection, SPLIT) == [Split("partner", "tin", 1)]
    for source, home in (("partner", HOME), ("tin", OTHER)):
        assert owned(known, source) == {f"{home}/{name}" for name in ("feed", "a", "waits")}
    # It is written to the search store again, under its new source.
    assert [document.source for document in backlog(known.connection, 10)] == ["tin"]
    first = sa.select(tables.source.c.id).where(tables.source.c.first_crawled.is_not(None))
    assert set(known.connection.execute(first).scalars()) == {"partner", "tin"}
    assert take_over_split(known.connection, SPLIT) == []
    known.next_night()
    assert due(known, "partner") == {f"{HOME}/a", f"{HOME}/waits"}
    assert due(known, "tin") == {f"{OTHER}/a", f"{OTHER}/waits"}


def test_what_is_kept_of_its_lists_goes_with_them(known: Record) -> None:
    first, further = BackfillProgress(date(2026, 1, 1), None), f"{OTHER}/feed?page=2"
    for url in FEEDS:
        known.ledger.save_unread("partner", url, {f"{url}?page=2": UnreadFailure("HTTP 500")})
        save_progress(known.connection, "partner", url, first)
        keep_poll(known, url)
    assert take_over_split(known.connection, SPLIT) == [Split("partner", "tin", 1)]
    known.next_night(9)
    assert load_progress(known.connection, "tin", FEEDS[1]) == first
    assert load_progress(known.connection, "partner", FEEDS[1]) is None
    assert set(known.ledger.load_unread("tin", FEEDS[1])) == {further}
    for table in (tables.feed, tables.backfill, tables.unread_page):
        rows = known.connection.execute(sa.select(table.c.source)).scalars()
        assert sorted(rows) == ["partner", "tin"]


def test_what_the_new_one_has_of_a_list_by_itself_stays(known: Record) -> None:
    own = BackfillProgress(date(2026, 2, 2), f"{OTHER}/feed?page=3")
    save_progress(known.connection, "partner", FEEDS[1], BackfillProgress(date(2026, 1, 1), None))
    save_progress(known.connection, "tin", FEEDS[1], own)
    take_over_split(known.connection, SPLIT)
    assert load_progress(known.connection, "tin", FEEDS[1]) == own


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (Known(FEEDS, below(HOME)), Known(FEEDS[1:], below(OTHER))),  # it has its feed still
        (Known(FEEDS[:1], below(HOME, OTHER)), Known(FEEDS[1:], below(OTHER))),  # and takes them
        (Known(FEEDS[:1], below(HOME)), Known([f"{OTHER}/list"], below(OTHER))),  # another list
    ],
)
def test_pages_stay_with_who_still_asks_for_them(known: Record, old: Known, new: Known) -> None:
    assert take_over_split(known.connection, {"partner": old, "tin": new}) == []
    assert f"{OTHER}/a" in owned(known, "partner")


def test_a_part_of_one_site_may_go_by_its_addresses(known: Record) -> None:
    """By the patterns of both sources."""
    waits = f"{HOME}/waits"
    configured = {
        "partner": Known(FEEDS[1:], lambda url: url != waits),
        "tin": Known(FEEDS[:1], below(HOME)),
    }
    assert take_over_split(known.connection, configured) == []  # no page of it was read yet
    assert due(known, "tin") == {waits}
    assert f"{HOME}/a" in owned(known, "partner")


def test_what_is_ordered_to_be_forgotten_goes_on_in_no_other_source(known: Record) -> None:
    order = {"kind": "source", "what": "partner", "started": known.now, "counts": {}}
    known.connection.execute(sa.insert(tables.erasure).values(order))
    assert take_over_split(known.connection, SPLIT) == []
    assert f"{OTHER}/a" in owned(known, "partner")


def test_a_source_that_nothing_is_known_of_takes_nothing(known: Record) -> None:
    assert take_over_split(known.connection, WHOLE) == []
    assert take_over_split(known.connection, {}) == []
