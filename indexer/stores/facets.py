"""Facets: the values of the hits of a search, as both engines count them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from indexer.query.compiler import QueryCompiler
from indexer.query.fields import FACETS
from indexer.stores.base import FacetValue

MOST_FACET_VALUES = 1_000
"""Values of a field that are counted; a cluster reserves memory for as many."""


def facet_aggregations() -> dict[str, Any]:
    """Terms aggregations for all facets, which tantivy and Elasticsearch both take."""
    return {field: {"terms": {"field": field, "size": MOST_FACET_VALUES}} for field in FACETS}


def read_facets(
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
