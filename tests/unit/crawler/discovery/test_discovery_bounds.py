"""Lists without end, calendars that lead from month to month, answers that repeat themselves."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from crawler.archive.warc import Archive
from crawler.crawl import Backfill, CrawlControls, CrawlSettings, SourceTask, crawl
from crawler.discovery.listing_words import ListingWords
from crawler.spiders.source_discovery.pagination import COMPARED_PAGES, LISTING_PAGES
from indexer.records.reference import load_reference
from indexer.records.source import Api, ApiPage, Feed, Listing, Source
from tests.loopback.frontier import MemoryFrontier
from tests.loopback.site import Answer, Asked, LoopbackSite

WORDS = ListingWords.from_languages(load_reference().languages)


@pytest.fixture
def site() -> Iterator[LoopbackSite]:
    with LoopbackSite() as running:
        yield running


class Endless(dict[str, object]):
    """Answers to whatever is asked for below a path."""

    def __init__(self, answers: dict[str, object], script: object) -> None:
        super().__init__(answers)
        self.script = script

    def get(self, path: str, default: object = None) -> object:
        return super().get(path) or self.script


def run(
    folder: Path,
    source: Source,
    *,
    backfill: Backfill | None = None,
    limit: int | None = None,
    frontier: MemoryFrontier | None = None,
) -> MemoryFrontier:
    frontier = frontier or MemoryFrontier()
    frontier.next_run()
    archive = Archive(folder, committed_end=frontier.committed_end)
    try:
        crawl(
            [SourceTask(source, limit, backfill=backfill)],
            frontier,
            archive,
            CrawlSettings(WORDS, "desk@example.org", ("127.0.0.0/8",), timeout=5.0),
            CrawlControls(now=lambda: datetime(2026, 5, 4, 3, 0, tzinfo=UTC)),
        )
    finally:
        archive.close()
    return frontier


def source(site: LoopbackSite, **entries: object) -> Source:
    return replace(
        Source("s", "S", site.url + "/", "DE", ("de",), delay=0.0, max_pages=1_000), **entries
    )


def page(html: str) -> Answer:
    return Answer(html.encode(), headers={"Content-Type": "text/html"})


def test_an_endless_listing_ends(site: LoopbackSite, tmp_path: Path) -> None:
    def script(asked: Asked) -> Answer:
        number = int((re.search(r"\d+$", asked.path) or ["0"])[0])
        links = "".join(f'<h3><a href="/n/{number}-{n}">Meldung</a></h3>' for n in range(2))
        return page(f'<main>{links}<a rel="next" href="/l?page={number + 1}">weiter</a></main>')

    site.answers = Endless(site.answers, script)  # type: ignore[assignment]
    run(tmp_path, source(site, listings=(Listing(site.url + "/l"),), max_pages=10_000), limit=500)
    assert sum(path.startswith("/l") for path in site.paths()) == LISTING_PAGES
    assert len(site.paths()) == LISTING_PAGES * 3 + 1


def test_a_list_that_is_to_be_read_whole_is_turned_for_all_its_news(
    site: LoopbackSite, tmp_path: Path
) -> None:
    first = 100

    def script(asked: Asked) -> Answer:
        number = int((re.search(r"page=(\d+)$", asked.path) or ["", "0"])[1])
        links = f'<h3><a href="/n/{first + number}">Meldung der Woche</a></h3>'
        return page(f'<main>{links}<a rel="next" href="/l?page={number + 1}">weiter</a></main>')

    site.answers = Endless(site.answers, script)  # type: ignore[assignment]
    listed = source(site, listings=(Listing(site.url + "/l"),))
    frontier = run(tmp_path, listed)
    for news in (0, COMPARED_PAGES + 2):  # less, and more, than is compared
        owner, kind, known = frontier.addresses[site.url + "/l"]
        frontier.addresses[site.url + "/l"] = (owner, kind, replace(known, whole=True))
        before, first = len(site.asked), first - news
        run(tmp_path, listed, frontier=frontier)
        turned = [path for path in site.paths()[before:] if path.startswith("/l")]
        assert len(turned) == max(COMPARED_PAGES, news + 1)


def test_calendars_are_not_turned(site: LoopbackSite, tmp_path: Path) -> None:
    calendar = """<main><h3><a href="/termine/forum-der-rohstoffe-2026">Forum</a></h3>
    <table><tr><td><a href="/termine/2026-05-04/">Alle Termine am vierten Mai</a></td><td><a href="?datum=2026-05-05">Noch einer dieser Tage</a></td></tr></table>
    <a rel="next" href="/termine/month/2026-06/">Juni</a><a class="next" href="?month=2026-06">weiter</a></main>"""
    site.page("/termine", calendar)
    site.page("/termine/forum-der-rohstoffe-2026", "<p>Forum</p>")
    run(tmp_path, source(site, listings=(Listing(site.url + "/termine"),)))
    assert site.paths() == ["/robots.txt", "/termine", "/termine/forum-der-rohstoffe-2026"]


@pytest.mark.parametrize("following", ["?page={page}", "?after={cursor}"])
def test_an_api_that_repeats_itself_ends(
    site: LoopbackSite, tmp_path: Path, following: str
) -> None:
    answer = {"d": [{"id": 1}], "next": "again"}
    body = json.dumps(answer).encode()
    site.answers = Endless(site.answers, Answer(body, headers={"Content-Type": "text/json"}))  # type: ignore[assignment]
    api = Api(
        f"{site.url}/api{following}",
        "d",
        f"{site.url}/n/{{id}}",
        next="next" if "after" in following else None,
    )
    run(tmp_path, source(site, apis=(api,)))
    assert sum(path.startswith("/api") for path in site.paths()) == 2


def test_an_endless_api_ends_at_its_depth(site: LoopbackSite, tmp_path: Path) -> None:
    def script(asked: Asked) -> Answer:
        number = asked.path.rpartition("=")[2]
        return Answer(json.dumps([{"id": f"{number}-{n}"} for n in range(3)]).encode())

    site.answers = Endless(site.answers, script)  # type: ignore[assignment]
    api = Api(
        f"{site.url}/api?os={{offset}}", "*", f"{site.url}/n/{{id}}", first=0, size=3, depth=4
    )
    run(tmp_path, source(site, apis=(api,)), limit=1_000)
    asked = [path for path in site.paths() if path.startswith("/api")]
    assert asked == [f"/api?os={offset}" for offset in (0, 3, 6, 9)]


def test_json_is_a_page_only_where_an_api_says_so(site: LoopbackSite, tmp_path: Path) -> None:
    site.put("/api?page=1", b'[{"id": 1}, {"id": 2}]', "application/json")
    site.put("/api?page=2", b"[]", "application/json")
    site.put("/api/1", b'{"body": "<p>x</p>"}', "application/json")
    site.page("/api/2", "<p>no JSON</p>")
    site.put("/other", b'{"body": "<p>x</p>"}', "application/json")
    site.xml("/rss", f'<rss version="2.0"><channel><item><link>{site.url}/other</link></item>'
             f"<item><link>{site.url}/n/1</link></item></channel></rss>")  # fmt: skip
    api = Api(
        f"{site.url}/api?page={{page}}", "*", f"{site.url}/n/{{id}}", headers=(("X-Key", "k"),),
        detail=f"{site.url}/api/{{id}}", page=ApiPage(html="body"),
    )  # fmt: skip
    frontier = run(tmp_path, source(site, apis=(api,), feeds=(Feed(site.url + "/rss"),)))
    outcomes = {
        url.removeprefix(site.url): ended.outcome.value for url, ended in frontier.pages.items()
    }
    assert outcomes == {"/api/1": "fetched", "/api/2": "fetched", "/other": "refused"}
    assert frontier.pages[site.url + "/other"].reason == "type application/json"
    keys = {asked.path: asked.headers.get("x-key") for asked in site.asked}
    assert keys["/api/1"] == keys["/api?page=1"] == "k"
    assert keys["/other"] is keys["/rss"] is keys["/robots.txt"] is None


def test_a_backfill_takes_what_is_young_enough_and_marks_what_is_no_news(
    site: LoopbackSite, tmp_path: Path
) -> None:
    paths = ("/2026/05/02/a", "/2025/01/b", "/2024/12/31/c", "/d")
    entries = "".join(f"<url><loc>{site.url}{path}</loc></url>" for path in paths)
    lastmods = ("2026-05-03", "2024-02-01", "2026-01-01")
    children = "".join(
        f"<sitemap><loc>{site.url}/s{n}.xml</loc><lastmod>{day}</lastmod></sitemap>"
        for n, day in enumerate(lastmods)
    )
    space = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    site.text("/robots.txt", f"User-agent: *\nSitemap: {site.url}/index.xml\n")
    site.xml("/index.xml", f"<sitemapindex {space}>{children}</sitemapindex>")
    for n in range(3):
        site.xml(f"/s{n}.xml", f"<urlset {space}>{entries}</urlset>")
    for path in paths:
        site.page(path, "<p>x</p>")
    site.page(
        "/",
        f"<main><h3><a href='{paths[0]}'><time datetime='2026-05-02'>2.5.</time>Meldung</a></h3></main>",
    )
    frontier = run(tmp_path, source(site), backfill=Backfill(date(2025, 1, 15), 5), limit=50)
    asked = {url.removeprefix(site.url) for url in frontier.pages}
    assert asked == {"/2026/05/02/a", "/2025/01/b", "/d"}
    assert "/s1.xml" not in site.paths()
    assert {url.removeprefix(site.url) for url in frontier.archived} == {"/2025/01/b", "/d"}
    assert frontier.backfills["s", site.url + "/s0.xml"].next is None


def test_a_backfill_goes_on_where_it_ended_until_it_has_come_through(
    site: LoopbackSite, tmp_path: Path
) -> None:
    def script(asked: Asked) -> Answer:
        number = int((re.search(r"\d+$", asked.path) or ["1"])[0])
        entry = f'<h3><a href="/n/{number}"><time datetime="{2027 - number}-03-01">x</time> Meldung</a></h3>'
        return page(f'<main>{entry}<a rel="next" href="/l?page={number + 1}">weiter</a></main>')

    site.answers = Endless(site.answers, script)  # type: ignore[assignment]
    listed = source(site, listings=(Listing(site.url + "/l"),))
    frontier = MemoryFrontier()

    def step(since: date, depth: int, limit: int) -> list[str]:
        site.asked.clear()
        run(tmp_path, listed, backfill=Backfill(since, depth), limit=limit, frontier=frontier)
        return [path for path in site.paths() if path.startswith("/l")]

    since = date(2021, 1, 1)
    assert step(since, 2, 50) == ["/l", "/l?page=2"]
    assert step(since, 50, 3) == ["/l?page=3", "/l?page=4", "/l?page=5"]
    assert step(since, 50, 50) == ["/l?page=6", "/l?page=7"]  # of 2020: older than wanted
    assert step(since, 50, 50) == []
    assert step(date(2023, 1, 1), 50, 50) == []
    assert len([url for url in frontier.addresses if "/n/" in url]) == 6
    # Further back it begins anew: nobody knows where the older pages begin by now.
    assert step(date(2019, 1, 1), 50, 50)[:2] == ["/l", "/l?page=2"]
