"""Many watches over what is new: the stage `match` of a run, and matching beside Elasticsearch.

Beside Elasticsearch, each watch is asked as a program without a matcher of its own would: by
`_msearch` with the query of the watch and a filter on the ids of the new documents. Both have to
find the same, or nothing is printed. A run also finds the passages that a watch tells of, for which
`_msearch` is not asked: that is measured besides.

    python -m benchmarks.watches [--watches 10000] [--documents 100] [--url http://…]
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from benchmarks.measuring.table import Table
from benchmarks.search.documents import DocumentMaker, Vocabulary
from benchmarks.search.own_cluster import run_on_cluster
from indexer.alerts.matching import Matcher
from indexer.alerts.watches import Watch, sync_watches
from indexer.database.engine import open_database
from indexer.garbage_collection import collect_seldom
from indexer.query import CompiledQuery, QueryCompiler, parse_query
from indexer.query.document_batch import DocumentBatch, explain_each
from indexer.records.document import StoredDocument
from indexer.records.reference import load_reference
from indexer.stores.elastic.address import Connection
from indexer.stores.elastic.client import open_client
from indexer.stores.elastic.query import filter_clause
from indexer.stores.elastic.store import ElasticStore
from tests.unit.indexer.record import Record

NIGHT = datetime(2026, 3, 1, 2, 30, tzinfo=UTC)
HISTORY = 2_000
"""Documents in the cluster besides the new ones."""
AT_ONCE = 500
"""Searches in one request."""
PATIENCE = 600.0
"""Seconds that a request may take on a busy machine."""
ROUNDS = 3
"""Each side takes its turn so often; the fastest counts."""

Found = set[tuple[str, str]]
"""Watch and document of each match."""


def watch_queries(maker: DocumentMaker, number: int) -> Iterator[str]:
    """Queries of the kinds that people watch: words, choices, phrases, a material with a word."""
    chance = random.Random(5)  # noqa: S311  # reproducible, nothing secret

    def word() -> str:
        while True:
            found = maker.word(chance.choice(("de", "de", "en", "ru")))
            if len(found) > 3 and found.isalpha():
                return found

    forms = (
        lambda: f"{word()} {word()}",
        lambda: f"{word()} OR {word()} OR {word()}",
        lambda: f'"{word()} {word()}"',
        lambda: f"commodity:{chance.choice(('lithium', 'copper', 'tungsten'))} AND {word()}",
        lambda: f"country:{chance.choice(('KZ', 'MN', 'UZ'))} AND {word()}",
        lambda: f"({word()} OR {word()}) AND {word()} -{word()}",
    )
    for place in range(number):
        yield forms[place % len(forms)]()


def in_a_run(watches: int, documents: int) -> Table:
    """The stage match over new pages in a database."""
    reference = load_reference()
    maker = DocumentMaker(reference, Vocabulary.of(20_000), length=180)
    queries = watch_queries(maker, watches)
    configured = [Watch(f"w{n}", f"W {n}", query, ("feed",)) for n, query in enumerate(queries)]
    with _record() as record:
        sync_watches(record.connection, configured, record.now)
        pages = [replace(d.page, events=()) for d in maker.documents(documents)]
        for place in range(documents):
            record.fetch(f"/{place}")
        record.read(*pages)
        compiler = QueryCompiler(reference, {})
        start = time.perf_counter()
        matcher = Matcher(record.connection, record.run.id, record.now)
        found = matcher.match(configured, compiler, progress=lambda count: None)
        seconds = time.perf_counter() - start
    row = (f"{watches} watches, {documents} pages", f"{found}", f"{seconds:.1f}")
    return Table(("match in a run", "matches", "s"), (row,))


@contextmanager
def _record() -> Iterator[Record]:
    with tempfile.TemporaryDirectory() as folder:
        engine = open_database(f"sqlite:///{Path(folder) / 'radar.db'}")
        try:
            with engine.connect() as connection:
                yield Record(connection, NIGHT)
        finally:
            engine.dispose()


def beside_elasticsearch(url: str, watches: int, documents: int) -> Table:
    """Ours and `_msearch` over the same watches and documents, in turn."""
    reference = load_reference()
    maker = DocumentMaker(reference, Vocabulary.of(20_000), length=180)
    compiler = QueryCompiler(reference, {})
    queries = {
        f"w{n}": compiler.compile(parse_query(query))
        for n, query in enumerate(watch_queries(maker, watches))
    }
    stream = maker.documents(HISTORY + documents)
    history, new = list(islice(stream, HISTORY)), list(stream)
    with ExitStack() as stack:
        connection = Connection(url, name="watches")
        store = ElasticStore(connection, compiler, writable=True)
        stack.callback(store.close)
        store.write([*history, *new])
        searches = _Searches(connection, queries, new)
        times: list[tuple[float, float, float]] = []
        for _ in range(ROUNDS):
            start = time.perf_counter()
            ours = match(queries, compiler, new)
            told = time.perf_counter()
            with_passages = match_with_passages(queries, compiler, new)
            asked = time.perf_counter()
            theirs = searches.ask()
            times.append((told - start, asked - told, time.perf_counter() - asked))
            for found in (ours, with_passages):
                if found != theirs:
                    raise SystemExit(f"other matches: {sorted(found ^ theirs)[:5]}")
    seconds = [min(column) for column in zip(*times, strict=True)]
    *own, others = seconds
    row = (
        f"{watches} watches against {documents} documents",
        f"{len(theirs)}",
        *(f"{each:.2f}" for each in seconds),
        *(f"{others / each:.0f}" for each in own),
    )
    return Table(
        (
            "matching",
            "matches",
            "which match, s",
            "with passages, s",
            "_msearch, s",
            "times",
            "times with passages",
        ),
        (row,),
    )


def match(
    queries: Mapping[str, CompiledQuery],
    compiler: QueryCompiler,
    documents: Sequence[StoredDocument],
) -> Found:
    """Which watches match which pages, from the compiled queries and the pages on."""
    batch = DocumentBatch([compiler.view(document) for document in documents])
    return {
        (name, documents[number].id)
        for name, query in queries.items()
        for number in batch.matching(query)
    }


def match_with_passages(
    queries: Mapping[str, CompiledQuery],
    compiler: QueryCompiler,
    documents: Sequence[StoredDocument],
) -> Found:
    """As a run does it: what a watch that matches tells of is found as well."""
    explained = explain_each(queries, [compiler.view(document) for document in documents])
    return {
        (name, document.id)
        for document, found in zip(documents, explained, strict=True)
        for name in found
    }


class _Searches:
    """All watches as requests to the cluster."""

    def __init__(
        self,
        connection: Connection,
        queries: Mapping[str, CompiledQuery],
        documents: Sequence[StoredDocument],
    ) -> None:
        self._client = open_client(connection).options(request_timeout=PATIENCE)
        self._index = connection.name
        ids = {"ids": {"values": [document.id for document in documents]}}
        self._bodies = {
            name: {
                "query": {"bool": {"filter": [ids, filter_clause(query.root)]}},
                "size": len(documents),
                "_source": False,
            }
            for name, query in queries.items()
        }

    def ask(self) -> Found:
        """Ask them all."""
        found: Found = set()
        every = list(self._bodies)
        for first in range(0, len(every), AT_ONCE):
            names = every[first : first + AT_ONCE]
            lines = [line for name in names for line in ({}, self._bodies[name])]
            answer = self._client.msearch(index=self._index, searches=lines)
            for name, response in zip(names, answer["responses"], strict=True):
                found |= {(name, hit["_id"]) for hit in response["hits"]["hits"]}
        return found


def main() -> int:
    """Run both and print the tables."""
    options = argparse.ArgumentParser(prog="python -m benchmarks.watches")
    options.add_argument("--watches", type=int, default=10_000)
    options.add_argument("--documents", type=int, default=100)
    options.add_argument("--url", help="an empty cluster of one's own; default: a node is started")
    chosen = options.parse_args()
    collect_seldom()  # as the program does
    print(in_a_run(2_000, 500).markdown(), flush=True)
    run_on_cluster(chosen.url, lambda url: _compare(url, chosen))
    return 0


def _compare(url: str, chosen: argparse.Namespace) -> None:
    print(beside_elasticsearch(url, chosen.watches, chosen.documents).markdown())
    print(f"\n{os.cpu_count()} cores")


if __name__ == "__main__":
    sys.exit(main())
