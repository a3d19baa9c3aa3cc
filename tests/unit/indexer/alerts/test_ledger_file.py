"""Lines that were cut off spoil no others."""

from __future__ import annotations

from pathlib import Path

from indexer.alerts import ledger_file


def test_lines_come_the_newest_first_without_what_was_cut_off(tmp_path: Path) -> None:
    path = tmp_path / "ledger.jsonl"
    assert list(ledger_file.newest_first(path)) == []
    ledger_file.append(path, [{"n": 1}, {"n": 2}])
    path.write_bytes(path.read_bytes()[:-3])
    ledger_file.append(path, [{"n": 3}])
    assert list(ledger_file.newest_first(path)) == [{"n": 3}, {"n": 1}]
