"""The system of record: opening, migrating, and what is said when that can't be done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.script import ScriptDirectory

from indexer.database import engine as database
from indexer.database import tables
from indexer.records.errors import DatabaseError
from tests import quick_databases


@pytest.fixture(autouse=True)
def _from_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is opened here goes through all migrations, as it does outside of tests."""
    quick_databases.end(monkeypatch)


def url(folder: Path) -> str:
    return f"sqlite:///{folder / 'radar.db'}"


def test_the_migrations_make_the_tables(tmp_path: Path) -> None:
    engine = database.open_database(url(tmp_path))
    inspector = sa.inspect(engine)
    assert set(tables.metadata.tables) <= set(inspector.get_table_names())
    for name, table in tables.metadata.tables.items():
        assert {c["name"] for c in inspector.get_columns(name)} == {
            column.name for column in table.columns
        }
    engine.dispose()


def shape(engine: sa.Engine) -> dict[str, object]:
    """Columns, keys and indexes of all tables, whatever the order in which they were made."""
    inspector = sa.inspect(engine)
    return {
        name: (
            {(c["name"], str(c["type"]), c["nullable"]) for c in inspector.get_columns(name)},
            inspector.get_pk_constraint(name)["constrained_columns"],
            {(i["name"], tuple(i["column_names"])) for i in inspector.get_indexes(name)},
            {
                (tuple(k["constrained_columns"]), k["referred_table"])
                for k in inspector.get_foreign_keys(name)
            },
        )
        for name in inspector.get_table_names()
        if name != "alembic_version"
    }


def test_a_database_of_the_first_version_is_brought_up_to_date(tmp_path: Path) -> None:
    old = sa.create_engine(url(tmp_path))
    config = database._alembic()
    with old.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        connection.exec_driver_sql(
            "insert into run values (1, '2026-01-01', null, 'done', '{}', null)"
        )
        connection.exec_driver_sql(
            "insert into fetch values (1, 1, 's', 'https://a.example/', 'https://a.example/', 0, "
            "200, null, '2026-01-01', 'f', 0, 1, 0, null, 'read', null, 1)"
        )
        connection.exec_driver_sql(
            "insert into document values ('d', 'https://a.example/', 's', '2026-01-01', "
            "'2026-01-01', 'new', 1, null, 1, 1, null)"
        )
        connection.exec_driver_sql(
            "insert into watch values ('w', 'W', 'copper', '2026-01-01', 7, 1)"
        )
        connection.exec_driver_sql("insert into archive_file values ('a.warc.gz', 7)")
        connection.exec_driver_sql("insert into source values ('s', '2026-01-01', '2026-01-02')")
        connection.exec_driver_sql(
            "insert into source_run values (1, 's', 'ok', null, '2026-01-01')"
        )
    old.dispose()
    upgraded = database.open_database(url(tmp_path))
    new = sa.create_engine("sqlite://")
    tables.metadata.create_all(new)
    assert shape(upgraded) == shape(new)
    with upgraded.connect() as connection:
        document = connection.execute(sa.select(tables.document)).one()
        watch = connection.execute(sa.select(tables.watch)).one()
        file = connection.execute(sa.select(tables.archive_file)).one()
        source = connection.execute(sa.select(tables.source)).one()
        links = connection.execute(sa.select(tables.source_run.c.links)).scalar_one()
    assert (document.linked, document.moved_to, document.indexed) == (False, None, 1)
    assert (watch.cursor, watch.event_cursor) == (7, 0)
    assert (file.name, file.end, file.purged) == ("a.warc.gz", 7, None)
    assert (source.id, source.state, source.blocked, links) == ("s", None, 0, None)
    for engine in (upgraded, new):
        engine.dispose()


def test_the_schemas_that_are_read_from_the_migrations_are_those_that_alembic_knows() -> None:
    script = ScriptDirectory.from_config(database._alembic())
    assert database.newest_schema() == script.get_current_head()
    assert database._schemas() == {s.revision: s.down_revision for s in script.walk_revisions()}


def test_half_characters_that_were_stored_are_read_as_replaced(tmp_path: Path) -> None:
    engine = database.open_database(url(tmp_path))
    summary = {"half": "a \ud83d b", "whole": "\U0001f5fa", "written": "\\ud83d"}
    with engine.begin() as connection:
        connection.execute(
            sa.insert(tables.run).values(
                started=datetime(2026, 1, 1, tzinfo=UTC),
                state="done",
                arguments={},
                summary=summary,
            )
        )
        read = connection.execute(sa.select(tables.run.c.summary)).scalar_one()
    assert read == summary | {"half": "a \ufffd b"}
    engine.dispose()


