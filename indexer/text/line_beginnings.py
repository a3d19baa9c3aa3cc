"""The first letter of a line: pages mention events in the midst of sentences. Pure."""

from __future__ import annotations


def as_line_begins(name: str) -> str:
    """A name as it begins a line: with a capital, unless the second letter is one (eMobility)."""
    return name if name[1:2].isupper() else name[:1].upper() + name[1:]
