"""An address takes itself off with the token of its mails."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from indexer.alerts.subscription_ledger import SubscriptionChange, SubscriptionLedger
from indexer.alerts.subscriptions import (
    ALL,
    Subscription,
    catch_up_subscriptions,
    end_subscription,
    ended_subscriptions,
    find_subscription,
    renew_subscription,
    token_of,
)
from indexer.database import tables
from tests.unit.indexer.record import Record

DESK = "mailto:desk@desk.example"


@pytest.fixture
def ledger(tmp_path: Path) -> SubscriptionLedger:
    return SubscriptionLedger(tmp_path / "subscriptions.jsonl")


def test_a_token_stays_and_belongs_to_one_address_and_watch(
    record: Record, ledger: SubscriptionLedger
) -> None:
    token = token_of(record.connection, ledger, "tin", DESK, record.now)
    assert token_of(record.connection, ledger, "tin", DESK, record.now) == token
    assert len({token, token_of(record.connection, ledger, ALL, DESK, record.now)}) == 2
    found = find_subscription(record.connection, ledger, token)
    assert found is not None
    assert (found.watch, found.channel, found.ended) == ("tin", DESK, None)
    assert find_subscription(record.connection, ledger, "other") is None


def test_what_is_ended_stays_so_until_it_is_renewed(
    record: Record, ledger: SubscriptionLedger
) -> None:
    connection, now = record.connection, record.now
    token = token_of(connection, ledger, "tin", DESK, now)
    assert end_subscription(connection, ledger, token, now)
    assert end_subscription(connection, ledger, token, now)
    assert not end_subscription(connection, ledger, "other", now)
    assert ended_subscriptions(connection) == {("tin", DESK)}
    assert token_of(connection, ledger, "tin", DESK, now) == token
    assert not renew_subscription(connection, ledger, "lead", DESK, now)
    assert renew_subscription(connection, ledger, "tin", DESK, now)
    assert ended_subscriptions(connection) == frozenset()
    assert len(ledger.path.read_text().splitlines()) == 3


def test_an_earlier_state_of_the_database_is_told_who_took_himself_off(
    record: Record, ledger: SubscriptionLedger
) -> None:
    connection, now = record.connection, record.now
    tokens = {
        watch: token_of(connection, ledger, watch, DESK, now) for watch in ("tin", "lead", "zinc")
    }
    for watch in ("tin", "lead", "zinc"):
        assert end_subscription(connection, ledger, tokens[watch], now)
    assert renew_subscription(connection, ledger, "lead", DESK, now)
    assert catch_up_subscriptions(connection, ledger) == 0
    # From before the end of one, and from before the first mail of the others.
    ended = tables.subscription.c
    connection.execute(
        sa.update(tables.subscription).where(ended.watch == "tin").values(ended=None)
    )
    connection.execute(sa.delete(tables.subscription).where(ended.watch != "tin"))
    assert catch_up_subscriptions(connection, ledger) == 3
    assert find_subscription(connection, ledger, tokens["lead"]) == Subscription("lead", DESK, None)
    assert ended_subscriptions(connection) == {("tin", DESK), ("zinc", DESK)}
    assert token_of(connection, ledger, "zinc", DESK, now) == tokens["zinc"]
    assert catch_up_subscriptions(connection, ledger) == 0


def test_without_its_ledger_an_end_counts_and_a_renewal_does_not(
    record: Record, tmp_path: Path
) -> None:
    ledger = SubscriptionLedger(tmp_path / "gone" / "subscriptions.jsonl")
    token = token_of(record.connection, ledger, "tin", DESK, record.now)
    assert end_subscription(record.connection, ledger, token, record.now)
    with pytest.raises(OSError, match="No such file"):
        renew_subscription(record.connection, ledger, "tin", DESK, record.now)
    assert ended_subscriptions(record.connection) == {("tin", DESK)}


def test_an_earlier_state_of_the_database_is_told_who_asked_for_mails_again(
    record: Record, ledger: SubscriptionLedger
) -> None:
    connection, now = record.connection, record.now
    token = token_of(connection, ledger, "tin", DESK, now)
    assert end_subscription(connection, ledger, token, now)
    assert renew_subscription(connection, ledger, "tin", DESK, now + timedelta(hours=1))
    put_back = sa.update(tables.subscription)
    connection.execute(put_back.values(ended=now, changed=now))
    assert catch_up_subscriptions(connection, ledger) == 1
    assert ended_subscriptions(connection) == frozenset()
    # An end after that which could not be written down.
    later = now + timedelta(hours=2)
    connection.execute(put_back.values(ended=later, changed=later))
    assert catch_up_subscriptions(connection, ledger) == 0
    assert ended_subscriptions(connection) == {("tin", DESK)}


def test_a_token_that_stands_twice_in_the_ledger_is_entered_once(
    record: Record, ledger: SubscriptionLedger
) -> None:
    for watch in ("tin", "lead"):
        at = record.now.isoformat()
        ledger.append(SubscriptionChange(watch, DESK, "t", at, ended=False))
    assert catch_up_subscriptions(record.connection, ledger) == 1


@pytest.mark.parametrize("damaged", [b"", b"{}", b"\0" * 99])
def test_a_damaged_renewal_takes_nobody_off(
    record: Record, ledger: SubscriptionLedger, damaged: bytes
) -> None:
    connection, now = record.connection, record.now
    token = token_of(connection, ledger, "tin", DESK, now)
    end_subscription(connection, ledger, token, now + timedelta(hours=1))
    renew_subscription(connection, ledger, "tin", DESK, now + timedelta(hours=2))
    made, ended, _renewed = ledger.path.read_bytes().splitlines()
    ledger.path.write_bytes(b"\n".join([made, ended, damaged, b""]))
    assert catch_up_subscriptions(connection, ledger) == 0
    assert ended_subscriptions(connection) == frozenset()
    # A database that was put back knows only what can be read.
    connection.execute(sa.update(tables.subscription).values(changed=now))
    assert catch_up_subscriptions(connection, ledger) == 1
    assert ended_subscriptions(connection) == {("tin", DESK)}


def test_the_order_of_the_ledger_counts_where_a_clock_was_set_back(
    record: Record, ledger: SubscriptionLedger
) -> None:
    connection, now = record.connection, record.now
    token = token_of(connection, ledger, "tin", DESK, now)
    end_subscription(connection, ledger, token, now - timedelta(hours=1))
    assert catch_up_subscriptions(connection, ledger) == 0
    put_back = sa.update(tables.subscription).values(ended=None, changed=now)
    connection.execute(put_back)
    assert catch_up_subscriptions(connection, ledger) == 1
    assert ended_subscriptions(connection) == {("tin", DESK)}


def test_the_database_of_an_earlier_version_takes_the_last_change(
    record: Record, ledger: SubscriptionLedger
) -> None:
    connection, now = record.connection, record.now
    token = token_of(connection, ledger, "tin", DESK, now)
    connection.execute(sa.update(tables.subscription).values(changed=None))
    assert catch_up_subscriptions(connection, ledger) == 0
    end_subscription(connection, ledger, token, now + timedelta(hours=1))
    connection.execute(sa.update(tables.subscription).values(ended=None, changed=None))
    assert catch_up_subscriptions(connection, ledger) == 1
    assert ended_subscriptions(connection) == {("tin", DESK)}


def test_every_token_that_was_in_a_mail_opens_the_same(
    record: Record, ledger: SubscriptionLedger
) -> None:
    """The database was put back, a mail was written without the ledger, and both came together."""
    connection, now = record.connection, record.now
    first = token_of(connection, ledger, "tin", DESK, now)
    older = ledger.path.read_bytes()
    ledger.path.unlink()
    connection.execute(sa.delete(tables.subscription))
    second = token_of(connection, ledger, "tin", DESK, now + timedelta(hours=1))
    ledger.path.write_bytes(older + ledger.path.read_bytes())
    assert find_subscription(connection, ledger, first) == Subscription("tin", DESK, None)
    assert end_subscription(connection, ledger, first, now + timedelta(hours=2))
    assert ended_subscriptions(connection) == {("tin", DESK)}
    ended = find_subscription(connection, ledger, second)
    assert ended is not None
    assert ended.ended == now + timedelta(hours=2)
    # Put back to before the first mail, both still open it.
    connection.execute(sa.delete(tables.subscription))
    assert [find_subscription(connection, ledger, t) for t in (second, first)] == [ended, ended]


def test_a_ledger_that_cannot_be_written_is_told_to_who_sends(
    record: Record, tmp_path: Path
) -> None:
    ledger, told = SubscriptionLedger(tmp_path), list[OSError]()
    token = token_of(record.connection, ledger, "tin", DESK, record.now, unwritten=told.append)
    assert (
        token_of(record.connection, ledger, "tin", DESK, record.now, unwritten=told.append) == token
    )
    assert [type(error) for error in told] == [IsADirectoryError]
