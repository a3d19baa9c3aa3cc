"""Messages are due once for each moment of their cadence, whatever clocks do."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from indexer.alerts.cadence import DeliveryTerms, check_cadence
from indexer.records.window import Window

ZONE = "Europe/Berlin"


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize("text", ["run", "hourly", "daily", "daily 07:30", "weekly", "weekly sun"])
def test_a_cadence_is_one_phrase(text: str) -> None:
    assert check_cadence(text) == text


@pytest.mark.parametrize("text", ["", "monthly", "daily 7:30", "daily sun", "weekly 07:30 sun"])
def test_what_is_no_cadence_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a cadence"):
        check_cadence(text)


@pytest.mark.parametrize(
    ("cadence", "made", "due"),
    [
        ("hourly", "2026-03-04T08:20", "2026-03-04T09:00"),
        ("daily 07:30", "2026-03-04T05:00", "2026-03-04T06:30"),
        ("daily 07:30", "2026-03-04T06:31", "2026-03-05T06:30"),
        ("weekly", "2026-03-04T05:00", "2026-03-09T06:00"),
        ("weekly wed 06:00", "2026-03-04T05:00", "2026-03-04T05:00"),
        # The night without 02:30, and the one that has it twice: once each.
        ("daily 02:30", "2026-03-28T20:00", "2026-03-29T01:30"),
        ("daily 02:30", "2026-10-24T20:00", "2026-10-25T00:30"),
        ("daily 02:30", "2026-10-25T00:31", "2026-10-26T01:30"),
    ],
)
def test_a_message_is_due_at_the_first_moment_after_it_was_made(
    cadence: str, made: str, due: str
) -> None:
    terms = DeliveryTerms(cadence, ZONE)
    begin, end = utc(made), utc(due)
    moment = begin
    while not terms.is_due(begin, moment):
        moment += timedelta(minutes=1)
    assert moment == end
    if begin < end:
        assert terms.next_moment(begin) == end


def test_a_clock_that_was_ahead_keeps_no_message_back() -> None:
    terms = DeliveryTerms("weekly", ZONE)
    assert terms.is_due(utc("2031-01-01"), utc("2026-03-04T05:00"))


def test_with_every_run_a_message_is_due_though_the_clock_went_back_a_little() -> None:
    """A run that was killed after it had worked a while, and another at the time it began."""
    assert DeliveryTerms().is_due(utc("2026-03-04T05:00:08"), utc("2026-03-04T05:00:02"))


def test_the_next_moment_lies_behind_the_quiet_hours() -> None:
    spans = ("22:00-07:00", "07:00-08:00")
    quiet = tuple(Window.parse(span, ZONE) for span in spans)
    terms = DeliveryTerms("daily 06:00", ZONE, quiet)
    assert terms.is_quiet(utc("2026-03-04T05:00"))
    assert terms.next_moment(utc("2026-03-04T00:00")) == utc("2026-03-04T07:00")
    # The night in which the clocks go back is an hour longer.
    assert terms.next_moment(utc("2026-10-24T21:00")) == utc("2026-10-25T07:00")


def test_quiet_hours_all_day_end_the_search_for_a_moment() -> None:
    quiet = tuple(Window.parse(span, ZONE) for span in ("22:00-10:00", "10:00-22:00"))
    assert DeliveryTerms("run", ZONE, quiet).next_moment(utc("2026-03-04T05:00"))
