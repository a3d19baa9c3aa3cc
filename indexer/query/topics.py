"""Topics: named sets of queries that `topic:ID` stands for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic as configured in `config/topics/*.yaml`.

    A document has it if one of the terms matches and none of `exclude` does. The language only
    says what the terms are written in: every term is looked for in all documents.
    """

    id: str
    name: str
    terms: Mapping[str, tuple[str, ...]]
    """Language (ISO 639-1) → queries in our own language, without `topic:`."""
    exclude: Mapping[str, tuple[str, ...]]
    """The same, for what is meant by other uses of the words."""
