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


def bounded(node: CompiledNode) -> CompiledNode:
    """A query as it is, or, if there are too many other ways to say it, without all of them."""
    return node if _count(node) <= MOST else _with(node, _asked)


def _with(node: CompiledNode, change: Callable[[Words], Words]) -> CompiledNode:
    match node:
        case AllOf(operands):
            return AllOf(tuple(_with(each, change) for each in operands))
        case OneOf(operands):
            asked = [each for each in operands if not _only_otherwise(each)]
            return dataclasses.replace(node, operands=tuple(_with(each, change) for each in asked))
        case Without(operand):
            return Without(_with(operand, change))
        case SamePassage(operand):
            return dataclasses.replace(node, operand=_with(operand, change))
        case Words():
            return change(node)
        case _:
            return node


def _asked(words: Words) -> Words:
    return Words(words.fields, words.asked, words.term)


def _whole(words: Words) -> Words:
    whole = tuple(each for each in words.asked if not each.tokens[0].startswith(APART))
    return Words(words.fields, whole, words.term)


def _only_otherwise(node: CompiledNode) -> bool:
    return isinstance(node, Words) and not node.asked


def _count(node: CompiledNode) -> int:
    """How many other ways to say it a query has."""
    match node:
        case AllOf(operands) | OneOf(operands):
            return sum(map(_count, operands))
        case Without(operand) | SamePassage(operand):
            return _count(operand)
        case _:
            return node.said_otherwise if isinstance(node, Words) else 0
