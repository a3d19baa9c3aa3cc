"""The Elasticsearch store beside the raw client, in one run over the same generated documents.

The raw client is what a program would write without us: title and text each with the sub-fields of
four native analyzers (standard, german, english, russian), keywords and a date, `helpers.bulk`, and
for a search a query over these sub-fields with the engine's highlighter. Both are asked in turn, so
that the load of the machine falls on both; read the ratios.

    python -m benchmarks.elasticsearch [--documents 20000] [--queries 100] [--many 100000]
                                       [--url http://…] [--write docs/benchmarks-elasticsearch.md]
"""

from __future__ import annotations

import argparse
import os
import platform
import random
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import count, islice
from pathlib import Path
from typing import Any, TypeAlias

from elasticsearch import Elasticsearch
from elasticsearch.helpers import bulk, streaming_bulk

from benchmarks.search.documents import DocumentMaker, Vocabulary
from benchmarks.search.own_cluster import run_on_cluster
from indexer.garbage_collection import collect_seldom
from indexer.query import QueryCompiler
from indexer.query.fields import FACETS
from indexer.query.record import record_of
from indexer.records.document import DocumentId, Page, StoredDocument
from indexer.records.reference import load_reference
from indexer.stores.base import SearchRequest, Sort
from indexer.stores.elastic.address import Connection
from indexer.stores.elastic.client import open_client
from indexer.stores.elastic.mapping import index_settings
from indexer.stores.elastic.rebuild import ElasticRebuild
from indexer.stores.elastic.store import ActionMaker, ElasticStore
from radar.stages.batches import BATCH, write_batches

Writer: TypeAlias = Callable[[Iterable[StoredDocument]], None]

ROUND = 2_500
"""Documents that one side takes before it is the other's turn."""
HITS = 20
WARMING_UP = 1_000
"""Untimed searches of each kind: a server that has just started compiles itself for about as long.

The raw client's p50 of `boolean` was 3.9 ms in the first 250 and 2.6 ms in the fifth.
"""
KINDS = ("term", "phrase", "boolean", "date sort", "facets", "highlights")
LANGUAGES = ("standard", "german", "english", "russian")
RAW = "raw-client"
BARE = "without-ordinary-text"


class RawClient:
    """An index as one would make it by hand."""

    def __init__(self, client: Elasticsearch) -> None:
        self._client = client
        self._fields = [f"{f}.{a}" for f in ("title", "text") for a in LANGUAGES]

    def create(self) -> None:
        """Make the index."""
        text = {
            "type": "text",
            "index": False,
            "fields": {a: {"type": "text", "analyzer": a} for a in LANGUAGES},
        }
        fields: dict[str, Any] = {field: {"type": "keyword"} for field in FACETS}
        fields |= {"title": text, "text": text, "url": {"type": "keyword"}}
        fields |= {"published": {"type": "date", "format": "strict_date"}}
        settings = {"number_of_shards": 1, "number_of_replicas": 0, "refresh_interval": "30s"}
        self._client.indices.create(index=RAW, settings=settings, mappings={"properties": fields})

    def write(self, documents: Iterable[StoredDocument]) -> None:
        """Put documents into the index and make them visible."""
        bulk(self._client, (self._action(d) for d in documents), chunk_size=BATCH)
        self._client.indices.refresh(index=RAW)

    def _action(self, document: StoredDocument) -> dict[str, Any]:
        record = record_of(document)
        page = document.page
        body: dict[str, Any] = {"title": page.title, "text": page.text, "url": document.url}
        body |= {f: record.values[f] for f in FACETS if f in record.values}
        if page.published and len(page.published) == 10:
            body["published"] = page.published
        return {"_index": RAW, "_id": document.id, "_source": body}

    def search(self, kind: str, words: tuple[str, str, str]) -> int:
        """Total of a search of the kind, with 20 hits."""
        body: dict[str, Any] = {"query": self._query(kind, words), "track_total_hits": True}
        if kind == "date sort":
            body["sort"] = [{"published": "desc"}]
        if kind == "facets":
            body["aggs"] = {f: {"terms": {"field": f, "size": 1000}} for f in FACETS}
        if kind == "highlights":
            body["highlight"] = {"fields": {"text.*": {}, "title.*": {}}}
        answer = self._client.search(index=RAW, size=HITS, **body)
        return int(answer["hits"]["total"]["value"])

    def _query(self, kind: str, words: tuple[str, str, str]) -> dict[str, Any]:
        one, two, three = words
        if kind == "phrase":
            return self._match(f"{one} {two}", type="phrase")
        if kind == "boolean":
            either = [self._match(two), self._match(three)]
            return {"bool": {"must": [self._match(one), {"bool": {"should": either}}]}}
        return self._match(one)

    def _match(self, text: str, **options: str) -> dict[str, Any]:
        return {"multi_match": {"query": text, "fields": self._fields, **options}}


