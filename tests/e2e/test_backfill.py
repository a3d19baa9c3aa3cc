"""An archive section gone through in steps, cut off, gone on with, and told apart from news."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest

from tests.e2e.newsroom import article, html_page
from tests.e2e.world import SECONDS, World, source
from tests.loopback.site import Answer, Asked, LoopbackSite

PAGES = 10
EACH = 4
KILLED_AT = 8


class Archive:
    """A listing of ten pages of four entries, two pages a year from 2026 back to 2022."""

    def __init__(self, site: LoopbackSite) -> None:
        self.site = site
        self.delay = 0.0
        self.is_at_last, self.go_on = Event(), Event()
        """The last list before a kill has been asked for; it may be answered."""
        self.go_on.set()
        for page in range(1, PAGES + 1):
            site.answer(self.listing(page), self._list)
            for number in range(EACH):
                path = f"/n/{page}-{number}"
                site.page(
                    path,
                    article(f"Meldung {page}-{number}", f"Erz {page}-{number}", day=self.day(page)),
                )

    @staticmethod
    def listing(page: int) -> str:
        return "/archiv" if page == 1 else f"/archiv?page={page}"

    @staticmethod
    def day(page: int) -> str:
        return f"{2026 - (page - 1) // 2}-0{2 - (page - 1) % 2}-15"

    def _list(self, asked: Asked) -> Answer:
        time.sleep(self.delay)
        if len(self._lists()) == KILLED_AT:
            self.is_at_last.set()
            self.go_on.wait(SECONDS)
        page = int(asked.path.partition("=")[2] or 1)
        entries = "".join(
            (
                f'<li><time datetime="{self.day(page)}">x</time> <h3>'
                f'<a href="/n/{page}-{n}">Meldung {page}-{n}</a></h3></li>'
            )
            for n in range(EACH)
        )
        following = (
            f'<a rel="next" href="{self.listing(page + 1)}">weiter</a>' if page < PAGES else ""
        )
        body = html_page("Archiv", f"<ul>{entries}</ul>{following}")
        return Answer(body.encode(), headers={"Content-Type": "text/html; charset=utf-8"})

    def requests(self) -> list[str]:
        """Listing pages in the order of asking; forgets them."""
        paths = self._lists()
        self.site.asked.clear()
        return paths

    def _lists(self) -> list[str]:
        return [p for p in self.site.paths() if p.startswith("/archiv")]


@pytest.fixture
def archive() -> Iterator[Archive]:
    with LoopbackSite() as site:
        yield Archive(site)


@pytest.fixture
def world(tmp_path: Path, archive: Archive) -> World:
    made = World(tmp_path)
    listed = source(
        "revier", archive.site.url, listings=[{"url": f"{archive.site.url}/archiv"}], max_pages=EACH
    )
    made.configure(
        [listed], [{"id": "alle", "name": "Alle", "query": "Meldung", "channels": ["feed"]}]
    )
    return made


def test_step_by_step_back_to_a_day(world: World, archive: Archive) -> None:
    assert world.radar("run", "--json").summary["outcomes"] == {"new": EACH}
    assert archive.requests() == ["/archiv"]
    first = world.radar("backfill", "revier", "--since", "2024-01-01", "--limit", "8", "--json")
    assert first.code == 0, first.err
    assert first.summary["outcomes"] == {"new": 8}
    assert archive.requests() == [archive.listing(n) for n in (1, 2, 3)]
    assert "1 list not at 2024-01-01 yet; the same command resumes" in first.err
    # The schedule does not count it, and its pages are no news.
    assert world.rows("select count(*) from source_run") == [(1,)]
    assert set(world.rows("select first_look from match where run = 2")) == {(1,)}
    again = ("backfill", "revier", "--since", "2024-01-01", "--limit", "50", "--restart", "--json")
    second = world.radar(*again)
    # From the beginning on, past what is known, until a page holds nothing young enough.
    assert archive.requests() == [archive.listing(n) for n in range(1, 8)]
    assert second.summary["outcomes"] == {"new": 3 * EACH}
    assert "revier: 0 pages found and not requested yet" in second.err
    assert "goes on" not in second.err
    assert world.rows("select count(*) from document where published < '2024'") == [(0,)]
    assert world.rows("select count(*) from document") == [(6 * EACH,)]


def test_a_source_of_feeds_alone_is_told_what_it_lacks(world: World, archive: Archive) -> None:
    feeds = source("revier", archive.site.url, feeds=[{"url": f"{archive.site.url}/feed"}])
    world.configure([feeds], [])
    told = world.radar("backfill", "revier", "--since", "2024-01-01")
    assert "give it a listing, a sitemap or an API" in told.err
    assert archive.site.paths() == ["/robots.txt", "/feed"]  # it may be one in pages


def test_a_killed_backfill_goes_on_where_it_was(world: World, archive: Archive) -> None:
    archive.delay = 0.4
    arguments = ("backfill", "revier", "--since", "2020-01-01", "--limit", "50")
    archive.go_on.clear()
    started = world.start(*arguments)
    assert archive.is_at_last.wait(SECONDS)
    started.send_signal(signal.SIGKILL)
    started.communicate()
    archive.go_on.set()
    archive.delay = 0.0
    before = archive.requests()
    ended = world.radar(*arguments, "--json")
    assert ended.code == 0, ended.err
    again = archive.requests()
    assert len(before) == KILLED_AT
    # What was told within the last two seconds may have been lost with the process.
    assert archive.listing(1) not in again
    assert again[-1] == archive.listing(PAGES)
    assert world.rows("select count(*) from document") == [(PAGES * EACH,)]
    assert world.rows("select count(*) from revision") == [(PAGES * EACH,)]


def test_mistaken_commands(world: World) -> None:
    assert world.radar("backfill", "--since", "2024-01-01").code == 2
    assert world.radar("backfill", "revier").code == 2
    assert world.radar("backfill", "revier", "--since", "gestern").code == 2
    assert "unknown source" in world.radar("backfill", "reveir", "--since", "2024-01-01").err
