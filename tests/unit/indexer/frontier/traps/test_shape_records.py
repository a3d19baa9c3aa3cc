"""Shapes over runs."""

from __future__ import annotations

import pytest

from indexer.frontier.port import Link
from indexer.frontier.traps import shape_records
from indexer.frontier.traps.evidence import FEWEST, Trap
from indexer.frontier.traps.shape_records import ShapeRecords, traps_met
from indexer.records.outcome import Outcome
from tests.unit.indexer.record import HOME, Record

SHAPE = "partner.example/s/{id}"


def address(number: int) -> str:
    return f"{HOME}/s/{number:04}abcd"


def rest(record: Record) -> None:
    shapes = ShapeRecords(record.connection)
    for number in range(FEWEST):
        shapes.record("partner", address(number), ["text"])
    record.connection.commit()


def test_a_shape_is_rested_from_the_next_run_on_and_for_its_source_alone(record: Record) -> None:
    assert record.ledger.rested_shape("partner", address(1)) is None
    rest(record)
    assert record.ledger.rested_shape("partner", address(1)) is None
    record.next_night()
    assert record.ledger.rested_shape("partner", address(99)) == SHAPE
    assert record.ledger.rested_shape("partner", f"{HOME}/s/about") is None
    assert record.ledger.rested_shape("other", address(99)) is None


def test_where_parameters_are_combined_the_wider_shape_rests_the_narrower(record: Record) -> None:
    shapes = ShapeRecords(record.connection)
    for number in range(FEWEST):
        shapes.record("partner", f"{HOME}/k?{'a' if number % 2 else 'b'}={number}", ["text"])
    record.next_night()
    assert record.ledger.rested_shape("partner", f"{HOME}/k?c=1") == "partner.example/k?*"


def test_so_many_addresses_of_a_rested_shape_are_kept(
    record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shape_records, "KEPT", 3)
    rest(record)
    record.next_night()
    for number in range(100, 110):
        record.ledger.add("partner", Link(address(number)))
    assert len(record.due()) == 3
    # Each run that finds it tells of it; one that finds nothing of it does not.
    record.ledger.record_left_out("partner", SHAPE, 7)
    assert traps_met(record.connection, "partner", record.run.id) == [Trap(SHAPE, 7)]
    assert traps_met(record.connection, "partner", record.run.id + 1) == []


def test_what_waits_is_given_by_turns_the_oldest_first(record: Record) -> None:
    for path in ("/s/0001abcd", "/s/0002abcd", "/s/0003abcd", "/news/one-two"):
        record.ledger.add("partner", Link(HOME + path))
    record.next_night()
    record.ledger.add("partner", Link(f"{HOME}/news/new-today"))
    waiting = [url.removeprefix(HOME) for url in record.ledger.iter_waiting("partner")]
    assert waiting == ["/news/one-two", "/s/0001abcd", "/s/0002abcd", "/s/0003abcd"]


def test_addresses_that_lead_to_one_page_repeat_themselves_too(record: Record) -> None:
    for number in range(FEWEST):
        url, reason = address(number), f"redirects to {HOME}/start"
        record.ledger.record_outcome("partner", url, Outcome.DUPLICATE, reason, status=302)
    record.next_night()
    assert record.ledger.rested_shape("partner", address(99)) == SHAPE
