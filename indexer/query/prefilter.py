"""Selects the saved queries that a document can match, before they are evaluated.

Each query has a set of tokens of which one must occur. The sets are inverted, so that only the
tokens of the document are looked up. Queries without such a set (negations, ranges, prefixes) are
always candidates. The evaluator must verify each candidate.
"""

from __future__ import annotations

from collections import Counter
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

_COMMON = frozenset({"lang", "kind", "has"})
"""Fields of which most documents have the same value."""


def required_words(node: CompiledNode) -> frozenset[Key] | None:
    """Keys of which a matching document has at least one; None: unknown.

    Where there is a choice, keys that the query has in many places are taken: so the terms of a
    topic come down to the few words that they share.
    """
    return _required(node, Counter(_word_keys(node)))


def _required(node: CompiledNode, shares: Mapping[Key, int]) -> frozenset[Key] | None:
    match node:
        case Words(_, alternatives):
            # Of adjacent words all must occur; the longest is probably the rarest.
            return frozenset(
                max(
                    ((stream, token) for token in tokens),
                    key=lambda key: (shares[key], len(key[1])),
                )
                for stream, tokens in alternatives
            )
        case ExactValue(field, values):
            return frozenset((field, value) for value in values)
        case AllOf(operands):
            sets = [found for o in operands if (found := _required(o, shares)) is not None]
            return min(sets, key=lambda keys: _breadth(keys, shares), default=None)
        case OneOf(operands):
            every = [_required(operand, shares) for operand in operands]
            known = [found for found in every if found is not None]
            return frozenset().union(*known) if len(known) == len(every) else None
        case SamePassage(operand):
            return _required(operand, shares)
        case _:
            return None


def _breadth(keys: frozenset[Key], shares: Mapping[Key, int]) -> tuple[bool, float, int]:
    """Orders sets of keys: one with a value that most documents have selects nothing."""
    common = any(field in _COMMON for field, _ in keys)
    places = sum(shares.get(key, 1) for key in keys)
    return common, len(keys) / max(1, places), len(keys)


def _word_keys(node: CompiledNode) -> Iterator[Key]:
    """The words of a query, as often as it has them."""
    match node:
        case Words(_, alternatives):
            yield from ((stream, token) for stream, tokens in alternatives for token in tokens)
        case AllOf(operands) | OneOf(operands):
            for operand in operands:
                yield from _word_keys(operand)
        case SamePassage(operand):
            yield from _word_keys(operand)
        case _:
            pass


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
