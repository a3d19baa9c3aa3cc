from __future__ import annotations

import contextlib
import shutil
import sqlite3
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawler.archive.owner import write_owner
from indexer.database.engine import open_database
from indexer.records.errors import BackupError, DatabaseError, ForeignData
from radar.backup import backing_up
from radar.backup.backing_up import BackedUp, back_up, why_unfit
from radar.backup.database_copy import DatabaseCopy, copy_database
from radar.backup.manifest import MANIFEST
from radar.configuration.settings import Settings, load_settings
from radar.run.progress import Display

NOW = datetime(2026, 3, 2, 4, 30, tzinfo=UTC)
ONE = "rohstoffradar-000001.warc.gz"
PURGED = "rohstoffradar-000001.0001.warc.gz"
SHOW = Display(None)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / "config" / "sources").mkdir(parents=True)
    (tmp_path / "config" / "radar.yaml").write_text("timezone: Europe/Berlin\n")
    made = load_settings(tmp_path / "config", {}, home=tmp_path / "home")
    made.archive.mkdir(parents=True)
    open_database(made.database).dispose()
    names(made, ONE, b"12345")
    return made


def names(settings: Settings, name: str, content: bytes) -> None:
    """Put an archive file in the place of all others, in folder and database."""
    (settings.archive / name).write_bytes(content)
    with contextlib.closing(sqlite3.connect(settings.home / "radar.db")) as connection:
        connection.execute("delete from archive_file")
        connection.execute('insert into archive_file (name, "end") values (?, ?)', (name, 5))
        connection.commit()


@pytest.fixture
def to(tmp_path: Path) -> Path:
    return tmp_path / "backups"


def made(settings: Settings, to: Path, days: int = 0, **options: int) -> BackedUp:
    return back_up(settings, to, now=NOW + timedelta(days=days), show=SHOW, **options)  # type: ignore[arg-type]


def paths(result: BackedUp) -> set[str]:
    return set(result.backup.manifest.by_path)


def test_it_holds_everything_but_index_locks_and_what_was_moved_aside(
    settings: Settings, to: Path
) -> None:
    for name in (
        "index/current",
        "run.lock",
        "before-restore-x/radar.db",
        "restoring/x",
        "a.draft",
    ):
        path = settings.home / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x")
    for name in ("feeds/w.atom", "ledger.jsonl"):
        path = settings.home / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x")
    result = made(settings, to)
    assert paths(result) == {
        "database.sqlite",
        "config/radar.yaml",
        f"home/archive/{ONE}",
        "home/feeds/w.atom",
        "home/ledger.jsonl",
    }
    for path in (to, *to.rglob("*")):
        if path.name != ".lock":
            assert path.stat().st_mode & 0o077 == 0, path


def test_only_what_has_changed_is_copied_again(settings: Settings, to: Path) -> None:
    (settings.home / "ledger.jsonl").write_text("x")
    first, second = made(settings, to), made(settings, to, 1)
    assert (first.copied, second.copied) == (4, 1)
    for path in paths(first) - {"database.sqlite"}:
        assert (first.backup.folder / path).samefile(second.backup.folder / path)
    with (settings.archive / ONE).open("ab") as file:
        file.write(b"678")
    third = made(settings, to, 2)
    assert third.copied == 2
    assert (third.backup.folder / "home/archive" / ONE).read_bytes() == b"12345678"
    assert (second.backup.folder / "home/archive" / ONE).read_bytes() == b"12345"


