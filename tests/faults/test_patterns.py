"""Patterns that people write, and addresses and pages made to keep them busy for ever."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.newsroom import NIGHTS, article, feed
from tests.e2e.world import Ended, World, source
from tests.faults.conftest import Toll
from tests.loopback.site import LoopbackSite

SLUG = "-".join(["aaaa"] * 120)
"""A backtracking matcher tries every way to cut it: 2 to the power of some hundreds."""
SECONDS = 30
"""Longest wait for a run that needs two seconds."""


@pytest.fixture
def site() -> Iterator[LoopbackSite]:
    with LoopbackSite() as opened:
        opened.page("/news/plain", article("Ein neuer Stollen", "Kupfererz"))
        opened.page(f"/news/{SLUG}", article("Ein alter Stollen", "Bleierz"))
        opened.page("/other/plain", article("Ein Schacht", "Zinkerz"))
        opened.xml("/feed", feed([opened.url + p for p in opened.answers if p != "/robots.txt"]))
        opened.xml("/other/feed", feed([f"{opened.url}/other/plain"]))
        yield opened


def run(world: World) -> Ended | None:
    """A run of its own process; None if it had to be killed."""
    started = world.start("run", "--json", "--now", NIGHTS[0].isoformat())
    try:
        out, err = started.communicate(timeout=SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(started.pid, signal.SIGKILL)
        started.communicate()
        return None
    return Ended(started.returncode, out, err)


HUNGRY = [r"(\w+-?)+/$", r"/(a|a|aa|-)+!", "(.*a){60}z"]


@pytest.mark.fault("patterns")
@pytest.mark.parametrize("key", ["include", "exclude"])
def test_a_long_slug_holds_up_no_source(
    key: str, site: LoopbackSite, tmp_path: Path, toll: Toll
) -> None:
    patterns = [*HUNGRY, "plain$"] if key == "include" else HUNGRY
    world = World(tmp_path)
    world.configure(
        [
            source("bote", site.url, feeds=[{"url": f"{site.url}/feed"}], **{key: patterns}),
            source("other", site.url, feeds=[{"url": f"{site.url}/other/feed"}]),
        ]
    )
    with toll.waiting():
        ended = run(world)
    toll.answered_rightly(ended is not None and ended.code == 0, ended)
    selected = {"include": [], "exclude": [f"/news/{SLUG}"]}[key]
    pages = ["/news/plain", "/other/plain", *selected]
    toll.compare(pages, [p for p in site.paths() if "plain" in p or SLUG in p])


@pytest.mark.fault("patterns")
def test_sigterm_ends_a_run_over_long_slugs(site: LoopbackSite, tmp_path: Path, toll: Toll) -> None:
    addresses = [f"{site.url}/news/{SLUG}-{n}" for n in range(2_000)]
    site.xml("/feed", feed(addresses))
    world = World(tmp_path)
    world.configure([source("bote", site.url, feeds=[{"url": f"{site.url}/feed"}], exclude=HUNGRY)])
    started = world.start("run", "--json", "--now", NIGHTS[0].isoformat())
    while "/feed" not in site.paths() and started.poll() is None:
        time.sleep(0.01)
    with toll.waiting():
        started.terminate()
        try:
            started.communicate(timeout=SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(started.pid, signal.SIGKILL)
            started.communicate()
    toll.answered_rightly(started.returncode == 143, started.returncode)


ENTRY = """\
- id: bote
  name: Bote
  url: https://bote.example
  country: DE
  languages: [de]
"""


@pytest.mark.fault("patterns")
@pytest.mark.parametrize(
    ("line", "said"),
    [
        (r"include: ['/news', '/(?!old)']", r'include[2]: "/(?!old)" is not a regular expression'),
        (r"exclude: ['(\d+)/\1']", r'exclude[1]: "(\d+)/\1" is not a regular expression'),
        ("exclude: ['/новости']", 'exclude[1]: "/новости" matches no address'),
        ("exclude: ['((a{30}){30}){30}']", "exclude[1]: "),
    ],
)
def test_what_takes_no_linear_time_is_refused_with_its_place(
    line: str, said: str, tmp_path: Path, toll: Toll
) -> None:
    world = World(tmp_path)
    world.configure([])
    own = world.config / "sources" / "own.yaml"
    own.write_text(f"{ENTRY}  {line}\n")
    for command in ("check", "run", "sources"):
        with toll.waiting():
            ended = world.radar(command)
        lines = ended.err.splitlines()
        right = ended.code == 2 and len(lines) == 1 and lines[0].startswith(f"{own}:6: {said}")
        toll.answered_rightly(right, ended)