def search_request(kind: str, words: tuple[str, str, str]) -> SearchRequest:
    """The same search in our query language. Ours always marks passages."""
    one, two, three = words
    query = {"phrase": f'"{one} {two}"', "boolean": f"{one} ({two} OR {three})"}.get(kind, one)
    sort: Sort = "newest" if kind == "date sort" else "relevance"
    return SearchRequest(query, sort, HITS, facets=kind == "facets")


def time_call(call: Callable[[], object]) -> float:
    """Milliseconds of a call."""
    start = time.perf_counter()
    call()
    return (time.perf_counter() - start) * 1000


def batches(
    documents: Iterable[StoredDocument], size: int = BATCH
) -> Iterator[list[StoredDocument]]:
    """Documents in batches."""
    stream = iter(documents)
    while batch := list(islice(stream, size)):
        yield batch


def fill(store: ElasticStore | ElasticRebuild, documents: Iterable[StoredDocument]) -> None:
    """Write documents as a run and a rebuild do."""
    for _ in write_batches(batches(documents), store.write, at_once=store.writes_at_once):
        pass


class Bench:
    """One run over one cluster; collects lines of Markdown."""

    def __init__(self, url: str, documents: int) -> None:
        self.connection = Connection(url)
        self.reference = load_reference()
        self.compiler = QueryCompiler(self.reference, {})
        self.maker = DocumentMaker(self.reference, Vocabulary.of(20_000))
        self.documents = documents
        self.client = open_client(self.connection)
        self.store = ElasticStore(self.connection, self.compiler, writable=True)
        self.raw = RawClient(self.client)
        self.raw.create()
        self.lines: list[str] = []

    def say(self, line: str) -> None:
        """A line of the result, shown at once."""
        print(line, flush=True)
        self.lines.append(line)

    def indexing(self) -> None:
        """Documents a second into both in turn, durable and visible; then sizes on disk.

        The first round warms both up: a server that has just started compiles itself.
        """
        spent, cpu = [0.0, 0.0], [0.0, 0.0]
        writers: tuple[Writer, Writer] = (partial(fill, self.store), self.raw.write)
        for turn, batch in enumerate(batches(self.maker.documents(self.documents), ROUND)):
            if turn == 1:
                spent, cpu = [0.0, 0.0], [0.0, 0.0]
            for number, write in enumerate(writers):
                before = time.process_time()
                spent[number] += time_call(partial(write, batch))
                cpu[number] += time.process_time() - before
        timed_documents = max(self.documents - ROUND, min(self.documents, ROUND))
        ours, raw = (timed_documents / ms * 1000 for ms in spent)
        self.say("| indexing | ours | raw client | ratio |\n| --- | --- | --- | --- |")
        self.say(f"| documents/s | {ours:.0f} | {raw:.0f} | {ours / raw:.2f} |")
        ours, raw = (seconds / timed_documents * 1000 for seconds in cpu)
        self.say(f"| client's CPU, ms/document | {ours:.2f} | {raw:.2f} | |")
        self._bare()
        index = f"{self.connection.name}-write"
        self._wait_for_history((index, BARE, RAW))
        full, bare, raw_size = (self._megabytes(name) for name in (index, BARE, RAW))
        self.say(
            f"| MB, without ordinary text fields | {bare:.1f} | {raw_size:.1f} | "
            f"{bare / raw_size:.2f} |"
        )
        self.say(f"| MB, with them | {full:.1f} | {raw_size:.1f} | {full / raw_size:.2f} |")

    def _bare(self) -> None:
        """Our index once more, without the fields for other clients, only to be weighed."""
        settings = index_settings(1, ordinary_text=False)
        self.client.indices.create(index=BARE, **settings)
        maker = DocumentMaker(self.reference, Vocabulary.of(20_000))
        for batch in batches(maker.documents(self.documents)):
            actions = ActionMaker(batch, self.compiler)((BARE,))
            items = ({"_index": BARE, "_id": a.id, "_source": a.source} for a in actions)
            bulk(self.client, items, chunk_size=BATCH)
            self.client.indices.refresh(index=BARE)

    def _wait_for_history(self, indexes: Sequence[str]) -> None:
        """Until merges may drop what the cluster keeps of new documents for replicas (30 s)."""
        waiting = set(indexes)
        while waiting:
            time.sleep(1)
            for index in list(waiting):
                stats = self.client.indices.stats(index=index, level="shards").body["indices"]
                (shards,) = (found["shards"]["0"] for found in stats.values())
                last = shards[0]["seq_no"]["max_seq_no"]
                leases = shards[0]["retention_leases"]["leases"]
                if all(lease["retaining_seq_no"] > last for lease in leases):
                    waiting.remove(index)

    def _megabytes(self, index: str) -> float:
        patient = self.client.options(request_timeout=600)
        patient.indices.flush(index=index)
        patient.indices.forcemerge(index=index, max_num_segments=1)
        patient.indices.flush(index=index)
        patient.indices.refresh(index=index)  # lets go of the segments that were merged
        answer = self.client.indices.stats(index=index, metric="store")
        return float(answer["_all"]["primaries"]["store"]["size_in_bytes"]) / 1e6

    def rebuild(self) -> None:
        """Speed of a rebuild, and what is missing or stale after one under live writes."""
        documents = list(DocumentMaker(self.reference, Vocabulary.of(20_000)).documents(3_000))
        rebuild = ElasticRebuild(self.connection, self.compiler)
        start = time.perf_counter()
        fill(rebuild, documents)
        rebuild.finish()
        seconds = time.perf_counter() - start
        self.say("\n| rebuild | |\n| --- | --- |")
        self.say(f"| documents/s | {len(documents) / seconds:.0f} |")
        for name, lost in (
            ("ours", self._lost_by_ours(documents)),
            ("plain `_reindex` and alias swap", self._lost_by_reindex(documents)),
        ):
            missing, total = lost
            self.say(f"| missing or stale under live writes, {name} | {missing} of {total} |")

    def _lost_by_ours(self, documents: list[StoredDocument]) -> tuple[int, int]:
        connection = replace(self.connection, name="live")
        store = ElasticStore(connection, self.compiler, writable=True)
        fill(store, documents)
        traffic = Traffic(documents, store.write)
        with traffic:
            rebuild = ElasticRebuild(connection, self.compiler)
            done: dict[str, int] = {}
            while batch := traffic.next_unread(done, BATCH):
                rebuild.write(batch)
                done |= {d.id: d.revision for d in batch}
            rebuild.finish()
        return traffic.count_lost(dict(store.revisions())), len(traffic.current)

    def _lost_by_reindex(self, documents: list[StoredDocument]) -> tuple[int, int]:
        """What the manual says: reindex into a new index, then move the alias."""
        client = self.client
        fields = {"properties": {"revision": {"type": "integer"}, "text": {"type": "text"}}}
        for name in ("reindex-1", "reindex-2"):
            client.indices.create(index=name, mappings=fields)
        client.indices.put_alias(index="reindex-1", name="reindex")

        def write(some: list[StoredDocument]) -> None:
            items = (
                {
                    "_index": "reindex",
                    "_id": d.id,
                    "_source": {"revision": d.revision, "text": d.page.text},
                }
                for d in some
            )
            for _ in streaming_bulk(client, items):
                pass

        write(documents)
        client.indices.refresh(index="reindex-1")
        traffic = Traffic(documents, write)
        with traffic:
            patient = client.options(request_timeout=600)
            patient.reindex(source={"index": "reindex-1", "size": 100}, dest={"index": "reindex-2"})
            client.indices.update_aliases(
                actions=[
                    {"remove": {"index": "reindex-1", "alias": "reindex"}},
                    {"add": {"index": "reindex-2", "alias": "reindex"}},
                ]
            )
        client.indices.refresh(index="reindex-2")
        found = client.search(index="reindex", size=10_000, source_includes=["revision"])
        kept = {h["_id"]: int(h["_source"]["revision"]) for h in found["hits"]["hits"]}
        return traffic.count_lost(kept), len(traffic.current)


