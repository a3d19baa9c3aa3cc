"""Counts the facets and the days of a search in one state of a tantivy index."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from tantivy import Query, Searcher

from indexer.query.compiled import AllOf, CompiledNode, ExactValue
from indexer.query.compiler import QueryCompiler
from indexer.query.naming import split_form
from indexer.stores.base import FacetValue, SearchRequest
from indexer.stores.facets import (
    MOST_FORMS,
    bucket_counts,
    facet_aggregations,
    facet_groups,
    read_facets,
)
from indexer.stores.request_checks import RestrictedQuery
from indexer.stores.tantivy_names import (
    NUMBERED_FIELDS,
    entry_field,
    number_field,
    number_of,
    start_of,
    written_in,
)
from indexer.stores.tantivy_query import TantivyQueries
from indexer.stores.timeline import day_aggregation, read_days

MOST_IN_SEGMENT = 10_000
"""Numbers of names that each segment of the index hands on: of more, those that the engine keeps
are not the first of equal ones.
"""


class Counted(NamedTuple):
    """What was counted; empty where it was not requested."""

    facets: Mapping[str, tuple[FacetValue, ...]]
    days: Mapping[int, int]


NOTHING = Counted({}, {})


class FacetCounter:
    """Counts over the hits of one query, with the filters that hold for each facet."""

    def __init__(
        self,
        searcher: Searcher,
        queries: TantivyQueries,
        compiler: QueryCompiler,
        restricted: RestrictedQuery,
    ) -> None:
        self._searcher = searcher
        self._queries = queries
        self._compiler = compiler
        self._restricted = restricted
        self._known: dict[tuple[str, str], Sequence[tuple[str, int]]] = {}

    def count(self, request: SearchRequest) -> Counted:
        """What a request wants to have counted."""
        restricted = self._restricted
        counted: dict[str, Mapping[str, Any]] = {}
        groups = facet_groups(restricted.filters) if request.facets else [(None, ())]
        for without, fields in groups:
            wanted = facet_aggregations(fields, restricted.chosen)
            for field in {*fields} & {*NUMBERED_FIELDS}:
                of_field = {"field": number_field(field), "segment_size": MOST_IN_SEGMENT}
                wanted[field]["terms"] |= of_field
            if request.timeline and without is None:
                wanted |= day_aggregation()
            query = self._query(restricted.whole(without))
            counted |= self._searcher.aggregate(query, wanted)
        days = read_days(counted) if request.timeline else {}
        if not request.facets:
            return Counted({}, days)
        counted |= {field: self._with_names(field, counted[field]) for field in NUMBERED_FIELDS}
        return Counted(read_facets(counted, self._compiler, restricted.chosen, self._forms), days)

    def _query(self, node: CompiledNode) -> Query:
        return self._queries.query(node) or Query.empty_query()

    def _with_names(self, field: str, buckets: Mapping[str, Any]) -> dict[str, Any]:
        """Counted numbers as counted values, without names that are too long for a term of the
        engine: they have a number and no entry.
        """
        found = []
        for number, count in bucket_counts(buckets):
            written = self._written(field, int(number))
            if not written:
                continue
            value = _most_written(written)
            self._known[field, value] = written
            found.append({"key": value, "doc_count": count})
        return {"buckets": found}

    def _written(self, field: str, number: int) -> Sequence[tuple[str, int]]:
        """The forms of a number in the whole index, each with its number of pages."""
        found = self._searcher.terms_with_prefix(entry_field(field), start_of(number))
        return [(written_in(entry), count) for entry, count in found]

    def _forms(self, field: str, values: Sequence[str]) -> Iterator[tuple[str, int]]:
        """The forms of names: most have one in the whole index, which needs no counting."""
        forms = {
            value: self._known.get((field, value)) or self._written(field, number_of(value))
            for value in values
        }
        several = tuple(value for value, written in forms.items() if len(written) > 1)
        among_hits = self._forms_among_hits(field, several) if several else {}
        for value, written in forms.items():
            counted = among_hits.get(value, written)
            yield from (each for each in counted if split_form(each[0])[1])

    def _forms_among_hits(
        self, field: str, values: tuple[str, ...]
    ) -> Mapping[str, Sequence[tuple[str, int]]]:
        """Value → its forms; without those that stand behind a thousand others."""
        filters = self._restricted.whole(field)
        query = self._query(AllOf((filters, ExactValue(field, values, field))))
        name = entry_field(field)
        terms = {"field": name, "size": MOST_FORMS}
        counted = self._searcher.aggregate(query, {name: {"terms": terms}})
        found: dict[str, list[tuple[str, int]]] = {}
        for entry, number in bucket_counts(counted[name]):
            form = written_in(entry)
            found.setdefault(split_form(form)[0], []).append((form, number))
        return found


def _most_written(written: Sequence[tuple[str, int]]) -> str:
    """The value of a number. Whoever makes up another one with the same number (28 bits of it are a
    hash) puts it in place of the other only by as many pages.
    """
    pages: Counter[str] = Counter()
    for form, number in written:
        pages[split_form(form)[0]] += number
    return max(pages, key=pages.__getitem__)
