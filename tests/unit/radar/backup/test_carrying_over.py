from __future__ import annotations

import contextlib
import resource
import shutil
import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from indexer.database import tables
from indexer.database.engine import open_database
from indexer.records.errors import BackupError
from radar.backup.carrying_over import carry_over
from radar.erasure.erased_pages import page_key

THEN, SINCE = datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 3, 2, tzinfo=UTC)
PAGE = "https://example.org/a"


def change(path: Path, *statements: Any) -> None:
    engine = open_database(f"sqlite:///{path}")
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(statement)
    engine.dispose()


def rows(path: Path, *columns: sa.Column[Any]) -> list[Any]:
    engine = open_database(f"sqlite:///{path}")
    with engine.connect() as connection:
        found = [tuple(row) for row in connection.execute(sa.select(*columns))]
    engine.dispose()
    return found


def key(name: str, scope: str = "read") -> sa.Insert:
    digests = dict.fromkeys(("digest", "feed_digest"), f"{name} {scope}")
    return sa.insert(tables.access_key).values(
        name=name, scope=scope, prefix="p", created=THEN, **digests
    )


def session(digest: str, of: str) -> sa.Insert:
    times = dict.fromkeys(("began", "rotated", "expires"), SINCE)
    return sa.insert(tables.access_session).values(digest=digest, key=of, replaced=False, **times)


def forgetting(kind: str, what: str, at: datetime) -> sa.Insert:
    return sa.insert(tables.erasure).values(
        kind=kind, what=what, started=at, finished=at, counts={}
    )


@pytest.fixture
def databases(tmp_path: Path) -> tuple[Path, Path]:
    """One in place, and the copy of an earlier day."""
    restored, present = tmp_path / "restored.db", tmp_path / "present.db"
    change(
        restored,
        sa.insert(tables.installation).values(id="one"),
        sa.insert(tables.address).values(
            url=PAGE, source="s", kind="page", first_seen=THEN, next_due=THEN
        ),
        forgetting("source", "old", THEN),
        key("kept"),
        key("removed"),
    )
    shutil.copy(restored, present)
    change(
        present,
        sa.insert(tables.erased_page).values(key=page_key(PAGE), at=SINCE),
        sa.insert(tables.erased_page).values(key=page_key("https://example.org/never"), at=SINCE),
        forgetting("source", "new", SINCE),
        sa.delete(tables.access_key).where(tables.access_key.c.name == "removed"),
        key("later"),
    )
    return present, restored


def test_what_was_forgotten_since_is_forgotten_again(databases: tuple[Path, Path]) -> None:
    present, restored = databases
    assert carry_over(present, restored) == 2
    assert len(rows(restored, tables.erased_page.c.key)) == 2
    columns = tables.erasure.c
    waiting = [row[:2] for row in rows(restored, columns.kind, columns.what, columns.finished)[1:]]
    assert waiting == [("page", PAGE), ("source", "new")]
    assert [row[0] for row in rows(restored, columns.finished)] == [THEN, None, None]
    assert all(started.tzinfo for (started,) in rows(restored, columns.started))
    assert carry_over(present, restored) == 1  # the source: it was forgotten at another time


def test_whom_the_database_in_place_lets_in(databases: tuple[Path, Path]) -> None:
    present, restored = databases
    carry_over(present, restored)
    assert rows(restored, tables.access_key.c.name) == [("kept",), ("later",)]


def first_run(at: datetime) -> sa.Insert:
    return sa.insert(tables.run).values(started=at, state="done", arguments={})


@pytest.mark.parametrize(
    ("began", "keys"), [(THEN, ["kept", "later"]), (SINCE, ["kept", "later", "removed"])]
)
def test_a_database_that_a_run_began_anew_has_revoked_no_key(
    databases: tuple[Path, Path], began: datetime, keys: list[str]
) -> None:
    """It has the id of the archive."""
    present, restored = databases
    change(restored, first_run(THEN))
    change(present, first_run(began), first_run(SINCE))
    assert carry_over(present, restored) == 2
    assert [name for (name,) in rows(restored, tables.access_key.c.name)] == keys


def test_a_session_never_gets_the_rights_of_another_key(databases: tuple[Path, Path]) -> None:
    present, restored = databases
    change(restored, first_run(THEN), key("ann", "admin"), session("old", "ann"))
    change(
        present,
        *(first_run(SINCE), key("ann")),
        *(session("of ann", "ann"), session("of kept", "kept"), session("of later", "later")),
    )
    carry_over(present, restored)
    keys = tables.access_key.c
    assert ("ann", "admin") in rows(restored, keys.name, keys.scope)
    sessions = rows(restored, tables.access_session.c.digest)
    assert sorted(sessions) == [("of kept",), ("of later",), ("old",)]


def test_nothing_comes_from_another_installation(databases: tuple[Path, Path]) -> None:
    present, restored = databases
    change(present, sa.update(tables.installation).values(id="two"))
    assert carry_over(present, restored) == 0
    assert rows(restored, tables.access_key.c.name) == [("kept",), ("removed",)]


def test_a_database_that_can_not_be_read_is_left(databases: tuple[Path, Path]) -> None:
    present, restored = databases
    present.write_bytes(b"no database " * 1000)
    before = rows(restored, tables.access_key.c.name)
    assert carry_over(present, restored) is None
    assert rows(restored, tables.access_key.c.name) == before


def test_a_value_that_is_no_text_is_as_good_as_unreadable(databases: tuple[Path, Path]) -> None:
    """The error then comes from Python, and has no name of SQLite's."""
    present, restored = databases
    with contextlib.closing(sqlite3.connect(present)) as connection:
        connection.execute("UPDATE forgetting SET what = cast(x'ff' as text) WHERE what = 'new'")
        connection.commit()
    assert carry_over(present, restored) is None
    assert rows(restored, tables.access_key.c.name) == [("kept",), ("removed",)]


@pytest.mark.parametrize(("older", "known"), [("restored", None), ("present", 0)])
def test_a_database_from_before_there_were_such_orders(
    databases: tuple[Path, Path], older: str, known: int | None
) -> None:
    present, restored = databases
    with contextlib.closing(sqlite3.connect(restored.with_name(f"{older}.db"))) as connection:
        connection.execute("DROP TABLE forgotten")
        connection.commit()
    assert carry_over(present, restored) == known


def test_what_can_not_be_entered_is_not_passed_over(databases: tuple[Path, Path]) -> None:
    present, restored = databases
    many = [page_key(f"https://example.org/{number}") for number in range(20_000)]
    change(
        present,
        *(
            sa.insert(tables.erased_page).values(
                [{"key": k, "at": SINCE} for k in many[i : i + 500]]
            )
            for i in range(0, 20_000, 500)
        ),
    )
    limit = resource.getrlimit(resource.RLIMIT_FSIZE)
    # It stands in for a full disk: the same calls fail.
    resource.setrlimit(resource.RLIMIT_FSIZE, (restored.stat().st_size + 4096, limit[1]))
    try:
        with pytest.raises(BackupError, match="can't be entered"):
            carry_over(present, restored)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limit)
    assert rows(restored, tables.erased_page.c.key) == []
