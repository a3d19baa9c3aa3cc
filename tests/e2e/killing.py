"""A night that is killed at any moment, beside the same night undisturbed.

For the tests and for the benchmark with more kills. `ASPECTS` are what both have to agree in.
"""

from __future__ import annotations

import gzip
import os
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from subprocess import Popen

from fastwarc.warc import ArchiveIterator
from warcio.archiveiterator import (
    ArchiveIterator as WarcioIterator,
)

from crawler.archive.warc import Archive
from indexer.frontier.port import ArchivePosition
from radar.demo import NIGHTS
from tests.e2e import own_hand
from tests.e2e.counted_sites import CountedSites
from tests.e2e.world import NOTHING_ELSE, SECONDS, World
from tests.loopback.smtp_sink import SmtpSink, said, smtp_sink

WATCHES = [
    ("cluster", "topic:cluster-strategies"),
    ("copper", "commodity:copper"),
    ("kyrgyzstan", "country:KG"),
]
LOOKS = 0.01
"""Seconds between two looks whether it is time."""
QUERIES = ["lithium", "Rohstoffforum", "country:KG", "has:event", "topic:cluster-strategies", "*"]

Kill = Callable[[], None]


@dataclass(frozen=True)
class Point:
    """Where a run is killed: by one of those it talks to, by its own hand, or by the clock."""

    arm: Callable[[Place, Kill], None] = lambda place, kill: None
    """Tells those it talks to."""
    variables: Mapping[str, str] = field(default_factory=dict)
    """Tell the run itself."""
    seconds: float | None = None


@dataclass
class Place:
    """One installation with its mail server, over sites that it shares with others."""

    world: World
    sites: CountedSites
    sink: SmtpSink

    def run(self, point: Point | None = None) -> int:
        """Run to the end, or until it is killed at the point; returns the exit code."""
        begun: Future[Popen[str]] = Future()
        if point:
            point.arm(self, lambda: _kill(begun.result(SECONDS)))
        variables = point.variables if point else NOTHING_ELSE
        moment = NIGHTS[1].isoformat()
        started = self.world.start("run", "--json", "--now", moment, variables=variables)
        begun.set_result(started)
        if point and point.seconds is not None:
            until = time.monotonic() + point.seconds
            while started.poll() is None and time.monotonic() < until:
                time.sleep(LOOKS)
            if started.returncode is None:
                _kill(started)
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
    return Point(lambda place, kill: place.sites.watch(lambda n: kill() if n == number else None))


def when_logged(words: str) -> Point:
    """Killed when it logs the words."""
    return Point(variables=own_hand.when_logged(words))


def when_done(function: str) -> Point:
    """Killed when the function (`module:name`) is done."""
    return Point(variables=own_hand.after(function))


def at_message(number: int) -> Point:
    """Killed after the mail server took the `number`-th message of this run, before it says so."""

    def arm(place: Place, kill: Kill) -> None:
        first = len(place.sink.received)

        def taken() -> None:
            if len(place.sink.received) == first + number:
                kill()

        place.sink.taken = taken

    return Point(arm)


def after(seconds: float) -> Point:
    """Killed when so much time has gone by since the start."""
    return Point(seconds=seconds)


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


def _documents(place: Place) -> object:
    return place.world.rows(
        "select id, url, source, revision, published, indexed, rejected from document order by id"
    )


def _revisions(place: Place) -> object:
    query = "select document, number, added, first_look, page from revision order by document"
    seqs = place.world.rows("select seq from revision order by seq")
    return place.world.rows(query), seqs == [(n,) for n in range(1, len(seqs) + 1)]


def _outcomes(place: Place) -> object:
    rows = place.world.rows("select url, outcome from visit where kind = 'page' order by url")
    pending = place.world.rows("select count(*) from fetch where state = 'pending'")
    return [url for url, _ in rows], Counter(outcome for _, outcome in rows), pending


def _hits(place: Place) -> object:
    return {
        query: {
            hit["id"]: (hit["title"], hit["passages"])
            for hit in place.world.radar("search", query, "--limit", "0", "--json").lines
        }
        for query in QUERIES
    }


def _matches(place: Place) -> object:
    return place.world.rows(
        "select watch, document, revision, passages, terms, change, state, first_look from match "
        "order by watch, document, revision"
    )


def _messages(place: Place) -> object:
    """Each by what it says; one that was cut off while it was sent may come again, with its key."""
    told = {(str(m["Subject"]), said(m)) for m in place.sink.received}
    return told, len(set(place.sink.message_ids()))


def _feeds(place: Place) -> object:
    return {
        watch: (place.world.home / "feeds" / f"{watch}.atom").read_text().count("<entry>")
        for watch, _ in WATCHES
    }


ASPECTS: dict[str, Callable[[Place], object]] = {
    "documents": _documents,
    "revisions": _revisions,
    "outcomes": _outcomes,
    "hits": _hits,
    "matches": _matches,
    "messages": _messages,
    "feeds": _feeds,
}
"""What a killed night and an undisturbed one have to agree in, each as something to compare."""


def archive_faults(place: Place) -> list[str]:
    """Files that one of two readers can't read to the last byte, and answers that are not where
    they should be.
    """
    folder = place.world.home / "archive"
    faults = [fault for file in sorted(folder.glob("*.warc.gz")) for fault in _file_faults(file)]
    archive = Archive(folder)
    for name, offset, length, url in place.world.rows(
        "select file, offset, length, final_url from fetch"
    ):
        if archive.read(ArchivePosition(name, offset, length)).url != url:
            faults.append(f"{name} at {offset} does not hold {url}")
    return faults


def _file_faults(file: Path) -> Iterator[str]:
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
    if by_fastwarc != by_warcio:
        yield f"{file.name} reads differently"
    try:
        gzip.decompress(file.read_bytes())
    except (OSError, EOFError) as error:
        yield f"{file.name}: {error}"
