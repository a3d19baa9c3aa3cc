"""Backup and restore of an installation whose database is PostgreSQL."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
import sqlalchemy as sa

from crawler.archive.owner import read_owner, write_owner
from indexer.database import tables
from indexer.database.engine import make_engine
from tests.e2e.newsroom import NIGHTS, article, feed
from tests.e2e.world import Ended, World, source
from tests.loopback.site import LoopbackSite

PATH = os.environ["PATH"]
NEWS = [f"Ein neuer Schacht {n}" for n in range(3)]


def night(world: World, site: LoopbackSite, number: int) -> Ended:
    pages = [site.page(f"/n/{n}", article(NEWS[n])) for n in range(number)]
    site.xml("/feed", feed(pages))
    ended = world.radar("run", "--json", "--now", NIGHTS[number].isoformat())
    assert ended.code == 0, ended.err
    return ended


def titles(world: World) -> set[str]:
    return {hit["title"] for hit in world.child("search", "*", "--json").lines}


def counts(database: str) -> dict[str, int]:
    engine = make_engine(database)
    with engine.connect() as connection:
        found = {
            name: connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
            for name, table in tables.metadata.tables.items()
        }
    engine.dispose()
    return found


def test_destroyed_and_restored(
    tmp_path: Path, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RADAR_DATABASE", database)
    world, backups = World(tmp_path), str(tmp_path / "backups")
    with LoopbackSite() as site:
        world.configure([source("grube", site.url, feeds=[{"url": site.url + "/feed"}])])
        night(world, site, 1)
        ended = world.radar("backup", backups, "--json")
        assert ended.code == 0, ended.err
        assert ended.summary["database"] == "postgresql"
        owner = read_owner(world.home / "archive")
        assert ended.summary["installation"] == owner is not None
        saved = counts(database)
        night(world, site, 2)
        assert world.radar("restore", backups).code == 2
        ended = world.radar("restore", backups, "--yes", "--json")
        assert ended.code == 0, ended.err
        assert ended.summary["forgotten"] is None
        assert "`radar forget`" in ended.err
        assert (Path(ended.summary["aside"]) / "database.dump").stat().st_size > 1000
        assert counts(database)["document"] == saved["document"]
        assert titles(world) == set(NEWS[:1])
        shutil.rmtree(world.home)
        engine = make_engine(database)
        with engine.begin() as connection:
            tables.metadata.drop_all(connection)
            connection.exec_driver_sql("DROP TABLE alembic_version")
        engine.dispose()
        ended = world.radar("restore", backups)
        assert ended.code == 0, ended.err
        assert counts(database) | {"epoch": 0} == saved | {"epoch": 0}
        night(world, site, 3)
        assert titles(world) == set(NEWS)


def test_an_archive_of_another_installation_is_refused(
    tmp_path: Path, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RADAR_DATABASE", database)
    world = World(tmp_path)
    with LoopbackSite() as site:
        world.configure([source("grube", site.url, feeds=[{"url": site.url + "/feed"}])])
        night(world, site, 1)
    shutil.rmtree(world.home / "archive")
    write_owner(world.home / "archive", "another")
    ended = world.radar("backup", str(tmp_path / "backups"))
    assert ended.code == 3
    assert "belongs to another installation" in ended.err


def failing(folder: Path) -> Path:
    """PostgreSQL's programs, of which psql fails."""
    folder.mkdir()
    for name in ("pg_dump", "pg_restore"):
        (folder / name).symlink_to(str(shutil.which(name, path=PATH)))
    (folder / "psql").write_text("#!/bin/sh\necho it said why >&2\nexit 1\n")
    (folder / "psql").chmod(0o755)
    return folder


def test_a_dump_that_can_not_be_loaded_changes_nothing(
    tmp_path: Path, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RADAR_DATABASE", database)
    world, backups = World(tmp_path), str(tmp_path / "backups")
    with LoopbackSite() as site:
        world.configure([source("grube", site.url, feeds=[{"url": site.url + "/feed"}])])
        night(world, site, 1)
        assert world.radar("backup", backups).code == 0
        monkeypatch.setenv("PATH", "/nowhere")
        for command in (("backup", backups), ("restore", backups, "--yes")):
            ended = world.radar(*command)
            assert ended.code == 3
            assert "not on the PATH" in ended.err
        assert titles(world) == set(NEWS[:1])
        monkeypatch.setenv("PATH", str(failing(tmp_path / "programs")))
        ended = world.radar("restore", backups, "--yes")
        assert ended.code == 3
        assert "psql failed: it said why" in ended.err
        assert titles(world) == set(NEWS[:1])
        night(world, site, 2)
        assert titles(world) == set(NEWS[:2])
