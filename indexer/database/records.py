"""Rows of tables as typed records: the only place that turns one into the other.

A record is a frozen, slotted dataclass. Its fields are named like columns; it need not have all of
them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Any, TypeVar

import sqlalchemy as sa

R = TypeVar("R")


def columns_of(record: type[Any], *tables: sa.FromClause) -> tuple[sa.ColumnElement[Any], ...]:
    """The columns that hold the record's fields, in their order.

    Of columns with the same name, that of the first table counts.
    """
    return tuple(
        next(table.c[field.name] for table in tables if field.name in table.c)
        for field in fields(record)
    )


def iter_records(connection: sa.Connection, record: type[R], query: sa.Select[Any]) -> Iterator[R]:
    """The rows of a query over `columns_of` the record, read lazily."""
    return (record(*row) for row in connection.execute(query))


def find_record(
    connection: sa.Connection,
    record: type[R],
    query: sa.Select[Any],
    parameters: Mapping[str, Any] | None = None,
) -> R | None:
    """The only row of a query over `columns_of` the record; None if there is none."""
    row = connection.execute(query, parameters).one_or_none()
    return None if row is None else record(*row)


def get_record(connection: sa.Connection, record: type[R], query: sa.Select[Any]) -> R:
    """The row of a query over `columns_of` the record, of which there is exactly one."""
    return record(*connection.execute(query).one())
