"""A browser that is there, and does not start."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.e2e.newsroom import NIGHTS, feed
from tests.e2e.world import World, source
from tests.faults.conftest import Toll
from tests.loopback.site import LoopbackSite

SHELL = """<!doctype html><html lang="de"><head><title>Portal</title></head><body>
<noscript>Bitte schalten Sie JavaScript ein.</noscript><div id="root"></div>
<script src="/static/app.js"></script></body></html>"""


@pytest.mark.fault("damage")
def test_a_browser_that_does_not_start_needs_a_person(tmp_path: Path, toll: Toll) -> None:
    """Each page that needs it was a note, night after night, and the exit code 0."""
    program = shutil.which("false")
    if program is None:
        pytest.skip("needs the program false")
    world = World(tmp_path)
    with LoopbackSite() as site:
        pages = [site.page(f"/n/{number}", SHELL) for number in range(3)]
        site.xml("/feed", feed(pages))
        feeds = [{"url": f"{site.url}/feed"}]
        entry = source("portal", f"{site.url}/", feeds=feeds, render="always")
        world.configure([entry], crawler={"chromium": program})
        ended = world.radar("run", "--json", "--now", NIGHTS[0].isoformat())
    problems = [str(problem) for problem in ended.summary["problems"]]
    named = [problem.startswith(f"rendering: {program} did not start: ") for problem in problems]
    toll.answered_rightly(ended.code == 1 and named.count(True) == 1, ended)
    found = [outcome for (outcome,) in world.rows("select outcome from visit where kind = 'page'")]
    toll.compare(["quarantined"] * len(pages), found)
