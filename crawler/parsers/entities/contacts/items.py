"""What contacts are made of, and the lines of the text that it stands on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

LINES_ABOVE = 4
"""Lines above a number in which its person may stand: name, role, organisation, street."""


@dataclass(frozen=True, slots=True)
class ContactItem:
    """Something found: kind is name, role, phone, fax or email."""

    kind: str
    start: int
    end: int
    value: str


def lines_of(text: str) -> Iterator[tuple[int, int]]:
    """Spans of the lines that hold something."""
    for match in re.finditer(r"[^\n]+", text):
        if match.group().strip():
            yield match.span()
