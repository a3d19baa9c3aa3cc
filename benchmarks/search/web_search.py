"""Searches over HTTP, as people and programs make them: a search store with 100,000 generated
documents behind the server of `radar serve`, in a process of its own.

Each answer of the API has twelve facets and 20 hits with marked passages, each page of a search a
timeline besides; every tenth document tells the story of the one before it. No question is asked
twice, but where it says so. Milliseconds are those of one client that asks and waits; processor
time is that of the server. Memory of an export is that of a server that was just started, so that
it is not memory which searches took before: its peak, and the peak of what is its own. The rest are
pages of the index file, which the system takes back when it needs them.

`benchmarks.stores_over_http` asks both stores the same.

    python -m benchmarks.search.web_search STORE    prints the port, serves until killed; STORE: the
                                                    folder of an index, or the address of a cluster
"""

from __future__ import annotations

import http.client
import json
import random
import statistics
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from urllib.parse import quote

import psutil

from benchmarks.measuring.children import INTERVAL, own_memory, peak_memory, python
from benchmarks.measuring.table import Section, Table
from benchmarks.search.documents import DocumentMaker, Vocabulary
from benchmarks.search.search import KINDS, question
from indexer.query import QueryCompiler
from indexer.records.document import StoredDocument
from indexer.records.reference import load_reference
from indexer.stores.base import Rebuild
from indexer.stores.embedded import open_rebuild
from radar.stages.batches import write_batches

DOCUMENTS, REQUESTS = 100_000, 200
CLIENTS, SECONDS = 50, 60
QUICK = (1_000, 20, 5, 2)
"""The same four for a quick run."""
BATCH = 1_000
TENTH = 10
AGAIN = "/api/search, asked a second time"


@dataclass(frozen=True, slots=True)
class Server:
    """A running server."""

    port: int
    process: psutil.Process

    def cpu(self) -> float:
        """Processor seconds until now."""
        times = self.process.cpu_times()
        return float(times.user + times.system)

    def peak(self) -> float:
        """MiB."""
        return peak_memory(self.process)

    @contextmanager
    def own(self, measure: Callable[[psutil.Process], float] = own_memory) -> Iterator[list[float]]:
        """MiB of its own memory, or another measure, looked at again and again while the block
        runs.
        """
        seen, done = [measure(self.process)], threading.Event()

        def look() -> None:
            while not done.wait(INTERVAL):
                seen.append(measure(self.process))

        watching = threading.Thread(target=look)
        watching.start()
        try:
            yield seen
        finally:
            done.set()
            watching.join()


@dataclass(slots=True)
class Answers:
    """What was measured of answers."""

    milliseconds: list[float] = field(default_factory=list)
    failures: int = 0
    size: int = 0
    """Bytes of the last one."""

    def percentile(self, share: int) -> float:
        """Milliseconds within which so many of a hundred were there."""
        return statistics.quantiles(self.milliseconds, n=100, method="inclusive")[share - 1]


class Client:
    """A connection that stays open."""

    def __init__(self, server: Server, *, timeout: float = 120) -> None:
        """`timeout`: seconds without a byte that count as a failure."""
        self._connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=timeout)

    def close(self) -> None:
        """End the connection."""
        self._connection.close()

    def get(self, path: str, answers: Answers) -> bytes:
        """Ask, and note how it went; the body."""
        begin = time.perf_counter()
        try:
            self._connection.request("GET", path)
            answer = self._connection.getresponse()
            body = answer.read()
        except (OSError, http.client.HTTPException):
            self._connection.close()
            answers.failures += 1
            return b""
        answers.milliseconds.append((time.perf_counter() - begin) * 1000)
        answers.failures += answer.status != 200
        answers.size = len(body)
        return body


@dataclass(frozen=True, slots=True)
class Asked:
    """One kind of requests of one client."""

    name: str
    answers: Answers
    cpu: float
    """Milliseconds of the server's processor time for a request."""
    node: float
    """The same of the search engine, where it is a program of its own."""

    def row(self) -> tuple[str, ...]:
        """The columns of `ONE_CLIENT`."""
        answers = self.answers
        p50, p95 = answers.percentile(50), answers.percentile(95)
        return (
            self.name,
            f"{p50:.1f}",
            f"{p95:.1f}",
            f"{self.cpu:.1f}",
            str(answers.failures),
        )


