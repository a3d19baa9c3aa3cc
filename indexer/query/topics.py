"""Topics: named sets of queries that `topic:ID` stands for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Literal

from indexer.records.values import (
    NOT_EMPTY,
    ConfigRecord,
    Count,
    Identifier,
    Language,
    Number,
    Text,
)


@dataclass(frozen=True, slots=True)
class Topic(ConfigRecord):
    """A topic as configured in `config/topics/*.yaml`.

    A document has it if, in one and the same passage, one of the terms matches (or one of
    `ambiguous`, and what tells its sense), and none of `exclude` does there. So
    `Cluster AND Bergbau` asks for both words in one paragraph, or (`within`) in one sentence of
    it. The language is only that of the terms: every term is searched in all documents.
    """

    id: Identifier
    name: Text
    terms: Annotated[dict[Language, tuple[Text, ...]], NOT_EMPTY]
    """Language (ISO 639-1) → queries in our query language, without `topic:`."""
    exclude: dict[Language, tuple[Text, ...]] = field(default_factory=dict)
    """The same, for other senses of the words: anywhere in the passage, but (`within`) terms that
    tell their sense are silenced in the same sentence only.
    """
    within: Literal["passage", "sentence"] = "passage"
    """What a term, also an ambiguous one, must match as a whole."""
    ambiguous: dict[Language, tuple[Text, ...]] = field(default_factory=dict)
    """As `terms`, of words that alone do not tell in which sense they are meant."""
    context: dict[Language, tuple[Text, ...]] = field(default_factory=dict)
    """What does tell it: anywhere in the passage."""
    near: Number | None = None
    """So does that the words of an ambiguous term stand close together, with so many others at most
    between one and the next.
    """
    last_word: Identifier | None = None
    """A model of what passages mean (`indexer/meaning/senses`), which may refuse what the terms
    tell and tell what they leave out. Without the extra `meaning` the terms decide alone.
    """
    judged: dict[Language, tuple[Text, ...]] = field(default_factory=dict)
    """With `last_word`: the words whose sense it judges; other passages are not looked at."""
    version: Count = 1
    """Raised by who changes its terms, so that people can say which ones they mean."""