class Traffic:
    """Somebody who writes new documents and new revisions all the time, and remembers them."""

    def __init__(
        self, documents: list[StoredDocument], write: Callable[[list[StoredDocument]], None]
    ) -> None:
        self.current = {str(d.id): d for d in documents}
        self._write = write
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._write_until_stopped)

    def __enter__(self) -> None:
        """Begin."""
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        """End, with everything written."""
        self._stop.set()
        self._thread.join()

    def next_unread(self, done: dict[str, int], limit: int) -> list[StoredDocument]:
        """What the database would give next: revisions that were not read yet."""
        with self._lock:
            later = (d for i, d in self.current.items() if done.get(i) != d.revision)
            return list(islice(later, limit))

    def count_lost(self, kept: dict[Any, int]) -> int:
        """Documents that are missing or stale in what the index has."""
        return sum(kept.get(i) != d.revision for i, d in self.current.items())

    def _write_until_stopped(self) -> None:
        chance = random.Random(4)  # noqa: S311  # reproducible, nothing secret
        fresh = count()
        known = list(self.current.values())
        while not self._stop.is_set():
            batch = []
            for _ in range(20):
                with self._lock:
                    old = self.current[str(chance.choice(known).id)]
                    one = replace(old, revision=old.revision + 1)
                    if chance.random() < 0.1:
                        one = replace(old, id=DocumentId(f"new{next(fresh):013}"), revision=1)
                    self.current[str(one.id)] = one
                batch.append(one)
            newest = {d.id: d for d in batch}
            self._write(list(newest.values()))


