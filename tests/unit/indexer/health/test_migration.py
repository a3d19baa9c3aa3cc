"""A database of the version before keeps its rows, and comes to the tables of a new one."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from alembic import command

from indexer import database as db

TABLES = ("source", "source_run")


def columns(engine: sa.Engine, table: str) -> dict[str, tuple[str, bool]]:
    return {
        column["name"]: (str(column["type"]), column["nullable"])
        for column in sa.inspect(engine).get_columns(table)
    }


def test_an_upgraded_database_equals_a_new_one(tmp_path: Path) -> None:
    old = sa.create_engine(f"sqlite:///{tmp_path / 'old.db'}")
    config = db._alembic()  # the way in that migrations have
    with old.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0004_events")
        connection.exec_driver_sql(
            "insert into source values ('bote', '2026-03-01 02:30:00', '2026-03-02 02:30:00')"
        )
        connection.exec_driver_sql(
            "insert into run values (1, '2026-03-01 02:00:00', null, 'done', '{}', null)"
        )
        connection.exec_driver_sql(
            "insert into source_run values (1, 'bote', 'ok', null, '2026-03-01 02:30:00')"
        )
    old.dispose()
    upgraded = db.open_database(f"sqlite:///{tmp_path / 'old.db'}")
    new = db.open_database(f"sqlite:///{tmp_path / 'new.db'}")
    for table in TABLES:
        assert columns(upgraded, table) == columns(new, table)
    with upgraded.connect() as connection:
        row = connection.execute(sa.select(db.source)).one()
        assert (row.id, row.state, row.blocked) == ("bote", None, 0)
        assert connection.execute(sa.select(db.source_run.c.links)).scalar_one() is None
    upgraded.dispose()
    new.dispose()
