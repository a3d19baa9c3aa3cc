"""SIGKILL at any moment, and started again: nothing lost, nothing doubled, no message sent twice."""

from __future__ import annotations

import gzip
import json
import os
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from subprocess import Popen
from typing import Any

import pytest
from fastwarc.warc import ArchiveIterator, WarcRecordType
from warcio.archiveiterator import ArchiveIterator as WarcioIterator

from crawler.archive import Archive
from crawler.frontier import ArchivePosition
from radar.demo import NIGHTS
from tests.e2e.counted_sites import CountedSites, counted_sites
from tests.e2e.world import SECONDS, World
from tests.loopback.smtp_sink import SmtpSink, smtp_sink

pytestmark = [pytest.mark.xdist_group("killed"), pytest.mark.slow]

WATCHES = [
    ("cluster", "topic:cluster-strategies"),
    ("copper", "commodity:copper"),
    ("kyrgyzstan", "country:KG"),
]
QUERIES = ["lithium", "Rohstoffforum", "country:KG", "has:event", "topic:cluster-strategies", "*"]

Kill = Callable[[], None]
Point = Callable[["Place", Kill], Callable[[], bool]]
"""Arms a kill; what it returns is asked again and again and may kill by itself."""


@dataclass
class Place:
    """One installation with its mail server, over sites that it shares with others."""

    world: World
    sites: CountedSites
    sink: SmtpSink

    def run(self, point: Point | None = None) -> int:
        """Run to the end, or until it is killed at the point; returns the exit code."""
        started = self.world.start("run", "--json", "--now", NIGHTS[1].isoformat())
        look = point(self, lambda: _kill(started)) if point else None
        until = time.monotonic() + SECONDS
        while look and started.poll() is None and time.monotonic() < until and not look():
            time.sleep(0.002)
        _, err = started.communicate(timeout=SECONDS)
        self.sites.watch(None)
        self.sink.taken = None
        _all_gone(started.pid)
        if started.returncode >= 0:
            assert "Traceback" not in err, err
        return started.returncode


def _kill(process: Popen[str]) -> None:
    os.kill(process.pid, signal.SIGKILL)


