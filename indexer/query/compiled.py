"""A query ready to be run: words are tokens, labels are concepts, dates are days.

Stores translate it for their engine, the reference evaluator runs it itself.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Literal, TypeAlias

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


@dataclass(frozen=True, slots=True)
class Words:
    """Words in one of the fields: any of the alternatives."""

    fields: tuple[str, ...]
    alternatives: tuple[Tokens, ...]
    term: str
    """What to tell the reader was found: the query's term, or the topic's."""


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


def has_words(node: CompiledNode) -> bool:
    """Whether a query asks for words, by which documents can be ranked."""
    match node:
        case AllOf(operands) | OneOf(operands):
            return any(has_words(operand) for operand in operands)
        case _:
            return isinstance(node, Words)