@dataclass(frozen=True, slots=True)
class Load:
    """Many clients that ask without a pause."""

    seconds: float
    answers: Answers

    def row(self) -> tuple[str, ...]:
        """The columns of `many_clients`."""
        rate = len(self.answers.milliseconds) / self.seconds
        p50, p95 = self.answers.percentile(50), self.answers.percentile(95)
        failures = str(self.answers.failures)
        return "/api/search", f"{rate:.0f}", f"{p50:.0f}", f"{p95:.0f}", failures


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured of a store behind the server."""

    asked: tuple[Asked, ...]
    load: Load
    exports: tuple[tuple[str, ...], ...]
    """The columns of `EXPORT`."""


ONE_CLIENT = ("one client", "p50 ms", "p95 ms", "processor ms", "failures")
EXPORT = ("export of everything", "rows", "s", "own MiB at rest", "own MiB at most", "peak MiB")


def many_clients(clients: int, seconds: float) -> tuple[str, ...]:
    """The columns of a load."""
    return f"{clients} clients, {seconds:.0f} s", "answers/s", "p50 ms", "p95 ms", "failures"


def benchmark(*, quick: bool) -> Section:
    """Fill an index, and measure answers, a load and exports."""
    documents, requests, clients, seconds = (
        QUICK if quick else (DOCUMENTS, REQUESTS, CLIENTS, SECONDS)
    )
    reference = load_reference()
    with tempfile.TemporaryDirectory() as folder:
        index = Path(folder, "index")
        maker = fill(open_rebuild(index, QueryCompiler(reference, {})), documents)
        found = measure(str(index), queries(maker, requests), clients, seconds)
    return Section(
        "http",
        f"Searches over HTTP: the embedded store, {documents:,} generated documents",
        [
            Table(ONE_CLIENT, tuple(each.row() for each in found.asked)),
            Table(many_clients(clients, seconds), (found.load.row(),)),
            Table(EXPORT, found.exports),
        ],
    )


def measure(
    place: str,
    texts: Sequence[str],
    clients: int,
    seconds: float,
    node: Callable[[], float] = lambda: 0.0,
) -> Measured:
    """Answers to one client, to many at once, and exports; `node`: processor seconds of the search
    engine until now.
    """
    with serving(place) as server:
        asked = [_ask(server, name, paths, node) for name, paths in askings(texts).items()]
        load = press(server, texts, clients, seconds)
    exports = [_export(place, name) for name in ("csv", "ndjson", "xlsx")]
    return Measured(tuple(asked), load, tuple(exports))


def fill(rebuild: Rebuild, documents: int) -> DocumentMaker:
    """Put generated documents into an empty store; the maker of words that stand in them."""
    maker = DocumentMaker(load_reference(), Vocabulary.of(20_000))
    batches = in_batches(in_stories(maker.documents(documents)))
    for _ in write_batches(batches, rebuild.write, at_once=rebuild.writes_at_once):
        pass
    rebuild.finish()
    return maker


def in_stories(documents: Iterable[StoredDocument]) -> Iterator[StoredDocument]:
    """Documents of which every tenth tells the story of the one before it."""
    before = None
    for number, document in enumerate(documents):
        told = before.id if before and number % TENTH == TENTH - 1 else document.id
        yield replace(document, story=told)
        before = document


def in_batches(documents: Iterable[StoredDocument]) -> Iterator[list[StoredDocument]]:
    """As a rebuild writes them."""
    stream = iter(documents)
    while batch := list(islice(stream, BATCH)):
        yield batch


def queries(maker: DocumentMaker, number: int) -> list[str]:
    """Queries of all kinds that find something, in turn."""
    chance = random.Random(3)  # noqa: S311  # reproducible, nothing secret
    kinds = [kind for kind in KINDS if kind != "without hits"]
    return [question(kinds[n % len(kinds)], maker, chance).text for n in range(number)]


def askings(texts: Sequence[str]) -> dict[str, list[str]]:
    """Name → paths of the requests."""
    asked = [quote(text, safe="") for text in texts]
    return {
        "/api/search": [f"/api/search?q={text}" for text in asked],
        AGAIN: [f"/api/search?q={text}" for text in asked],
        "/api/search, by date, with filters": [
            f"/api/search?q={text}&sort=newest&lang=de&year=2020" for text in asked
        ],
        "page of a search": [f"/?q={text}" for text in asked],
        "start page": ["/"] * (len(asked) // 10),
        "page of all strategies": [f"/facets/strategy?q={text}" for text in asked],
    }


def _ask(server: Server, name: str, paths: Sequence[str], node: Callable[[], float]) -> Asked:
    client, answers = Client(server), Answers()
    client.get(paths[0], Answers())  # what is read once does not count
    used = used_by_node = 0.0
    for path in paths:
        if name == AGAIN:
            client.get(path, Answers())
        before, node_before = server.cpu(), node()
        client.get(path, answers)
        used += server.cpu() - before
        used_by_node += node() - node_before
    return Asked(name, answers, used / len(paths) * 1000, used_by_node / len(paths) * 1000)


def press(server: Server, texts: Sequence[str], clients: int, seconds: float) -> Load:
    """So many clients ask without a pause."""
    end = time.perf_counter() + seconds
    found = [Answers() for _ in range(clients)]

    def run(number: int) -> None:
        client = Client(server)
        chance = random.Random(number)  # noqa: S311  # reproducible, nothing secret
        while time.perf_counter() < end:
            path = f"/api/search?q={quote(chance.choice(texts), safe='')}"
            client.get(path, found[number])

    begin = time.perf_counter()
    threads = [threading.Thread(target=run, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    together = Answers(
        [each for answers in found for each in answers.milliseconds],
        sum(answers.failures for answers in found),
    )
    return Load(time.perf_counter() - begin, together)


def _export(place: str, name: str) -> tuple[str, ...]:
    with serving(place) as server:
        client, answers = Client(server), Answers()
        client.get("/api/search?q=lithium", Answers())
        total = json.loads(client.get("/api/search?q=*&limit=1", Answers()))["total"]
        with server.own() as own:
            body = client.get(f"/search.{name}?q=*", answers)
        rows = body.count(b"\n") - (name == "csv") if name != "xlsx" else total
        if answers.failures or rows < total:
            raise ValueError(f"the export {name} has {rows} of {total} rows")
        seconds = answers.milliseconds[0] / 1000
        memory = (own[0], max(own), server.peak())
        return f"search.{name}", f"{total}", f"{seconds:.1f}", *(f"{each:.0f}" for each in memory)


@contextmanager
def serving(place: str) -> Iterator[Server]:
    """A server over a store."""
    process = subprocess.Popen(
        python("-m", "benchmarks.search.search_server", place), stdout=subprocess.PIPE
    )
    try:
        if process.stdout is None:
            raise OSError("the server has no output")
        server = Server(int(process.stdout.readline()), psutil.Process(process.pid))
        with closing(Client(server)) as client:
            _wait_until(lambda: client.get("/healthz", Answers()) != b"")
        yield server
    finally:
        process.kill()
        process.communicate()


def _wait_until(is_ready: Callable[[], bool]) -> None:
    while not is_ready():
        time.sleep(0.1)
