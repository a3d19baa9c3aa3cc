"""The ledger of accepted messages, and what is read from one that was cut off."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.alerts import ledger_file
from indexer.alerts.sent_ledger import SentLedger, SentMessage


def message(number: int) -> SentMessage:
    told = {"d" * 16: [f"{number:032}"]}
    return SentMessage(
        f"key-{number}", "2026-03-02T02:30:00+00:00", "w", "mailto:a@b.example", told
    )


def test_the_newest_comes_first_however_long_the_ledger(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger_file, "_STEP", 100)
    ledger = SentLedger(tmp_path / "sent.jsonl")
    assert list(ledger.newest_first()) == []
    for number in range(9):
        ledger.append(message(number))
    assert list(ledger.newest_first()) == [message(number) for number in reversed(range(9))]


def test_what_was_cut_off_is_left_out_and_the_next_one_is_whole(tmp_path: Path) -> None:
    ledger = SentLedger(tmp_path / "sent.jsonl")
    ledger.append(message(1))
    ledger.append(message(2))
    ledger.path.write_bytes(ledger.path.read_bytes()[:-9])
    ledger.append(message(3))
    assert list(ledger.newest_first()) == [message(3), message(1)]
