from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from search_api.access import audit
from search_api.access.audit import AuditEntry, AuditLog

NOW = datetime(2026, 3, 2, 3, 15, tzinfo=UTC)
DONE = AuditEntry("desk", "203.0.113.9", "POST", "/logout", 303, "logged-out")


def refusal(path: str = "/") -> AuditEntry:
    return AuditEntry(None, "203.0.113.9", "GET", path, 401, "key-required", refused=True)


def lines(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "audit.jsonl").read_text().splitlines()]


def test_a_line_says_who_did_what_from_where(tmp_path: Path) -> None:
    AuditLog(tmp_path / "log", lambda: NOW).write(DONE)
    assert lines(tmp_path / "log") == [
        {
            "time": "2026-03-02T03:15:00.000Z",
            "who": "desk",
            "address": "203.0.113.9",
            "method": "POST",
            "path": "/logout",
            "status": 303,
            "result": "logged-out",
        }
    ]
    assert (tmp_path / "log" / "audit.jsonl").stat().st_mode & 0o077 == 0


def test_a_flood_of_refusals_is_counted_and_pushes_nothing_out(tmp_path: Path) -> None:
    log = AuditLog(tmp_path)
    for _ in range(audit.REFUSALS.burst + 50):
        log.write(refusal("/x\n" * 1000))
    log.write(DONE)
    found = lines(tmp_path)
    assert len(found) == audit.REFUSALS.burst + 1
    assert found[-1]["refusals_left_out"] == 50
    assert max(len(line["path"]) for line in found) == audit.LONGEST


def test_large_files_are_put_aside_and_the_oldest_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit, "LARGEST", 10)
    log = AuditLog(tmp_path)
    for _ in range(audit.KEPT + 4):
        log.write(DONE)
    kept = sorted(path.name for path in tmp_path.iterdir())
    assert kept == ["audit.jsonl", *(f"audit.jsonl.{n}" for n in range(1, audit.KEPT + 1))]


def test_what_can_t_be_written_is_logged(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "log").write_text("a file, not a folder")
    AuditLog(tmp_path / "log").write(DONE)
    assert "audit_not_written" in caplog.text
    assert '"who": "desk"' in caplog.text
