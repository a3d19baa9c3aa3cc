"""The ledger of accepted messages, and what is read from one that was cut off."""

from __future__ import annotations

import json
from dataclasses import asdict
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


def test_a_line_of_the_first_ledgers_has_no_instant_and_is_of_long_ago(tmp_path: Path) -> None:
    ledger = SentLedger(tmp_path / "sent.jsonl")
    line = asdict(message(1))
    del line["at"]
    ledger.path.write_text(json.dumps(line) + "\n", "utf-8")
    assert [sent.at[:4] for sent in ledger.newest_first()] == ["1970"]
    assert ledger.refused(9) == []


def test_what_was_cut_off_is_left_out_and_the_next_one_is_whole(tmp_path: Path) -> None:
    ledger = SentLedger(tmp_path / "sent.jsonl")
    ledger.append(message(1))
    ledger.append(message(2))
    ledger.path.write_bytes(ledger.path.read_bytes()[:-9])
    ledger.append(message(3))
    assert list(ledger.newest_first()) == [message(3), message(1)]


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"key": 7}, "key: no text"),
        ({"key": "k" * 37}, "key: more than 36 characters"),
        ({"at": 7}, "at: no text"),
        ({"at": "2026-03-02"}, "at: without time zone"),
        ({"watch": ["w"]}, "watch: no text"),
        ({"channel": None}, "channel: no text"),
        ({"told": []}, "told: no JSON object"),
        ({"told": {"d": "k"}}, "told: d: no list"),
        ({"told": {"d": [7]}}, "key: no text"),
        ({"told": {"d" * 17: ["k"]}}, "document: more than 16 characters"),
    ],
)
def test_a_line_of_wrong_types_is_refused_and_the_others_count(
    tmp_path: Path, wrong: dict[str, object], reason: str
) -> None:
    ledger = SentLedger(tmp_path / "sent.jsonl")
    ledger.append(message(1))
    with ledger.path.open("a") as file:
        file.write(json.dumps({**asdict(message(2)), **wrong}) + "\n")
    ledger.append(message(3))
    assert list(ledger.newest_first()) == [message(3), message(1)]
    assert ledger.refused(9) == [f"{ledger.path}:2: {reason}"]
