"""Lines that were cut off spoil no others."""

from __future__ import annotations

import io
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
    reasons = {
        10: "n: missing",
        9: "no JSON: cut off or damaged",
        8: "n: characters that can't be printed",
        7: "n: more than 2 characters",
        5: "no JSON object",
        4: "no JSON: cut off or damaged",
        2: "n: no text",
    }
    told = [f"{path}:{number}: {reason}" for number, reason in reasons.items()]
    assert ledger_file.refused_lines(path, number_in, most=9) == told
    assert ledger_file.refused_lines(path, number_in, most=2) == told[:2]
    starts = [0, *(n + 1 for n, byte in enumerate(path.read_bytes()) if byte == ord("\n"))]
    assert [record.getMessage() for record in caplog.records] == [
        f"ledger_line_refused {path} at byte {starts[number - 1]}: {reason}"
        for number, reason in reasons.items()
    ]


def test_of_many_refused_lines_the_last_ones_are_logged_and_the_others_counted(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "ledger.jsonl"
    path.write_text("[]\n" * 25)
    assert list(ledger_file.newest_first(path, number_in)) == []
    logged = [record.getMessage() for record in caplog.records]
    assert [len(logged), logged[-1]] == [11, f"ledger_lines_refused {path} 15 more"]


class CountedReads(io.BytesIO):
    """Counts the bytes that are read."""

    taken = 0

    def read(self, size: int | None = -1, /) -> bytes:
        found = super().read(size)
        self.taken += len(found)
        return found


@pytest.mark.parametrize("zeros", [1_000, 50_000])
def test_a_ledger_of_zeros_is_read_once_and_never_held_whole(
    tmp_path: Path, zeros: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger_file, "_STEP", 10)
    monkeypatch.setattr(ledger_file, "_LONGEST", 1_000)
    whole = b'{"n": "1"}\n' + bytes(zeros) + b'\n{"n": "2"}\n'
    file = CountedReads(whole)
    kept = [line.content for line in ledger_file._from_end(file)]
    too_long = zeros > 1_000
    assert kept == [b"", b'{"n": "2"}', None if too_long else bytes(zeros), b'{"n": "1"}']
    assert file.taken == len(whole)
    path = tmp_path / "ledger.jsonl"
    path.write_bytes(whole)
    assert list(ledger_file.newest_first(path, number_in)) == ["2", "1"]
    reason = "longer than 0 MB: damaged" if too_long else "no JSON: cut off or damaged"
    assert ledger_file.refused_lines(path, number_in, most=9) == [f"{path}:2: {reason}"]


def test_lines_with_a_text_are_found_without_the_others(tmp_path: Path) -> None:
    path = tmp_path / "ledger.jsonl"
    assert list(ledger_file.lines_with(path, "7", number_in)) == []
    path.write_text('{"n": "7"}\n{"n": "8"}\n{"n": 7}\n{"n": "17"}\n')
    assert list(ledger_file.lines_with(path, "7", number_in)) == ["17", "7"]
    assert list(ledger_file.lines_with(path, "\ud800", number_in)) == []
    for most, found in ((0, []), (1, ["17"]), (3, ["17"]), (4, ["17", "7"])):
        assert list(ledger_file.lines_with(path, "7", number_in, most)) == found


@pytest.mark.parametrize(
    "said", ["2026-05", "7", "2026-05-04T10:00:00", "0001-01-01T00:00:00+23:00", "soon"]
)
def test_an_instant_has_a_time_zone_and_lies_in_the_calendar(said: str) -> None:
    with pytest.raises(ledger_file.RefusedLine, match="at: "):
        ledger_file.instant_of({"at": said}, "at")
