"""Checks a search request and adds its filters to the query, the same way in every store.

Pages that tell no news (`NOT_NEWS`) are left out, unless the request names kinds of pages or its
query is `*` alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from indexer.query.compiled import (
    AllOf,
    CompiledNode,
    CompiledQuery,
    Everything,
    ExactValue,
    Without,
    names_field,
)
from indexer.query.compiler import QueryCompiler
from indexer.query.fields import FILTERS, MERGED_FIELDS, did_you_mean
from indexer.query.intervals import published_between, seen_since
from indexer.query.naming import Naming
from indexer.query.parser import parse_query
from indexer.query.same_passage import ID
from indexer.records.document import NOT_NEWS
from indexer.records.errors import QueryError
from indexer.stores.base import SearchRequest

NEWS = Without(ExactValue("kind", NOT_NEWS, "kind"))
"""Pages that tell news."""


@dataclass(frozen=True, slots=True)
class RestrictedQuery:
    """A query with the filters of its request, each apart: a facet is counted without its own."""

    base: CompiledNode
    """The query, within the periods."""
    periods: tuple[CompiledNode, ...]
    """Those that the request has: of publication, and of the first look."""
    filters: Mapping[str, CompiledNode]
    """Field → its filter."""
    chosen: Mapping[str, tuple[str, ...]]
    """Field → the values of its filter, as the index writes them."""

    def whole(self, without: str | None = None) -> CompiledNode:
        """The query with all filters, or with all but the one of a field."""
        filters = self.filters_but(without)
        return AllOf((self.base, *filters)) if filters else self.base

    def filters_but(self, without: str | None = None) -> tuple[CompiledNode, ...]:
        """All filters, or all but the one of a field."""
        return tuple(node for field, node in self.filters.items() if field != without)


def checked_query(compiler: QueryCompiler, request: SearchRequest) -> CompiledQuery:
    """The compiled query of a request; QueryError for mistakes of the query and of the filters."""
    compiled = compiler.compile(parse_query(request.query))
    restrict(compiled.root, request, compiler.naming)
    return compiled


def restrict(root: CompiledNode, request: SearchRequest, naming: Naming) -> RestrictedQuery:
    """The query with the request's filters and dates, for news unless kinds are asked for.

    QueryError for an unknown filter, and for lone surrogates, which no engine accepts.
    """
    for text in chain((request.query,), *request.filters.values()):
        _check_characters(text)
    filters: dict[str, CompiledNode] = {}
    chosen: dict[str, tuple[str, ...]] = {}
    for field, values in request.filters.items():
        if field not in FILTERS:
            raise QueryError(
                f"there is no filter {field!r}{did_you_mean(field, FILTERS)}",
                position=0,
                reason="unknown-filter",
            )
        if values:
            chosen[field] = _as_indexed(field, values, naming)
            filters[field] = ExactValue(field, chosen[field], field)
    if request.only:
        filters[ID] = ExactValue(ID, request.only, ID)
    everything = root == Everything() and not request.news_only
    if not (everything or "kind" in filters or names_field(root, "kind")):
        filters["kind"] = NEWS
    periods = tuple(_periods(request))
    return RestrictedQuery(AllOf((root, *periods)) if periods else root, periods, filters, chosen)


def _periods(request: SearchRequest) -> Iterator[CompiledNode]:
    if request.published_from or request.published_to:
        yield published_between(request.published_from, request.published_to)
    if request.seen_since is not None:
        yield seen_since(request.seen_since)


def _as_indexed(field: str, values: Iterable[str], naming: Naming) -> tuple[str, ...]:
    """The values of a filter as the index writes them."""
    if field not in MERGED_FIELDS:
        return tuple(values)
    return tuple(dict.fromkeys(naming.value(field, value) for value in values))


def _check_characters(text: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise QueryError(
            "half of a character (a surrogate) can't be looked for",
            position=error.start,
            reason="half-character",
        ) from error
