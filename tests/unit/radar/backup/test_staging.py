from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from indexer.database.engine import open_database, open_reader
from indexer.records.errors import BackupError
from radar.backup import swap
from radar.backup.backing_up import back_up
from radar.backup.restoring import complete, restore
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


@pytest.mark.parametrize("is_emptied", [False, True])
def test_a_database_and_a_configuration_in_folders_of_the_data_folder(
    tmp_path: Path, is_emptied: bool
) -> None:
    """Neither do these folders go aside with them, nor are they copied as they lie there."""
    home = tmp_path / "home"
    database, config = home / "data" / "db" / "radar.db", home / "etc" / "radar"
    for folder in (database.parent, config, home / "archive", home / "etc" / "other"):
        folder.mkdir(parents=True)
    (config / "radar.yaml").write_text("timezone: Europe/Berlin\n")
    (home / "etc" / "other" / "notes").write_text("as saved")
    environ = {"RADAR_DATABASE": f"sqlite:///{database}"}
    settings = load_settings(config, environ, home=home)
    open_database(settings.database).dispose()
    backup = back_up(settings, tmp_path / "backups", now=NOW, show=SHOW).backup
    assert set(backup.manifest.by_path) == {
        "database.sqlite",
        "config/radar.yaml",
        "home/etc/other/notes",
    }
    database.write_bytes(b"damaged")
    (home / "etc" / "other" / "notes").write_text("changed")
    (home / "etc" / "later").write_text("later")
    if is_emptied:
        for folder in (home / "data", home / "etc" / "other"):
            shutil.rmtree(folder)
    restored = restore(settings, backup, now=NOW, show=SHOW)
    open_reader(settings.database).dispose()  # type: ignore[union-attr]  # there is one
    assert (home / "etc" / "other" / "notes").read_text() == "as saved"
    assert (config / "radar.yaml").exists()
    assert not (home / "etc" / "later").exists()
    assert restored.aside is not None
    assert (restored.aside / "etc" / "later").exists()
    again = back_up(settings, tmp_path / "backups", now=NOW, show=SHOW).backup
    assert set(again.manifest.by_path) == set(backup.manifest.by_path)


def test_what_can_not_be_moved_is_refused_before_anything_moves(tmp_path: Path) -> None:
    """Here the folder of the database lies elsewhere, perhaps on another disk, and holds more."""
    home, elsewhere = tmp_path / "home", tmp_path / "elsewhere"
    elsewhere.mkdir()
    home.mkdir()
    folder = home / "db"
    folder.symlink_to(elsewhere)
    settings = load_settings(None, {"RADAR_DATABASE": f"sqlite:///{folder}/radar.db"}, home=home)
    open_database(settings.database).dispose()
    (elsewhere / "notes").write_text("as saved")
    backup = back_up(settings, tmp_path / "backups", now=NOW, show=SHOW).backup
    before = sorted(home.iterdir())
    with pytest.raises(BackupError, match=f"{folder} is a link"):
        restore(settings, backup, now=NOW, show=SHOW)
    assert sorted(home.iterdir()) == before


def test_a_folder_of_the_database_that_lies_elsewhere(tmp_path: Path) -> None:
    """With nothing in it but the database, which goes aside where it is."""
    home, elsewhere = tmp_path / "home", tmp_path / "elsewhere"
    elsewhere.mkdir()
    home.mkdir()
    (home / "db").symlink_to(elsewhere)
    url = f"sqlite:///{home / 'db' / 'radar.db'}"
    settings = load_settings(None, {"RADAR_DATABASE": url}, home=home)
    open_database(settings.database).dispose()
    backup = back_up(settings, tmp_path / "backups", now=NOW, show=SHOW).backup
    (elsewhere / "radar.db").write_bytes(b"damaged")
    restore(settings, backup, now=NOW, show=SHOW)
    open_reader(settings.database).dispose()  # type: ignore[union-attr]  # there is one


def test_what_has_no_place_any_more_is_named(tmp_path: Path) -> None:
    """Where the backup has a file, this installation has the folder of its database."""
    home = tmp_path / "home"
    (home / "archive").mkdir(parents=True)
    for name in ("db", "kept"):
        (home / name).write_text(name)
    earlier = load_settings(None, {}, home=home)
    open_database(earlier.database).dispose()
    backup = back_up(earlier, tmp_path / "backups", now=NOW, show=SHOW).backup
    shutil.rmtree(home)
    url = f"sqlite:///{home / 'db' / 'radar.db'}"
    settings = load_settings(None, {"RADAR_DATABASE": url}, home=home)
    restored = restore(settings, backup, now=NOW, show=SHOW)
    assert restored.unplaced == ("home/db",)
    assert (home / "kept").exists()


def test_a_restore_that_is_finished_later_tells_what_it_would_have_told(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Here the database in place can't be read, and lies where the backup has a file."""
    (settings.home / "db").write_text("a file")
    backup = back_up(settings, tmp_path / "backups", now=NOW, show=SHOW).backup
    (settings.home / "db").unlink()
    url = f"sqlite:///{settings.home / 'db' / 'radar.db'}"
    moved = load_settings(tmp_path / "config", {"RADAR_DATABASE": url}, home=settings.home)
    (settings.home / "db").mkdir()
    (settings.home / "db" / "radar.db").write_bytes(b"no database " * 1000)

    def cut(*arguments: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(swap, "finish", cut)
        with pytest.raises(KeyboardInterrupt):
            restore(moved, backup, now=NOW, show=SHOW)
    begun = swap.interrupted(settings.home)
    assert begun is not None
    finished = complete(moved, begun)
    assert (finished.forgotten, finished.unplaced) == (None, ("home/db",))


def test_copies_that_are_in_the_backup_elsewhere_are_not_missed(tmp_path: Path) -> None:
    """Earlier versions copied database and configuration a second time, as they lay there."""
    home = tmp_path / "home"
    config = home / "etc" / "radar"
    for folder in (config, home / "db", home / "archive"):
        folder.mkdir(parents=True)
    (config / "radar.yaml").write_text("timezone: Europe/Berlin\n")
    earlier = load_settings(config, {}, home=home)
    open_database(earlier.database).dispose()
    twice = load_settings(None, {}, home=home)
    (home / "db" / "radar.db").write_text("as it lay there")
    saved = back_up(twice, tmp_path / "backups", now=NOW, show=SHOW).backup
    own = back_up(earlier, tmp_path / "others", now=NOW, show=SHOW).backup
    files = (*saved.manifest.files, *own.manifest.under("config"))
    backup = replace(saved, manifest=replace(saved.manifest, files=files))
    url = f"sqlite:///{home / 'db' / 'radar.db'}"
    settings = load_settings(config, {"RADAR_DATABASE": url}, home=home)
    assert restore(settings, backup, now=NOW, show=SHOW).unplaced == ()


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
