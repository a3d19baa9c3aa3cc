"""What docs/security.md names exists, and its limits are those of the code."""

from __future__ import annotations

import re

from indexer.access import sessions
from radar.service import http_server
from search_api.access import audit, gate
from search_api.access.rules import AccessRules
from tests.e2e.world import ROOT

PAGE = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")


def test_the_tests_that_it_names_exist() -> None:
    rows = [line for line in PAGE.splitlines() if line.startswith("|") and "`tests/" in line]
    assert rows
    for row in rows:
        folder = ""
        for name in re.findall(r"`((?:tests/|test_)[\w/.*-]+)`", row):
            path = name if name.startswith("tests/") else f"{folder}/{name}"
            folder = path.rpartition("/")[0]
            assert list(ROOT.glob(path)), path


def test_the_limits_that_it_names_are_in_force() -> None:
    for told in (
        f"| {http_server.HEADER_SECONDS} s, 16 kB;",
        f"| {http_server.BODY_SECONDS} s, {gate.LARGEST_BODY // 1024} kB |",
        f"| {http_server.READING_SECONDS} s |",
        f"| idle connections | {http_server.IDLE_SECONDS} s |",
        f"| {http_server.MOST_CONNECTIONS:,}, or as many",
        f"`web.requests_per_minute` ({AccessRules().requests_per_minute})",
        f"after {sessions.IDLE.days} days without",
        f"{sessions.LONGEST.days} days after the login",
        f"At {audit.LARGEST // 1024 // 1024} MB",
        f"`audit.jsonl.1` … `.{audit.KEPT}`",
    ):
        assert told in PAGE, told
    assert (gate.FAILURES.burst, 60 / gate.FAILURES.per_minute) == (10, 10)
    assert sessions.ROTATION.total_seconds() == 3600
    assert audit.REFUSALS.per_minute == 2
