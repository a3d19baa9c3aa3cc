"""Lists, feeds and sitemaps that pages lead to and that nobody named: told, and not requested."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.newsroom import NIGHTS, article, feed, html_page
from tests.e2e.world import World, source
from tests.loopback.site import LoopbackSite

HEAD = '<link rel="alternate" type="application/rss+xml" href="/kurz.xml">'
MENU = '<nav><a href="/news">Aktuelles</a> <a href="/events">Termine</a></nav>'


def show(site: LoopbackSite) -> None:
    for n in range(3):
        page = article(f"Meldung {n}", f"Zinn{n}", day="2026-02-20")
        page = page.replace("</head>", f"{HEAD}</head>").replace("<body>", f"<body>{MENU}")
        site.page(f"/news/2026/{n}-meldung", page)
    site.xml("/rss.xml", feed([f"{site.url}/news/2026/{n}-meldung" for n in range(3)]))
    site.page("/", html_page("Start", MENU))
    site.text("/robots.txt", f"User-agent: *\nAllow: /\nSitemap: {site.url}/sitemap.xml\n")


def told(world: World) -> list[dict[str, Any]]:
    ended = world.radar("sources", "--json")
    [line] = map(json.loads, ended.out.splitlines())
    return list(line["unasked"])


def test_they_are_told_until_the_operator_names_them(tmp_path: Path) -> None:
    world = World(tmp_path)
    with LoopbackSite(robots=None) as site:
        show(site)
        feeds = [{"url": f"{site.url}/rss.xml"}]
        world.configure([source("revier", site.url, feeds=feeds)], [])
        assert told(world) == []
        world.radar("run", "--now", NIGHTS[0].isoformat())
        ways = {way["url"].removeprefix(site.url): way for way in told(world)}
        assert {path: way["kind"] for path, way in ways.items()} == {
            "/news": "listing",
            "/events": "listing",
            "/kurz.xml": "feed",
            "/sitemap.xml": "sitemap",
        }
        assert ways["/events"]["entry"] == f'listings: [{{url: "{site.url}/events"}}]'
        assert f'revier: listings: [{{url: "{site.url}/events"}}]' in world.radar("sources").out
        assert {*site.paths()}.isdisjoint({*ways, "/"})

        lists = [
            {"url": f"{site.url}/news"},
            {"url": f"{site.url}/events", "enabled": False, "reason": "no events"},
        ]
        world.configure([source("revier", site.url, feeds=feeds, listings=lists)], [])
        assert {way["kind"] for way in told(world)} == {"feed", "sitemap"}


@pytest.mark.parametrize("more", [{"sections": True}, {"feeds": []}, {"exclude": ["."]}])
def test_a_source_that_follows_its_pages_or_leaves_them_out_is_told_none(
    tmp_path: Path, more: dict[str, Any]
) -> None:
    world = World(tmp_path)
    with LoopbackSite(robots=None) as site:
        show(site)
        world.configure(
            [source("revier", site.url, **{"feeds": [{"url": f"{site.url}/rss.xml"}], **more})], []
        )
        world.radar("run", "--now", NIGHTS[0].isoformat())
        assert told(world) == []
