from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from indexer.access import sessions
from indexer.access.keys import add_key, remove_key
from indexer.access.scope import Scope

NOW = datetime(2026, 3, 2, 3, 15, tzinfo=UTC)
INSTANT = timedelta(microseconds=1)


@pytest.fixture
def connection(connection: sa.Connection) -> sa.Connection:
    add_key(connection, "desk", Scope.READ, NOW)
    return connection


def test_a_session_is_the_key_s_until_nobody_used_it_for_long(connection: sa.Connection) -> None:
    identity = sessions.begin_session(connection, "desk", NOW)
    found = sessions.find_session(connection, identity, NOW + sessions.IDLE - INSTANT)
    assert found is not None
    assert (found.key.name, found.key.scope) == ("desk", Scope.READ)
    assert sessions.find_session(connection, identity, NOW + sessions.IDLE) is None
    assert sessions.find_session(connection, "made-up", NOW) is None
    kept = connection.exec_driver_sql("select * from access_session").one()
    assert identity not in map(str, kept)


def test_its_id_changes_and_the_old_one_ends_soon(connection: sa.Connection) -> None:
    first = sessions.begin_session(connection, "desk", NOW)
    later = NOW + sessions.ROTATION
    session = sessions.find_session(connection, first, later)
    assert session is not None
    assert not session.needs_rotation(later - INSTANT)
    assert session.needs_rotation(later)
    second = sessions.rotate_session(connection, session, later)
    assert second is not None
    assert sessions.rotate_session(connection, session, later) is None
    old = sessions.find_session(connection, first, later + sessions.GRACE - INSTANT)
    assert old is not None
    assert not old.needs_rotation(later)
    assert sessions.find_session(connection, first, later + sessions.GRACE) is None
    assert sessions.find_session(connection, second, later + sessions.GRACE) is not None


def test_no_rotation_makes_it_last_for_ever(connection: sa.Connection) -> None:
    now, identity = NOW, sessions.begin_session(connection, "desk", NOW)
    while (session := sessions.find_session(connection, identity, now)) is not None:
        identity = sessions.rotate_session(connection, session, now) or ""
        now += sessions.IDLE - INSTANT
    assert now - NOW >= sessions.LONGEST
    assert now - NOW < sessions.LONGEST + sessions.IDLE


def test_it_ends_with_logout_and_with_its_key(connection: sa.Connection) -> None:
    one, two = (sessions.begin_session(connection, "desk", NOW) for _ in range(2))
    sessions.end_session(connection, one)
    assert sessions.find_session(connection, one, NOW) is None
    assert sessions.find_session(connection, two, NOW) is not None
    remove_key(connection, "desk")
    assert sessions.find_session(connection, two, NOW) is None


def test_sessions_that_are_over_are_forgotten_at_the_next_login(connection: sa.Connection) -> None:
    sessions.begin_session(connection, "desk", NOW)
    sessions.begin_session(connection, "desk", NOW + sessions.IDLE)
    assert connection.exec_driver_sql("select count(*) from access_session").scalar() == 1


def test_one_of_a_clock_that_was_ahead_is_over(connection: sa.Connection) -> None:
    years_ahead = NOW + timedelta(days=20_000)
    identity = sessions.begin_session(connection, "desk", years_ahead)
    assert sessions.find_session(connection, identity, years_ahead) is not None
    assert sessions.find_session(connection, identity, NOW) is None
    a_little = sessions.begin_session(connection, "desk", NOW + timedelta(minutes=5))
    assert sessions.find_session(connection, a_little, NOW) is not None
