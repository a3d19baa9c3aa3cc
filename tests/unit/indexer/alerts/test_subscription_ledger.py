"""The changes of subscriptions, without lines that are none."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from pathlib import Path

from indexer.alerts.subscription_ledger import SubscriptionChange, SubscriptionLedger

OFF = SubscriptionChange("tin", "mailto:a@b.example", "t", "2026-03-02T02:30:00+00:00", ended=True)


def test_the_changes_of_each_the_last_one_first(tmp_path: Path) -> None:
    ledger = SubscriptionLedger(tmp_path / "subscriptions.jsonl")
    assert ledger.histories() == {}
    other = replace(OFF, watch="lead")
    on = replace(other, ended=False)
    ledger.append(OFF, other, on)
    expected = {("lead", OFF.channel): [on, other], ("tin", OFF.channel): [OFF]}
    assert ledger.histories() == expected
    wrong = [{**asdict(OFF), "ended": 1}, {**asdict(OFF), "token": "t" * 44}, {"watch": "tin"}, []]
    with ledger.path.open("a") as file:
        file.writelines(f"{json.dumps(line)}\n" for line in wrong)
    assert ledger.histories() == expected
    assert [line.removeprefix(f"{ledger.path}:") for line in ledger.refused(9)] == [
        "7: no JSON object",
        "6: channel: missing",
        "5: token: more than 43 characters",
        "4: ended: neither true nor false",
    ]
    assert ledger.find("t") == on
    assert ledger.find("tok") is None
    assert ledger.find(OFF.watch) is None
