"""What the ledgers beside a database know is taken over, or said to be unreadable."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from indexer.alerts.sent_ledger import SentLedger, SentMessage
from indexer.alerts.subscription_ledger import SubscriptionChange, SubscriptionLedger
from indexer.alerts.subscriptions import ended_subscriptions
from indexer.database.engine import open_database
from radar.configuration.settings import load_settings
from radar.run.known_to_ledgers import take_over

NOW = datetime(2026, 3, 2, 4, 30, tzinfo=UTC)
DESK = "mailto:desk@desk.example"


@pytest.mark.parametrize("name", ["sent.jsonl", "subscriptions.jsonl"])
def test_a_ledger_that_cannot_be_read_is_named_and_the_other_one_counts(
    tmp_path: Path, name: str
) -> None:
    settings = load_settings(None, {"RADAR_HOME": str(tmp_path)})
    engine = open_database(settings.database)
    SentLedger(settings.sent).append(SentMessage("key", NOW.isoformat(), "tin", DESK, {}))
    change = SubscriptionChange("tin", DESK, "token", NOW.isoformat(), ended=True)
    SubscriptionLedger(settings.subscriptions).append(change)
    ledger = tmp_path / name
    kept = ledger.rename(tmp_path / "kept")
    ledger.mkdir()
    with engine.connect() as connection:
        [line] = take_over(connection, settings, 1, NOW)
        assert line.startswith(f"{ledger}: Is a directory; watches tell nothing until")
        entered = {("tin", DESK)} if name == "sent.jsonl" else set()
        assert ended_subscriptions(connection) == entered
        ledger.rmdir()
        kept.rename(ledger)
        assert take_over(connection, settings, 1, NOW) == []
        assert ended_subscriptions(connection) == {("tin", DESK)}
    engine.dispose()
