"""Identical answers: random queries over generated documents and the golden pages, in both stores.

RADAR_PARITY_DOCUMENTS and RADAR_PARITY_QUERIES size it; `make bench` takes 20,000 and 1,000.
"""

from __future__ import annotations

import json
import os
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import pytest

from benchmarks.search.documents import DocumentMaker, Vocabulary
from crawler.parsers.page import PageReader, RawPage
from indexer.query import parse_query
from indexer.query.evaluator import holds
from indexer.query.fields import FACETS
from indexer.query.view import PageView
from indexer.records.document import StoredDocument, document_id
from indexer.records.errors import ParseError
from indexer.stores.base import FacetValue, SearchRequest, SearchResult, Store
from indexer.stores.elastic.address import Connection
from indexer.stores.elastic.store import ElasticStore
from indexer.stores.embedded import EmbeddedStore
from indexer.stores.facets import most_values
from indexer.stores.request_checks import restrict
from tests.contract.stores.samples import COMPILER, REFERENCE, random_query
from tests.page_reader import packaged_reader

pytestmark = [pytest.mark.slow, pytest.mark.timeout(3_600)]

DOCUMENTS = int(os.environ.get("RADAR_PARITY_DOCUMENTS", "700"))
QUERIES = int(os.environ.get("RADAR_PARITY_QUERIES", "50"))
EVALUATED = 300
"""Documents that the reference evaluator looks at: it needs no index, so a part shows it."""
GOLDEN = sorted(
    p.parent for p in Path(__file__).parents[2].joinpath("golden").glob("*/*/page.html")
)
DEEPEST = 200
"""Hits of each order that are compared, where there are more."""


@dataclass(frozen=True)
class Both:
    """The same documents in both stores."""

    embedded: Store
    elastic: Store
    views: list[PageView]
    """What the evaluator looks at."""

    def answers(self, request: SearchRequest) -> tuple[SearchResult, SearchResult]:
        return self.embedded.search(request), self.elastic.search(request)


@pytest.fixture
def both(tmp_path: Path, elasticsearch_connection: Connection) -> Iterator[Both]:
    embedded = EmbeddedStore(tmp_path / "index", COMPILER, writable=True)
    elastic = ElasticStore(elasticsearch_connection, COMPILER, writable=True)
    yield Both(embedded, elastic, [])
    embedded.close()
    elastic.close()


def fill(both: Both, stream: Iterator[StoredDocument]) -> None:
    while batch := list(islice(stream, 500)):
        both.embedded.write(batch)
        both.elastic.write(batch)
        both.views.extend(COMPILER.view(d) for d in batch[: EVALUATED - len(both.views)])


def test_generated_documents(both: Both) -> None:
    fill(both, DocumentMaker(REFERENCE, Vocabulary.of(2_000), length=40).documents(DOCUMENTS))
    chance = random.Random(7)
    maker = DocumentMaker(REFERENCE, Vocabulary.of(2_000), seed=8)
    found = 0
    for _ in range(QUERIES):
        query = random_query(chance, maker)
        found += bool(compare(both, query))
    assert found > QUERIES * 0.6


def test_golden_pages(both: Both) -> None:
    """Words as they stand on pages in the styles of many sites, alone and together."""
    reader = packaged_reader()
    fill(both, (stored for case in GOLDEN if (stored := golden(case, reader))))
    chance = random.Random(9)
    words = [word for view in both.views for p in view.record.passages for word in p.text.split()]
    plain = [word for word in dict.fromkeys(words) if len(word) > 3 and word.isalpha()]
    found = 0
    for _ in range(QUERIES):
        one, other = chance.sample(plain, 2)
        query = chance.choice((one, f"{one} OR {other}", f"{one[:4]}*", f"title:{one} {one}"))
        found += bool(compare(both, query))
    assert found > QUERIES * 0.6


def golden(case: Path, reader: PageReader) -> StoredDocument | None:
    meta = json.loads((case / "meta.json").read_text())
    body = (case / "page.html").read_bytes()
    try:
        page = reader.read(RawPage(body=body, url=meta["url"], content_type=meta["content_type"]))
    except ParseError:
        return None
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    return StoredDocument(document_id(meta["url"]), meta["url"], "golden", 1, moment, page)


def compare(both: Both, query: str) -> int:
    """All orders, facets, marks and scores of a query; returns the number of hits."""
    newest = SearchRequest(query, "newest", limit=DEEPEST, facets=True)
    one, other = both.answers(newest)
    assert one.total == other.total, query
    for field in FACETS:
        same_values(one.facets[field], other.facets[field], most_values(field))
    assert one.hits == other.hits, query
    by_event, by_event_too = both.answers(replace(newest, sort="event_date", facets=False))
    assert [h.id for h in by_event.hits] == [h.id for h in by_event_too.hits], query
    best, best_too = both.answers(SearchRequest(query, limit=DEEPEST))
    scores = [hit.score for hit in best.hits]
    assert scores == pytest.approx([hit.score for hit in best_too.hits], abs=1e-3), query
    if one.total <= DEEPEST:
        shown = {hit.id: hit.passages for hit in best.hits}
        assert shown == {hit.id: hit.passages for hit in best_too.hits}, query
    by_evaluator(both, query, one)
    return one.total


def same_values(one: Sequence[FacetValue], other: Sequence[FacetValue], most: int) -> None:
    """Of more names than are counted, equally frequent ones may be others at the end."""
    assert [value.count for value in one] == [value.count for value in other]
    least = one[-1].count if len(one) >= most else 0
    assert [v for v in one if v.count > least] == [v for v in other if v.count > least]


def by_evaluator(both: Both, query: str, answer: SearchResult) -> None:
    if answer.total > DEEPEST:
        return
    root = restrict(
        COMPILER.compile(parse_query(query)).root, SearchRequest(query), COMPILER.naming
    ).whole()
    hits = {hit.id for hit in answer.hits}
    for view in both.views:
        assert holds(root, view) == (view.record.id in hits), (query, view.record.id)
