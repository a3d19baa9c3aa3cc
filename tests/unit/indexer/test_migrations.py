"""A database of the first version, brought up to date, is like a new one and keeps what it holds."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from alembic import command

from indexer import database as db


def test_an_old_database_becomes_a_new_one(tmp_path: Path) -> None:
    old, new = (f"sqlite:///{tmp_path / name}.db" for name in ("old", "new"))
    engine = sa.create_engine(old)
    with engine.begin() as connection:
        config = db._alembic()
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        connection.exec_driver_sql(
            "insert into address (url, source, kind, first_seen, failures, unchanged, next_due) "
            "values ('https://a.example/1', 's', 'page', '2026-05-04 03:00:00', 2, 1, '2026-05-05 03:00:00')"
        )
    engine.dispose()
    upgraded, made = db.open_database(old), db.open_database(new)
    assert _shape(upgraded) == _shape(made)
    with upgraded.connect() as connection:
        row = connection.execute(sa.select(db.address)).one()
        assert (row.url, row.failures, row.archive) == ("https://a.example/1", 2, False)
    upgraded.dispose()
    made.dispose()


def _shape(engine: sa.Engine) -> dict[str, tuple[set[tuple[str, str, bool]], set[str]]]:
    inspector = sa.inspect(engine)
    return {
        table: (
            {(c["name"], str(c["type"]), c["nullable"]) for c in inspector.get_columns(table)},
            {str(index["name"]) for index in inspector.get_indexes(table)},
        )
        for table in inspector.get_table_names()
    }
