"""Pages that mean what a search asks, or have some of its words, where hardly any has all of them.

Both are lists of their own, the best pages first; which pages are told first is settled by their
places in both, as a cosine and points of BM25 are no measure of each other (Cormack, Clarke and
Büttcher, "Reciprocal rank fusion outperforms Condorcet and individual rank learning methods",
2009).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice

from indexer.query.lexer import as_phrase
from indexer.query.parser import parse_query
from indexer.query.syntax import And, Node, Term
from indexer.records.errors import QueryError
from indexer.stores.base import Hit, SearchRequest, SearchResult
from indexer.stores.meanings import WEIGHT
from indexer.text.compound_tables import SplitWord
from search_api.ports import SearchStore

FEW = 2
"""Pages with the words of a query up to which others are looked for: three that have them answer as
a rule (chosen on the open queries of `tests/quality/relevance_compounds.yaml`).
"""
MOST = 15
"""Pages that are shown so."""
LEAST_COSINE = 0.2
"""To words of other fields (recipes, football) and to slips, hardly a page is as near."""
_LOOKED_AT = 40
"""Pages of each list."""
_FUSION = 60
"""The constant of the fusion, as its authors have it."""
_SHORTEST = 4
"""Letters of a word that says something by itself, unless it has a capital (für, of, для; BGR)."""

_LONG = 9
"""Letters of a word that may be made of several; pages with its first half may be on the subject,
as long as these are few (Bohrkernlager: Bohrkerne).
"""


def near_in_meaning(
    search: SearchStore,
    request: SearchRequest,
    result: SearchResult,
    split: SplitWord = lambda word: (),
) -> tuple[Hit, ...]:
    """Further pages, the nearest first, with the filters of the search: for its first hits, if it
    asks for nothing but words. None without the extra `meaning`. `split`: parts of compounds, which
    pages may have apart, and in other languages.
    """
    asked = result.total <= FEW and not request.cursor and request.sort == "relevance"
    words = _words(parse_query(request.query).root) if asked else []
    if not words:
        return ()
    plain = replace(request, facets=False, timeline=False)
    if result.next:  # there are more of the few than were asked for
        result = search.search(replace(plain, limit=FEW))
    try:
        lists = list(_lists(search, replace(plain, limit=_LOOKED_AT), words, split))
    except QueryError:  # there is no encoder, or nothing is left of the words
        return ()
    return tuple(islice(_not_told(_fused(lists), result.hits), MOST))


def _lists(
    search: SearchStore, request: SearchRequest, words: list[str], split: SplitWord
) -> Iterator[tuple[Hit, ...]]:
    """Pages by their meaning, and by how many and how rare words they have."""
    asked = as_phrase(request.query)
    near = search.search(replace(request, query=f"about:{asked}")).hits
    yield tuple(hit for hit in near if (hit.score or 0.0) >= WEIGHT * LEAST_COSINE)
    telling = [word for word in words if len(word) >= _SHORTEST or not word.islower()]
    parts = [part for word in telling for part in split(word) if len(part) >= _SHORTEST]
    some = [*telling, *(f"({part} OR {part}*)" for part in parts)]
    if len(some) > 1:
        yield search.search(replace(request, query=" OR ".join(some))).hits
    elif len(words) == 1 and len(words[0]) >= _LONG:
        found = search.search(replace(request, query=f"{words[0][: len(words[0]) // 2]}*"))
        if found.total <= _LOOKED_AT:  # else its beginning says as little as `international`
            yield found.hits


def _fused(lists: Iterable[Iterable[Hit]]) -> list[Hit]:
    """The hits of all lists, first those that stand far ahead, and in most lists. A story is one,
    whichever of its pages a list shows first.
    """
    worth: dict[str, float] = {}
    hits: dict[str, Hit] = {}
    for each in lists:
        for place, hit in enumerate(each):
            story = min(_pages_of(hit))
            worth[story] = worth.get(story, 0.0) + 1 / (_FUSION + place + 1)
            hits.setdefault(story, hit)
    return [hits[story] for story in sorted(hits, key=lambda story: -worth[story])]


def _not_told(hits: Iterable[Hit], told: Iterable[Hit]) -> Iterator[Hit]:
    """The hits that are neither among those that were told nor of a story of theirs."""
    known = {name for hit in told for name in _pages_of(hit)}
    for hit in hits:
        if known.isdisjoint(_pages_of(hit)):
            yield hit
        known |= _pages_of(hit)


def _pages_of(hit: Hit) -> set[str]:
    return {hit.id, *(place.id for place in hit.others)}


def _words(root: Node) -> list[str]:
    """The words of a query that asks for nothing else."""
    operands = root.operands if isinstance(root, And) else (root,)
    words = [
        node.text
        for node in operands
        if isinstance(node, Term) and node.kind == "word" and node.field is None
    ]
    return words if len(words) == len(operands) else []