@pytest.mark.parametrize("as_handed_over", [str, str.encode], ids=["SQLite", "psycopg"])
def test_json_is_read_as_each_driver_hands_it_over(
    as_handed_over: Callable[[str], Any],
) -> None:
    read = database.make_engine("sqlite://").dialect._json_deserializer
    assert read is not None
    assert read(as_handed_over('["Erz \\ud83d", 1]')) == ["Erz \ufffd", 1]
    assert read(as_handed_over('["Erz \\u00e4", 1]')) == ["Erz ä", 1]


def test_half_a_migration_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = 0

    def fail(*_: object) -> None:
        nonlocal made
        made += 1
        if made == 5:
            raise sa.exc.OperationalError("create table", {}, Exception("disk is full"))

    sa.event.listen(sa.Engine, "before_cursor_execute", fail)
    try:
        with pytest.raises(DatabaseError):
            database.open_database(url(tmp_path))
    finally:
        sa.event.remove(sa.Engine, "before_cursor_execute", fail)
    engine = database.open_database(url(tmp_path))
    assert sa.inspect(engine).get_table_names()
    engine.dispose()


def test_readers_of_no_database_and_of_other_versions(tmp_path: Path) -> None:
    assert database.open_reader(url(tmp_path)) is None
    engine = database.open_database(url(tmp_path))
    with engine.begin() as connection:
        connection.exec_driver_sql("update alembic_version set version_num = 'later'")
    engine.dispose()
    for opens in (database.open_reader, database.open_database):
        with pytest.raises(DatabaseError, match="newer version"):
            opens(url(tmp_path))


def test_a_driver_that_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(_: str, **_options: object) -> sa.Engine:
        raise ModuleNotFoundError("No module named 'psycopg'", name="psycopg")

    monkeypatch.setattr("sqlalchemy.create_engine", missing)
    with pytest.raises(DatabaseError, match="psycopg"):
        database.open_database("postgresql+psycopg://u:secret@127.0.0.1/radar")


def test_a_value_that_is_no_json_is_damage(tmp_path: Path) -> None:
    engine = database.open_database(f"sqlite:///{tmp_path}/radar.db")
    with database.usable(), engine.begin() as connection:
        connection.exec_driver_sql(
            "insert into run (started, state, arguments)"
            " values ('2026-03-01 08:00:00.000000', 'done', '{')"
        )
        with pytest.raises(DatabaseError, match="damaged"):
            connection.execute(sa.select(tables.run)).all()
    engine.dispose()


def test_a_full_disk_is_named_by_its_folder(tmp_path: Path) -> None:
    engine = database.open_database(f"sqlite:///{tmp_path}/radar.db")
    large = "create table large as select randomblob(1000000) as x"
    with engine.begin() as connection:
        connection.exec_driver_sql("pragma max_page_count = 1")
        with pytest.raises(DatabaseError) as caught, database.usable():
            connection.exec_driver_sql(large)
    engine.dispose()
    assert caught.value.message.startswith(f"the database in {tmp_path} can't be written: ")


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (
            sa.exc.OperationalError(
                "insert", {}, Exception('could not extend file "base/1": No space left on device')
            ),
            "can't be written",
        ),
        (
            sa.exc.IntegrityError(
                "insert",
                {},
                Exception(
                    "duplicate key value violates unique constraint\n"
                    "DETAIL:  Key (url)=(https://a.example/full-locked-report) already exists."
                ),
            ),
            "at the same moment",
        ),
    ],
)
def test_what_postgresql_says(error: sa.exc.DatabaseError, told: str) -> None:
    with pytest.raises(DatabaseError, match=told), database.usable():
        raise error


def test_a_message_that_the_driver_can_not_read_is_damage() -> None:
    with pytest.raises(DatabaseError, match="malformed database schema"), database.usable():
        b"malformed database schema (\xd3)".decode()
    with pytest.raises(UnicodeDecodeError), database.usable():
        b"another text \xd3".decode()


_OLDER_ADDRESSES = """
insert into address (
    url, source, kind, published, lastmod, first_seen, failures, unchanged, next_due, last_outcome
) values
    ('http://a.example:80/x', 's', 'page', '2026-03-01T09:00:00+01:00', '2026-03-01 \
08:00:00.000000',
     '2026-03-01 08:00:00.000000', 0, 0, '2026-03-02 00:00:00.000000', 'new'),
    ('https://b.example:8080/y', 's', 'page', 'soon', null,
     '2026-03-01 08:00:00.000000', 0, 0, '2026-03-02 00:00:00.000000', 'new')
"""


