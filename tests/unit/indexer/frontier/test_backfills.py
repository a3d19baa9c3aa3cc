"""How far backfills have come."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa

from indexer.frontier.backfills import (
    delete_progress,
    load_progress,
    save_progress,
    unfinished_lists,
)
from indexer.frontier.port import BackfillProgress

DE, EN, RU = (f"https://www.example.org/{code}/zinn" for code in ("de", "en", "ru"))


def test_a_backfill_continues_until_it_starts_again(engine: sa.Engine) -> None:
    with engine.connect() as connection:
        continue_and_restart(connection)


def continue_and_restart(connection: sa.Connection) -> None:
    assert load_progress(connection, "s", DE) is None
    save_progress(connection, "s", DE, BackfillProgress(date(2025, 1, 1), EN))
    save_progress(connection, "t", DE, BackfillProgress(date(2025, 1, 1), EN))
    save_progress(connection, "s", DE, BackfillProgress(date(2024, 1, 1), RU))
    assert unfinished_lists(connection, "s") == [DE]
    save_progress(connection, "s", DE, BackfillProgress(date(2024, 1, 1), None))
    assert unfinished_lists(connection, "s") == []
    delete_progress(connection, "s")
    assert load_progress(connection, "s", DE) is None
    assert unfinished_lists(connection, "t") == [DE]
