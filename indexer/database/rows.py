"""Writing one row by its key."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import sqlalchemy as sa


def put_row(
    connection: sa.Connection,
    table: sa.Table,
    key: Mapping[str, object],
    values: Mapping[str, object],
) -> None:
    """Update the row with this key, or insert it."""
    named = {f"{name}_is": value for name, value in key.items()}
    if connection.execute(_update_by(table, tuple(key)), {**named, **values}).rowcount == 0:
        connection.execute(sa.insert(table), {**key, **values})


@cache
def _update_by(table: sa.Table, key: tuple[str, ...]) -> sa.Update:
    """Made once: to build and compare a statement takes longer than to execute it."""
    return sa.update(table).where(*(table.c[name] == sa.bindparam(f"{name}_is") for name in key))
