"""Topics: named sets of queries that `topic:ID` stands for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Literal

from indexer.records.values import NOT_EMPTY, ConfigRecord, Identifier, Language, Text


@dataclass(frozen=True, slots=True)
class Topic(ConfigRecord):
    """A topic as configured in `config/topics/*.yaml`.

    A document has it if, in one and the same passage, one of the terms matches and none of
    `exclude` does. So `Cluster AND Bergbau` asks for both words in one paragraph, or (`within`) in
    one sentence of it. The language is only that of the terms: every term is searched in all
    documents.
    """

    id: Identifier
    name: Text
    terms: Annotated[dict[Language, tuple[Text, ...]], NOT_EMPTY]
    """Language (ISO 639-1) → queries in our query language, without `topic:`."""
    exclude: dict[Language, tuple[Text, ...]] = field(default_factory=dict)
    """The same, for other senses of the words: anywhere in the passage."""
    within: Literal["passage", "sentence"] = "passage"
    """What a term must match as a whole."""
