"""Questions about many values at once: databases take only so many parameters in one statement."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

import sqlalchemy as sa

_CHUNK = 500
"""Values in one statement."""


def chunks(values: Iterable[Any]) -> Iterator[Sequence[Any]]:
    """The values in as many parts as it takes."""
    listed = list(values)
    for start in range(0, len(listed), _CHUNK):
        yield listed[start : start + _CHUNK]


def among(
    connection: sa.Connection,
    column: sa.Column[Any],
    by: sa.Column[Any],
    values: Collection[Any],
) -> frozenset[Any]:
    """What `column` holds where `by` holds one of the values."""
    found: set[Any] = set()
    for chunk in chunks(values):
        found.update(connection.execute(sa.select(column).where(by.in_(chunk))).scalars())
    return frozenset(found)
