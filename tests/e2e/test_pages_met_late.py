"""Old pages that are met only after a source was read for the first time, and late ones."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tests.e2e.newsroom import NIGHTS, article, feed, html_page
from tests.e2e.world import World, source
from tests.loopback.site import LoopbackSite

DAYS = {"alt": "2025-06-11", "nachgereicht": "2025-06-12", "neu": "2026-03-02"}
"""By name: an old article, one that the list gets later and that is dated back, and a new one."""


def show(site: LoopbackSite, *, home: str = "", listed: tuple[str, ...] = ()) -> None:
    """A home page with a box of what is read most, and its list of news."""
    box = f'<h3><a href="/n/{home}">Meldung {home}</a></h3>' if home else ""
    site.page("/", html_page("Revierbote", f'<a href="/news">Aktuelles</a>{box}'))
    entries = "".join(
        f'<li><h3><a href="/n/{name}">Meldung {name}</a></h3></li>'
        for name in (*listed, "z1", "z2")
    )
    site.page("/news", html_page("Aktuelles", f"<ul>{entries}</ul>"))


@pytest.mark.parametrize(
    ("home", "listed", "told"),
    [
        ("alt", ("neu",), {"neu"}),
        ("", ("neu", "nachgereicht"), {"neu", "nachgereicht"}),
        ("neu", (), {"neu"}),
    ],
)
def test_old_pages_of_a_box_are_told_to_none_and_what_a_list_gets_is(
    tmp_path: Path, home: str, listed: tuple[str, ...], told: set[str]
) -> None:
    world = World(tmp_path)
    with LoopbackSite() as site:
        world.configure(
            [source("revier", site.url)],
            [{"id": "alle", "name": "Alle", "query": "*", "channels": ["feed"]}],
        )
        for name in ("z1", "z2", *DAYS):
            day = DAYS.get(name, "2026-02-20")
            site.page(f"/n/{name}", article(f"Meldung {name}", name.title(), day=day))
        show(site)
        world.radar("run", "--now", NIGHTS[0].isoformat())
        show(site, home=home, listed=listed)
        world.radar("run", "--now", NIGHTS[1].isoformat())
        known = {url.rpartition("/")[2] for (url,) in world.rows("select url from document")}
        matches = "select d.url from match m join document d on d.id = m.document where m.run = 2"
    assert known >= {"z1", "z2", *told, *filter(None, [home]), *listed}
    assert {url.rpartition("/")[2] for (url,) in world.rows(matches)} == told


def test_a_page_that_was_told_to_none_is_told_once_the_feed_names_it(tmp_path: Path) -> None:
    """Its list was read days after the feed, and it states no day."""
    world = World(tmp_path)
    matches = "select d.url, m.run from match m join document d on d.id = m.document"
    with LoopbackSite() as site:
        feeds = [{"url": f"{site.url}/rss.xml"}]
        world.configure(
            [source("revier", site.url, feeds=feeds, sections=True)],
            [{"id": "alle", "name": "Alle", "query": "*", "channels": ["feed"]}],
        )
        for name in ("z1", "z2"):
            site.page(f"/n/{name}", article(f"Meldung {name}", name.title(), day="2026-02-20"))
        notes = ["eins", "zwei", "drei", "vier"]
        for name in notes:
            page = article(f"Notiz {name} aus dem Feld", name.title(), day="2026-02-20")
            site.page(f"/notizen/{name}", page.replace("2026-02-20", ""))
        old = [f"{site.url}/n/z1", f"{site.url}/n/z2"]
        site.xml("/rss.xml", feed(old))
        site.page("/", html_page("Revierbote", "<p>Willkommen</p>"))
        world.radar("run", "--now", NIGHTS[0].isoformat())
        site.page("/", html_page("Revierbote", '<nav><a href="/notizen">Aktuelles</a></nav>'))
        entries = "".join(
            f'<li><h3><a href="/notizen/{name}">Notiz {name} aus dem Feld</a></h3></li>'
            for name in notes
        )
        site.page("/notizen", html_page("Aktuelles", f"<ul>{entries}</ul>"))
        world.radar("run", "--now", NIGHTS[1].isoformat())
        assert [url for url, run in world.rows(matches) if run == 2 and "/notizen/" in url] == []
        later = NIGHTS[2] + timedelta(days=3)  # the feed of these tests states days three before
        site.xml("/rss.xml", feed([f"{site.url}/notizen/eins", *old], day=later))
        world.radar("run", "--now", NIGHTS[2].isoformat())
        told = [url for url, run in world.rows(matches) if run == 3]
        assert told == [f"{site.url}/notizen/eins"]
        world.radar("run", "--now", NIGHTS[3].isoformat())
        assert not [url for url, run in world.rows(matches) if run == 4]
