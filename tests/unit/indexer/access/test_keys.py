from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa

from indexer.access import keys
from indexer.access.scope import KEY_SCOPES, Scope

NOW = datetime(2026, 3, 2, 3, 15, tzinfo=UTC)


def test_a_key_is_found_by_itself_alone(connection: sa.Connection) -> None:
    assert not keys.any_key(connection)
    made = keys.add_key(connection, "desk", Scope.WRITE, NOW)
    other = keys.add_key(connection, "other", Scope.READ, NOW)
    assert made is not None
    assert other is not None
    assert keys.any_key(connection)
    found = keys.find_key(connection, made)
    assert found == keys.AccessKey("desk", Scope.WRITE, made[:12], NOW, None)
    for wrong in ("", made[:-1], made.upper(), made + "x", keys.digest_of(made), "\udcff"):
        assert keys.find_key(connection, wrong) is None


def test_its_feed_key_opens_feeds_and_is_another_one(connection: sa.Connection) -> None:
    made = keys.add_key(connection, "desk", Scope.ADMIN, NOW) or ""
    feed_key = keys.feed_key_of(made)
    found = keys.find_key(connection, feed_key)
    assert found is not None
    assert (found.name, found.scope) == ("desk", Scope.FEEDS)
    assert feed_key != keys.feed_key_of(keys.new_key())
    assert made.removeprefix(keys.PREFIX) not in feed_key


def test_the_database_has_no_key(connection: sa.Connection) -> None:
    made = keys.add_key(connection, "desk", Scope.READ, NOW) or ""
    row = connection.exec_driver_sql("select * from access_key").one()
    for secret in (made, keys.feed_key_of(made)):
        assert not any(secret in str(value) for value in row)
    assert len(made.removeprefix(keys.PREFIX)) == 43  # 256 bits


def test_a_name_is_taken_once_and_free_after_removal(connection: sa.Connection) -> None:
    made = keys.add_key(connection, "desk", Scope.READ, NOW) or ""
    assert keys.add_key(connection, "desk", Scope.READ, NOW) is None
    assert keys.remove_key(connection, "desk")
    assert keys.find_key(connection, made) is None
    assert not keys.remove_key(connection, "desk")
    assert keys.add_key(connection, "desk", Scope.READ, NOW) not in (None, made)


def test_use_is_noted(connection: sa.Connection) -> None:
    keys.add_key(connection, "desk", Scope.READ, NOW)
    keys.note_use(connection, "desk", NOW)
    assert [key.used for key in keys.all_keys(connection)] == [NOW]


def test_each_scope_includes_those_before_it() -> None:
    assert [Scope.ADMIN.includes(scope) for scope in Scope] == [True] * 4
    assert [Scope.FEEDS.includes(scope) for scope in Scope] == [True, False, False, False]
    assert not Scope.READ.includes(Scope.WRITE)
    assert Scope.FEEDS not in KEY_SCOPES
