"""Both search stores behind the server of `radar serve`, side by side: the same generated
documents, asked the same (`benchmarks.search.web_search`).

The server's processor time says what the answer costs besides the search engine, which in the
embedded store is a part of the server, and in a cluster a program of its own.

    python -m benchmarks.stores_over_http [--documents 100000] [--seconds 60] [--url http://…]
                                          [--write docs/benchmarks-elasticsearch.md]
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from urllib.parse import quote

import psutil

from benchmarks.__main__ import conditions, write_section
from benchmarks.measuring.table import Section, Table
from benchmarks.search.own_cluster import run_on_cluster
from benchmarks.search.web_search import (
    CLIENTS,
    DOCUMENTS,
    EXPORT,
    ONE_CLIENT,
    REQUESTS,
    SECONDS,
    Answers,
    Client,
    Measured,
    fill,
    many_clients,
    measure,
    queries,
    serving,
)
from indexer.garbage_collection import collect_seldom
from indexer.query import QueryCompiler
from indexer.records.reference import load_reference
from indexer.stores.elastic.address import Connection
from indexer.stores.elastic.client import open_client
from indexer.stores.elastic.rebuild import ElasticRebuild
from indexer.stores.embedded import open_rebuild

EMBEDDED, CLUSTER = "embedded", "Elasticsearch"
WARMING_UP = 2_000
"""Searches after which a node that has just started has compiled what it needs."""


def benchmark(url: str, documents: int, seconds: float) -> Section:
    """Fill both stores, and measure one after the other."""
    compiler = QueryCompiler(load_reference(), {})
    found: dict[str, Measured] = {}
    with tempfile.TemporaryDirectory() as folder:
        index = str(Path(folder, "index"))
        maker = fill(open_rebuild(Path(index), compiler), documents)
        fill(ElasticRebuild(Connection(url), compiler), documents)
        texts = queries(maker, REQUESTS)
        warm_up(url, queries(maker, WARMING_UP))
        found[EMBEDDED] = measure(index, texts, CLIENTS, seconds)
        found[CLUSTER] = measure(url, texts, CLIENTS, seconds, processor_seconds(url))
    return Section(
        "over-http",
        f"Both stores over HTTP, {documents:,} generated documents",
        [*tables(found, seconds)],
    )


def warm_up(url: str, texts: Sequence[str]) -> None:
    """Ask a node that has just started, which compiles itself meanwhile, so much else."""
    with serving(url) as server:
        client = Client(server)
        for text in texts:
            client.get(f"/api/search?q={quote(text, safe='')}", Answers())


def tables(found: dict[str, Measured], seconds: float) -> list[Table]:
    """Rows of the stores side by side."""
    asked = [
        (*_named(each.row(), store), f"{each.node:.1f}" if each.node else "in it")
        for some in zip(*(measured.asked for measured in found.values()), strict=True)
        for store, each in zip(found, some, strict=True)
    ]
    loads = [_named(measured.load.row(), store) for store, measured in found.items()]
    exports = [
        _named(row, store)
        for rows in zip(*(measured.exports for measured in found.values()), strict=True)
        for store, row in zip(found, rows, strict=True)
    ]
    return [
        Table((*ONE_CLIENT, "engine ms"), tuple(asked)),
        Table(many_clients(CLIENTS, seconds), tuple(loads)),
        Table(EXPORT, tuple(exports)),
    ]


def _named(row: tuple[str, ...], store: str) -> tuple[str, ...]:
    return (f"{row[0]}: {store}", *row[1:])


def processor_seconds(url: str) -> Callable[[], float]:
    """Processor time of the node of a cluster on this machine, until now."""
    nodes = open_client(Connection(url)).nodes.info(metric="process").body["nodes"]
    (node,) = nodes.values()
    process = psutil.Process(node["process"]["id"])

    def until_now() -> float:
        times = process.cpu_times()
        return float(times.user + times.system)

    return until_now


def main() -> int:
    """Print the tables."""
    options = argparse.ArgumentParser(prog="python -m benchmarks.stores_over_http")
    options.add_argument("--documents", type=int, default=DOCUMENTS)
    options.add_argument("--seconds", type=float, default=SECONDS, help="of the load")
    options.add_argument("--url", help="an empty cluster of one node here; default: it is started")
    options.add_argument("--write", type=Path, help="file for the tables")
    chosen = options.parse_args()
    collect_seldom()
    run_on_cluster(chosen.url, lambda url: _measure(url, chosen))
    return 0


def _measure(url: str, chosen: argparse.Namespace) -> None:
    section = benchmark(url, chosen.documents, chosen.seconds)
    section.notes.append(conditions())
    print(section.text())
    if chosen.write:
        write_section(chosen.write, section)


if __name__ == "__main__":
    sys.exit(main())
