"""Numbers with their nouns, for messages to people."""

from __future__ import annotations

from collections.abc import Sequence

_NAMED = 5
"""Things that a message names; the others are counted."""


def counted(number: int, singular: str, plural: str | None = None) -> str:
    """`1 page`, `2 pages`; `plural` where it is not the singular with an s."""
    return f"{number} {singular if number == 1 else plural or singular + 's'}"


def listed(names: Sequence[str]) -> str:
    """`a, b, c, d, e and 2 more`."""
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more


def size(number: int) -> str:
    """`17 kB`, `2.5 MB`; a thousand bytes make a kilobyte."""
    if number < 1_000_000:
        return f"{number / 1_000:.0f} kB"
    return f"{number / 1_000_000:.1f} MB"
