"""What `radar search` says where nothing is found: what was meant, and what would be found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from indexer.query.other_words import OtherWords
from indexer.records.reference import Reference
from indexer.stores.base import SearchResult
from radar.plurals import counted
from search_api.near_meaning import near_in_meaning
from search_api.parameters import SearchParameters
from search_api.ports import SearchStore
from search_api.suggestions.empty_results import EmptyResults, OtherSearch
from search_api.suggestions.vocabulary import Vocabulary

_NEAR = 3
"""Pages near in meaning or words that are told."""


def other_searches(
    query: str, total: int, search: SearchStore, reference: Reference, sources: Mapping[str, str]
) -> Iterator[str]:
    """Lines with the searches that would find something, where this one finds nothing, or more
    where it finds few pages; `sources`: ids and names.
    """
    parameters = SearchParameters.model_validate({"q": query})
    empty = EmptyResults(search, Vocabulary(search, reference), lambda: sources)
    found = empty.help(parameters, total)
    if found.meant:
        yield f"did you mean: {_listed(found.meant)}"
    if found.alone:
        yield f"alone: {_listed(found.alone)}"
    if total:
        return
    request = parameters.request(facets=False)
    ways_to_say = OtherWords(reference)
    for hit in near_in_meaning(search, request, SearchResult(0, ()), ways_to_say)[:_NEAR]:
        yield f"near in meaning or words: {hit.id}\n  {hit.title or hit.url}"


def _listed(searches: Sequence[OtherSearch]) -> str:
    return ", ".join(f"{other.query} ({counted(other.total, 'document')})" for other in searches)
