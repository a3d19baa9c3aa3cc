"""The benchmark of watches finds what the reference evaluator finds."""

from __future__ import annotations

from benchmarks.search.documents import DocumentMaker, Vocabulary
from benchmarks.watches import in_a_run, match, match_with_passages, watch_queries
from indexer.query import QueryCompiler, parse_query
from indexer.query.evaluator import holds
from indexer.records.reference import load_reference


def test_matches_are_those_of_the_reference_evaluator() -> None:
    reference = load_reference()
    maker = DocumentMaker(reference, Vocabulary.of(60), length=40)
    compiler = QueryCompiler(reference, {})
    queries = {query: compiler.compile(parse_query(query)) for query in watch_queries(maker, 60)}
    documents = list(maker.documents(8))
    found = match(queries, compiler, documents)
    expected = {
        (name, document.id)
        for name, query in queries.items()
        for document in documents
        if holds(query.root, compiler.view(document))
    }
    assert found == expected
    assert match_with_passages(queries, compiler, documents) == expected
    assert len(found) > 10


def test_a_run_tells_its_matches_and_seconds() -> None:
    (row,) = in_a_run(12, 3).rows
    assert row[0] == "12 watches, 3 pages"