def searching(url: str, queries: int) -> None:
    """Median milliseconds of both, asked in turn, each kind in turn, when they are warm.

    Run as a process of its own, as the one that serves searches is. Each side is the first one
    every other time.
    """
    reference = load_reference()
    connection = Connection(url)
    store = ElasticStore(connection, QueryCompiler(reference, {}), writable=False)
    raw = RawClient(open_client(connection))
    maker = DocumentMaker(reference, Vocabulary.of(20_000))
    chance = random.Random(3)  # noqa: S311  # reproducible, nothing secret
    times: dict[str, tuple[list[float], list[float]]] = {kind: ([], []) for kind in KINDS}
    for number in range(WARMING_UP + queries):
        for kind, columns in times.items():
            words = _words(maker, chance)
            request = search_request(kind, words)
            sides = partial(store.search, request), partial(raw.search, kind, words)
            # Who comes second finds the words of both in the processor's caches.
            for side in (0, 1) if number % 2 else (1, 0):
                milliseconds = time_call(sides[side])
                if number >= WARMING_UP:
                    columns[side].append(milliseconds)
    for kind, columns in times.items():
        ours, theirs = (statistics.median(column) for column in columns)
        print(f"| {kind} | {ours:.1f} | {theirs:.1f} | {ours - theirs:+.1f} |")


def _words(maker: DocumentMaker, chance: random.Random) -> tuple[str, str, str]:
    lang = chance.choice(("de", "de", "en", "ru"))
    found: list[str] = []
    while len(found) < 3:
        word = maker.word(lang)
        if len(word) > 3 and word.isalpha():
            found.append(word)
    return found[0], found[1], found[2]


