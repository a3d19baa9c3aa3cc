from __future__ import annotations

from pathlib import Path

import pytest

from radar.backup.installed_files import (
    archive_files,
    files_beside,
    index_not_in_use,
    set_aside,
)
from radar.configuration.settings import load_settings


@pytest.mark.parametrize("database", ["home", "elsewhere [1]"])
def test_what_restores_have_left_is_found_beside_the_database_too(
    tmp_path: Path, database: str
) -> None:
    (tmp_path / database).mkdir()
    url = f"sqlite:///{tmp_path / database / 'radar.db'}"
    settings = load_settings(None, {"RADAR_DATABASE": url}, home=tmp_path / "home")
    assert set_aside(settings) == []
    left = ["before-restore-20260302T023000Z", "before-restore-20260302T023000Z-2", "restoring"]
    for name in (*left, "archive", "log"):
        (tmp_path / "home" / name).mkdir(parents=True)
    expected = [tmp_path / "home" / name for name in left]
    if database != "home":
        for name in (f"radar.db.{left[0]}", f"radar.db-wal.{left[0]}", "radar.db.restoring"):
            (tmp_path / database / name).touch()
            expected.append(tmp_path / database / name)
        (tmp_path / database / "radar.db").touch()
    assert set_aside(settings) == sorted(expected)


def test_what_the_root_of_a_disk_holds_by_itself_belongs_to_nobody(tmp_path: Path) -> None:
    settings = load_settings(None, {}, home=tmp_path)
    for folder in (settings.home, settings.archive):
        (folder / "lost+found").mkdir(parents=True)
        (folder / "lost+found" / "#12").write_text("found after a crash")
    (settings.archive / "about").write_text("")
    assert (list(files_beside(settings)), list(archive_files(settings))) == ([], ["about"])


def test_an_index_in_the_data_folder_is_not_in_use_beside_a_cluster(tmp_path: Path) -> None:
    environ = {"RADAR_STORE": "http://127.0.0.1:9200"}
    cluster, embedded = (load_settings(None, env, home=tmp_path) for env in (environ, {}))
    assert index_not_in_use(cluster) is None
    cluster.index.mkdir()
    assert index_not_in_use(cluster) == cluster.index
    assert index_not_in_use(embedded) is None
