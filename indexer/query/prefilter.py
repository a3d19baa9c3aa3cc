"""Selects the saved queries that a document can match, before they are evaluated.

Each query has a set of tokens of which one must occur. The sets are inverted, so that only the
tokens of the document are looked up. Queries without such a set (negations, ranges, prefixes) are
always candidates. The evaluator must verify each candidate.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from indexer.query.compiled import (
    AllOf,
    CompiledNode,
    CompiledQuery,
    ExactValue,
    OneOf,
    SamePassage,
    Words,
)
from indexer.query.fields import WORD_FIELDS
from indexer.query.view import PageView

Key: TypeAlias = tuple[str, str]
"""(stream, token) of a word, (field, value) of an exact value."""


def required_words(node: CompiledNode) -> frozenset[Key] | None:
    """Keys of which a matching document has at least one; None: unknown."""
    match node:
        case Words(_, alternatives):
            # Of adjacent words all must occur; the longest is probably the rarest.
            return frozenset((a.stream, max(a.tokens, key=len)) for a in alternatives)
        case ExactValue(field, values):
            return frozenset((field, value) for value in values)
        case AllOf(operands):
            sets = [found for o in operands if (found := required_words(o)) is not None]
            return min(sets, key=len, default=None)
        case OneOf(operands):
            every = [required_words(operand) for operand in operands]
            known = [found for found in every if found is not None]
            return frozenset().union(*known) if len(known) == len(every) else None
        case SamePassage(operand):
            return required_words(operand)
        case _:
            return None


class Prefilter:
    """Saved queries by the keys that they require."""

    def __init__(self, queries: Mapping[str, CompiledQuery]) -> None:
        self._always: set[str] = set()
        self._by_key: dict[Key, list[str]] = {}
        for name, query in queries.items():
            required = required_words(query.root)
            if required is None:
                self._always.add(name)
            for key in required or ():
                self._by_key.setdefault(key, []).append(name)

    def candidates(self, view: PageView) -> set[str]:
        """Names of the queries that the document may match."""
        found = set(self._always)
        for key in _keys(view):
            found.update(self._by_key.get(key, ()))
        return found


def _keys(view: PageView) -> Iterator[Key]:
    for field, values in view.record.values.items():
        yield from ((field, value) for value in values)
    fields = [view.texts((name,)) for name in WORD_FIELDS]
    for stream, strings in (
        ("surface", [field.surface for field in fields]),
        ("stem", [field.language_stems for field in fields]),
        ("parts", [field.parts for field in fields]),
    ):
        yield from ((stream, token) for token in set(" ".join(strings).split()))
