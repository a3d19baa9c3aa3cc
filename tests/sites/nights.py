"""Two nights of `radar run` over made-up sites, and what the program then says of them."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

from tests.e2e.world import World
from tests.loopback.site import LoopbackSite
from tests.sites.contents import NIGHTS
from tests.sites.scoring import Reading
from tests.sites.site import Site

WATCH = "everything"
Readings = Mapping[str, Mapping[str, Reading]]
"""Site → path → reading."""
Radar = Callable[..., str]
"""Runs a command of the program and gives what it printed."""


@dataclass(frozen=True, slots=True)
class Nights:
    """What the program says after each night."""

    readings: Mapping[int, Readings]
    """By night."""
    matches: Mapping[str, Sequence[tuple[str, str]]]
    """Site → path and change of what a watch for everything was told on the second night."""
    pages: Sequence[Mapping[str, Any]]
    """Articles and events as they stood on the second night: id (site and path), url, type,
    fetched (day), body in base64.
    """
    problems: Sequence[str]
    """What the runs said that needs attention, with the night: figures say less then."""


def two_nights(sites: Sequence[Site], world: World, radar: Radar) -> Nights:
    """Serve the sites and run the program on both nights."""
    readings = {}
    problems: list[str] = []
    with ExitStack() as stack:
        servers = {s.name: stack.enter_context(LoopbackSite()) for s in sites}
        world.configure(
            [site.source(servers[site.name].url) for site in sites],
            [{"id": WATCH, "name": WATCH, "query": "*", "channels": ["feed"]}],
        )
        for night, now in NIGHTS.items():
            for site in sites:
                site.serve(servers[site.name], night)
            run = json.loads(radar("run", "--json", "--now", now.isoformat()).splitlines()[-1])
            problems += [f"night {night}: {problem}" for problem in run["problems"]]
            records = [*map(json.loads, radar("show", "--all", "--json").splitlines())]
            readings[night] = {s.name: _readings(records, servers[s.name].url) for s in sites}
        told = [*map(json.loads, radar("watch", "matches", WATCH, "--json").splitlines())]
        matches = {s.name: _matches(told, servers[s.name].url) for s in sites}
        pages = [page for site in sites for page in _pages(site, servers[site.name])]
    return Nights(readings, matches, pages, problems)


def _readings(records: Sequence[Mapping[str, Any]], url: str) -> dict[str, Reading]:
    return {
        record["url"].removeprefix(url): Reading.of_record(record)
        for record in records
        if record["url"].startswith(url + "/")
    }


def _matches(told: Sequence[Mapping[str, Any]], url: str) -> list[tuple[str, str]]:
    return [
        (match["url"].removeprefix(url), match["change"])
        for match in told
        if match["url"].startswith(url + "/") and match["run"] == 2
    ]


def _pages(site: Site, server: LoopbackSite) -> list[dict[str, Any]]:
    return [
        {
            "id": f"{site.name} {path}",
            "url": server.url + path,
            "type": site.content_type,
            "fetched": NIGHTS[2].date().isoformat(),
            "body": base64.b64encode(server.body(path)).decode(),
        }
        for path, truth in site.truth(2).items()
        if truth.news
    ]
