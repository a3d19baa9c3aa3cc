"""The last change of a subscription counts."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from indexer.alerts.subscription_ledger import SubscriptionChange, SubscriptionLedger

OFF = SubscriptionChange("tin", "mailto:a@b.example", "t", "2026-03-02T02:30:00+00:00", ended=True)


def test_the_last_change_of_each_counts(tmp_path: Path) -> None:
    ledger = SubscriptionLedger(tmp_path / "subscriptions.jsonl")
    assert ledger.ended() == []
    other = replace(OFF, watch="lead")
    ledger.append(OFF, other, replace(other, ended=False))
    assert ledger.ended() == [OFF]
    ledger.path.write_bytes(ledger.path.read_bytes() + b'{"watch": "tin"}\n[]\n')
    assert ledger.ended() == [OFF]
