"""Search stores find, count and explain what the reference evaluator does."""

from __future__ import annotations

import dataclasses
import itertools
import random
from datetime import date

import pytest

from benchmarks.search.documents import DocumentMaker, Vocabulary
from indexer.query.compiled import CompiledNode
from indexer.query.same_passage import decide, has_same_passage
from indexer.stores import tantivy_state
from indexer.stores.base import SORTS, SearchRequest, Store
from indexer.stores.elastic import store as elastic_store
from indexer.stores.entry import make_entry
from indexer.stores.event_order import EVENT_ORDERS, EventPlace
from indexer.stores.prepared import FindViews
from tests.contract.stores.samples import (
    COMPILER,
    REFERENCE,
    TOPICS,
    assert_facets,
    by_evaluator,
    document,
    random_query,
)

TODAY = date(2019, 6, 15)
"""Half of the events of the documents are over."""


def test_every_store_answers_like_the_reference_evaluator(store: Store) -> None:
    """Hits, date order, facets and marks of random queries over random documents."""
    chance = random.Random(11)
    maker = DocumentMaker(REFERENCE, Vocabulary.of(60), length=25)
    documents = list(maker.documents(150))
    store.write(documents[:100])
    store.write(documents[100:])
    views = [COMPILER.view(d) for d in documents]
    keys = {view.record.id: make_entry(view) for view in views}
    places = {
        id_: EventPlace.of(entry.events, TODAY.toordinal(), entry.latest_event)
        for id_, entry in keys.items()
    }
    not_empty = 0
    for _ in range(160):
        query = random_query(chance, maker)
        expected = [view.record for view in by_evaluator(SearchRequest(query), views)]
        not_empty += bool(expected)
        result = store.search(SearchRequest(query, "newest", 0, facets=True))
        order = sorted(expected, key=lambda d: -keys[d.id].newest)
        assert [hit.id for hit in result.hits] == [d.id for d in order], query
        events = store.search(SearchRequest(query, "event_date", 0))
        order = sorted(expected, key=lambda d: -keys[d.id].latest_event)
        assert [hit.id for hit in events.hits] == [d.id for d in order], query
        for sort in EVENT_ORDERS:
            events = store.search(SearchRequest(query, sort, 0, today=TODAY))
            order = sorted(expected, key=lambda d: places[d.id].rank(sort))
            assert [hit.id for hit in events.hits] == [d.id for d in order], (query, sort)
        relevant = store.search(SearchRequest(query, "relevance", 0))
        assert {hit.id for hit in relevant.hits} == {d.id for d in expected}, query
        assert_facets(result.facets, SearchRequest(query), views)
    assert not_empty > 80


def test_every_store_finds_topics_like_the_reference_evaluator(store: Store) -> None:
    """Their terms hold within one passage, which no engine can tell by itself."""
    maker = DocumentMaker(REFERENCE, Vocabulary.of(60), length=25)
    documents = list(maker.documents(200))
    store.write(documents)
    views = [COMPILER.view(d) for d in documents]
    sorts = itertools.cycle(SORTS)  # no divisor of the number of queries: each meets each kind
    told_by_passages = 0
    for name, topic in TOPICS.items():
        word = maker.word("de")
        for query in (
            f"topic:{name}",
            f"topic:{name} {word}",
            f"{word} -topic:{name}",
            f"topic:{name} OR topic:cluster",
        ):
            expected = {view.record.id for view in by_evaluator(SearchRequest(query), views)}
            sort = next(sorts)
            result = store.search(SearchRequest(query, sort, 0))
            assert {hit.id for hit in result.hits} == expected, (query, sort, topic)
        anywhere = " OR ".join(f"({term})" for term in topic.terms["de"])
        apart = by_evaluator(SearchRequest(anywhere), views)
        told_by_passages += len(apart) > len(by_evaluator(SearchRequest(f"topic:{name}"), views))
    assert told_by_passages > 5


def test_what_holds_in_passages_is_decided_once_for_each_state_of_the_index(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The pages of a result look at no document again; what is written counts at once."""
    decided: list[CompiledNode] = []

    def counted(root: CompiledNode, find: FindViews) -> CompiledNode:
        decided.extend([root] if has_same_passage(root) else [])
        return decide(root, find)

    for module in (tantivy_state, elastic_store):
        monkeypatch.setattr(module, "decide", counted)
    texts = ["Cluster Politik in der Stadt.", "Cluster Politik, Kupferprojekt."]
    texts += ["Cluster Politik.\n\nEin Kupferprojekt."] * 3
    store.write([document(text, number=n) for n, text in enumerate(texts)])
    request = SearchRequest("topic:cluster", limit=2)
    first = store.search(request)
    second = store.search(dataclasses.replace(request, cursor=first.next))
    assert (first.total, len(second.hits), len(decided)) == (4, 2, 1)
    store.search(SearchRequest("Politik"))
    store.write([document("Cluster Politik und Kupferprojekt.", number=9)])
    assert (store.search(request).total, len(decided)) == (4, 2)
    store.write([dataclasses.replace(document(texts[2], number=9), revision=2)])
    assert (store.search(request).total, len(decided)) == (5, 3)