def many(url: str, number: int) -> None:
    """Index small documents and tell number, speed and memory; run as a process of its own."""
    connection = Connection(url, name="many")
    reference = load_reference()
    store = ElasticStore(connection, QueryCompiler(reference, {}), writable=True)
    maker = DocumentMaker(reference, Vocabulary.of(5_000), length=12)
    start = time.perf_counter()
    done = 0
    for batch, _ in write_batches(
        batches(small(maker, number)), store.write, at_once=store.writes_at_once
    ):
        done += len(batch)
        if done % 50_000 == 0:
            told = f"{done} {done / (time.perf_counter() - start):.0f} {_peak_megabytes():.0f}"
            print(told, file=sys.stderr, flush=True)
    seconds = time.perf_counter() - start
    print(f"{store.count()} {number / seconds:.0f} {_peak_megabytes():.0f}")
    store.close()


def _peak_megabytes() -> float:
    """Most memory of this process; unlike ru_maxrss it knows nothing of the one that started it."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return float(next(line for line in lines if line.startswith("VmHWM")).split()[1]) / 1024


def small(maker: DocumentMaker, number: int) -> Iterator[StoredDocument]:
    """Short pages, a few hundred characters each."""
    for document in maker.documents(number):
        page: Page = document.page
        yield replace(document, page=replace(page, text=page.text[:200], mentions=()))


def main() -> int:
    """Run everything and print the tables."""
    options = argparse.ArgumentParser(prog="python -m benchmarks.elasticsearch")
    options.add_argument("--documents", type=int, default=20_000)
    options.add_argument("--queries", type=int, default=100)
    options.add_argument("--many", type=int, default=100_000, help="small documents for memory")
    options.add_argument("--url", help="an empty cluster of one's own; default: a node is started")
    options.add_argument("--only", choices=("many", "searching"), help=argparse.SUPPRESS)
    options.add_argument("--write", type=Path, help="file for the tables")
    chosen = options.parse_args()
    collect_seldom()  # as every process of ours; both sides have it
    if chosen.only == "many":
        many(chosen.url, chosen.many)
        return 0
    if chosen.only == "searching":
        searching(chosen.url, chosen.queries)
        return 0
    run_on_cluster(chosen.url, lambda url: _measure(url, chosen))
    return 0


def _measure(url: str, chosen: argparse.Namespace) -> None:
    bench = Bench(url, chosen.documents)
    bench.say(
        f"{chosen.documents} documents, {os.cpu_count()} cores,"
        f" Python {platform.python_version()}, Elasticsearch"
        f" {bench.client.info()['version']['number']} with 1 GB heap on the same machine.\n"
    )
    bench.indexing()
    _searches(bench, url, chosen.queries)
    bench.rebuild()
    _memory(bench, url, chosen.many)
    if chosen.write:
        _write(chosen.write, bench.lines)


def _searches(bench: Bench, url: str, queries: int) -> None:
    bench.say(f"\n| search, p50 ms ({HITS} hits) | ours | raw client | difference |")
    bench.say("| --- | --- | --- | --- |")
    bench.say(_alone("searching", url, "--queries", queries))


def _memory(bench: Bench, url: str, number: int) -> None:
    documents, speed, peak = _alone("many", url, "--many", number).split()
    bench.say("\n| many small documents | |\n| --- | --- |")
    bench.say(f"| documents | {documents} |\n| documents/s | {speed} |")
    bench.say(f"| indexer's memory at most, MB | {peak} |")


def _alone(part: str, url: str, option: str, number: int) -> str:
    """What a part of this program prints as a process of its own."""
    command = [sys.executable, "-m", __spec__.name, "--only", part, "--url", url]
    done = subprocess.run(
        [*command, option, str(number)], stdout=subprocess.PIPE, text=True, check=True
    )
    return done.stdout.rstrip()


def _write(path: Path, lines: list[str]) -> None:
    """Replace what stands between the two marks of the file."""
    begin, end = "<!-- measured -->", "<!-- end -->"
    text = path.read_text() if path.exists() else f"{begin}\n{end}\n"
    before, after = text.partition(begin)[0], text.partition(end)[2]
    path.write_text(f"{before}{begin}\n" + "\n".join(lines) + f"\n{end}{after}")


if __name__ == "__main__":
    sys.exit(main())
