"""Topics: named sets of queries that `topic:ID` stands for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated

from indexer.records.values import NOT_EMPTY, ConfigRecord, Identifier, Language, Text


@dataclass(frozen=True, slots=True)
class Topic(ConfigRecord):
    """A topic as configured in `config/topics/*.yaml`.

    A document has it if one of the terms matches and none of `exclude` does. The language only
    says what the terms are written in: every term is looked for in all documents.
    """

    id: Identifier
    name: Text
    terms: Annotated[dict[Language, tuple[Text, ...]], NOT_EMPTY]
    """Language (ISO 639-1) → queries in our own language, without `topic:`."""
    exclude: dict[Language, tuple[Text, ...]] = field(default_factory=dict)
    """The same, for what is meant by other uses of the words."""
