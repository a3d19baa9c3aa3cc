from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import sqlalchemy as sa

from indexer.database import tables
from indexer.database.engine import open_database
from radar.configuration.settings import load_settings
from radar.installation.catalogue import Catalogue
from radar.installation.clock import real_clock
from search_api.ports import LastChanges


def test_what_a_clock_ahead_has_written_is_not_when_anything_changed(tmp_path: Path) -> None:
    settings = load_settings(tmp_path, {}, home=tmp_path)
    engine = open_database(settings.database)
    now = real_clock()
    ran, forgotten, ahead = (now + timedelta(days=days) for days in (-3, -2, 20_000))
    with engine.begin() as connection:
        for moment in (ran, ahead):
            run = {"started": moment, "finished": moment, "state": "done", "arguments": {}}
            connection.execute(sa.insert(tables.run).values(run))
        for moment in (forgotten, ahead):
            erasure = {"kind": "source", "what": "s", "counts": {}}
            times = {"started": moment, "finished": moment}
            connection.execute(sa.insert(tables.erasure).values(**erasure, **times))
    catalogue = Catalogue(settings, engine)
    changes, health = catalogue.last_changes(), catalogue.health()
    engine.dispose()
    assert changes == LastChanges(ran, forgotten)
    assert changes.newest == forgotten
    assert health.last_run == ran
    assert Catalogue(settings, None).last_changes().newest is None


def test_what_is_known_changes_while_a_run_goes_on(tmp_path: Path) -> None:
    settings = load_settings(tmp_path, {}, home=tmp_path)
    engine = open_database(settings.database)
    began = real_clock() - timedelta(hours=3)
    with engine.begin() as connection:
        run = {"started": began, "state": "running", "arguments": {}}
        connection.execute(sa.insert(tables.run).values(run))
    changed = Catalogue(settings, engine).last_changes().newest
    with engine.begin() as connection:
        connection.execute(sa.update(tables.run).values(state="done", finished=began))
    ended = Catalogue(settings, engine).last_changes().newest
    engine.dispose()
    assert changed is not None
    assert changed > real_clock() - timedelta(minutes=5)
    assert ended == began
