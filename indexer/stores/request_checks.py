"""Checks a search request and adds its filters to the query, the same way in every store.

Pages that tell no news (`NOT_NEWS`) are left out, unless the request names kinds of pages or its
query is `*` alone.
"""

from __future__ import annotations

from itertools import chain

from indexer.query.compiled import (
    AllOf,
    CompiledNode,
    Everything,
    ExactValue,
    Without,
    names_field,
)
from indexer.query.fields import VALUE_FIELDS, did_you_mean
from indexer.query.intervals import published_between
from indexer.records.document import NOT_NEWS
from indexer.records.errors import QueryError
from indexer.stores.base import SearchRequest


def restrict(root: CompiledNode, request: SearchRequest) -> CompiledNode:
    """The query with the request's filters and dates, for news unless kinds are asked for.

    QueryError for an unknown filter, and for lone surrogates, which no engine accepts.
    """
    for text in chain((request.query,), *request.filters.values()):
        _check_characters(text)
    nodes = [root]
    for field, values in request.filters.items():
        if field not in VALUE_FIELDS:
            raise QueryError(
                f"there is no filter {field!r}{did_you_mean(field, VALUE_FIELDS)}",
                position=0,
                reason="unknown-filter",
            )
        if values:
            nodes.append(ExactValue(field, tuple(values), field))
    if request.published_from or request.published_to:
        nodes.append(published_between(request.published_from, request.published_to))
    if not (root == Everything() or any(names_field(node, "kind") for node in nodes)):
        nodes.append(Without(ExactValue("kind", NOT_NEWS, "kind")))
    return AllOf(tuple(nodes)) if len(nodes) > 1 else root


def _check_characters(text: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise QueryError(
            "half of a character (a surrogate) can't be looked for",
            position=error.start,
            reason="half-character",
        ) from error
