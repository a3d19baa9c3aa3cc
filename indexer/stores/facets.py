"""Facets: the values of the hits of a search, as both engines count them.

A field with a filter is counted over the hits that there would be without its own filter: its
values are alternatives, and each count says how many hits choosing it gives or adds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from indexer.query.compiler import QueryCompiler
from indexer.query.fields import FACETS, MERGED_FIELDS
from indexer.query.naming import forms_of
from indexer.stores.base import FacetValue
from indexer.stores.entry import form_field

MOST_FACET_VALUES = 1_000
"""Values of a field that are counted; a cluster reserves memory for as many."""


def facet_aggregations(fields: Iterable[str]) -> dict[str, Any]:
    """Terms aggregations for some facets, which tantivy and Elasticsearch both take; merged names
    are counted by their forms, too, of which the most frequent one is shown.
    """
    counted = [
        name
        for field in fields
        for name in ((field, form_field(field)) if field in MERGED_FIELDS else (field,))
    ]
    return {name: {"terms": {"field": name, "size": MOST_FACET_VALUES}} for name in counted}


def facet_groups(filtered: Iterable[str]) -> list[tuple[str | None, tuple[str, ...]]]:
    """(field whose filter is left out, facets to count then), for the fields that have a filter."""
    own = [field for field in filtered if field in FACETS]
    others = tuple(field for field in FACETS if field not in own)
    return [(None, others), *((field, (field,)) for field in own)]


def read_facets(
    counted: Mapping[str, Mapping[str, Any]],
    compiler: QueryCompiler,
    chosen: Mapping[str, Iterable[str]],
) -> dict[str, tuple[FacetValue, ...]]:
    """Facets from the buckets of an engine's terms aggregations: most frequent first, then by
    value. `chosen` (field → values of its filter) are there even if no hit has them.
    """
    found = {}
    for field in FACETS:
        buckets = _counts(counted[field])
        buckets += _without_hits(buckets, chosen.get(field, ()))
        forms = _counts(counted[form_field(field)]) if field in MERGED_FIELDS else ()
        found[field] = labelled(field, buckets, forms, compiler)
    return found


def labelled(
    field: str,
    values: Iterable[tuple[str, int]],
    forms: Iterable[tuple[str, int]],
    compiler: QueryCompiler,
) -> tuple[FacetValue, ...]:
    """Values with their labels, most frequent first: the name in a table, else the form that most
    pages use.
    """
    merged = field in MERGED_FIELDS
    known = compiler.naming.labels(field) if merged else compiler.concepts.names(field)
    written = forms_of(forms)
    ordered = sorted(values, key=lambda counted: (-counted[1], counted[0]))
    found = []
    for value, number in ordered:
        own = written.get(value, ())
        label = known.get(value) or (own[0] if own else value)
        found.append(FacetValue(value, label, number, own))
    return tuple(found)


def _counts(buckets: Mapping[str, Any]) -> list[tuple[str, int]]:
    return [(b["key"], b["doc_count"]) for b in buckets["buckets"]]


def _without_hits(
    buckets: Sequence[tuple[str, int]], chosen: Iterable[str]
) -> list[tuple[str, int]]:
    """Chosen values that were not counted; where not all are, nothing is known of their number."""
    if len(buckets) >= MOST_FACET_VALUES:
        return []
    counted = {value for value, _ in buckets}
    return [(value, 0) for value in dict.fromkeys(chosen) if value not in counted]
