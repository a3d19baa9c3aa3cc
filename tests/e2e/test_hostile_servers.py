"""Hostile servers, all in one run: each address ends with a reason, and the others go on."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.newsroom import NIGHTS
from tests.e2e.world import SECONDS, World, source
from tests.loopback.traps import TRAPS, Trap, TrapSite, trap_sites

pytestmark = pytest.mark.slow

GROWTH = 50.0
"""MiB by which traps may raise the peak of the process that crawls."""


@dataclass
class Night:
    """One crawl of everything, with what it left behind."""

    world: World
    sites: dict[str, TrapSite]
    summary: dict[str, Any]

    def outcome_of(self, name: str) -> tuple[str, str | None]:
        """Outcome and reason of a trap's address."""
        query = "select outcome, reason from visit where url = ?"
        rows = self.world.rows(query, self.sites[name].address)
        assert len(rows) == 1, (name, rows)
        return rows[0]


def night(folder: Path, sites: Mapping[str, str]) -> tuple[World, dict[str, Any]]:
    """One run over the sites (name → address) in a process of its own; its summary."""
    world = World(folder)
    world.configure(
        [
            source(
                f"s{number}",
                url + "/",
                feeds=[{"url": url + "/feed"}],
                # Found by robots.txt where the trap is one.
                **({"sitemaps": [{"url": url + "/sitemap.xml"}]} if "sitemap" in name else {}),
            )
            for number, (name, url) in enumerate(sites.items())
        ]
    )
    ended = world.child("run", "--json", "--now", NIGHTS[0].isoformat())
    assert ended.code == 1, ended.err  # sites that are not reached need a person
    return world, ended.summary


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Night]:
    with trap_sites() as sites:
        folder = tmp_path_factory.mktemp("hostile")
        world, summary = night(folder, {name: site.url for name, site in sites.items()})
        yield Night(world, dict(sites), summary)


@pytest.mark.parametrize("trap", TRAPS, ids=lambda trap: trap.name)
def test_a_trap_ends_with_a_reason(hostile: Night, trap: Trap) -> None:
    """Where robots.txt is the trap, the source says so and no page is asked for."""
    if trap.path == "/robots.txt":
        number = list(hostile.sites).index(trap.name)
        told = hostile.summary["sources"][f"s{number}"]
        assert told["state"] == "unreachable"
        assert told["reason"]
        assert hostile.sites[trap.name].asked[1:] == []
        return
    outcome, reason = hostile.outcome_of(trap.name)
    assert outcome in trap.outcomes, reason
    assert reason or outcome in ("new", "fetched", "duplicate")


def test_the_other_pages_of_the_sites_are_read(hostile: Night) -> None:
    good = {
        site.url + "/good"
        for name, site in hostile.sites.items()
        if site.trap.path != "/robots.txt"
    }
    read = {url for url, outcome in hostile.world.outcomes(1).items() if outcome == "new"}
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