def test_an_older_database_comes_to_the_same_and_its_addresses_are_filled_in(
    tmp_path: Path,
) -> None:
    config = database._alembic()
    older = sa.create_engine(url(tmp_path))
    with older.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        connection.exec_driver_sql(_OLDER_ADDRESSES)
    older.dispose()
    engine = database.open_database(url(tmp_path))
    with engine.connect() as connection:
        rows = connection.execute(sa.select(tables.address).order_by(tables.address.c.url)).all()
        kept = connection.exec_driver_sql(
            "select sql from sqlite_master where name = 'address'"
        ).scalar_one()
    engine.dispose()
    assert [(r.site, r.lastmod_unchanged, r.lastmod_changed, r.archive) for r in rows] == [
        ("a.example", True, False, False),
        ("b.example:8080", False, False, False),
    ]
    assert rows[0].dated == rows[0].lastmod == datetime(2026, 3, 1, 8, tzinfo=UTC)
    assert rows[1].dated is None
    assert "WITHOUT ROWID" in kept


def test_parts_of_the_addresses_have_the_indexes_that_the_tables_tell_of(tmp_path: Path) -> None:
    migrated = database.open_database(url(tmp_path))
    made = sa.create_engine("sqlite://")
    tables.metadata.create_all(made)
    query = "select name, sql from sqlite_master where type = 'index' and tbl_name = 'address'"
    told: list[dict[str, str]] = []
    for engine in (migrated, made):
        with engine.connect() as connection:
            told.append(dict(connection.exec_driver_sql(query).all()))
        engine.dispose()
    assert told[0] == told[1]


def test_the_write_ahead_log_shrinks_again_beside_a_reader(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "LOG_BYTES", 1_000_000)
    engine = database.open_database(url(tmp_path))
    reader = database.open_reader(url(tmp_path))
    assert reader is not None
    log = tmp_path / "radar.db-wal"
    write = sa.text("insert into site (name, robots) values (:name, :robots)")
    with engine.connect() as connection, reader.connect():
        connection.execute(write, {"name": "large", "robots": b"x" * 8_000_000})
        connection.commit()
        assert log.stat().st_size > 8_000_000
        for number in range(3):
            connection.execute(write, {"name": f"small {number}", "robots": b"x"})
            connection.commit()
        assert log.stat().st_size <= 1_000_000
    reader.dispose()
    engine.dispose()


def test_who_writes_what_another_has_just_written_is_not_told_to_restore_a_backup(
    tmp_path: Path,
) -> None:
    """As of two clicks on one button."""
    engine = database.open_database(url(tmp_path))
    source = sa.insert(tables.source).values(id="one")
    with engine.begin() as connection:
        connection.execute(source)
    with (
        pytest.raises(DatabaseError, match="at the same moment") as caught,
        database.usable(),
        engine.begin() as connection,
    ):
        connection.execute(source)
    assert "backup" not in caught.value.hint
    engine.dispose()


@pytest.mark.parametrize(
    ("url", "seconds"),
    [
        ("postgresql+psycopg://u@192.0.2.1/radar", database.CONNECT_SECONDS),
        ("postgresql+psycopg2://u@192.0.2.1/radar", database.CONNECT_SECONDS),
        ("postgresql+psycopg://u@192.0.2.1/radar?connect_timeout=3", None),
        ("postgresql+pg8000://u@192.0.2.1/radar", None),
        ("sqlite://", None),
    ],
)
def test_a_server_that_gives_no_answer_is_waited_for_so_long(
    url: str, seconds: int | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: dict[str, int] = {}

    def create(_: str, *, connect_args: dict[str, int], **_others: object) -> sa.Engine:
        given.update(connect_args)
        raise ModuleNotFoundError(name="a driver")

    monkeypatch.setattr("sqlalchemy.create_engine", create)
    with pytest.raises(DatabaseError, match="a driver"):
        database.make_engine(url)
    assert given.get("connect_timeout") == seconds


@pytest.mark.parametrize(
    ("error", "mistake"),
    [
        (KeyError("edition"), True),
        (sa.exc.IntegrityError("insert", {}, ValueError("UNIQUE constraint failed")), True),
        (sa.exc.DataError("insert", {}, ValueError("a text with NUL")), True),
        (sa.exc.OperationalError("insert", {}, ValueError("database is locked")), False),
        (sa.exc.PendingRollbackError("a write has failed before"), False),
        (DatabaseError("the database is locked by another program"), False),
        (OSError("no space left on device"), False),
    ],
)
def test_what_a_statement_would_write_may_be_a_mistake(error: Exception, mistake: bool) -> None:
    assert database.is_mistake(error) is mistake
