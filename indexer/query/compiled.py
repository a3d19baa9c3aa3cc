"""A query ready to be run: words are tokens, labels are concepts, dates are days.

Stores translate it for their engine, the reference evaluator runs it itself.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

from indexer.text.analysis import stem_token

Stream = Literal["surface", "stem", "parts"]


@dataclass(frozen=True, slots=True)
class Tokens:
    """Tokens that must stand side by side in one passage of a stream; a single one just occurs.

    The stream `parts` has no order: there it is always one token.
    """

    stream: Stream
    tokens: tuple[str, ...]
    needle: str = dataclasses.field(init=False, repr=False, compare=False)
    """The tokens as they stand in a token string with blanks around every token."""

    def __post_init__(self) -> None:  # noqa: D105  # `needle` says it
        object.__setattr__(self, "needle", f" {' '.join(self.tokens)} ")


class Sought(NamedTuple):
    """An alternative as it is looked for in documents of one language."""

    tokens: Tokens
    needle: str
    """Stands in the stream stem (parts: in parts) wherever the alternative stands."""
    certain: bool
    """Whether the needle is enough to tell that the alternative stands there."""


@dataclass(frozen=True, slots=True)
class Words:
    """Words in one of the fields: any of the alternatives."""

    fields: tuple[str, ...]
    alternatives: tuple[Tokens, ...]
    term: str
    """What to tell the reader was found: the query's term, or the topic's."""
    _by_language: dict[str | None, tuple[Sought, ...]] = dataclasses.field(
        init=False, repr=False, compare=False, default_factory=dict
    )

    def sought(self, lang: str | None) -> tuple[Sought, ...]:
        """The alternatives that a document in a language can have."""
        found = self._by_language.get(lang)
        if found is None:
            found = self._by_language[lang] = tuple(_sought(self.alternatives, lang))
        return found


@dataclass(frozen=True, slots=True)
class Prefix:
    """A word of the stream `surface` that begins so, in one of the fields."""

    fields: tuple[str, ...]
    prefix: str
    term: str


@dataclass(frozen=True, slots=True)
class Value:
    """A field has one of these exact values."""

    field: str
    values: tuple[str, ...]
    term: str


@dataclass(frozen=True, slots=True)
class Interval:
    """Days of a date field overlap these (ordinals, inclusive)."""

    field: Literal["published", "event_date"]
    first: int
    last: int
    term: str


@dataclass(frozen=True, slots=True)
class Everything:
    """Every document."""


@dataclass(frozen=True, slots=True)
class AllOf:
    """All operands."""

    operands: tuple[CompiledNode, ...]


@dataclass(frozen=True, slots=True)
class OneOf:
    """At least one operand."""

    operands: tuple[CompiledNode, ...]


@dataclass(frozen=True, slots=True)
class Without:
    """Not the operand."""

    operand: CompiledNode


CompiledNode: TypeAlias = Words | Prefix | Value | Interval | Everything | AllOf | OneOf | Without


@dataclass(frozen=True, slots=True)
class CompiledQuery:
    """A compiled query."""

    text: str
    """As the user wrote it."""
    root: CompiledNode


def _sought(alternatives: Sequence[Tokens], lang: str | None) -> Iterator[Sought]:
    """Words stand where their stems do, and stems of other languages stand nowhere."""
    stems = {tokens.needle for tokens in alternatives if tokens.stream == "stem"}
    for tokens in alternatives:
        if tokens.stream == "surface":
            needle = Tokens("stem", tuple(stem_token(t, lang) for t in tokens.tokens)).needle
            if needle not in stems:
                yield Sought(tokens, needle, certain=False)
        elif tokens.stream == "parts" or tokens.tokens[0].startswith(f"{lang or ''}:"):
            yield Sought(tokens, tokens.needle, certain=True)


def has_words(node: CompiledNode) -> bool:
    """Whether a query asks for words, by which documents can be ranked."""
    match node:
        case AllOf(operands) | OneOf(operands):
            return any(has_words(operand) for operand in operands)
        case _:
            return isinstance(node, Words)
