"""The crawl over hostile servers, one after another in this process, and what each of them cost.

`python -m tests.loopback.trapped [NAME…]` prints a JSON line for each trap: name, outcome, reason,
seconds, growth (MiB by which the trap raised the peak of this process's memory) and block (longest
time in seconds for which the event loop answered nobody).
"""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from unittest import mock

import uvloop

from crawler.archive.warc import Archive
from crawler.crawl import CrawlSettings, SourceTask, crawl
from crawler.discovery.listing_words import ListingWords
from indexer.records.reference import load_reference
from indexer.records.source import Feed, Sitemap, Source
from tests.loopback.frontier import MemoryFrontier
from tests.loopback.traps import TrapSite, trap_sites

BEAT = 0.01
"""Seconds between two questions to the event loop."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What became of one trap."""

    name: str
    outcome: str
    reason: str | None
    seconds: float
    growth: float
    """MiB."""
    block: float
    """Seconds."""


class Heartbeat:
    """Asks the event loop again and again, from another thread, and keeps its slowest answer.

    The time of the thread itself is taken off: on a busy machine it sleeps longer than it wants.
    """

    def __init__(self) -> None:
        self.slowest = 0.0
        self._asked = 0.0
        self._ended = threading.Event()

    def loop(self) -> asyncio.AbstractEventLoop:
        """A new event loop, watched until the block of `watching` is left."""
        loop = uvloop.Loop()
        threading.Thread(target=self._beat, args=(loop,), daemon=True).start()
        return loop

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Within the block the crawl makes its event loops here."""
        with mock.patch("crawler.crawl.uvloop.new_event_loop", self.loop):
            yield
        self._ended.set()

    def _beat(self, loop: asyncio.AbstractEventLoop) -> None:
        while not self._ended.wait(BEAT):
            answered = threading.Event()
            asked = time.perf_counter()
            try:
                loop.call_soon_threadsafe(answered.set)
            except RuntimeError:  # closed
                return
            if answered.wait(30):
                self.slowest = max(self.slowest, time.perf_counter() - asked)


def peak() -> float:
    """Highest resident memory of this process since `forget_peak`, in MiB."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    raise OSError("the kernel does not tell VmHWM")


def forget_peak() -> None:
    """Start the peak anew at what is resident now."""
    Path("/proc/self/clear_refs").write_text("5")


def crawled(site: TrapSite, words: ListingWords) -> Cost:
    """Crawl one hostile site."""
    frontier = MemoryFrontier()
    source = Source(
        id="trap",
        name=site.trap.name,
        url=site.url + "/",
        country="DE",
        languages=("de",),
        delay=0.0,
        feeds=(Feed(site.url + "/feed"),),
        sitemaps=(Sitemap(site.url + "/sitemap.xml"),) if "xml" in site.trap.path else (),
    )
    heart = Heartbeat()
    with tempfile.TemporaryDirectory() as folder:
        archive = Archive(Path(folder), committed_end=frontier.committed_end)
        forget_peak()
        before, begin = peak(), time.perf_counter()
        with heart.watching():
            settings = CrawlSettings(words, "bench@example.org", ("127.0.0.1/32",))
            result = crawl([SourceTask(source)], frontier, archive, settings)
        seconds, growth = time.perf_counter() - begin, peak() - before
        archive.close()
    told = {**frontier.documents, **frontier.pages}.get(site.address)
    outcome, reason = (told.outcome, told.reason) if told else ("-", result["trap"].reason)
    return Cost(site.trap.name, outcome, reason, seconds, growth, heart.slowest)


def main(names: Sequence[str]) -> None:
    """All traps, or those named; a first one is crawled unmeasured, so that all is loaded."""
    words = ListingWords.from_languages(load_reference().languages)
    with trap_sites("redirect to itself") as sites:
        for site in sites.values():
            crawled(site, words)
    with trap_sites(*names) as sites:
        for site in sites.values():
            sys.stdout.write(json.dumps(asdict(crawled(site, words))) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
