"""Reads the values of a facet that the hits of a search have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from indexer.query.fields import FACETS
from indexer.stores.base import FacetValue
from search_api.facets.parameters import FacetParameters
from search_api.names.letters import matches
from search_api.page_words import FILTERS, value_label
from search_api.pages.record import Names
from search_api.ports import SearchStore
from search_api.problems import NotFound


@dataclass(frozen=True, slots=True)
class FacetStretch:
    """A part of the values of a facet, with their labels in the language of the answer."""

    field: str
    total: int
    items: tuple[FacetValue, ...]
    next: str | None


class FacetList:
    """The values of all facets. Errors are those of a search."""

    def __init__(self, search: SearchStore, names: Names) -> None:
        self._search = search
        self._names = names

    def stretch(
        self, field: str, parameters: FacetParameters, sources: Mapping[str, str]
    ) -> FacetStretch:
        """The values that are asked for, most frequent first; NotFound for what is no facet."""
        if field not in FACETS:
            raise NotFound("There is no such filter.", hint=f"There are {', '.join(FILTERS)}.")
        first = parameters.first()
        counted = self._search.values(field, parameters.counted_in())
        found = [
            value
            for value in self._labelled(field, counted, sources)
            if matches(parameters.within, (value.label, value.value, *value.forms))
        ]
        after = first + parameters.limit
        return FacetStretch(
            field,
            len(found),
            tuple(found[first:after]),
            str(after) if after < len(found) else None,
        )

    def _labelled(
        self, field: str, values: Sequence[FacetValue], sources: Mapping[str, str]
    ) -> Iterator[FacetValue]:
        for value in self._names.in_facets({field: values})[field]:
            yield replace(value, label=value_label(field, value, sources))
