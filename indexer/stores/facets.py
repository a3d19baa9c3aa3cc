"""Facets: the values of the hits of a search, as both engines count them.

A field with a filter is counted over the hits that there would be without its own filter: its
values are alternatives, and each count says how many hits choosing it gives or adds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from indexer.query.compiler import QueryCompiler
from indexer.query.fields import FACETS
from indexer.stores.base import FacetValue, SearchRequest

MOST_FACET_VALUES = 1_000
"""Values of a field that are counted; a cluster reserves memory for as many."""


def facet_aggregations(fields: Iterable[str]) -> dict[str, Any]:
    """Terms aggregations for some facets, which tantivy and Elasticsearch both take."""
    return {field: {"terms": {"field": field, "size": MOST_FACET_VALUES}} for field in fields}


def facet_groups(filtered: Iterable[str]) -> list[tuple[str | None, tuple[str, ...]]]:
    """(field whose filter is left out, facets to count then), for the fields that have a filter."""
    own = [field for field in filtered if field in FACETS]
    others = tuple(field for field in FACETS if field not in own)
    return [(None, others), *((field, (field,)) for field in own)]


def read_facets(
    counted: Mapping[str, Mapping[str, Any]], compiler: QueryCompiler, request: SearchRequest
) -> dict[str, tuple[FacetValue, ...]]:
    """Facets from the buckets of an engine's terms aggregations: most frequent first, then by
    value. Chosen values are there even if no hit has them.
    """
    found = {}
    for field in FACETS:
        names = compiler.concepts.names(field)
        buckets = [(-b["doc_count"], b["key"]) for b in counted[field]["buckets"]]
        buckets += _without_hits(buckets, request.filters.get(field, ()))
        found[field] = tuple([FacetValue(v, names.get(v, v), -n) for n, v in sorted(buckets)])
    return found


def _without_hits(
    buckets: Sequence[tuple[int, str]], chosen: Iterable[str]
) -> list[tuple[int, str]]:
    """Chosen values that were not counted; where not all are, nothing is known of their number."""
    if len(buckets) >= MOST_FACET_VALUES:
        return []
    counted = {value for _, value in buckets}
    return [(0, value) for value in dict.fromkeys(chosen) if value not in counted]
