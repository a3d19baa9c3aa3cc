"""Questions of meaning: of a query (`about:`), or of a request (`near`): asked of the store first,
then part of its search.

So an engine combines them with words and filters as it does values, and a hit shows the passage
that was found.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeAlias

from indexer.meaning.nearness import NearDocuments
from indexer.meaning.packing import Vector
from indexer.query.compiled import (
    About,
    AllOf,
    CompiledNode,
    CompiledQuery,
    Everything,
    Near,
    OneOf,
    SamePassage,
    Without,
)

FindNear: TypeAlias = Callable[[Vector], NearDocuments]
"""The documents of a store that are near to a vector, see `indexer.meaning.nearness`."""

WEIGHT = 10.0
"""A cosine weighs as much as so many points of BM25: as a rare word of the title."""


def with_meanings_found(
    compiled: CompiledQuery, find: FindNear, ranked_by: Vector | None = None
) -> CompiledQuery:
    """The query with the documents that its questions find; those near to `ranked_by` score."""
    root = _found(compiled.root, find)
    if ranked_by is not None:
        root = AllOf((root, OneOf((Everything(), Near(find(ranked_by), "")))))
    return replace(compiled, root=root)


def unanswered(node: About) -> TypeError:
    """The error of a translator that meets a question which `with_meanings_found` replaces."""
    return TypeError(f"to be found before it is translated: {node.term}")


def _found(node: CompiledNode, find: FindNear) -> CompiledNode:
    match node:
        case AllOf(operands):
            return AllOf(tuple(_found(operand, find) for operand in operands))
        case OneOf(operands):
            return OneOf(tuple(_found(operand, find) for operand in operands))
        case Without(operand):
            return Without(_found(operand, find))
        case SamePassage(operand):
            return SamePassage(_found(operand, find))
        case About(vector, term):
            return Near(find(vector), term)
        case _:
            return node
