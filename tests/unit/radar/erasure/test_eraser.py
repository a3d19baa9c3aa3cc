from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from indexer.alerts.watches import sync_watches
from indexer.database.engine import open_database
from radar.configuration.settings import load_settings
from radar.erasure.eraser import Eraser
from radar.installation.installation import Installation

NOW = datetime(2026, 3, 1, 2, 30, tzinfo=UTC)
TIN, LEAD = (
    f"- {{id: {name}, name: News of {name}, query: {query}, channels: [feed]}}\n"
    for name, query in (("tin", "Zinn"), ("lead", "Blei"))
)


@pytest.mark.parametrize(
    ("now_configured", "feeds"),
    [
        (TIN + LEAD, {"tin", "lead"}),
        (TIN, {"tin"}),
        (TIN + LEAD.replace("Blei", "'Blei AND ('"), {"tin", "lead"}),
        ("- [", {"tin", "lead"}),
        (TIN.replace("[feed]", "['file:tin']") + LEAD.replace("Blei", "'('"), {"lead"}),
    ],
    ids=["both", "one removed", "one mistaken", "file mistaken", "one without its feed"],
)
def test_feeds_of_watches_that_stand_still_are_written_again_too(
    tmp_path: Path, now_configured: str, feeds: set[str]
) -> None:
    file = tmp_path / "watches" / "w.yaml"
    file.parent.mkdir()
    file.write_text(TIN + LEAD)
    before = load_settings(tmp_path, {}, home=tmp_path)
    before.feeds.mkdir()
    for name in ("tin", "lead"):
        (before.feeds / f"{name}.atom").write_text("as it was")
    engine = open_database(before.database)
    file.write_text(now_configured)
    installation = Installation(load_settings(tmp_path, {}, home=tmp_path))
    with engine.connect() as connection:
        sync_watches(connection, before.watches, NOW)
        connection.commit()
        Eraser(installation, engine, connection, lambda: NOW).rewrite_feeds()
    left = {path.stem: path.read_text() for path in before.feeds.glob("*.atom")}
    assert left.keys() == feeds
    assert all(f"News of {name}" in text for name, text in left.items())
