"""Addresses, fetches and outcomes over several nights."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest

from indexer.outcome import Outcome
from tests.unit.indexer.record import HOME, Seen


def test_discovered_addresses_stay_due_until_they_are_asked_for(record):
    record.ledger.see("partner", Seen(f"{HOME}/a"))
    record.next_night()
    assert record.due() == ["/a"]


def test_never_fetched_addresses_come_first_and_the_newest_of_them_before_all(record):
    record.fetch("/old")
    record.read("text")
    record.next_night()
    record.ledger.see("partner", Seen(f"{HOME}/a", published="2026-01-01"))
    record.ledger.see("partner", Seen(f"{HOME}/b", published="2026-02-01"))
    record.ledger.see("partner", Seen(f"{HOME}/c"))
    assert record.due() == ["/b", "/a", "/c", "/old"]


def test_a_page_found_unchanged_is_asked_for_less_and_less(record):
    asked = []
    record.fetch("/a")
    record.read("text")
    for night in range(1, 40):
        record.next_night()
        if "/a" in record.due():
            asked.append(night)
            record.ended("/a", Outcome.NOT_MODIFIED, status=304)
    gaps = [after - before for before, after in pairwise(asked)]
    assert asked[0] == 1
    assert gaps == sorted(gaps)
    assert gaps[-1] >= 5


def test_a_lastmod_newer_than_the_last_fetch_makes_a_page_due_at_once(record):
    record.fetch("/a")
    record.read("text")
    record.now += timedelta(hours=2)
    assert record.due() == []
    record.ledger.see("partner", Seen(f"{HOME}/a", lastmod=record.now))
    record.begin()
    assert record.due() == ["/a"]


def test_an_older_lastmod_changes_nothing(record):
    record.fetch("/a")
    record.read("text")
    record.ledger.see("partner", Seen(f"{HOME}/a", lastmod=record.now - timedelta(days=9)))
    record.begin()
    assert record.due() == []


def test_all_asks_for_every_known_page_again(record):
    record.fetch("/a")
    record.read("text")
    record.begin(everything=True)
    assert record.due() == ["/a"]


def test_the_second_404_of_a_known_page_is_gone(record):
    record.fetch("/a")
    record.read("text")
    record.next_night()
    record.ended("/a", Outcome.HTTP_ERROR, status=404)
    assert record.outcomes() == {"http-error": 1}
    record.next_night()
    record.ended("/a", Outcome.HTTP_ERROR, status=404)
    assert record.outcomes() == {"gone": 1}


def test_404_of_a_page_that_was_never_read_is_an_error_each_time(record):
    record.ended("/a", Outcome.HTTP_ERROR, status=404)
    record.next_night()
    record.ended("/a", Outcome.HTTP_ERROR, status=404)
    assert record.outcomes() == {"http-error": 1}


def test_a_good_answer_between_two_404_begins_anew(record):
    record.fetch("/a")
    record.read("text")
    record.next_night()
    record.ended("/a", Outcome.HTTP_ERROR, status=404)
    record.next_night()
    record.fetch("/a")
    record.read("text")
    record.next_night()
    record.ended("/a", Outcome.HTTP_ERROR, status=404)
    assert record.outcomes() == {"http-error": 1}


@pytest.mark.parametrize("outcome", [Outcome.UNREACHABLE, Outcome.TIMED_OUT])
def test_what_was_not_reached_is_due_in_the_next_run(record, outcome):
    record.ended("/a", outcome)
    record.begin()
    assert record.due() == ["/a"]


def test_an_address_with_an_outcome_is_not_asked_for_twice_in_a_run(record):
    record.ended("/a", Outcome.UNREACHABLE)
    assert record.ledger.counted(f"{HOME}/a")
    assert record.due() == []


def test_what_an_interrupted_run_fetched_is_counted_by_the_next_one(record):
    record.fetch("/a")
    record.begin()
    assert record.ledger.counted(f"{HOME}/a")
    assert record.read("text") == [Outcome.NEW]
    assert record.outcomes() == {"new": 1}


def test_discovery_is_counted_apart_and_keeps_validators(record):
    url = f"{HOME}/feed"
    record.ledger.discovery_asked("partner", url, Outcome.FETCHED, None, validators={"etag": "x"})
    record.ledger.commit()
    assert record.outcomes() == {}
    assert record.run.outcomes("discovery") == {"partner": {"fetched": 1}}
    assert record.ledger.row(url).etag == "x"


def test_a_page_that_is_also_a_listing_has_one_outcome_of_each_kind(record):
    record.ledger.discovery_asked("partner", f"{HOME}/a", Outcome.FETCHED, None, validators={})
    record.fetch("/a")
    assert record.outcomes() == {"fetched": 1}
    assert record.run.outcomes("discovery") == {"partner": {"fetched": 1}}


def test_the_archive_ends_where_the_last_commit_said(record):
    assert record.ledger.committed_end("a.warc.gz") == 0
    record.fetch("/a")
    record.ledger.page_ended(
        "partner", f"{HOME}/b", Outcome.HTTP_ERROR, None, status=500, archived=("a.warc.gz", 99)
    )
    assert record.ledger.committed_end("a.warc.gz") == 99


def test_discovery_of_an_earlier_run_stays_there(record):
    record.ledger.discovery_asked("partner", f"{HOME}/feed", Outcome.FETCHED, None, validators={})
    record.next_night()
    assert record.run.outcomes("discovery") == {}


def test_a_position_told_late_takes_back_nothing(record):
    for end in (99, 10):
        record.ledger.page_ended(
            "partner", f"{HOME}/{end}", Outcome.HTTP_ERROR, None, status=500, archived=("a", end)
        )
    assert record.ledger.committed_end("a") == 99
