"""Pages that count the day of their publication back from each night's."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.e2e.newsroom import NIGHTS, article, feed, html_page
from tests.e2e.world import World, source
from tests.loopback.site import LoopbackSite

DAY = "2026-03-01"
SAID = ["vor 1 Tag", "vor 2 Tagen", "vor 2 Tagen", "vor 3 Tagen", "vor 5 Tagen", "vor einer Woche"]
ADDED = "Nachtrag: Die Leitung hat die Zahlen der alten Halden am Abend noch einmal bestätigt."
TITLE = "Die alten Halden der Hütte"


def page(night: int, *more: str) -> str:
    text = article(TITLE, "Zinn", more=more)
    inner = text[text.index("<h1>") : text.index("</article>")]
    inner = inner.replace("</h1>", f"</h1><div class='info'>{SAID[night]}</div>", 1)
    return html_page(TITLE, f"<article>{inner}</article>")


def known(world: World, site: LoopbackSite) -> list[tuple[str, str, int]]:
    records: list[dict[str, Any]] = world.radar("show", "--all", "--json").lines
    return [(r["url"].removeprefix(site.url), r["published"], r["revision"]) for r in records]


def test_the_day_stays_while_what_the_page_counts_fits_it(tmp_path: Path) -> None:
    world = World(tmp_path)
    with LoopbackSite() as site:

        def night(number: int, *more: str, paths: tuple[str, ...] = ("/n/1",)) -> None:
            for path in paths:
                site.page(path, page(number, *more))
            site.xml("/feed", feed([f"{site.url}{path}" for path in paths]).replace("pubDate", "x"))
            moment = NIGHTS[number].isoformat()
            assert world.radar("run", "--all", "--json", "--now", moment).code == 0

        world.configure([source("a", f"{site.url}/", feeds=[{"url": f"{site.url}/feed"}])])
        night(0)
        assert known(world, site) == [("/n/1", DAY, 1)]
        night(1)
        assert known(world, site) == [("/n/1", DAY, 1)]
        night(2, ADDED)
        assert known(world, site) == [("/n/1", DAY, 2)]
        night(3, ADDED, paths=("/n/1", "/kopie/1"))
        assert known(world, site) == [("/n/1", DAY, 2)]
        night(5, ADDED)
        world.execute("update revision set extractor = 0")
        night(5, ADDED)
        assert known(world, site)[0][:2] == ("/n/1", DAY)
