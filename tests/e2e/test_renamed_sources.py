"""A source whose id is changed in the configuration."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.e2e.newsroom import NIGHTS, article, feed
from tests.e2e.world import Ended, World, source
from tests.loopback.site import LoopbackSite

pytestmark = pytest.mark.slow

PATHS = [f"/n/bericht-{word}-aus-dem-revier" for word in ("eins", "zwei", "drei")]
ADDED = "Nachtrag: Das Kupfererz kommt ab Mai aus dem Norden."


def test_a_source_with_another_id_goes_on_where_it_was(tmp_path: Path) -> None:
    world = World(tmp_path)
    with LoopbackSite() as site:
        watch = {"id": "copper", "name": "Copper", "query": "commodity:copper"}

        def configure(name: str) -> None:
            told = {**watch, "channels": ["feed"]}
            of_press = {**told, "id": "of-press", "sources": ["press"]}
            most = 2 if name == "press" else 10
            press = source(name, site.url, feeds=[{"url": f"{site.url}/feed"}], max_pages=most)
            world.configure([press], [told, of_press])

        def run(night: int) -> Ended:
            moment = NIGHTS[night].isoformat()
            return world.radar("run", "--all", "--json", "--now", moment)

        def urls(query: str) -> set[str]:
            lines = world.radar("search", query, "--limit", "0", "--json").lines
            return {hit["url"].removeprefix(site.url) for hit in lines}

        for number, path in enumerate(PATHS):
            site.page(path, article(f"Bericht {number} aus dem Revier"))
        site.xml("/feed", feed([site.url + path for path in PATHS]))
        configure("press")
        run(0)
        read = urls("source:press")
        (waiting,) = set(PATHS) - read
        (edited, *_) = sorted(read)
        site.page(edited, article(f"Bericht {PATHS.index(edited)} aus dem Revier", more=[ADDED]))
        configure("herald")
        ended = run(1)
        assert "source press is called herald now: 2 pages taken over" in ended.err
        assert "to the watches that ask for it: of-press" in ended.err
        outcomes = world.outcomes(2)
        assert outcomes[site.url + waiting] == "new"
        assert "taken over" not in run(2).err
        assert (urls("source:herald"), urls("source:press")) == (set(PATHS), set())
        matches = world.radar("watch", "matches", "copper", "--json").lines
        assert [m["url"] for m in matches if "Nachtrag" in str(m["passages"])] == [
            site.url + edited
        ]


@pytest.mark.parametrize("same_items", [True, False])
def test_pages_of_a_source_that_has_moved_to_another_host_go_on_there(
    tmp_path: Path, *, same_items: bool
) -> None:
    """Without a redirect; the items of its feed are the same, or are called by their addresses."""
    world = World(tmp_path)
    watch = {"id": "copper", "name": "Copper", "query": "commodity:copper", "channels": ["feed"]}

    def night(number: int, site: LoopbackSite, *more: str) -> dict[str, str]:
        for n, path in enumerate(PATHS):
            site.page(path, article(f"Bericht {n} aus dem Revier", more=more))
        items = feed([site.url + path for path in PATHS])
        if not same_items:
            items = items.replace('isPermaLink="false">', f'isPermaLink="false">{site.url}')
        site.xml("/feed", items)
        world.configure([source("press", site.url, feeds=[{"url": f"{site.url}/feed"}])], [watch])
        world.radar("run", "--all", "--json", "--now", NIGHTS[number].isoformat())
        return world.outcomes(number + 1)

    with LoopbackSite() as old:
        night(0, old)
    with LoopbackSite() as new:
        assert set(night(1, new)) == {new.url + path for path in PATHS}
        hits = world.radar("search", "kupfererz", "--limit", "0", "--json").lines
        assert {hit["url"] for hit in hits} == {new.url + path for path in PATHS}
        assert len(world.radar("watch", "matches", "copper", "--json").lines) == len(PATHS)
        assert set(night(2, new, ADDED).values()) == {"changed"}
        assert len(world.radar("watch", "matches", "copper", "--json").lines) == 2 * len(PATHS)
