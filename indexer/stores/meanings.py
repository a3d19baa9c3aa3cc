"""Questions of meaning: of a query (`about:`), or of a request (`near`): asked of the store first,
then part of its search.

So an engine combines them with words and filters as it does values, and a hit shows the passage
that was found. A question is asked among the documents that everything beside it leaves: filters,
the period, and the other conditions of the query. However few these are, the nearest of them are
found.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import islice
from math import log
from statistics import fmean
from typing import TypeAlias

from indexer.meaning.nearness import MOST, NearDocuments, Nearness, is_about, weight_of_said
from indexer.meaning.packing import Vector
from indexer.query.compiled import (
    About,
    AllOf,
    CompiledNode,
    CompiledQuery,
    Everything,
    Near,
    OneOf,
    SamePassage,
    Without,
    asks_meaning,
)
from indexer.query.same_passage import may_match
from indexer.records.document import DocumentId
from indexer.stores.base import SearchRequest
from indexer.stores.facets import facet_groups
from indexer.stores.request_checks import RestrictedQuery

FindNear: TypeAlias = Callable[[Vector, CompiledNode], NearDocuments]
"""The documents near to a vector (`indexer.meaning.nearness`) among those that a query finds."""

Say: TypeAlias = Callable[
    [Sequence[DocumentId], Sequence[CompiledNode]], Iterable[Collection[DocumentId]]
]
"""For each node, those of the documents that match."""

StoriesOf: TypeAlias = Callable[[Sequence[DocumentId]], Mapping[DocumentId, str]]
"""Of documents those that tell a story, with its name."""

WEIGHT = 10.0
"""A cosine weighs as much as so many points of BM25: as a rare word of the title."""


_IN_STORIES = 100
"""Documents that are ranked with those of their stories: the nearest. Hardly anybody sees more."""


def with_meanings_found(
    compiled: CompiledQuery,
    restricted: RestrictedQuery,
    request: SearchRequest,
    find: FindNear,
    say: Say | None = None,
    *,
    stories: StoriesOf | None = None,
) -> CompiledQuery:
    """The query with the documents that its questions find; those near to `request.near` score.
    With `say` they score more the more they say of what a question asks for, with `stories` the
    more the nearer the others are that tell the same. Without `say` it is known which match.

    Each facet with a filter is counted without it, so each needs what is near without it. The
    documents found for a search without a filter are no more of those that have all filters than
    are found with them: one list serves both.
    """
    groups = facet_groups(restricted.filters) if request.facets else [(None, ())]
    counted_without = [field for field, _ in groups if field is not None]

    def nearest(vector: Vector, beside: Sequence[CompiledNode]) -> NearDocuments:
        found: dict[DocumentId, Nearness] = {}
        for some in _lists(
            restricted,
            counted_without,
            lambda scope: find(vector, AllOf((*restricted.periods, *scope, *beside))),
        ):
            found |= some
        return dict(sorted(found.items(), key=lambda each: -each[1].cosine))

    def answered(about: About, beside: Sequence[CompiledNode]) -> NearDocuments:
        found = nearest(about.vector, beside)
        if say:
            found = _saying(found, about.things() if found else (), say)
        return _in_stories(found, stories) if stories else found

    root = _found(compiled.root, answered, ())
    if request.near is not None:
        found = nearest(request.near, _narrowing((compiled.root,)))
        near = Near({page: near for page, near in found.items() if is_about(near.cosine, 0)}, "")
        root = AllOf((root, OneOf((Everything(), near))))
    return replace(compiled, root=root)


def _lists(
    restricted: RestrictedQuery,
    counted_without: Sequence[str],
    find: Callable[[Sequence[CompiledNode]], NearDocuments],
) -> Iterator[NearDocuments]:
    """What is near with all filters, and without the one of each of some fields. Several of these
    are asked for at once: as documents that lack one filter at most.
    """
    if len(counted_without) == 1:
        scopes = restricted.filters_but(*counted_without), restricted.filters_but()
        with ThreadPoolExecutor(len(scopes)) as both:  # an engine answers them at the same time
            yield from both.map(find, scopes)
        return
    yield find(restricted.filters_but())
    if len(counted_without) > 1:
        lacking = tuple(AllOf(restricted.filters_but(field)) for field in counted_without)
        together = find((OneOf(lacking),))
        yield together
        if len(together) == MOST:
            yield from (find(restricted.filters_but(field)) for field in counted_without)


def unanswered(node: About) -> TypeError:
    """The error of a translator that meets a question which `with_meanings_found` replaces."""
    return TypeError(f"to be found before it is translated: {node.term}")


def _saying(found: NearDocuments, things: Sequence[CompiledNode], say: Say) -> NearDocuments:
    """Those that are about what is asked, with how much of it each says."""
    told = list(say(list(found), things)) if things else []
    count = Counter(page for of_thing in told for page in of_thing)
    said = shares_said(list(found), ((of_thing,) for of_thing in told))
    weight = weight_of_said(len(told)) if told else 0.0
    about = {
        page: near._replace(said=weight * said.get(page, 0.0))
        for page, near in found.items()
        if is_about(near.cosine, count[page] / len(told) if told else 0)
    }
    return dict(sorted(about.items(), key=lambda each: -each[1].score))


def _in_stories(found: NearDocuments, stories: StoriesOf) -> NearDocuments:
    """With how near the found documents of each story are."""
    nearest = list(islice(found, _IN_STORIES))
    of_each: defaultdict[str, list[DocumentId]] = defaultdict(list)
    for page, story in (stories(nearest) if nearest else {}).items():
        of_each[story].append(page)
    more = {
        page: found[page]._replace(of_story=fmean(found[other].alone for other in pages))
        for pages in of_each.values()
        if len(pages) > 1
        for page in pages
    }
    return dict(sorted({**found, **more}.items(), key=lambda each: -each[1].score))


def shares_said(
    pages: Collection[DocumentId], told: Iterable[Sequence[Collection[DocumentId]]]
) -> dict[DocumentId, float]:
    """How much of what is asked each page says, if any: 1 all of it. A thing weighs the more the
    fewer of the pages say it: a common word is said in passing, mostly in the language of what is
    asked. `told`: for each thing, who of the pages says it; first, where it may be said less
    exactly, too, who says it itself. Whoever does not has what the wider way weighs.
    """
    said: defaultdict[DocumentId, float] = defaultdict(float)
    total = 0.0
    for exact_first in told:
        of_thing: dict[DocumentId, float] = {}
        weight = 0.0
        for found in [found for found in reversed(exact_first) if found] or [()]:
            weight = log((len(pages) + 1) / (len(found) + 0.5))
            of_thing |= dict.fromkeys(found, weight)
        total += weight  # of the most exact way that a page has
        for page, weight in of_thing.items():
            said[page] += weight
    return {page: weight / total for page, weight in said.items()}


def _found(
    node: CompiledNode,
    nearest: Callable[[About, Sequence[CompiledNode]], NearDocuments],
    beside: tuple[CompiledNode, ...],
) -> CompiledNode:
    """The node with its questions answered among the documents that `beside` leaves."""
    match node:
        case AllOf(operands):
            narrower = (*beside, *_narrowing(operands))
            return AllOf(tuple(_found(operand, nearest, narrower) for operand in operands))
        case OneOf(operands):
            answered = tuple(_found(operand, nearest, beside) for operand in operands)
            return replace(node, operands=answered)
        case Without(operand):
            return Without(_found(operand, nearest, beside))
        case SamePassage(operand):
            return replace(node, operand=_found(operand, nearest, beside))
        case About():
            return Near(nearest(node, beside), node.term)
        case _:
            return node


def _narrowing(operands: Sequence[CompiledNode]) -> tuple[CompiledNode, ...]:
    """The conditions that an engine can answer before any question is."""
    return tuple(
        may_match(operand)
        for operand in operands
        if not asks_meaning(operand) and operand != Everything()
    )
