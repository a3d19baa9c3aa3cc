"""Hostile servers, all in two runs: each address ends with a reason, and the others go on.

The slow ones are waited for a few seconds, and the others, which a busy machine is slow to serve, a
minute: what becomes of an address does not hang on the machine.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from crawler import crawl
from tests.e2e.newsroom import NIGHTS
from tests.e2e.world import SECONDS, World, source
from tests.loopback.traps import TRAPS, Trap, TrapSite, trap_sites

pytestmark = pytest.mark.slow

NAMES = [trap.name for trap in TRAPS]
BRIEF, LONG = 5.0, 60.0
"""Seconds for one request."""
GROWTH = 50.0
"""MiB by which traps may raise the peak of the process that crawls."""


@dataclass
class Night:
    """What the crawls left behind."""

    sites: dict[str, TrapSite]
    outcomes: dict[str, tuple[str, str | None]] = field(default_factory=dict)
    """Address → outcome and reason."""
    sources: dict[str, dict[str, Any]] = field(default_factory=dict)
    """Name of a trap → what the summary says of its site."""

    def crawl(self, folder: Path, names: Sequence[str], seconds: float) -> None:
        """One run over these sites, which waits so long for an answer."""
        world = World(folder)
        world.configure([_source(name, self.sites[name].url) for name in names])
        settings = partial(crawl.CrawlSettings, timeout=seconds)
        with mock.patch.object(crawl, "CrawlSettings", settings):
            ended = world.radar("run", "--json", "--now", NIGHTS[0].isoformat())
        assert ended.code == 1, ended.err  # sites that are not reached need a person
        rows = world.rows("select url, outcome, reason from visit")
        assert len(rows) == len({url for url, _, _ in rows})
        self.outcomes |= {url: (outcome, reason) for url, outcome, reason in rows}
        self.sources |= {name: ended.summary["sources"][_id(name)] for name in names}


def _id(name: str) -> str:
    return f"s{NAMES.index(name)}"


def _source(name: str, url: str) -> dict[str, Any]:
    # Found by robots.txt where the trap is one.
    sitemaps = {"sitemaps": [{"url": url + "/sitemap.xml"}]} if "sitemap" in name else {}
    return source(_id(name), url + "/", feeds=[{"url": url + "/feed"}], **sitemaps)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Night]:
    with trap_sites() as sites:
        night = Night(dict(sites))
        for is_slow, seconds in ((True, BRIEF), (False, LONG)):
            names = [trap.name for trap in TRAPS if trap.is_slow == is_slow]
            night.crawl(tmp_path_factory.mktemp("hostile"), names, seconds)
        yield night


@pytest.mark.parametrize("trap", TRAPS, ids=lambda trap: trap.name)
def test_a_trap_ends_with_a_reason(hostile: Night, trap: Trap) -> None:
    """Where robots.txt is the trap, the source says so and no page is asked for."""
    if trap.path == "/robots.txt":
        told = hostile.sources[trap.name]
        assert told["state"] == "unreachable"
        assert told["reason"]
        assert {*hostile.sites[trap.name].asked} == {trap.path}
        return
    outcome, reason = hostile.outcomes[hostile.sites[trap.name].address]
    assert outcome in trap.outcomes, reason
    assert reason or outcome in ("new", "fetched", "duplicate")


def test_the_other_pages_of_the_sites_are_read(hostile: Night) -> None:
    good = {
        site.url + "/good"
        for name, site in hostile.sites.items()
        if site.trap.path != "/robots.txt"
    }
    read = {url for url, (outcome, _) in hostile.outcomes.items() if outcome == "new"}
    assert good - read == {
        hostile.sites[name].url + "/good"
        for name in hostile.sites
        if hostile.sites[name].trap.path == "/feed"
    }


def test_entities_reach_no_file_and_no_address(hostile: Night) -> None:
    site = hostile.sites["a file named by an entity in a sitemap"]
    assert not [path for path in site.asked if "stolen" in path]


def test_each_trap_is_asked_for_a_few_times_at_most(hostile: Night) -> None:
    """No retries of what was refused or took too long; a redirect is followed five times."""
    for name, site in hostile.sites.items():
        assert len([path for path in site.asked if path.startswith(site.trap.path)]) <= 7, name


LARGE = (
    "gzip bomb",
    "gzip bomb in a gzip bomb",
    "deflate bomb",
    "sitemap bomb",
    "endless body",
    "2 GB announced",
    "endless robots.txt",
    "20,000 headers",
    "100,000 attributes",
    "entities that multiply in a sitemap",
    "entities that multiply in a feed",
)


def test_memory_stays() -> None:
    """Each of the large ones, alone, raises the peak of the crawling process by 50 MiB at most."""
    command = [sys.executable, "-m", "tests.loopback.trapped", *LARGE]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=SECONDS)
    growth = {cost["name"]: cost["growth"] for cost in map(json.loads, done.stdout.splitlines())}
    assert set(growth) == set(LARGE)
    assert {name: grown for name, grown in growth.items() if grown > GROWTH} == {}
