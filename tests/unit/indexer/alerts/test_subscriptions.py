"""An address takes itself off with the token of its mails."""

from __future__ import annotations

from indexer.alerts.subscriptions import (
    ALL,
    end_subscription,
    ended_subscriptions,
    find_subscription,
    renew_subscription,
    token_of,
)
from tests.unit.indexer.record import Record

DESK = "mailto:desk@desk.example"


def test_a_token_stays_and_belongs_to_one_address_and_watch(record: Record) -> None:
    token = token_of(record.connection, "tin", DESK)
    assert token_of(record.connection, "tin", DESK) == token
    assert len({token, token_of(record.connection, ALL, DESK)}) == 2
    found = find_subscription(record.connection, token)
    assert found is not None
    assert (found.watch, found.channel, found.ended) == ("tin", DESK, None)
    assert find_subscription(record.connection, "other") is None


def test_what_is_ended_stays_so_until_it_is_renewed(record: Record) -> None:
    token = token_of(record.connection, "tin", DESK)
    assert end_subscription(record.connection, token, record.now)
    assert end_subscription(record.connection, token, record.now)
    assert not end_subscription(record.connection, "other", record.now)
    assert ended_subscriptions(record.connection) == {("tin", DESK)}
    assert token_of(record.connection, "tin", DESK) == token
    assert not renew_subscription(record.connection, "lead", DESK)
    assert renew_subscription(record.connection, "tin", DESK)
    assert ended_subscriptions(record.connection) == frozenset()
