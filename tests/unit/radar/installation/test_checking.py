"""What `radar check` says of an installation."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from indexer.alerts.watches import sync_watches
from indexer.database.engine import open_database
from radar.configuration.settings import load_settings
from radar.installation.checking import check_installation
from radar.installation.installation import Installation

NOW = datetime(2026, 3, 1, 2, 30, tzinfo=UTC)


def told(folder: Path) -> list[str]:
    """What is said of watches."""
    opened = Installation(load_settings(folder, {"RADAR_MEANING": "off"}, home=folder / "home"))
    results = check_installation(opened, clock=lambda: NOW)
    return [result.message for result in results if result.what == "watches"]


def test_watches_whose_folder_is_missing_are_named(tmp_path: Path) -> None:
    file = tmp_path / "watches" / "w.yaml"
    file.parent.mkdir()
    file.write_text("- {id: lead, name: Lead, query: Blei, channels: [feed]}\n")
    settings = load_settings(tmp_path, {}, home=tmp_path / "home")
    settings.home.mkdir()
    with open_database(settings.database).begin() as connection:
        sync_watches(connection, settings.watches, NOW)
    assert told(tmp_path) == []
    file.unlink()
    file.parent.rmdir()
    (line,) = told(tmp_path)
    assert line.startswith(f"{file.parent}: there is no such folder")
    assert ": lead; " in line
