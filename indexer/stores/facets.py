"""Facets: the values of the hits of a search, as both engines count them.

A field with a filter is counted over the hits that there would be without its own filter: its
values are alternatives, and each count says how many hits choosing it gives or adds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import itemgetter
from typing import Any, TypeAlias

from indexer.query.compiler import QueryCompiler
from indexer.query.fields import FACETS, MERGED_FIELDS
from indexer.query.naming import forms_of
from indexer.stores.base import FacetValue

MOST_FACET_VALUES = 250
"""Values of a field that a search counts: as many as there are countries; `values` of a store has
all.
"""
MOST_NAMES = 50
"""The same for names, of which there are as many as pages, and each has its forms."""
CHOSEN = " chosen"
"""Ends the name of the aggregation that counts the chosen values of a field."""

Forms: TypeAlias = Callable[[str, Sequence[str]], Iterable[tuple[str, int]]]
"""Takes a merged field and values of it: the forms of these among the hits, as the index has them,
with their numbers of pages.
"""


def most_values(field: str) -> int:
    """How many values of a facet a search counts."""
    return MOST_NAMES if field in MERGED_FIELDS else MOST_FACET_VALUES


def facet_aggregations(
    fields: Iterable[str], chosen: Mapping[str, Sequence[str]]
) -> dict[str, Any]:
    """Terms aggregations for some facets, which tantivy and Elasticsearch both take. Chosen values
    (`chosen`: field → those of its filter) are counted however many others are more frequent.
    """
    counted = {}
    for field in fields:
        counted[field] = {"terms": {"field": field, "size": most_values(field)}}
        if field in chosen:
            own = {"field": field, "size": len(chosen[field]), "include": [*chosen[field]]}
            counted[field + CHOSEN] = {"terms": own}
    return counted


def facet_groups(filtered: Iterable[str]) -> list[tuple[str | None, tuple[str, ...]]]:
    """(field whose filter is left out, facets to count then), for the fields that have a filter."""
    own = [field for field in filtered if field in FACETS]
    others = tuple(field for field in FACETS if field not in own)
    return [(None, others), *((field, (field,)) for field in own)]


def read_facets(
    counted: Mapping[str, Mapping[str, Any]],
    compiler: QueryCompiler,
    chosen: Mapping[str, Iterable[str]],
    forms: Forms,
) -> dict[str, tuple[FacetValue, ...]]:
    """Facets from the buckets of an engine's terms aggregations: most frequent first, then by
    value. `chosen` (field → values of its filter) are there even if no hit has them.
    """
    found = {}
    for field in FACETS:
        numbers = dict(bucket_counts(counted[field]))
        if field in chosen:
            own = dict(bucket_counts(counted[field + CHOSEN]))
            numbers |= {value: own.get(value, 0) for value in chosen[field]}
        known = compiler.naming.labels(field) if field in MERGED_FIELDS else numbers
        unknown = [value for value, number in numbers.items() if number and value not in known]
        found[field] = labelled(
            field, numbers.items(), forms(field, unknown) if unknown else (), compiler
        )
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
    ordered = sorted(values)
    ordered.sort(key=itemgetter(1), reverse=True)  # it leaves those of equal number in order
    if not written:
        return tuple([FacetValue(value, known.get(value) or value, n) for value, n in ordered])
    found = []
    for value, number in ordered:
        own = written.get(value, ())
        label = known.get(value) or (own[0] if own else value)
        spoken = compiler.naming.languages(value, own)
        found.append(FacetValue(value, label, number, own, spoken))
    return tuple(found)


def bucket_counts(buckets: Mapping[str, Any]) -> list[tuple[str, int]]:
    """Values and numbers of pages in the answer of a terms aggregation."""
    return [(b["key"], b["doc_count"]) for b in buckets["buckets"]]
