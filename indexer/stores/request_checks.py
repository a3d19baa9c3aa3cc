"""What is the same in every store of a search as it is asked: its filters, its facets."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain
from typing import Any

from indexer.query.compiled import AllOf, CompiledNode, ExactValue
from indexer.query.compiler import QueryCompiler
from indexer.query.fields import FACETS, VALUE_FIELDS, did_you_mean
from indexer.query.intervals import published_between
from indexer.records.errors import QueryError
from indexer.stores.base import FacetValue, SearchRequest

MOST_FACET_VALUES = 1_000
"""Values of a field that are counted; a cluster sets memory aside for as many."""


def restricted(root: CompiledNode, request: SearchRequest) -> CompiledNode:
    """The query with the request's filters and dates.

    QueryError for an unknown filter, and for half characters (surrogates), which no engine takes.
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


def facets_of(
    counted: Mapping[str, Mapping[str, Any]], compiler: QueryCompiler
) -> dict[str, tuple[FacetValue, ...]]:
    """Facets from the buckets of an engine's terms aggregations: most frequent first, then by
    value.
    """
    found = {}
    for field in FACETS:
        names = compiler.concepts.names(field)
        buckets = sorted([(-b["doc_count"], b["key"]) for b in counted[field]["buckets"]])
        found[field] = tuple([FacetValue(v, names.get(v, v), -count) for count, v in buckets])
    return found
