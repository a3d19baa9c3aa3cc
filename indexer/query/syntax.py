"""The query tree as the user wrote it; the compiler decides what its words mean."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

TermKind = Literal["word", "phrase", "prefix"]


@dataclass(frozen=True, slots=True)
class Term:
    """A word, a phrase or a prefix, in a field or (field None) anywhere."""

    field: str | None
    text: str
    """Without quotes, field name and asterisk."""
    kind: TermKind
    position: int
    """Offset of its first character in the query."""
    sure: bool = False
    """It stands beside `sure:yes`, see `indexer.query.sure`."""

    @property
    def written(self) -> str:
        """A term in a field as one writes it: `country:"South Africa"`."""
        value = f'"{self.text}"' if self.kind == "phrase" else self.text
        return f"{self.field}:{value}"

    @property
    def value_position(self) -> int:
        """Offset of its value, or of the first quotation mark."""
        return _value_position(self)


@dataclass(frozen=True, slots=True)
class Range:
    """field:[low TO high]; None: open."""

    field: str
    low: str | None
    high: str | None
    position: int
    sure: bool = False
    """As of a term."""

    @property
    def value_position(self) -> int:
        """Offset of its bracket."""
        return _value_position(self)


@dataclass(frozen=True, slots=True)
class Asterisk:
    """`*` alone."""

    position: int


@dataclass(frozen=True, slots=True)
class Not:
    """What the operand does not match."""

    operand: Node


@dataclass(frozen=True, slots=True)
class And:
    """All operands match."""

    operands: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """At least one operand matches."""

    operands: tuple[Node, ...]


Node: TypeAlias = Term | Range | Asterisk | Not | And | Or


@dataclass(frozen=True, slots=True)
class Query:
    """A parsed query."""

    text: str
    """As written."""
    root: Node


def _value_position(node: Term | Range) -> int:
    return node.position + (len(f"{node.field}:") if node.field else 0)
