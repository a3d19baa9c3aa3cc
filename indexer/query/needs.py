"""What a query needs: sets of keys (words, exact values) of which a matching document has one each.

The evaluator must verify each document that has them. Whether they decide a query matters where it
is excluded: else a document may have them and not match.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypeAlias

from indexer.query.compiled import (
    AllOf,
    CompiledNode,
    CompiledQuery,
    ExactValue,
    OneOf,
    SamePassage,
    Without,
    Words,
)
from indexer.query.fields import PASSAGE_FIELDS

Key: TypeAlias = str
"""SCOPE:TOKEN of a word, FIELD:VALUE of an exact value. A scope is a stream of title and text
together, or of a field of names, whose name goes before.

A string, not a tuple: the garbage collector takes no interest in strings, and watches have many.
"""

_COMMON = ("lang:", "kind:", "has:")
"""Keys of fields of which most documents have the same value."""
_PARTS_OF_PASSAGES = (("title",), ("text",))
"""Fields whose words have the keys of title and text together: more documents have them."""
_FEW_WORDS = 8
"""Watches of people have fewer, topics more. Among few, how many places a key has says little."""
_WORDS_OF_PHRASE = 2
"""Of the words of a phrase so many are looked up before the phrase itself is."""
_NO_KEYS: frozenset[Key] = frozenset()


class Needs(NamedTuple):
    """What the keys of a document say of a query."""

    each: tuple[frozenset[Key], ...] = ()
    """A matching document has a key of each set."""
    none: frozenset[Key] = _NO_KEYS
    """It has none of these."""
    decide: bool = False
    """Whether every such document matches."""

    @property
    def is_one_set(self) -> bool:
        """Whether a document matches if and only if it has a key of one set."""
        return self.decide and len(self.each) == 1 and not self.none


def needs_of(query: CompiledQuery) -> Needs:
    """What a query needs; the narrowest set comes first."""
    return _NeedsOfQuery(query.root).ranked()


class _NeedsOfQuery:
    """Reads from a query what it needs.

    Where there is a choice, keys that the query has in many places are taken: so the terms of a
    topic come down to the few words that they share.
    """

    def __init__(self, root: CompiledNode) -> None:
        self._root = root
        self._keys: dict[int, list[list[Key]]] = {}
        self._shares: Mapping[Key, int] = {}
        """In how many places the query has a key, where it has many words."""
        words = _words_in(root)
        if len(words) > _FEW_WORDS:
            self._keys = {id(each): _keys_of(each) for each in words}
            every = self._keys.values()
            self._shares = Counter([k for of_words in every for keys in of_words for k in keys])

    def ranked(self) -> Needs:
        """The needs of the whole query, the narrowest set first."""
        needs = self._of(self._root)
        if len(needs.each) < 2:
            return needs
        return needs._replace(each=tuple(sorted(needs.each, key=self._breadth)))

    def _of(self, node: CompiledNode) -> Needs:
        match node:
            case Words():
                return self._of_words(node)
            case ExactValue():
                return _of_value(node)
            case AllOf(operands) | OneOf(operands):
                needs = [self._of(operand) for operand in operands]
                return _all_of(needs) if isinstance(node, AllOf) else self._one_of(needs)
            case Without(operand):
                return _without(self._of(operand))
            case SamePassage(operand):
                # What its passage must not have, others may.
                return Needs(self._of(operand).each)
            case _:
                return Needs()

    def _of_words(self, words: Words) -> Needs:
        alternatives = self._keys.get(id(words)) or _keys_of(words)
        longest = max(map(len, alternatives), default=0)
        if longest < 2:
            keys = frozenset([key for keys in alternatives for key in keys])
            return Needs((keys,), decide=words.fields not in _PARTS_OF_PASSAGES)
        # Of adjacent words all must occur; the longest are probably the rarest.
        ranked = [
            sorted(keys, key=lambda key: (self._shares.get(key, 1), len(key)), reverse=True)
            for keys in alternatives
        ]
        return Needs(
            tuple(
                [
                    frozenset([keys[min(place, len(keys) - 1)] for keys in ranked])
                    for place in range(min(longest, _WORDS_OF_PHRASE))
                ]
            )
        )

    def _one_of(self, choices: Sequence[Needs]) -> Needs:
        """A key of the narrowest set of one of the choices."""
        if not all(needs.each for needs in choices):
            return Needs()
        narrowest = [
            needs.each[0] if len(needs.each) == 1 else min(needs.each, key=self._breadth)
            for needs in choices
        ]
        decide = all(needs.is_one_set for needs in choices)
        return Needs((_NO_KEYS.union(*narrowest),), decide=decide)

    def _breadth(self, keys: frozenset[Key]) -> tuple[bool, float, int]:
        """Orders sets of keys: one with a value that most documents have selects nothing."""
        shares = self._shares
        common = bool([key for key in keys if key.startswith(_COMMON)])
        places = sum([shares.get(key, 1) for key in keys])
        return common, len(keys) / max(1, places), len(keys)


def _of_value(value: ExactValue) -> Needs:
    return Needs((frozenset([f"{value.field}:{of}" for of in value.values]),), decide=True)


def _all_of(needs: Sequence[Needs]) -> Needs:
    return Needs(
        tuple([keys for of_one in needs for keys in of_one.each]),
        _NO_KEYS.union(*[of_one.none for of_one in needs]),
        all(of_one.decide for of_one in needs),
    )


def _without(needs: Needs) -> Needs:
    """What others need that must not match; only a set that decides by itself excludes."""
    return Needs(none=needs.each[0], decide=True) if needs.is_one_set else Needs()


def _words_in(node: CompiledNode) -> list[Words]:
    """The words that a query asks for."""
    match node:
        case Words():
            return [node]
        case AllOf(operands) | OneOf(operands):
            return [words for operand in operands for words in _words_in(operand)]
        case SamePassage(operand):
            return _words_in(operand)
        case _:
            return []


def _keys_of(words: Words) -> list[list[Key]]:
    """The keys of each alternative."""
    before = before_stream(words.fields)
    return [
        [f"{before}{stream}:{token}" for token in tokens] for stream, tokens in words.alternatives
    ]


def before_stream(fields: tuple[str, ...]) -> str:
    """What stands before the stream in the keys of words in these fields."""
    return "" if fields[0] in PASSAGE_FIELDS else f"{fields[0]} "
