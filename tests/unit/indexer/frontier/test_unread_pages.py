"""Pages of lists that fail night after night."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa

from indexer.database import tables
from indexer.frontier.port import NO_LIST, UnreadFailure
from indexer.health.health_record import assess_health, load_health
from indexer.records.outcome import Outcome
from tests.unit.indexer.record import HOME, Record, response_of

LIST, PART, FRONT = f"{HOME}/news", f"{HOME}/news/2024", f"{HOME}/en/"
ERROR = UnreadFailure("status 500")


def fail(record: Record, url: str = PART, failure: UnreadFailure = ERROR) -> None:
    record.ledger.save_unread("partner", LIST, {url: failure})


def health(record: Record) -> tuple[str, str | None]:
    record.run.record_source("partner", "ok", None, record.now, links=9)
    assess_health(record.connection, {"partner": [LIST]}, record.now)
    kept = load_health(record.connection)["partner"]
    return kept.state, kept.reason


def test_each_failure_doubles_the_pause_up_to_a_month(record: Record) -> None:
    tried = []
    for night in range(120):
        page = record.ledger.load_unread("partner", LIST).get(PART)
        if page is None or page.is_due:
            fail(record)
            tried.append(night)
        record.next_night()
    # 20 hours and their multiples, rounded up to nights
    assert tried == [0, 1, 3, 7, 14, 28, 55, 82, 109]
    assert record.ledger.load_unread("partner", LIST)[PART].failures == len(tried)
    record.next_night(0, everything=True)
    assert record.ledger.load_unread("partner", LIST)[PART].is_due


def test_a_page_for_which_there_was_no_time_has_not_failed(record: Record) -> None:
    fail(record, failure=UnreadFailure("no time was left", requested=False))
    page = record.ledger.load_unread("partner", LIST)[PART]
    assert (page.failures, page.is_due) == (0, True)
    assert health(record) == ("ok", None)
    fail(record)
    fail(record, failure=UnreadFailure("no time was left", requested=False))
    page = record.ledger.load_unread("partner", LIST)[PART]
    assert (page.failures, page.is_due) == (1, True)


def test_a_clock_that_was_ahead_keeps_no_page_waiting(record: Record) -> None:
    record.now += timedelta(days=3650)
    fail(record)
    record.next_night(-3650)
    assert record.ledger.load_unread("partner", LIST)[PART].is_due


def test_the_health_of_the_source_tells_what_fails_until_it_answers(record: Record) -> None:
    first = record.now.date()
    fail(record)
    record.next_night()
    fail(record)
    fail(record, FRONT)
    state, reason = health(record)
    again = (record.now + timedelta(hours=40)).date()
    assert state == "degraded"
    assert reason == (
        f"{PART}: status 500; failed 2 times in a row since {first}, tried again on {again} "
        "(and 1 more page of lists)"
    )
    record.next_night()  # it waits, and is told all the same
    assert health(record)[0] == "degraded"
    record.ledger.delete_unread("partner", LIST, [PART, FRONT])
    assert health(record) == ("ok", None)


def test_of_a_list_that_is_read_no_more_nothing_is_told(record: Record) -> None:
    fail(record)
    record.next_night(2)
    assert health(record) == ("ok", None)


def test_what_a_menu_leads_to_and_is_no_list_has_not_failed(record: Record) -> None:
    fail(record, failure=UnreadFailure(NO_LIST))
    assert health(record) == ("ok", None)
    assert not record.ledger.load_unread("partner", LIST)[PART].is_due


def test_a_list_is_read_whole_after_its_last_unread_page(record: Record) -> None:
    answer = response_of(LIST, {}, record.now)
    record.ledger.record_discovery("partner", LIST, Outcome.FETCHED, response=answer)
    fail(record)
    fail(record, FRONT)
    record.ledger.delete_unread("partner", LIST, [PART])
    known = record.ledger.find("partner", LIST)
    assert known is not None
    assert not known.whole
    record.ledger.delete_unread("partner", LIST, [FRONT])
    record.ledger.record_discovery("partner", LIST, Outcome.FETCHED, response=answer)
    record.next_night()
    known = record.ledger.find("partner", LIST)
    assert known is not None
    assert known.whole
    assert record.connection.execute(sa.select(tables.unread_page)).all() == []
