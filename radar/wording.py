"""Numbers with their nouns, for messages to people."""

from __future__ import annotations


def counted(number: int, singular: str, plural: str | None = None) -> str:
    """`1 page`, `2 pages`; `plural` where it is not the singular with an s."""
    return f"{number} {singular if number == 1 else plural or singular + 's'}"
