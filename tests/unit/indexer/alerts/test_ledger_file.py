"""Lines that were cut off spoil no others."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.alerts import ledger_file


def test_lines_come_the_newest_first_without_what_was_cut_off(tmp_path: Path) -> None:
    path = tmp_path / "ledger.jsonl"
    assert list(ledger_file.newest_first(path, dict)) == []
    ledger_file.append(path, [{"n": 1}, {"n": 2}])
    path.write_bytes(path.read_bytes()[:-3])
    ledger_file.append(path, [{"n": 3}])
    assert list(ledger_file.newest_first(path, dict)) == [{"n": 3}, {"n": 1}]


def number_in(line: object) -> str:
    return ledger_file.text_of(line, "n", longest=2)


@pytest.mark.parametrize("step", [1, 7, 1 << 16])
def test_a_refused_line_is_told_by_its_number_and_the_others_count(
    tmp_path: Path,
    step: int,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(ledger_file, "_STEP", step)
    path = tmp_path / "ledger.jsonl"
    lines = ['{"n": "1"}', '{"n": 2}', "", '{"n": "3"', '"n"', '{"n": "6"}', '{"n": "seven"}']
    path.write_text("\n".join([*lines, '{"n": "\\u0000"}', "[" * 9_000, "{}"]))
    assert list(ledger_file.newest_first(path, number_in)) == ["6", "1"]
    told = [
        f"{path}:10: n: missing",
        f"{path}:9: no JSON: cut off or damaged",
        f"{path}:8: n: characters that can't be printed",
        f"{path}:7: n: more than 2 characters",
        f"{path}:5: no JSON object",
        f"{path}:4: no JSON: cut off or damaged",
        f"{path}:2: n: no text",
    ]
    assert list(ledger_file.refused_lines(path, number_in)) == told
    assert [record.getMessage() for record in caplog.records] == [
        f"ledger_line_refused {line}" for line in told
    ]


def test_of_many_refused_lines_the_last_ones_are_logged_and_the_others_counted(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "ledger.jsonl"
    path.write_text("[]\n" * 25)
    assert list(ledger_file.newest_first(path, number_in)) == []
    logged = [record.getMessage() for record in caplog.records]
    assert [len(logged), logged[-1]] == [11, f"ledger_lines_refused {path} 15 more"]


@pytest.mark.parametrize(
    "said", ["2026-05", "7", "2026-05-04T10:00:00", "0001-01-01T00:00:00+23:00", "soon"]
)
def test_an_instant_has_a_time_zone_and_lies_in_the_calendar(said: str) -> None:
    with pytest.raises(ledger_file.RefusedLine, match="at: "):
        ledger_file.instant_of({"at": said}, "at")
