"""What is asked of the outbox for each message: months of messages do not slow a delivery."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from indexer.alerts.attempts import record_accepted
from indexer.alerts.cadence import DeliveryTerms
from indexer.alerts.envelopes import pending_envelopes
from indexer.alerts.notices import missing_notices
from indexer.alerts.outbox import count_sent, join_waiting, remove_past_messages
from tests.unit.indexer.alerts.test_matching import WATCH, match
from tests.unit.indexer.record import Record

CHANNEL = WATCH.channels[1]


def accept(record: Record) -> None:
    envelopes = [*pending_envelopes(record.connection, record.run.id, record.now)]
    record_accepted(record.connection, envelopes, record.now)


def count(record: Record) -> None:
    count_sent(record.connection, CHANNEL, record.now - timedelta(hours=1), record.now)


def notice(record: Record) -> None:
    terms = DeliveryTerms(cadence="daily", combined=True, report_nothing=True)
    later = record.now + timedelta(days=3)
    assert list(missing_notices(record.connection, {(WATCH.id, "sms:1"): terms}, later))


def join(record: Record) -> None:
    join_waiting(record.connection, WATCH.id, CHANNEL, [1])


def remove_past(record: Record) -> None:
    remove_past_messages(record.connection, record.now)


@pytest.mark.parametrize("ask", [accept, count, notice, join, remove_past])
def test_messages_are_looked_up_by_an_index(record: Record, ask: Callable[[Record], None]) -> None:
    match(record, WATCH)
    record.fetch("/a")
    record.read("Ein Clusterplan.")
    assert match(record, WATCH) == 1
    with record.statements() as asked:
        ask(record)
    plans = [
        row.detail
        for statement, parameters in asked
        if "outbox" in statement and not statement.startswith("INSERT")
        for row in record.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
    ]
    assert plans
    assert [plan for plan in plans if plan.startswith("SCAN outbox")] == []