def _all_gone(group: int) -> None:
    """Parse workers end with their parent, however that ends."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return
        time.sleep(0.02)
    raise AssertionError("parse workers outlive their run")


def at_request(number: int) -> Point:
    """Killed while the sites are asked for this request, the one-based `number`-th of the run."""

    def arm(place: Place, kill: Kill) -> Callable[[], bool]:
        place.sites.watch(lambda n: kill() if n == number else None)
        return lambda: False

    return arm


def when_logged(words: str) -> Point:
    """Killed when the newest log holds the words."""

    def arm(place: Place, kill: Kill) -> Callable[[], bool]:
        before = set((place.world.home / "log").glob("*.log"))

        def look() -> bool:
            logs = set((place.world.home / "log").glob("*.log")) - before
            if any(words in log.read_text(errors="replace") for log in logs):
                kill()
                return True
            return False

        return look

    return arm


def when_there(pattern: str) -> Point:
    """Killed when a file of this name appears in the data folder."""

    def arm(place: Place, kill: Kill) -> Callable[[], bool]:
        before = set(place.world.home.glob(pattern))

        def look() -> bool:
            if set(place.world.home.glob(pattern)) - before:
                kill()
                return True
            return False

        return look

    return arm


def at_message(number: int) -> Point:
    """Killed after the mail server took the `number`-th message of this run, before it says so."""

    def arm(place: Place, kill: Kill) -> Callable[[], bool]:
        first = len(place.sink.received)

        def taken() -> None:
            if len(place.sink.received) == first + number:
                kill()

        place.sink.taken = taken
        return lambda: False

    return arm


POINTS: dict[str, Point] = {
    "before the first commit": at_request(7),
    "in the crawl": at_request(29),
    "after the crawl": when_logged("Spider closed"),
    "at the index": when_there("index/current"),
    "at a message": at_message(2),
}


@contextmanager
def place(folder: Path, sites: CountedSites) -> Iterator[Place]:
    world = World(folder)
    with smtp_sink() as sink:
        sources = [{**s} for s in sites.sites.sources]
        world.configure(
            sources,
            [
                {"id": i, "name": i, "query": q, "channels": ["mailto:desk@example.org", "feed"]}
                for i, q in WATCHES
            ],
            mail={"url": sink.url, "from": "radar@example.org"},
        )
        yield Place(world, sites, sink)


@dataclass
class Pair:
    """The same night, undisturbed and with kills."""

    calm: Place
    killed: Place
    codes: dict[str, int]


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    with (
        counted_sites() as sites,
        place(tmp_path_factory.mktemp("calm"), sites) as calm,
        place(tmp_path_factory.mktemp("killed"), sites) as killed,
    ):
        assert calm.run() == 0
        codes = {name: killed.run(point) for name, point in POINTS.items()}
        codes["to the end"] = killed.run()
        yield Pair(calm, killed, codes)


def test_every_kill_met_a_run_at_work(pair: Pair) -> None:
    assert pair.codes == {**dict.fromkeys(POINTS, -signal.SIGKILL), "to the end": 0}
    states = [state for (state,) in pair.killed.world.rows("select state from run order by id")]
    assert states == ["interrupted"] * len(POINTS) + ["done"]


def _documents(world: World) -> list[tuple[Any, ...]]:
    return world.rows(
        "select id, url, source, revision, published, indexed, rejected from document order by id"
    )


def test_same_documents(pair: Pair) -> None:
    assert _documents(pair.killed.world) == _documents(pair.calm.world)


def test_same_revisions(pair: Pair) -> None:
    query = "select document, number, added, first_look, page from revision order by document"
    assert pair.killed.world.rows(query) == pair.calm.world.rows(query)
    seqs = [seq for (seq,) in pair.killed.world.rows("select seq from revision order by seq")]
    assert seqs == list(range(1, len(seqs) + 1))


def test_each_page_has_one_outcome(pair: Pair) -> None:
    query = "select url, outcome from visit where kind = 'page' order by url"
    killed, calm = pair.killed.world.rows(query), pair.calm.world.rows(query)
    assert [url for url, _ in killed] == [url for url, _ in calm]
    assert Counter(outcome for _, outcome in killed) == Counter(outcome for _, outcome in calm)
    assert pair.killed.world.rows("select count(*) from fetch where state = 'pending'") == [(0,)]


def test_same_hits(pair: Pair) -> None:
    for query in QUERIES:
        found = [
            {
                hit["id"]: (hit["title"], hit["passages"])
                for hit in one.world.radar("search", query, "--limit", "0", "--json").lines
            }
            for one in (pair.killed, pair.calm)
        ]
        assert found[0] == found[1]
        assert found[0]


def test_same_matches(pair: Pair) -> None:
    query = (
        "select watch, document, revision, passages, terms, change, state, first_look from match "
        "order by watch, document, revision"
    )
    calm = pair.calm.world.rows(query)
    assert pair.killed.world.rows(query) == calm
    assert {row[6] for row in calm} == {"sent"}


def test_no_message_comes_twice_but_for_the_one_cut_off(pair: Pair) -> None:
    calm, killed = pair.calm.sink, pair.killed.sink
    assert len(set(calm.message_ids())) == len(calm.received) == len(WATCHES)
    assert len(set(killed.message_ids())) == len(WATCHES)
    # Taken by the server, its answer never read: that one comes again, and can be told.
    repeated = {i for i, n in Counter(killed.message_ids()).items() if n > 1}
    assert repeated == {killed.message_ids()[1]}
    assert len(killed.received) == len(WATCHES) + 1
    told = {str(m["Subject"]): str(m.get_content()) for m in killed.received}
    assert told == {str(m["Subject"]): str(m.get_content()) for m in calm.received}


def test_same_feeds(pair: Pair) -> None:
    for watch, _ in WATCHES:
        entries = [
            (one.world.home / "feeds" / f"{watch}.atom").read_text().count("<entry>")
            for one in (pair.killed, pair.calm)
        ]
        assert entries[0] == entries[1] > 0


def test_archives_are_whole(pair: Pair) -> None:
    for one in (pair.killed, pair.calm):
        folder = one.world.home / "archive"
        files = sorted(folder.glob("*.warc.gz"))
        assert files
        for file in files:
            with file.open("rb") as stream:
                by_warcio = [
                    (r.rec_headers["WARC-Target-URI"], r.content_stream().read())
                    for r in WarcioIterator(stream, check_digests=True)
                ]
            with file.open("rb") as stream:
                by_fastwarc = [
                    (r.headers.get("WARC-Target-URI"), r.reader.read())
                    for r in ArchiveIterator(stream, parse_http=True)
                ]
            assert by_fastwarc == by_warcio
            gzip.decompress(file.read_bytes())  # nothing behind the last record
        archive = Archive(folder)
        fetches = one.world.rows("select file, offset, length, final_url from fetch")
        assert len({row[:2] for row in fetches}) == len(fetches)
        for name, offset, length, url in fetches:
            assert archive.read(ArchivePosition(name, offset, length)).url == url


def test_archive_has_every_answer_once_that_was_committed(pair: Pair) -> None:
    """Answers of runs killed before a commit may be there too: they were asked for again."""
    found: Counter[str] = Counter()
    for file in (pair.killed.world.home / "archive").glob("*.warc.gz"):
        with file.open("rb") as stream:
            found.update(
                record.headers["WARC-Target-URI"]
                for record in ArchiveIterator(stream, record_types=WarcRecordType.response)
            )
    fetched = {url for (url,) in pair.killed.world.rows("select final_url from fetch")}
    assert fetched <= found.keys()


def test_the_next_run_finds_nothing_to_do(pair: Pair) -> None:
    started = pair.killed.world.radar("run", "--json", "--now", NIGHTS[1].isoformat())
    summary = json.loads(started.out.splitlines()[-1])
    assert summary["outcomes"] == {}
    assert [summary[key] for key in ("revisions", "indexed", "matches", "sent")] == [0, 0, 0, 0]
