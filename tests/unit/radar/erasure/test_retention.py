"""Rights of a source whose site is another source's, too."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from crawler.archive.purging import Rewritten, rewrite
from crawler.archive.warc import Archive
from indexer.frontier.ledger import Ledger
from indexer.frontier.port import Response
from indexer.frontier.run_record import RunRecord
from indexer.records.outcome import Outcome
from indexer.records.source import Rights, Source
from radar.erasure import archive_purge
from radar.erasure.retention import enforce_retention
from tests.unit.indexer.record import Record

NOW = datetime(2026, 3, 2, 2, tzinfo=UTC)
OPEN = Source("open", "Open", "https://site.example/", "DE", ("de",))
SHY = replace(OPEN, id="shy", rights=Rights(archive=False))
TERM = replace(OPEN, id="term", rights=Rights(retention_days=10))
FOR_EVER = replace(OPEN, rights=Rights(retention_days=999_999_999))
LATER = NOW + timedelta(days=11)


@pytest.mark.parametrize(
    ("sources", "now", "removed"),
    [
        ([OPEN, SHY], NOW, 0),
        ([SHY], NOW, 1),
        ([SHY], None, 1),
        ([TERM], NOW, 0),
        ([TERM], None, 0),
        ([TERM], LATER, 1),
        ([TERM, SHY], None, 0),
        ([TERM, SHY], LATER, 1),
        ([FOR_EVER], LATER, 0),
    ],
)
def test_what_sources_share_goes_when_all_let_it_go(
    connection: sa.Connection,
    tmp_path: Path,
    sources: list[Source],
    now: datetime | None,
    removed: int,
) -> None:
    """And nothing by its age, where nobody confirms the clock."""
    run = RunRecord.start(connection, NOW, {})
    ledger = Ledger(connection, run.id, lambda: NOW)
    archive = Archive(tmp_path / "archive", committed_end=ledger.committed_end)
    url = "https://site.example/news"
    answer = Response(url, url, 200, {"content-type": "text/html"}, NOW, b"<p>Liste</p>")
    place = archive.append(answer)
    ledger.record_discovery("open", url, Outcome.FETCHED, response=answer, position=place)
    archive.sync()
    ledger.commit()
    archive.close()
    # What an earlier run without a confirmed clock has left is looked at again.
    enforced = enforce_retention(connection, run.id, sources, tmp_path / "archive", None)
    told = enforce_retention(connection, run.id, sources, tmp_path / "archive", now)
    assert enforced.answers + told.answers == removed


def test_files_that_wait_for_another_source_are_not_read_by_each_run(
    connection: sa.Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = tmp_path / "archive"
    read: list[str] = []

    def reading(folder: Path, name: str, *more: Any) -> Rewritten:
        read.append(name)
        return rewrite(folder, name, *more)

    monkeypatch.setattr(archive_purge, "rewrite", reading)
    run = RunRecord.start(connection, NOW, {})
    ledger = Ledger(connection, run.id, lambda: NOW)
    warc = Archive(archive, committed_end=ledger.committed_end)
    url = "https://site.example/news"
    answer = Response(url, url, 200, {"content-type": "text/html"}, NOW, b"<p>Liste</p>")
    ledger.note_archived(warc.append(answer))
    ledger.commit()
    warc.close()
    for _ in range(3):
        assert enforce_retention(connection, run.id, [TERM, SHY], archive, NOW).answers == 0
    assert len(read) == 1
    # Without the source for which it waited, it goes.
    assert enforce_retention(connection, run.id, [SHY], archive, NOW).answers == 1


@pytest.mark.parametrize(("days", "removed"), [(5, 0), (11, 1)])
def test_what_a_clock_ahead_has_fetched_was_there_when_the_next_run_began(
    connection: sa.Connection, tmp_path: Path, days: int, removed: int
) -> None:
    ahead = NOW + timedelta(days=1000)
    run = RunRecord.start(connection, ahead, {})
    ledger = Ledger(connection, run.id, lambda: ahead)
    archive = Archive(tmp_path / "archive", committed_end=ledger.committed_end)
    url = "https://site.example/news"
    answer = Response(url, url, 200, {"content-type": "text/html"}, ahead, b"<p>Liste</p>")
    place = archive.append(answer)
    ledger.record_discovery("term", url, Outcome.FETCHED, response=answer, position=place)
    archive.sync()
    ledger.commit()
    archive.close()
    run.finish(ahead, {})
    enforce_retention(connection, run.id, [TERM], tmp_path / "archive", ahead)
    run = RunRecord.start(connection, NOW, {})
    enforce_retention(connection, run.id, [TERM], tmp_path / "archive", NOW)
    told = enforce_retention(
        connection, run.id, [TERM], tmp_path / "archive", NOW + timedelta(days=days)
    )
    assert told.answers == removed


@pytest.mark.parametrize(("days", "removed"), [(5, 0), (11, 1)])
def test_texts_that_a_clock_ahead_has_fetched_go_with_their_time(
    connection: sa.Connection, tmp_path: Path, days: int, removed: int
) -> None:
    record = Record(connection, NOW + timedelta(days=1000))
    record.fetch("/a")
    record.read("Zinn.")
    record.run.finish(record.now, {})
    run = RunRecord.start(connection, NOW, {})
    partner = replace(TERM, id="partner")
    told = enforce_retention(
        connection, run.id, [partner], tmp_path / "archive", NOW + timedelta(days=days)
    )
    assert told.texts == removed
