"""Queries that take compounds as they are written."""

from __future__ import annotations

import dataclasses

from indexer.query.compiled import AllOf, CompiledNode, OneOf, SamePassage, Without, Words
from indexer.text.words_apart import APART


def as_written(node: CompiledNode) -> CompiledNode:
    """A query that is not answered by words which say apart, or in another language, what its
    compounds say.
    """
    match node:
        case AllOf(operands):
            return AllOf(tuple(map(as_written, operands)))
        case OneOf(operands):
            return OneOf(tuple(as_written(each) for each in operands if not _only_otherwise(each)))
        case Without(operand):
            return Without(as_written(operand))
        case SamePassage(operand):
            return dataclasses.replace(node, operand=as_written(operand))
        case Words():
            whole = tuple(each for each in node.asked if not each.tokens[0].startswith(APART))
            return Words(node.fields, whole, node.term)
        case _:
            return node


def _only_otherwise(node: CompiledNode) -> bool:
    return isinstance(node, Words) and not node.asked
