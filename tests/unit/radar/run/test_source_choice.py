from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from indexer.database.engine import open_database
from indexer.frontier.run_record import RunRecord
from indexer.records.source import Source
from radar.configuration.settings import load_settings
from radar.run.run_summary import RunOptions
from radar.run.source_choice import choose_sources

NOW = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)
ENTRY = (
    "- {id: %s, name: A, url: 'https://%s.example', country: DE, languages: [de], schedule: 1h}\n"
)


def test_many_sources_that_wait_are_not_compared_with_all_that_are_due(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With thousands of sources that took a run without work minutes."""
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "a.yaml").write_text("".join(ENTRY % (s, s) for s in "abcd"))
    settings = load_settings(tmp_path, home=tmp_path / "home")
    compared = 0
    same: Callable[[Source, object], bool] = Source.__eq__

    def count(one: Source, other: object) -> bool:
        nonlocal compared
        compared += 1
        return same(one, other)

    monkeypatch.setattr(Source, "__eq__", count)
    with open_database(f"sqlite:///{tmp_path / 'radar.db'}").connect() as connection:
        run = RunRecord.start(connection, NOW, {})
        for source in "ac":
            run.record_source(source, "ok", None, NOW)
        chosen = choose_sources(connection, settings, RunOptions(due=True), NOW)
    assert [source.id for source in chosen.sources] == ["b", "d"]
    assert sorted(chosen.left_out) == ["a", "c"]
    assert compared == 0
