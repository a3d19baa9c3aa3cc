"""What lists say of pages that say little of themselves: the record has it."""

from __future__ import annotations

import json
import re
from pathlib import Path

from tests.e2e.newsroom import NIGHTS, article
from tests.e2e.world import World, source
from tests.loopback.site import LoopbackSite

NAMES = (
    "Zinn aus dem Westen der Region",
    "Kobalt aus alten Halden der Grube",
    "Nickel aus dem Norden des Landes",
    "Wolfram aus dem Schacht der Hütte",
)


def silent(title: str) -> str:
    """An article whose page has one window title and h1 for all, and no day."""
    page = re.sub(r"<meta[^>]*published_time[^>]*>", "", article(title, f"Erz {title[:6]}"))
    page = re.sub(r"<title>[^<]*</title>", "<title>Revierbote</title>", page)
    return page.replace(f"<h1>{title}</h1>", f"<h1>Meldungen</h1><h3>{title}</h3>")


def test_title_and_day_of_a_silent_page_are_those_of_its_list(tmp_path: Path) -> None:
    world = World(tmp_path)
    with LoopbackSite() as site:
        entries = "".join(
            f'<div class="item"><a href="/m/{n}">{name}</a><span>0{n}.02.2026</span>'
            "<p>Die Leitung der Hütte hat dazu Zahlen vorgelegt, die es noch nie gab.</p></div>"
            for n, name in enumerate(NAMES, start=1)
        )
        site.page("/", f"<html><body><h1>Meldungen</h1>{entries}</body></html>")
        for n, name in enumerate(NAMES, start=1):
            site.page(f"/m/{n}", silent(name))
        world.configure([source("a", site.url)])
        assert world.radar("run", "--json", "--now", NIGHTS[0].isoformat()).code == 0
        records = [*map(json.loads, world.radar("show", "--all", "--json").out.splitlines())]
    told = {record["url"].removeprefix(site.url): record for record in records}
    assert {at: (told[at]["title"], told[at]["published"]) for at in told} == {
        f"/m/{n}": (name, f"2026-02-0{n}") for n, name in enumerate(NAMES, start=1)
    }
    assert all("Meldungen" not in record["text"] for record in records)
