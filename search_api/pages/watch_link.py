"""The query of a watch that finds what a search finds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import urlencode

from indexer.query import as_phrase, parse_query
from indexer.query.syntax import Or
from indexer.records.errors import QueryError
from search_api.parameters import SearchParameters

LONGEST_NAME = 60
"""Characters of the name that a watch is proposed."""

_PLAIN = re.compile(r"[\w-]+")


def watch_query(parameters: SearchParameters) -> str:
    """The query and the filters of a search in one, and since when pages are new to it; the period
    of publication is left out, its year too, as a watch tells of what comes. Empty for a search of
    everything, or of all that is new.
    """
    query = _words(parameters)
    filters = [_any_of(field, values) for field, values in sorted(watched_filters(parameters))]
    if parameters.since and (query or filters):
        filters.append(f"new:[{parameters.since} TO *]")
    if query and filters and _has_alternatives(query):
        query = f"({query})"
    return " AND ".join(part for part in (query, *filters) if part)


def watched_filters(parameters: SearchParameters) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The filters of a search that its watch has, too, with their values."""
    for field, values in parameters.filters.items():
        if values and field != "year":
            yield field, values


def new_watch_address(parameters: SearchParameters, labels: Iterable[str] = ()) -> str | None:
    """Path of the form of such a watch, named as the search and the values of its filters are on
    the page; None where it would tell of everything.
    """
    query = watch_query(parameters)
    if not query:
        return None
    name = ", ".join(part for part in (_words(parameters), *labels) if part)[:LONGEST_NAME]
    named = {"q": query} if name in ("", query[:LONGEST_NAME]) else {"q": query, "name": name}
    return f"/watches/new?{urlencode(named)}"


def _words(parameters: SearchParameters) -> str:
    return parameters.query if parameters.query != "*" else ""


def _has_alternatives(query: str) -> bool:
    """Whether a query is made of alternatives, which AND would part; yes, where it is no query."""
    try:
        return isinstance(parse_query(query).root, Or)
    except QueryError:
        return True


def _any_of(field: str, values: tuple[str, ...]) -> str:
    terms = [f"{field}:{_written(value)}" for value in values]
    return terms[0] if len(terms) == 1 else f"({' OR '.join(terms)})"


def _written(value: str) -> str:
    return value if _PLAIN.fullmatch(value) else as_phrase(value)
