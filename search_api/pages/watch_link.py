"""The query of a watch that finds what a search finds."""

from __future__ import annotations

import re
from urllib.parse import urlencode

from indexer.query import as_phrase
from search_api.parameters import SearchParameters

_PLAIN = re.compile(r"[\w-]+")


def watch_query(parameters: SearchParameters) -> str:
    """The query and the filters of a search in one, and since when pages are new to it; the period
    of publication is left out, as a watch tells of what comes. Empty for a search of everything, or
    of all that is new.
    """
    query = parameters.query if parameters.query != "*" else ""
    filters = [
        _any_of(field, values) for field, values in sorted(parameters.filters.items()) if values
    ]
    if parameters.since and (query or filters):
        filters.append(f"new:[{parameters.since} TO *]")
    if query and filters:
        query = f"({query})"
    return " AND ".join(part for part in (query, *filters) if part)


def new_watch_address(parameters: SearchParameters) -> str | None:
    """Path of the form of such a watch; None where it would tell of everything."""
    query = watch_query(parameters)
    return f"/watches/new?{urlencode({'q': query})}" if query else None


def _any_of(field: str, values: tuple[str, ...]) -> str:
    terms = [f"{field}:{_written(value)}" for value in values]
    return terms[0] if len(terms) == 1 else f"({' OR '.join(terms)})"


def _written(value: str) -> str:
    return value if _PLAIN.fullmatch(value) else as_phrase(value)
