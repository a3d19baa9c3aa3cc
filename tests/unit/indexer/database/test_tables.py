"""The tables: each has an owner, and rows that are removed an index for all that refers to them."""

from __future__ import annotations

import re
from typing import Any

import pytest
import sqlalchemy as sa

from indexer.database import tables

KEPT = {"run", "watch"}
"""Tables no row of which is ever removed."""
REFERENCES = [
    (column, key.column.table.name)
    for table in tables.metadata.sorted_tables
    for column in table.columns
    for key in column.foreign_keys
    if key.column.table.name not in {*KEPT, "access_key"}  # keys are few
]


def leading_columns(table: sa.Table) -> set[str]:
    """The first columns of the indexes that the database has of a table."""
    ordered = [list(index.columns) for index in table.indexes]
    ordered += [
        list(constraint.columns)
        for constraint in table.constraints
        if isinstance(constraint, sa.PrimaryKeyConstraint | sa.UniqueConstraint)
    ]
    return {columns[0].name for columns in ordered if columns}


@pytest.mark.parametrize(
    ("column", "referred"), REFERENCES, ids=[f"{c.table.name}-{c.name}" for c, _ in REFERENCES]
)
def test_a_removed_row_has_no_table_searched_for_what_refers_to_it(
    column: sa.Column[Any], referred: str
) -> None:
    """For each row the database asks whether another one refers to it: without an index by a look
    at all of them.
    """
    assert column.name in leading_columns(column.table), f"references to {referred}"


def test_each_table_has_an_owner() -> None:
    named = set(
        re.findall(r"\w+", "\n".join(re.findall(r"^\| ([^|]+) \|", tables.__doc__, re.MULTILINE)))
    )
    assert set(tables.metadata.tables) <= named
