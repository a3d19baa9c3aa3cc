"""Cursors of lists that are counted: the number of the first entry."""

from __future__ import annotations

from indexer.stores.base import cursor_error


def first_number(cursor: str | None) -> int:
    """Number of the first entry that is asked for; QueryError for a foreign cursor."""
    if cursor is None:
        return 0
    if not (cursor.isascii() and cursor.isdecimal() and len(cursor) < 10):
        raise cursor_error()
    return int(cursor)
