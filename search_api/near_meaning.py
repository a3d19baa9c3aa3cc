"""Pages that mean what a search asks, or say it in other words, where hardly any has its words.

How near a page is has two parts: the cosine of its meaning, and how much of what is asked it says:
each thing that the words of the query ask for, in any of the ways in which it may be said, counts
once, and the more the fewer of the pages say it. Points of BM25 would count the ways.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import chain, islice
from typing import NamedTuple, TypeAlias

from indexer.query.fields import WORD_FIELDS
from indexer.query.lexer import as_phrase
from indexer.query.other_words import askable
from indexer.query.parser import LONGEST_QUERY, parse_query
from indexer.query.syntax import And, Node, Range, Term
from indexer.records.document import DocumentId
from indexer.records.errors import MeaningUnavailable, QueryError
from indexer.stores.base import Hit, SearchRequest, SearchResult
from indexer.stores.meanings import WEIGHT, shares_said
from search_api.named_months import named_months
from search_api.ports import SearchStore

FEW = 5
"""Pages with the words of a query up to which others are looked for (chosen on the open queries of
`tests/quality/relevance_*.yaml`).
"""
MOST = 15
"""Pages that are shown so."""
LEAST_COSINE = 0.22
"""To words of other fields (recipes, football) and to slips, hardly a page is as near."""
_FARTHER = 0.1
"""Cosine of pages that are not among those near in meaning: about what unrelated pages have."""
_SAID = 0.75
"""What it weighs, beside a cosine, that a page says all that is asked."""
_LOOKED_AT = 45
"""Pages of each list."""
_AT_ONCE = MOST + 2
"""Pages that are read: a few are of stories that others have told."""
_LONG = 9
"""Letters of a word that may be made of several; pages with its first half may be on the subject,
as long as these are few (Bohrkernlager: Bohrkerne).
"""
_SUBJECTS = frozenset({"commodity", "country"})
"""Fields whose values say what a page is about, and are words, too."""
_RAW_MATERIAL = "commodity:"
"""How a way begins that names one. A part of a compound names one, a class several."""

Search: TypeAlias = Callable[[SearchRequest], SearchResult]
WaysToSay: TypeAlias = Callable[[Sequence[str]], list[tuple[str, ...]]]
"""Words of a query → for each thing that they ask for, the queries that find it."""


def near_in_meaning(
    search: SearchStore,
    request: SearchRequest,
    result: SearchResult,
    ways_to_say: WaysToSay,
) -> tuple[Hit, ...]:
    """Further pages, the nearest first, with the filters of the search: for its first hits, if it
    asks for words, phrases or names, and for nothing but values and days beside them; or for raw
    materials and countries, of which these have some; or for events of some months, which these
    name. None without the extra `meaning`, but those that name months.
    """
    asked = result.total <= FEW and not request.cursor and request.sort == "relevance"
    wanted = _Wanted.of(request.query) if asked else _Wanted()
    if not (wanted.words or wanted.things):
        return ()
    plain = replace(request, facets=False, timeline=False)
    if result.next:  # there are more of the few than were asked for
        result = search.search(replace(plain, limit=FEW))
    try:
        scores, query = _nearest(search, plain, wanted, ways_to_say)
        shown = _shown(search, replace(plain, query=query), scores)
        return tuple(islice(_not_told(shown, result.hits), MOST))
    # Without an encoder; or nothing is left of the words, or they fill a query by themselves.
    except (QueryError, MeaningUnavailable):
        return ()


def _shown(
    store: SearchStore, request: SearchRequest, scores: Mapping[DocumentId, float]
) -> Iterator[Hit]:
    """The pages as hits, the first of which are made: only they are read. A story is one, whichever
    of its pages comes first.
    """
    pages = sorted(scores, key=scores.__getitem__, reverse=True)
    for start in range(0, len(pages), _AT_ONCE):
        some = pages[start : start + _AT_ONCE]
        hits = {hit.id: hit for hit in store.hits_of(request, some)}
        for page in some:
            if page in hits:  # it has not been removed meanwhile
                yield hits[page]._replace(score=WEIGHT * scores[page])


def _within(search: SearchStore, beside: str) -> Search:
    """A search for what also has some values. Denied twice, these give no points."""
    if not beside:
        return search.search
    return lambda request: search.search(
        replace(request, query=f"({request.query}) -(-({beside}))")
    )


def _nearest(
    store: SearchStore,
    request: SearchRequest,
    wanted: _Wanted,
    ways_to_say: WaysToSay,
) -> tuple[dict[DocumentId, float], str]:
    """How near pages of both kinds are, and a query for why."""
    text = " ".join(wanted.words)
    among = replace(request, query=wanted.beside or "*", news_only=True)
    with ThreadPoolExecutor(1) as other:  # an engine answers both at the same time
        asked = other.submit(store.nearest if text else _nothing, text, among)
        things = wanted.things or list(askable(ways_to_say(wanted.words)))
        if asked.done():
            asked.result()  # raises at once without an encoder: no words are looked for, either
        search = _within(store, wanted.beside)
        bare = replace(request, marked=False, stories="names")
        if len(things) == 1 == len(things[0]) and not wanted.things:
            things = list(_begun(search, bare, *things[0]))
        ways = " OR ".join(dict.fromkeys(way for thing in things for way in thing))
        found = _found(search, replace(bare, query=ways, limit=_LOOKED_AT)).hits if things else ()
        cosines = asked.result()
    near = (page for page, cosine in cosines.items() if cosine >= LEAST_COSINE)
    pages = list(dict.fromkeys((*islice(near, _LOOKED_AT), *(hit.id for hit in found))))
    reasons = [f"about:{as_phrase(text)}"] if text else []
    if found and len(" OR ".join((*reasons, ways))) <= LONGEST_QUERY:
        reasons.append(ways)
    said = _said(store, pages, things)
    near_by = {p: cosines.get(p, _FARTHER) + _SAID * said.get(p, 0.0) for p in pages}
    return near_by, " OR ".join(reasons)


def _nothing(text: str, among: SearchRequest) -> Mapping[DocumentId, float]:
    """What is near to no words."""
    del text, among
    return {}


def _found(search: Search, request: SearchRequest) -> SearchResult:
    """What words find; nothing where they are no query, as ways to say many things may be too
    many.
    """
    try:
        return search(request)
    except QueryError:
        return SearchResult(0, ())


def _begun(search: Search, request: SearchRequest, word: str) -> Iterator[tuple[str, ...]]:
    """A long word by its beginning, if that says more than `international` does."""
    if len(word) >= _LONG:
        beginning = f"{word[: len(word) // 2]}*"
        if 0 < _found(search, replace(request, query=beginning, limit=1)).total <= _LOOKED_AT:
            yield (word, beginning)


def _said(
    store: SearchStore, pages: Sequence[DocumentId], things: Sequence[Sequence[str]]
) -> dict[DocumentId, float]:
    """How much of what is asked each page says: 1 all of it."""
    exact_first = [[" OR ".join(ways) for ways in _exact_first(thing)] for thing in things]
    try:
        found = iter(store.found_among(list(chain.from_iterable(exact_first)), pages))
    except QueryError:  # a word of two thousand letters
        return {}
    return shares_said(pages, [list(islice(found, len(queries))) for queries in exact_first])


def _exact_first(ways: Sequence[str]) -> Iterator[Sequence[str]]:
    """The ways to say a thing; before them those that say a class of raw materials itself, where
    the others name one that is such: many pages name some precious metal.
    """
    itself = [way for way in ways if not way.startswith(_RAW_MATERIAL)]
    if itself and len(ways) - len(itself) > 1:
        yield itself
    yield ways


def _not_told(hits: Iterable[Hit], told: Iterable[Hit]) -> Iterator[Hit]:
    """The hits that are neither among those that were told nor of a story of theirs."""
    known = {name for hit in told for name in _pages_of(hit)}
    for hit in hits:
        if known.isdisjoint(_pages_of(hit)):
            yield hit
        known |= _pages_of(hit)


def _pages_of(hit: Hit) -> set[str]:
    return {hit.id, *(place.id for place in hit.others)}


class _Wanted(NamedTuple):
    """What pages near to a query are looked for by."""

    words: Sequence[str] = ()
    """Those of the query, with those of phrases, whose meaning is asked for."""
    beside: str = ""
    """What all these pages have."""
    things: Sequence[tuple[str, ...]] = ()
    """What they say some of, each in any of these ways; empty: what the words ask for."""

    @classmethod
    def of(cls, query: str) -> _Wanted:
        """Names and other texts of fields without words beside them are asked by their words: they
        may stand in pages that say them in no such field. So are several subjects without either,
        which few pages have all of.
        """
        root = parse_query(query).root
        operands = root.operands if isinstance(root, And) else (root,)
        words, texts, subjects, beside = _sorted_out(operands)
        if words:
            return cls(words, " ".join((*beside, *_written(subjects), *_written(texts))))
        if texts:
            return cls(_words(texts), " ".join((*beside, *_written(subjects))))
        if len(subjects) > 1:
            some = [(value,) for value in _written(subjects)]
            return cls(_words(subjects), " ".join(beside), some)
        return cls._in_months(operands)

    @classmethod
    def _in_months(cls, operands: Sequence[Node]) -> _Wanted:
        """Events of some months, with the values and days beside them."""
        months = next(((node, named) for node in operands if (named := named_months(node))), None)
        if months is None:
            return cls()
        _, _, subjects, beside = _sorted_out([node for node in operands if node is not months[0]])
        if len(subjects) + len(beside) < len(operands) - 1:  # anything else
            return cls()
        return cls(beside=" ".join((*beside, *_written(subjects))), things=months[1])


def _written(terms: Iterable[Term]) -> list[str]:
    return [term.written for term in terms]


def _words(terms: Iterable[Term]) -> list[str]:
    return [word for term in terms for word in term.text.split()]


def _sorted_out(
    operands: Iterable[Node],
) -> tuple[list[str], list[Term], list[Term], list[str]]:
    """Words, texts of fields, subjects, and all other values and days; nothing if there is anything
    else.
    """
    words: list[str] = []
    texts: list[Term] = []
    subjects: list[Term] = []
    beside: list[str] = []
    for node in operands:
        if isinstance(node, Range):
            beside.append(f"{node.field}:[{node.low or '*'} TO {node.high or '*'}]")
        elif isinstance(node, Term) and node.kind == "prefix" and node.field is not None:
            beside.append(f"{node.written}*")
        elif isinstance(node, Term) and node.field in WORD_FIELDS:
            texts.append(node)
        elif isinstance(node, Term) and node.field in _SUBJECTS:
            subjects.append(node)
        elif isinstance(node, Term) and node.field is not None:
            beside.append(node.written)
        elif isinstance(node, Term) and node.kind != "prefix":
            words += node.text.split()
        else:
            return [], [], [], []
    return words, texts, subjects, beside
