"""Pages that mean what a search asks, where hardly any has its words."""

from __future__ import annotations

from dataclasses import replace

from indexer.query.lexer import as_phrase
from indexer.query.parser import parse_query
from indexer.query.syntax import And, Term
from indexer.records.errors import QueryError
from indexer.stores.base import Hit, SearchRequest, SearchResult
from indexer.stores.meanings import WEIGHT
from search_api.ports import SearchStore

FEW = 2
"""Pages with the words of a query up to which others are looked for by meaning: three that have
them answer as a rule (chosen on the open queries of `tests/quality/relevance_compounds.yaml`).
"""
MOST = 10
"""Pages that are shown so."""
LEAST_COSINE = 0.2
"""To words of other fields (recipes, football) and to slips, hardly a page is as near."""


def near_in_meaning(
    search: SearchStore, request: SearchRequest, result: SearchResult
) -> tuple[Hit, ...]:
    """Further pages, the nearest first, with the filters of the search: for its first hits, if it
    asks for nothing but words. None without the extra `meaning`.
    """
    asked = result.total <= FEW and not request.cursor and request.sort == "relevance"
    if not (asked and _is_of_words(request.query)):
        return ()
    if result.next:  # there are more of the few than were asked for
        result = search.search(replace(request, limit=FEW, facets=False, timeline=False))
    known = {hit.id for hit in result.hits}
    known |= {place.id for hit in result.hits for place in hit.others}
    by_meaning = replace(
        request,
        query=f"about:{as_phrase(request.query)}",
        limit=MOST + len(known),
        facets=False,
        timeline=False,
    )
    try:
        found = search.search(by_meaning).hits
    except QueryError:  # there is no encoder, or nothing is left of the words
        return ()
    least = WEIGHT * LEAST_COSINE
    near = [hit for hit in found if hit.id not in known and (hit.score or 0.0) >= least]
    return tuple(near[:MOST])


def _is_of_words(query: str) -> bool:
    root = parse_query(query).root
    operands = root.operands if isinstance(root, And) else (root,)
    return all(
        isinstance(node, Term) and node.kind == "word" and node.field is None for node in operands
    )
