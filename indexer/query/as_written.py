"""Queries that take words as they are written, and not also what says the same."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

from indexer.query.compiled import (
    AllOf,
    CompiledNode,
    OneOf,
    SamePassage,
    Without,
    Words,
)
from indexer.text.folding import umlauts_read
from indexer.text.words_apart import APART

MOST = 2_000
"""Ways to say in other words what a query says: an engine has to look for each of them, and refuses
queries with too many (Elasticsearch by its heap). A word of a query has 50 to 250.
"""


def as_written(node: CompiledNode) -> CompiledNode:
    """A query that is not answered by words which say apart, or in another language, what its
    compounds say.
    """
    return _with(node, _whole)


def umlauts_as_written(node: CompiledNode) -> CompiledNode:
    """A query whose words are not also read as words with umlauts: what excludes a poet excludes no
    pot.
    """
    return _with(node, _umlauts_as_written)


def bounded(node: CompiledNode) -> CompiledNode:
    """A query as it is, or, if there are too many other ways to say it, without all of them."""
    return node if _count(node) <= MOST else _with(node, as_asked)


def _with(node: CompiledNode, change: Callable[[Words], Words]) -> CompiledNode:
    match node:
        case AllOf(operands):
            return AllOf(tuple(_with(each, change) for each in operands))
        case OneOf(operands):
            changed = [_with(each, change) for each in operands]
            left = tuple([each for each in changed if not _says_nothing(each)])
            return dataclasses.replace(node, operands=left)
        case Without(operand):
            return Without(_with(operand, change))
        case SamePassage(operand):
            return dataclasses.replace(node, operand=_with(operand, change))
        case Words():
            return change(node)
        case _:
            return node


def as_asked(words: Words) -> Words:
    """Words without what says the same otherwise."""
    return Words(words.fields, words.asked, words.term)


def _whole(words: Words) -> Words:
    whole = tuple(each for each in words.asked if not each.tokens[0].startswith(APART))
    return Words(words.fields, whole, words.term)


def _umlauts_as_written(words: Words) -> Words:
    read = {umlauts_read(each.tokens) for each in words.asked if each.stream == "surface"}
    others = [each for each in words.otherwise if each.tokens not in read]
    return as_asked(words).with_more(otherwise=others)


def _says_nothing(node: CompiledNode) -> bool:
    return isinstance(node, Words) and not node.alternatives


def _count(node: CompiledNode) -> int:
    """How many other ways to say it a query has."""
    match node:
        case AllOf(operands) | OneOf(operands):
            return sum(map(_count, operands))
        case Without(operand) | SamePassage(operand):
            return _count(operand)
        case _:
            return node.said_otherwise if isinstance(node, Words) else 0
