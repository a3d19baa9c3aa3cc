"""A passage with the stretches in it that matter: what a query found, or what supports a change.

Searches, watches, the history of events and the web side show passages in this one form.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

Mark: TypeAlias = tuple[int, int]
"""Start and end in the text of a passage."""
Marks: TypeAlias = tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class MarkedPassage:
    """A passage of a page, or a part of one, with marks in its text."""

    text: str
    marks: Marks = ()
    """In order, not overlapping."""

    def to_json(self) -> dict[str, Any]:
        """The form of the API, of `--json` output and of the database."""
        return {"text": self.text, "marks": [list(mark) for mark in self.marks]}

    @classmethod
    def from_json(cls, record: Mapping[str, Any]) -> MarkedPassage:
        """The inverse of `to_json`."""
        return cls(record["text"], tuple((start, end) for start, end in record["marks"]))
