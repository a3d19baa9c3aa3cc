"""A night of maintenance: all pages of a site show one text, under status 200, or lead to it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.e2e.newsroom import NIGHTS, article, feed, html_page
from tests.e2e.world import Ended, World, source
from tests.loopback.site import LoopbackSite

pytestmark = pytest.mark.slow

PATHS = [f"/n/bericht-{word}-aus-dem-revier" for word in ("eins", "zwei", "drei", "vier")]
MAINTENANCE = html_page(
    "Wir bauen um",
    "<h1>Wir bauen um</h1><p>Liebe Leserinnen und Leser, heute wird an diesen Seiten gearbeitet. "
    "Alles zu Kupfer und anderen Erzen steht morgen wieder an seinem Platz.</p><p>In dringenden "
    "Fragen ist die Redaktion unter der bekannten Nummer zu erreichen. Vielen Dank.</p>",
)


def run(world: World, night: int) -> Ended:
    return world.radar("run", "--all", "--json", "--now", NIGHTS[night].isoformat())


def hits(world: World, query: str) -> int:
    return len(world.radar("search", query, "--limit", "0", "--json").lines)


def outcomes(world: World, run: int, site: LoopbackSite) -> list[str]:
    return sorted(o for url, o in world.outcomes(run).items() if url.startswith(site.url))


def test_a_night_of_maintenance_changes_nothing_and_tells_nobody(tmp_path: Path) -> None:
    world = World(tmp_path)
    with LoopbackSite() as site, LoopbackSite() as leading:
        told = {"id": "copper", "name": "Copper", "query": "commodity:copper", "channels": ["feed"]}
        sites = {"press": site, "leading": leading}
        entries = [source(id_, s.url, feeds=[{"url": f"{s.url}/feed"}]) for id_, s in sites.items()]
        world.configure(entries, [told])

        def serve(paths: list[str], text: str | None = None) -> None:
            for number, path in enumerate(paths):
                site.page(path, text or article(f"Bericht {number} aus dem Revier"))
                leading.page(path, article(f"Nachricht {number} vom Markt", "Zinn"))
                if text:
                    leading.redirect(path, "/wartung")
            leading.page("/wartung", MAINTENANCE)
            for each in sites.values():
                each.xml("/feed", feed([each.url + path for path in paths]))

        serve(PATHS)
        run(world, 0)
        later = [*PATHS, "/n/ein-neuer-fund-im-norden"]
        serve(later, MAINTENANCE)
        ended = run(world, 1)
        shown, led = outcomes(world, 2, site), outcomes(world, 2, leading)
        assert shown == ["soft-404"] * 5
        assert led == [*["duplicate"] * 4, "soft-404"]
        health = ended.summary["sources"]["press"]
        assert health["state"] == "degraded"
        assert "5 pages show the same text" in health["reason"]
        assert (hits(world, "kupfererz"), hits(world, "Redaktion")) == (4, 0)
        serve(later)
        run(world, 2)
        for each in sites.values():
            assert outcomes(world, 3, each) == ["new", *["unchanged"] * 4]
        found = world.radar("watch", "matches", "copper", "--json").lines
        assert len(found) == 5
