"""Queries that take compounds as they are written."""

from __future__ import annotations

import dataclasses

from indexer.query.compiled import AllOf, CompiledNode, OneOf, SamePassage, Without, Words
from indexer.text.words_apart import APART


def as_written(node: CompiledNode) -> CompiledNode:
    """A query that is not answered by words which say apart what its compounds say."""
    match node:
        case AllOf(operands):
            return AllOf(tuple(map(as_written, operands)))
        case OneOf(operands):
            return OneOf(tuple(map(as_written, operands)))
        case Without(operand):
            return Without(as_written(operand))
        case SamePassage(operand):
            return dataclasses.replace(node, operand=as_written(operand))
        case Words(fields, alternatives, term):
            whole = tuple(tokens for tokens in alternatives if not tokens[1][0].startswith(APART))
            return Words(fields, whole, term)
        case _:
            return node
