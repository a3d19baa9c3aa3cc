from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from indexer.database.engine import open_database
from radar.backup.backing_up import back_up
from radar.backup.restoring import restore
from radar.configuration.settings import Settings, load_settings
from radar.run.progress import Display

NOW = datetime(2026, 3, 2, 4, 30, tzinfo=UTC)
SHOW = Display(None)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / "config").mkdir()
    made = load_settings(tmp_path / "config", {}, home=tmp_path / "home")
    made.archive.mkdir(parents=True)
    open_database(made.database).dispose()
    return made


def test_what_the_backup_lacks_is_moved_aside_too(settings: Settings, tmp_path: Path) -> None:
    """The index first of all, which no backup holds: it may be another installation's."""
    settings.sent.write_text("")
    backup = back_up(settings, tmp_path / "backups", now=NOW, show=SHOW).backup
    later = ("index/current", "feeds/tin.atom", "parameters/about.json", "parameters.read")
    for name in later:
        path = settings.home / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("later")
    restored = restore(settings, backup, now=NOW, show=SHOW)
    assert restored.aside is not None
    for name in later:
        assert (restored.aside / name).read_text() == "later"
        assert not (settings.home / name.partition("/")[0]).exists()
    assert settings.sent.exists()
    assert (settings.home / "radar.db").exists()
