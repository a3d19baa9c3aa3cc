"""What an index is to its database, by the epochs that both know."""

from __future__ import annotations

import sqlalchemy as sa

from indexer.database.epochs import Kinship, begin_epoch, establish_id, kinship
from indexer.records.origin import Origin


def test_an_id_is_given_once_and_taken_over_where_one_is_known(connection: sa.Connection) -> None:
    own = establish_id(connection, "a" * 32)
    assert own == establish_id(connection, "b" * 32) == "a" * 32


def test_an_index_is_current_then_behind_and_never_ahead_of_its_database(
    connection: sa.Connection,
) -> None:
    first = begin_epoch(connection)
    assert kinship(connection, first) is Kinship.CURRENT
    second = begin_epoch(connection)
    assert (kinship(connection, first), kinship(connection, second)) == (
        Kinship.BEHIND,
        Kinship.CURRENT,
    )


def test_a_database_that_was_put_back_does_not_know_the_epoch_of_its_index(
    connection: sa.Connection,
) -> None:
    begin_epoch(connection)
    connection.commit()
    later = begin_epoch(connection)
    connection.rollback()
    begin_epoch(connection)  # another one takes its number
    assert kinship(connection, later) is Kinship.AHEAD


def test_an_index_that_says_nothing_is_taken_on_and_another_ones_is_foreign(
    connection: sa.Connection,
) -> None:
    own = begin_epoch(connection)
    assert kinship(connection, None) is Kinship.BEHIND
    assert kinship(connection, Origin("f" * 32, own.epoch)) is Kinship.FOREIGN
    assert Origin.from_json(own.to_json()) == own
    assert Origin.from_json({"installation": 1}) is Origin.from_json(None) is None