def test_where_there_are_no_hard_links_everything_is_copied(
    settings: Settings, to: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = made(settings, to)
    monkeypatch.setattr(backing_up, "link", lambda *_: False)
    second = made(settings, to, 1)
    assert second.copied == first.copied
    assert second.damaged == []


def test_old_backups_go_when_the_new_one_is_complete(settings: Settings, to: Path) -> None:
    for day in range(3):
        made(settings, to, day)
    assert made(settings, to, 3, keep=2).removed == ["20260302T043000Z", "20260303T043000Z"]
    (settings.home / "radar.db").write_bytes(b"no database" * 1000)
    with pytest.raises(DatabaseError, match="damaged"):
        made(settings, to, 4, keep=1)
    assert sorted(p.name for p in to.iterdir()) == [
        ".lock",
        "20260304T043000Z",
        "20260305T043000Z",
    ]


def test_what_a_kill_has_left_is_removed_by_the_next(settings: Settings, to: Path) -> None:
    made(settings, to)
    half = to / "20260303T043000Z" / "home"
    half.mkdir(parents=True)
    made(settings, to, 5)
    assert not half.exists()


def test_two_backups_into_one_folder_are_refused(settings: Settings, to: Path) -> None:
    made(settings, to)
    with backing_up._one_at_a_time(to), pytest.raises(BackupError, match="another backup"):
        made(settings, to, 1)


def test_a_purge_between_database_and_archive_is_noticed(
    settings: Settings, to: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was purged is in neither the database nor the archive of the backup."""
    copies = []

    def copy(url: str, folder: Path, show: Display) -> DatabaseCopy:
        copies.append(copy_database(url, folder, show))
        if len(copies) == 1:
            names(settings, PURGED, b"abcde")
            (settings.archive / ONE).unlink()
        return copies[-1]

    monkeypatch.setattr(backing_up, "copy_database", copy)
    result = made(settings, to)
    assert [list(c.archive_ends) for c in copies] == [[ONE], [PURGED]]
    assert {p for p in paths(result) if "archive" in p} == {f"home/archive/{PURGED}"}
    assert result.lacking == []


def test_archive_files_that_are_lost_are_told_and_stop_no_backup(
    settings: Settings, to: Path
) -> None:
    (settings.archive / ONE).write_bytes(b"1234")
    assert made(settings, to).lacking == [ONE]


def test_no_older_backup_goes_while_the_archive_lacks_a_file(settings: Settings, to: Path) -> None:
    first = made(settings, to).backup.folder
    (settings.archive / ONE).rename(settings.home / "lost")
    for day in (1, 2):
        made(settings, to, day)
    result = made(settings, to, 3, keep=1)
    assert (result.removed, len(result.spared)) == ([], 3)
    shutil.copy(first / "home/archive" / ONE, settings.archive / ONE)
    result = made(settings, to, 4, keep=1)
    assert (len(result.removed), result.spared) == (4, [])
    assert (result.backup.folder / "home/archive" / ONE).read_bytes() == b"12345"


def test_an_archive_of_another_installation_is_not_backed_up(settings: Settings, to: Path) -> None:
    with contextlib.closing(sqlite3.connect(settings.home / "radar.db")) as connection:
        connection.execute("insert into installation (id) values ('own')")
        connection.commit()
    write_owner(settings.archive, "own")
    made(settings, to)
    write_owner(settings.archive, "other")
    with pytest.raises(ForeignData):
        made(settings, to, 1, keep=1)
    assert sorted(p.name for p in to.iterdir()) == [".lock", "20260302T043000Z"]


def test_a_manifest_that_can_not_be_read_stops_no_backup(settings: Settings, to: Path) -> None:
    first, second = made(settings, to), made(settings, to, 1)
    (second.backup.folder / MANIFEST).write_bytes(b"\xff")
    third = made(settings, to, 2)
    assert third.unreadable == [f"the manifest can't be read: {second.backup.folder / MANIFEST}"]
    assert third.copied == 1
    path = f"home/archive/{ONE}"
    assert (third.backup.folder / path).samefile(first.backup.folder / path)
    assert made(settings, to, 3).unreadable == []


def test_every_copy_of_a_database_in_use_is_of_one_moment(settings: Settings, to: Path) -> None:
    """A writer goes on meanwhile, and is never made to wait."""
    path = settings.home / "radar.db"
    stop = threading.Event()

    def write() -> None:
        with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.execute("create table pair (a, b)")
            number = 0
            while not stop.is_set():
                number += 1
                connection.execute("begin")
                connection.execute("insert into pair values (?, zeroblob(3000))", (number,))
                connection.execute("insert into pair values (?, zeroblob(3000))", (-number,))
                connection.execute("commit")

    writer = threading.Thread(target=write)
    with _running(writer, stop):
        results = [made(settings, to, day) for day in range(5)]
    for result in results:
        copy = result.backup.folder / "database.sqlite"
        with contextlib.closing(sqlite3.connect(copy)) as connection:
            tables = {name for (name,) in connection.execute("select name from sqlite_schema")}
            if "pair" in tables:
                assert connection.execute("select sum(a) from pair").fetchone()[0] in {0, None}


@contextlib.contextmanager
def _running(thread: threading.Thread, stop: threading.Event) -> Iterator[None]:
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def test_folders_that_can_not_hold_backups(settings: Settings, tmp_path: Path, to: Path) -> None:
    assert why_unfit(to, settings) is None
    made(settings, to)
    (to / "lost+found").mkdir()
    assert why_unfit(to, settings) is None
    (to / "holiday.jpg").touch()
    assert "something else (holiday.jpg)" in str(why_unfit(to, settings))
    for inside in (settings.archive, settings.home / "x", settings.folder, tmp_path):
        assert "lie one in the other" in str(why_unfit(inside, settings)), inside
    assert "single backup" in str(why_unfit(to / "20260302T043000Z", settings))
    assert "no folder" in str(why_unfit(to / "holiday.jpg", settings))


def test_a_data_folder_within_the_configuration_is_no_part_of_it(tmp_path: Path) -> None:
    config = tmp_path / "config"
    (config / "sources").mkdir(parents=True)
    (config / "sources" / "loop").symlink_to(config)
    (config / "radar.yaml").write_text("{}\n")
    settings = load_settings(config, {}, home=config / "data")
    settings.home.mkdir()
    open_database(settings.database).dispose()
    result = made(settings, tmp_path / "backups")
    assert paths(result) == {"database.sqlite", "config/radar.yaml"}


def test_without_a_database_there_is_nothing_to_back_up(tmp_path: Path) -> None:
    settings = load_settings(None, {}, home=tmp_path / "home")
    with pytest.raises(DatabaseError, match="no database yet"):
        made(settings, tmp_path / "backups")
