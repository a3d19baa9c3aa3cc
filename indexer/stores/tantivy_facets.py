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
    CHOSEN,
    bucket_counts,
    facet_aggregations,
    facet_groups,
    read_facets,
)
from indexer.stores.request_checks import RestrictedQuery
from indexer.stores.tantivy_names import (
    NUMBERED_FIELDS,
    entry_field,
    form_number_field,
    number_field,
    number_of,
    start_of,
    written_in,
)
from indexer.stores.tantivy_query import TantivyQueries, count_of
from indexer.stores.timeline import day_aggregation, read_days

MOST_FORMS = 1_000
"""Forms of names with several that are counted among the hits, to tell how pages write them."""
MOST_IN_SEGMENT = 10_000
"""Numbers of names that each segment of the index hands on: of more, those that the engine keeps
are not the first of equal ones.
"""

MOST_KNOWN = 20_000
"""Names that are kept: some 5 MB."""


class Counted(NamedTuple):
    """What was counted; empty where it was not requested."""

    facets: Mapping[str, tuple[FacetValue, ...]]
    days: Mapping[int, int]


NOTHING = Counted({}, {})


class WrittenName(NamedTuple):
    """A numbered name."""

    value: str
    forms: Sequence[tuple[str, int]]
    """As entries have them, each with its number of pages in the whole index."""


class KnownNames:
    """Names of one state of an index by their numbers: those that were looked up are kept, as most
    searches count the same ones. Safe to share between threads.
    """

    def __init__(self) -> None:
        self._known: dict[tuple[str, int], WrittenName] = {}

    def find(self, searcher: Searcher, field: str, number: int) -> WrittenName | None:
        """The name of a number; None where no page's is short enough for a term of the engine."""
        key = field, number
        known = self._known.get(key)
        if known is not None:
            return known
        name = _look_up(searcher, field, number)
        if name is not None:
            if len(self._known) > MOST_KNOWN:
                self._known.clear()
            self._known[key] = name
        return name


def _look_up(searcher: Searcher, field: str, number: int) -> WrittenName | None:
    found = searcher.terms_with_prefix(entry_field(field), start_of(number))
    forms = [(written_in(entry), count) for entry, count in found]
    return WrittenName(_most_written(forms), forms) if forms else None


class FacetCounter:
    """Counts over the hits of one query, with the filters that hold for each facet."""

    def __init__(
        self,
        searcher: Searcher,
        queries: TantivyQueries,
        compiler: QueryCompiler,
        restricted: RestrictedQuery,
        names: KnownNames,
    ) -> None:
        self._searcher = searcher
        self._queries = queries
        self._compiler = compiler
        self._restricted = restricted
        self._names = names
        self._forms_of: dict[tuple[str, str], Sequence[tuple[str, int]]] = {}
        """Of the names that were counted, in the whole index."""

    def count(self, request: SearchRequest) -> Counted:
        """What a request wants to have counted."""
        restricted = self._restricted
        counted: dict[str, Mapping[str, Any]] = {}
        groups = facet_groups(restricted.filters) if request.facets else [(None, ())]
        numbered = {*NUMBERED_FIELDS} & {*restricted.chosen}
        in_columns = {f: values for f, values in restricted.chosen.items() if f not in numbered}
        for without, fields in groups:
            wanted = facet_aggregations(fields, in_columns)
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
        counted |= {f + CHOSEN: self._of_chosen(f, counted[f]) for f in numbered}
        return Counted(read_facets(counted, self._compiler, restricted.chosen, self._forms), days)

    def _query(self, node: CompiledNode) -> Query:
        return self._queries.query(node) or Query.empty_query()

    def _with_names(self, field: str, buckets: Mapping[str, Any]) -> dict[str, Any]:
        """Counted numbers as counted values, without names that are too long for a term of the
        engine: they have a number and no entry.
        """
        found = []
        for number, count in bucket_counts(buckets):
            name = self._names.find(self._searcher, field, int(number))
            if name is not None:
                self._forms_of[field, name.value] = name.forms
                found.append({"key": name.value, "doc_count": count})
        return {"buckets": found}

    def _of_chosen(self, field: str, buckets: Mapping[str, Any]) -> dict[str, Any]:
        """The chosen names of a field. Those that are not among the most frequent are counted one
        by one: the engine would go through all names of the index for them.
        """
        counts = dict(bucket_counts(buckets))
        for value in self._restricted.chosen[field]:
            if value not in counts:
                own = ExactValue(field, (value,), field)
                query = self._query(AllOf((self._restricted.whole(field), own)))
                counts[value] = count_of(self._searcher.search(query, limit=1, count=True))
        return {"buckets": [{"key": key, "doc_count": n} for key, n in counts.items()]}

    def _forms(self, field: str, values: Sequence[str]) -> Iterator[tuple[str, int]]:
        """The forms of names: most have one in the whole index, which needs no counting."""
        forms = {
            value: self._forms_of.get((field, value)) or self._chosen(field, value)
            for value in values
        }
        several = {value: written for value, written in forms.items() if len(written) > 1}
        among_hits = self._forms_among_hits(field, several) if several else {}
        for value, written in forms.items():
            counted = among_hits.get(value, written)
            yield from (each for each in counted if split_form(each[0])[1])

    def _chosen(self, field: str, value: str) -> Sequence[tuple[str, int]]:
        """The forms of a name that was chosen, and is not among the most frequent."""
        name = self._names.find(self._searcher, field, number_of(value))
        return name.forms if name is not None else ()

    def _forms_among_hits(
        self, field: str, several: Mapping[str, Sequence[tuple[str, int]]]
    ) -> Mapping[str, Sequence[tuple[str, int]]]:
        """Value → its forms, of `several` in the whole index; without those that stand behind a
        thousand others.
        """
        among = ExactValue(field, tuple(several), field)
        query = self._query(AllOf((self._restricted.whole(field), among)))
        terms = {"field": form_number_field(field), "size": MOST_FORMS}
        counted = self._searcher.aggregate(query, {field: {"terms": terms}})
        numbers = {int(number): count for number, count in bucket_counts(counted[field])}
        found: dict[str, list[tuple[str, int]]] = {}
        for value, written in several.items():
            for form, _ in written:
                if (count := numbers.get(number_of(form))) is not None:
                    found.setdefault(value, []).append((form, count))
        return found


def _most_written(written: Sequence[tuple[str, int]]) -> str:
    """The value of a number. Whoever makes up another one with the same number (28 bits of it are a
    hash) puts it in place of the other only by as many pages.
    """
    pages: Counter[str] = Counter()
    for form, number in written:
        pages[split_form(form)[0]] += number
    return max(pages, key=pages.__getitem__)
