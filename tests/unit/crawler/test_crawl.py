from __future__ import annotations

import gzip
import logging
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.archive.warc import Archive
from crawler.crawl import (
    CrawlControls,
    CrawlProgress,
    CrawlSettings,
    SourceResult,
    SourceTask,
    crawl,
)
from crawler.discovery.listing_words import ListingWords
from crawler.discovery.sitemaps import SitemapContent
from crawler.spiders.offloader import Offloader
from indexer.frontier.port import Link
from indexer.records.outcome import Outcome
from indexer.records.reference import load_reference
from indexer.records.source import Feed, Listing, Sitemap, Source
from tests.loopback.frontier import MemoryFrontier
from tests.loopback.site import Answer, Asked, LoopbackSite, gzipped

LOOPBACK = ("127.0.0.0/8",)
NOW = datetime(2026, 5, 4, 3, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def words() -> ListingWords:
    return ListingWords.from_languages(load_reference().languages)


@pytest.fixture
def site() -> Iterator[LoopbackSite]:
    with LoopbackSite() as running:
        yield running


NAMES: dict[str, Callable[[], str]] = dict.fromkeys(
    ("localhost", "0x7f000001"), lambda: "127.0.0.1"
)
"""What the tests' names resolve to; no other is known."""


@pytest.fixture(autouse=True)
def _no_name_server(monkeypatch: pytest.MonkeyPatch) -> None:
    async def resolve(
        self: object, host: str, port: int = 0, family: int = 0
    ) -> list[dict[str, object]]:
        if host not in NAMES:
            raise OSError(socket.EAI_NONAME, "no such name")
        one = {"hostname": host, "host": NAMES[host](), "port": port, "flags": 0}
        return [{**one, "family": socket.AF_INET, "proto": 0}]

    monkeypatch.setattr("aiohttp.resolver.ThreadedResolver.resolve", resolve)


class Night:
    """Runs the crawl as often as a test likes, on one frontier and one archive."""

    def __init__(self, folder: Path, words: ListingWords) -> None:
        self.frontier = MemoryFrontier()
        self.folder = folder
        self.words = words
        self.progress: list[CrawlProgress] = []
        self.seconds_per_source = 60.0

    def run(
        self,
        *sources: Source,
        limit: int | None = None,
        allow: tuple[str, ...] = LOOPBACK,
        timeout: float = 5.0,
        stop: threading.Event | None = None,
    ) -> dict[str, SourceResult]:
        self.frontier.next_run()
        archive = Archive(self.folder, committed_end=self.frontier.committed_end)
        try:
            return dict(
                crawl(
                    [SourceTask(source, limit) for source in sources],
                    self.frontier,
                    archive,
                    CrawlSettings(
                        self.words,
                        "desk@example.org",
                        allow,
                        timeout=timeout,
                        seconds_per_source=self.seconds_per_source,
                    ),
                    CrawlControls(
                        progress=self.progress.append,
                        now=lambda: NOW,
                        stop=stop or threading.Event(),
                    ),
                )
            )
        finally:
            archive.close()

    def outcome(self, url: str) -> Outcome:
        return self.frontier.pages[url].outcome


@pytest.fixture
def night(tmp_path: Path, words: ListingWords) -> Night:
    return Night(tmp_path / "archive", words)


def source(site: LoopbackSite, **changes: object) -> Source:
    fields: dict[str, object] = {
        "id": "s",
        "name": "S",
        "url": site.url + "/",
        "country": "DE",
        "languages": ("de",),
        "delay": 0.0,
    }
    return Source(**{**fields, **changes})  # type: ignore[arg-type]


def article(text: str = "Rohstoffe") -> str:
    return f"<html><head><title>{text}</title></head><body><p>{text} im Gespräch.</p></body></html>"


def feed(*urls: str) -> str:
    items = "".join(f"<item><title>T</title><link>{url}</link></item>" for url in urls)
    return f'<rss version="2.0"><channel><title>F</title>{items}</channel></rss>'


def urlset(*urls: str, lastmod: str | None = None) -> str:
    stamp = f"<lastmod>{lastmod}</lastmod>" if lastmod else ""
    entries = "".join(f"<url><loc>{url}</loc>{stamp}</url>" for url in urls)
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</urlset>'


def listing(*paths: str, following: str | None = None) -> str:
    teasers = "".join(
        f'<article><h3><a href="{path}">Eine Meldung über seltene Erden</a></h3></article>'
        for path in paths
    )
    pager = f'<ul class="pager"><li><a href="{following}">nächste Seite</a></li></ul>'
    return (
        '<html><body><nav><a href="/kontakt">Kontakt</a></nav><main>'
        f"{teasers}{pager if following else ''}</main></body></html>"
    )


def fed(site: LoopbackSite, *paths: str) -> Source:
    site.xml("/feed", feed(*(site.url + path for path in paths)))
    return source(site, feeds=(Feed(site.url + "/feed"),))


# -- discovery


def test_a_header_in_another_charset_is_no_obstacle(night: Night, site: LoopbackSite) -> None:
    named = site.page("/n/a", article(), **{"Content-Disposition": 'inline; filename="Übersicht"'})
    night.run(source(site, feeds=(Feed(site.xml("/feed", feed(named))),)))
    [(response, _)] = night.frontier.responses.values()
    assert response.headers["content-disposition"] == 'inline; filename="\ufffdbersicht"'


def test_feed_entries_are_fetched_and_archived(site: LoopbackSite, night: Night) -> None:
    urls = [site.page(f"/a{n}", article(f"Artikel {n}")) for n in (1, 2)]
    result = night.run(fed(site, "/a1?utm_source=rss", "/a2"))
    assert result == {"s": SourceResult("ok")}
    assert {url: night.outcome(url) for url in urls} == dict.fromkeys(urls, Outcome.FETCHED)
    response, position = night.frontier.responses[urls[0]]
    archived = Archive(night.folder).read(position)
    assert archived.body == response.body == article("Artikel 1").encode()
    assert archived.fetched_at == NOW
    assert site.asked[0].headers["user-agent"].startswith("Rohstoffradar/")
    assert "(+desk@example.org)" in site.asked[0].headers["user-agent"]
    assert night.progress[-1] == CrawlProgress("s", 2, 2)


def test_sitemap_index_with_gzipped_file(site: LoopbackSite, night: Night) -> None:
    page = site.page("/news/1", article())
    site.put("/files/1.xml.gz", gzipped(urlset(page)), "application/gzip")
    site.xml(
        "/sitemap.xml",
        f"<sitemapindex><sitemap><loc>{site.url}/files/1.xml.gz</loc></sitemap>"
        "<sitemap><loc>https://elsewhere.example/s.xml</loc></sitemap></sitemapindex>",
    )
    night.run(source(site, sitemaps=(Sitemap(site.url + "/sitemap.xml"),)))
    assert night.frontier.outcomes() == {"fetched": 1}
    assert set(night.frontier.documents) == {
        site.url + path for path in ("/robots.txt", "/sitemap.xml", "/files/1.xml.gz")
    }


def test_listing_is_turned_and_stops_at_known_pages(site: LoopbackSite, night: Night) -> None:
    for n in range(1, 7):
        site.page(f"/meldung/{1000 + n}", article(str(n)))
    site.page("/aktuelles", listing("/meldung/1001", "/meldung/1002", following="?page=1"))
    site.page("/aktuelles?page=1", listing("/meldung/1003", "/meldung/1004", following="?page=2"))
    site.page("/aktuelles?page=2", listing("/meldung/1005"))
    partner = source(site, listings=(Listing(site.url + "/aktuelles"),))
    night.run(partner)
    assert night.frontier.outcomes() == {"fetched": 5}
    assert "/kontakt" not in site.paths()

    site.asked.clear()
    site.page("/aktuelles", listing("/meldung/1006", "/meldung/1001", following="?page=1"))
    night.run(partner)
    assert night.frontier.outcomes() == {"fetched": 1}
    assert "/aktuelles?page=2" not in site.paths()


def test_a_listing_cut_short_by_the_limit_goes_on_the_next_night(
    site: LoopbackSite, night: Night
) -> None:
    for n in range(1, 7):
        site.page(f"/meldung/{1000 + n}", article(str(n)))
    site.page("/a", listing("/meldung/1001", "/meldung/1002", following="?page=1"), etag='"l"')
    site.page("/a?page=1", listing("/meldung/1003", "/meldung/1004", following="?page=2"))
    site.page("/a?page=2", listing("/meldung/1005", "/meldung/1006"))
    partner = source(site, listings=(Listing(site.url + "/a"),))
    for expected in (2, 4, 6):
        night.run(partner, limit=2)
        fetched = [
            u
            for u, (_, kind, k) in night.frontier.addresses.items()
            if kind == "page" and k.last_fetch
        ]
        assert len(fetched) == expected


def test_a_killed_listing_loses_no_page(
    site: LoopbackSite, night: Night, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crawler.spiders.journal.BATCH", 1)
    for n in range(1, 5):
        site.page(f"/meldung/{1000 + n}", article(str(n)))
    site.page("/a", listing("/meldung/1001", "/meldung/1002", following="?page=1"), etag='"l"')
    site.answer("/a?page=1", Answer(b"", 500))
    partner = source(site, listings=(Listing(site.url + "/a"),))
    night.run(partner)
    site.page("/a?page=1", listing("/meldung/1003", "/meldung/1004"))
    night.run(partner)
    pages = [u for u, (_, kind, _) in night.frontier.addresses.items() if kind == "page"]
    assert len(pages) == 4


def test_home_page_feed_links_and_robots_sitemap(night: Night) -> None:
    with LoopbackSite(robots=None) as site:
        site.text("/robots.txt", f"Sitemap: {site.url}/map.xml\n")
        site.xml("/rss", feed(site.page("/from-feed", article())))
        site.xml("/map.xml", urlset(site.page("/from-map", article()), site.url + "/"))
        site.page("/2026/05/linked-from-home", article())
        site.page(
            "/",
            '<html><head><link rel="alternate" type="application/rss+xml" href="/rss"></head><body>'
            '<a href="/2026/05/linked-from-home">Ein Bericht vom Rohstoffdialog</a></body></html>',
        )
        night.run(source(site))
        assert night.frontier.outcomes() == {"fetched": 3}


def test_a_feed_that_is_a_page_is_told_and_the_rest_goes_on(
    site: LoopbackSite, night: Night
) -> None:
    site.page("/rss", "<!doctype html><html><body>Wartung</body></html>")
    partner = fed(site, "/a")
    site.page("/a", article())
    both = source(site, feeds=(Feed(site.url + "/rss"), *partner.feeds))
    assert night.run(both)["s"].state == "ok"
    told = night.frontier.documents[site.url + "/rss"]
    assert (told.outcome, told.reason) == (Outcome.REFUSED, "an HTML page instead of a feed")
    assert night.run(source(site, feeds=(Feed(site.url + "/rss"),)))["s"] == SourceResult(
        "unreachable", f"{site.url}/rss: an HTML page instead of a feed"
    )


def test_include_exclude_and_budget_leave_pages_due(site: LoopbackSite, night: Night) -> None:
    for path in ("/news/1", "/news/2", "/news/3", "/blog/1", "/news/x"):
        site.page(path, article(path))
    partner = fed(site, "/news/1", "/news/2", "/news/3", "/blog/1", "/news/x")
    partner = source(site, feeds=partner.feeds, include=("/news/",), exclude=("x$",), max_pages=2)
    night.run(partner)
    assert night.frontier.outcomes() == {"fetched": 2}
    assert len(list(night.frontier.iter_due("s"))) == 3
    night.run(partner)
    assert night.frontier.outcomes() == {"fetched": 1}


def test_newest_first(site: LoopbackSite, night: Night) -> None:
    old, new = (site.page(path, article(path)) for path in ("/old", "/new"))
    entries = "".join(
        f"<url><loc>{url}</loc><lastmod>{day}</lastmod></url>"
        for url, day in ((old, "2025-01-01"), (new, "2026-05-01"))
    )
    site.xml("/s.xml", f"<urlset>{entries}</urlset>")
    night.run(source(site, sitemaps=(Sitemap(site.url + "/s.xml"),)), limit=1)
    assert list(night.frontier.pages) == [new]


# -- recrawl


def test_unchanged_pages_are_asked_conditionally(site: LoopbackSite, night: Night) -> None:
    url = site.page("/a", article(), etag='"1"')
    partner = fed(site, "/a")
    night.run(partner)
    night.frontier.make_due()
    night.run(partner)
    assert night.outcome(url) is Outcome.NOT_MODIFIED


def test_a_newer_lastmod_makes_a_page_due(site: LoopbackSite, night: Night) -> None:
    url = site.page("/a", article())
    site.xml("/s.xml", urlset(url, lastmod="2026-01-01"))
    partner = source(site, sitemaps=(Sitemap(site.url + "/s.xml"),))
    night.run(partner)
    night.run(partner)
    assert night.frontier.pages == {}
    site.xml("/s.xml", urlset(url, lastmod="2026-02-02"))
    night.run(partner)
    assert night.outcome(url) is Outcome.FETCHED


# -- outcomes of pages


def test_robots_disallow(night: Night) -> None:
    with LoopbackSite(robots="User-agent: *\nDisallow: /intern\n") as site:
        site.page("/a", article())
        night.run(fed(site, "/a", "/intern/b"))
        assert night.outcome(site.url + "/intern/b") is Outcome.ROBOTS
        assert "/intern/b" not in site.paths()


def test_redirect_to_a_page_of_the_run_is_fetched_once(site: LoopbackSite, night: Night) -> None:
    target = site.page("/target", article(), etag='"1"')
    site.redirect("/first", "/target")
    site.redirect("/later", "/target")
    partner = fed(site, "/first", "/target", "/later")
    for expected in (Outcome.FETCHED, Outcome.NOT_MODIFIED):
        site.asked.clear()
        night.frontier.make_due()
        night.run(partner)
        assert night.outcome(site.url + "/first") is Outcome.DUPLICATE
        assert night.outcome(target) is expected
        assert night.outcome(site.url + "/later") is Outcome.DUPLICATE
        assert site.paths().count("/target") == 1


def test_two_redirects_to_a_page_that_nobody_lists(site: LoopbackSite, night: Night) -> None:
    target = site.page("/target", article())
    for path in ("/first", "/later"):
        site.redirect(path, "/target")
    night.run(fed(site, "/first", "/later"))
    assert night.outcome(site.url + "/first") is Outcome.FETCHED
    assert night.frontier.responses[site.url + "/first"][0].final_url == target
    assert night.outcome(site.url + "/later") is Outcome.DUPLICATE
    assert site.paths().count("/target") == 1


def test_a_page_that_moves_to_https_style_twins_is_itself(site: LoopbackSite, night: Night) -> None:
    # The same page under two schemes is one page address.
    site.xml("/feed", feed("http://partner.example/a", "https://partner.example/a"))
    partner = source(site, feeds=(Feed(site.url + "/feed"),), hosts=("partner.example",))
    night.run(partner, allow=("127.0.0.1/32",))
    seen = [u for u, (_, kind, _) in night.frontier.addresses.items() if kind == "page"]
    assert seen == ["http://partner.example/a"]


def test_a_moved_page_keeps_both_addresses(site: LoopbackSite, night: Night) -> None:
    old = site.page("/old", article(), etag='"1"')
    partner = fed(site, "/old")
    night.run(partner)
    target = site.page("/new", article(), etag='"1"')
    site.redirect("/old", "/new", 301)
    night.frontier.make_due()
    night.run(partner)
    response, _ = night.frontier.responses[old]
    assert (response.final_url, response.redirects, response.status) == (target, (old,), 200)
    assert night.frontier.outcomes() == {"fetched": 1}


def test_redirects_that_are_not_followed(site: LoopbackSite, night: Night) -> None:
    site.redirect("/self", "/self")
    site.redirect("/away", "https://elsewhere.example/x")
    site.redirect("/odd", "mailto:desk@example.org")
    site.answer("/nowhere", Answer(status=301))
    for n in range(7):
        site.redirect(f"/chain{n}", f"/chain{n + 1}")
    night.run(fed(site, "/self", "/away", "/odd", "/nowhere", "/chain0"))
    reasons = {url.rsplit("/", 1)[1]: ended for url, ended in night.frontier.pages.items()}
    assert reasons["self"].reason == f"redirect loop at {site.url}/self"
    assert "is not the source's" in (reasons["away"].reason or "")
    assert {reasons[name].outcome for name in ("self", "away", "odd", "chain0")} == {
        Outcome.REFUSED
    }
    assert reasons["chain0"].reason == "more than 5 redirects"
    assert reasons["nowhere"].outcome is Outcome.HTTP_ERROR


def test_error_statuses(site: LoopbackSite, night: Night) -> None:
    statuses = {"/gone": 410, "/missing": 404, "/broken": 500, "/secret": 403, "/law": 451}
    for path, status in statuses.items():
        site.answer(path, Answer(b"no", status))
    night.run(fed(site, *statuses))
    ended = {path: night.frontier.pages[site.url + path] for path in statuses}
    assert {path: e.status for path, e in ended.items()} == statuses
    blocked = {path for path, e in ended.items() if e.outcome is Outcome.BLOCKED}
    assert blocked == {"/secret", "/law"}
    assert site.paths().count("/broken") == 2, "asked once more after a hiccup"


def test_a_challenge_is_no_page(site: LoopbackSite, night: Night) -> None:
    body = b"<html><title>Just a moment...</title><script>window._cf_chl_opt={}</script></html>"
    site.answer("/c", Answer(body, 200, {"Content-Type": "text/html", "Server": "cloudflare"}))
    night.run(fed(site, "/c"))
    assert night.outcome(site.url + "/c") is Outcome.BLOCKED


def test_429_lets_the_site_rest(site: LoopbackSite, night: Night) -> None:
    site.answer("/b", Answer(b"slow down", 429, {"Retry-After": "120"}))
    for path in ("/a", "/c"):
        site.page(path, article(path))
    result = night.run(fed(site, "/a", "/b", "/c"))
    assert result["s"] == SourceResult("blocked", "status 429, Retry-After 120 s")
    assert night.frontier.outcomes() == {"fetched": 1, "blocked": 1}
    assert site.url + "/c" in {known.url for known in night.frontier.iter_due("s")}
    assert "/c" not in site.paths()


def test_time_outs(site: LoopbackSite, night: Night) -> None:
    site.answer("/slow", Answer(b"late", delay=1.5))
    site.page("/a", article())
    night.run(fed(site, "/slow", "/a"), timeout=0.5)
    assert night.outcome(site.url + "/slow") is Outcome.TIMED_OUT
    assert night.outcome(site.url + "/a") is Outcome.FETCHED
    assert site.paths().count("/slow") == 1


def test_bodies_that_are_cut_short_are_marked(site: LoopbackSite, night: Night) -> None:
    whole = gzip.compress(article("lang " * 5000).encode())
    html = {"Content-Type": "text/html", "ETag": '"x"'}
    site.answer(
        "/gz", Answer(whole[: len(whole) // 2], headers={**html, "Content-Encoding": "gzip"})
    )
    site.answer("/cut", Answer(b"<html>" + b"x" * 5000, headers=html, cut=1000))
    night.run(fed(site, "/gz", "/cut"))
    for path in ("/gz", "/cut"):
        response, position = night.frontier.responses[site.url + path]
        assert response.truncated
        assert response.body
        assert "etag" not in response.headers
        assert Archive(night.folder).read(position).truncated


def test_sizes_and_types_are_refused(site: LoopbackSite, night: Night) -> None:
    bomb = gzip.compress(b"\0" * (20 << 20))
    html = {"Content-Type": "text/html"}
    site.answer("/bomb", Answer(bomb, headers={**html, "Content-Encoding": "gzip"}))
    site.answer("/big", Answer(b"x" * (9 << 20), headers=html))
    site.put("/report.pdf", b"PK\x03\x04 ...", "application/pdf")
    site.put("/disguise", b"PK\x03\x04 ...", "text/html")
    site.answer("/br", Answer(b"\x1b\x00", headers={**html, "Content-Encoding": "br"}))
    site.answer("/header", Answer(b"x", headers={**html, "X-Long": "y" * 20_000}))
    night.run(fed(site, "/bomb", "/big", "/report.pdf", "/disguise", "/br", "/header"))
    assert night.frontier.outcomes() == {"refused": 6}
    assert all(ended.reason for ended in night.frontier.pages.values())


def test_a_pdf_is_a_page_by_its_magic(site: LoopbackSite, night: Night) -> None:
    site.put("/release.pdf", b"%PDF-1.7 ...", "application/pdf")
    site.put("/download", b"%PDF-1.7 ...", "application/octet-stream")
    night.run(fed(site, "/release.pdf", "/download"))
    assert night.frontier.outcomes() == {"fetched": 2}


# -- whole sources


def test_private_addresses_are_refused(site: LoopbackSite, night: Night) -> None:
    result = night.run(fed(site, "/a"), allow=())
    assert result["s"].state == "unreachable"
    assert "127.0.0.1 is not a public address" in (result["s"].reason or "")
    told = night.frontier.documents[site.url + "/robots.txt"]
    assert told.outcome is Outcome.REFUSED
    assert site.asked == []


@pytest.mark.parametrize(
    "host", ["localhost", "2130706433", "0x7f000001", "127.1", "[::ffff:127.0.0.1]"]
)
def test_disguised_private_addresses_are_refused(
    site: LoopbackSite, night: Night, host: str
) -> None:
    port = site.url.rsplit(":", 1)[1]
    result = night.run(source(site, url=f"http://{host}:{port}/"), allow=())
    assert result["s"].state == "unreachable"
    assert {told.outcome for told in night.frontier.documents.values()} == {Outcome.REFUSED}
    assert site.asked == []


@pytest.mark.parametrize("host", ["localhost", "0x7f000001"])
def test_without_the_guard_the_same_addresses_are_reached(
    site: LoopbackSite, night: Night, host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control of the test above: it is the guard that keeps the site unasked."""
    monkeypatch.setattr("crawler.handler.why_forbidden", lambda address, allowed: None)
    port = site.url.rsplit(":", 1)[1]
    night.run(source(site, url=f"http://{host}:{port}/"), allow=())
    assert site.asked


def test_a_name_that_resolves_to_a_forbidden_address_later(
    site: LoopbackSite, night: Night, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter(["127.0.0.1"])
    monkeypatch.setitem(NAMES, "partner.example", lambda: next(answers, "127.0.0.2"))
    monkeypatch.setattr("aiohttp.connector._DNSCacheTable.expired", lambda self, key: True)
    port = site.url.rsplit(":", 1)[1]
    site.answer("/robots.txt", Answer(b"", headers={"Connection": "close"}))
    home = f"http://partner.example:{port}"
    partner = source(site, url=home + "/", feeds=(Feed(home + "/feed"),))
    result = night.run(partner, allow=("127.0.0.1/32",))
    assert result["s"].reason == (
        f"{home}/feed: 127.0.0.2 is not a public address and not in crawler.allow_networks"
    )
    assert site.paths() == ["/robots.txt"]


def test_a_page_on_a_forbidden_host_of_the_source_is_refused(
    site: LoopbackSite, night: Night
) -> None:
    with LoopbackSite("127.0.0.2") as inside:
        page = inside.page("/secret", article())
        site.page("/a", article())
        site.xml("/feed", feed(site.url + "/a", page))
        partner = source(
            site,
            feeds=(Feed(site.url + "/feed"),),
            hosts=(inside.url.removeprefix("http://"),),
        )
        result = night.run(partner, allow=("127.0.0.1/32",))
        assert result["s"].state == "ok"
        assert night.outcome(page) is Outcome.REFUSED
        assert inside.asked == []


def test_a_dead_source_does_not_hold_up_the_others(site: LoopbackSite, night: Night) -> None:
    with LoopbackSite() as dead:
        dead_url = dead.url
    site.page("/a", article())
    gone = source(site, id="dead", url=dead_url + "/", feeds=(Feed(dead_url + "/feed"),))
    result = night.run(gone, fed(site, "/a"))
    assert result["s"].state == "ok"
    assert result["dead"].state == "unreachable"
    assert (result["dead"].reason or "").startswith("robots.txt: ")


def test_an_unknown_host_is_unreachable(night: Night, site: LoopbackSite) -> None:
    lost = source(site, url="http://no-such-host.invalid/")
    assert night.run(lost)["s"].state == "unreachable"


@pytest.mark.parametrize(("status", "state"), [(503, "unreachable"), (404, "ok"), (403, "ok")])
def test_robots_errors(night: Night, status: int, state: str) -> None:
    with LoopbackSite(robots=None) as site:
        site.answer("/robots.txt", Answer(b"", status))
        site.page("/a", article())
        assert night.run(fed(site, "/a"))["s"].state == state
        assert night.frontier.outcomes() == ({"fetched": 1} if state == "ok" else {})


def test_a_site_that_never_answers_is_left_alone(site: LoopbackSite, night: Night) -> None:
    paths = [f"/dead{n}" for n in range(9)]
    for path in paths:
        site.answer(path, Answer(b"x", delay=1.0))
    result = night.run(fed(site, *paths), timeout=0.2)
    assert night.frontier.outcomes() == {"timed-out": 5}
    assert result["s"].state == "unreachable"


# -- manners


def test_no_request_goes_out_without_robots_rules(
    site: LoopbackSite, night: Night, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def forgotten(self: object, url: str, context: object) -> None:
        return None

    monkeypatch.setattr("crawler.spiders.fetch.Fetcher._admit", forgotten)
    result = night.run(fed(site, "/a"))
    assert "no robots rules" in (result["s"].reason or "")
    assert site.asked == []


def test_one_request_at_a_time_and_never_too_soon(night: Night) -> None:
    with LoopbackSite(robots="User-agent: *\nCrawl-delay: 0.2\n") as site:
        paths = [f"/a{n}" for n in range(5)]
        for path in paths:
            site.page(path, article(path))
        first = fed(site, *paths[:3])
        site.xml("/other", feed(*(site.url + path for path in paths[3:])))
        second = source(site, id="t", feeds=(Feed(site.url + "/other"),))
        night.run(first, second)
        assert night.frontier.outcomes() == {"fetched": 5}
        assert site.most_in_flight == 1
        assert site.paths().count("/robots.txt") == 1
        # The first gap follows the answer that states the delay.
        assert min(site.gaps()) >= 0.2


def test_a_page_that_two_sources_list_has_one_outcome(site: LoopbackSite, night: Night) -> None:
    site.answer("/a", Answer(article().encode(), headers={"Content-Type": "text/html"}, delay=0.3))
    first = fed(site, "/a")
    night.run(first, source(site, id="t", feeds=first.feeds))
    assert night.frontier.outcomes() == {"fetched": 1}
    assert site.paths().count("/a") == 1


def test_a_site_that_asks_for_days_is_left_alone(night: Night) -> None:
    with LoopbackSite(robots="User-agent: *\nCrawl-delay: 86400\n") as site:
        result = night.run(fed(site, "/a"))
        assert result["s"] == SourceResult("blocked", "robots.txt asks for a pause of 86400 s")
        assert site.paths() == ["/robots.txt"]


def test_stop_ends_the_crawl_and_keeps_what_was_fetched(site: LoopbackSite, night: Night) -> None:
    stop = threading.Event()

    def last(asked: Asked) -> Answer:
        stop.set()
        return Answer(b"late", delay=2.0)

    site.page("/a", article())
    site.answer("/b", last)
    result = night.run(fed(site, "/a", "/b"), stop=stop)
    assert result == {}
    assert night.frontier.outcomes() == {"fetched": 1}
    night.frontier.forget()
    assert night.frontier.outcomes() == {"fetched": 1}


def test_nothing_goes_to_stdout(
    site: LoopbackSite,
    night: Night,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.WARNING)
    site.page("/a", article())
    night.run(fed(site, "/a"))
    assert capsys.readouterr().out == ""
    assert [r for r in caplog.records if r.levelno > logging.WARNING] == []


def test_a_record_that_fails_in_whatever_way_ends_the_crawl(
    site: LoopbackSite, night: Night, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: object) -> None:
        raise LookupError("no such table")

    monkeypatch.setattr("crawler.spiders.journal.Journal.commit_overdue", fail)
    site.page("/a", article())
    with pytest.raises(LookupError, match="no such table"):
        night.run(fed(site, "/a"))


def test_a_source_that_ends_without_a_result_is_not_passed_over(
    site: LoopbackSite, night: Night, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def nothing(*_: object) -> None:
        """Ends at once."""

    monkeypatch.setattr("crawler.spiders.news.NewsSpider._crawl_source", nothing)
    with pytest.raises(RuntimeError, match="without a result for s"):
        night.run(fed(site, "/a"))


def test_the_log_line_of_a_failed_entry_point_names_source_address_and_reason(
    site: LoopbackSite, night: Night, caplog: pytest.LogCaptureFixture
) -> None:
    night.run(source(site, feeds=(Feed(site.url + "/gone"),)))
    assert f"discovery_failed s {site.url}/gone status 404" in caplog.messages


def test_a_known_page_that_redirects_to_a_known_unmodified_page_is_read_where_it_went(
    site: LoopbackSite, night: Night
) -> None:
    old = site.page("/old", article("Alt"), etag='"1"')
    target = site.page("/new", article("Neu"), etag='"2"')
    night.run(fed(site, "/old", "/new"))
    site.redirect("/old", "/new", 301)
    night.frontier.make_due()
    night.frontier.addresses.pop(site.url + "/feed")
    # Only the old address is due: the target has no outcome of its own in this run.
    night.frontier.resting.add(target)
    night.run(fed(site, "/old"))
    assert night.outcome(old) is Outcome.FETCHED
    assert night.frontier.responses[old][0].final_url == target


def test_validators_of_a_redirects_target_are_not_kept_for_the_address_that_was_asked_for(
    site: LoopbackSite, night: Night
) -> None:
    site.page("/new", article("Neu"), etag='"2"')
    old = site.redirect("/old", "/new")
    night.run(fed(site, "/old"))
    known = night.frontier.find("s", old)
    assert known is not None
    assert known.last_fetch is not None
    assert known.etag is None
    site.asked.clear()
    night.frontier.make_due()
    night.run(fed(site, "/old"))
    assert all("if-none-match" not in asked.headers for asked in site.asked)


def test_discovery_documents_beyond_their_size_are_refused(
    site: LoopbackSite, night: Night, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crawler.spiders.source_discovery.discovery.FEED_BYTES", 5_000)
    monkeypatch.setattr("crawler.spiders.source_discovery.pagination.LISTING_BYTES", 8_000)
    site.xml("/feed", feed(site.url + "/a") + " " * 5_000)
    site.page("/news", listing("/b") + " " * 8_000)
    site.xml("/map", urlset(site.url + "/c") + " " * 20_000)
    result = night.run(
        source(
            site,
            feeds=(Feed(site.url + "/feed"),),
            sitemaps=(Sitemap(site.url + "/map"),),
            listings=(Listing(site.url + "/news"),),
        )
    )
    told = {url: (e.outcome, e.reason) for url, e in night.frontier.documents.items()}
    assert told[site.url + "/feed"] == (Outcome.REFUSED, "larger than 5000 bytes")
    assert told[site.url + "/news"] == (Outcome.REFUSED, "larger than 8000 bytes")
    assert told[site.url + "/map"] == (Outcome.FETCHED, None)
    assert set(night.frontier.pages) == {site.url + "/c"}
    assert result["s"].state == "ok"


def test_a_document_that_takes_long_to_read_holds_up_neither_the_others_nor_the_end(
    site: LoopbackSite, night: Night, monkeypatch: pytest.MonkeyPatch
) -> None:
    released, stop = threading.Event(), threading.Event()

    def hang(body: bytes, url: str) -> SitemapContent:
        del body, url
        released.wait(60)
        return SitemapContent()

    monkeypatch.setattr("crawler.spiders.source_discovery.sitemap_files.read_sitemap", hang)
    site.xml("/map", urlset())
    slow = source(site, id="slow", sitemaps=(Sitemap(site.url + "/map"),))
    with LoopbackSite() as other:

        def last(asked: Asked) -> Answer:
            stop.set()
            return Answer(b"not here", 404)

        other.answer("/a", last)
        result = night.run(slow, replace(fed(other, "/a"), id="quick"), stop=stop)
        assert "/a" in other.paths()
    assert "slow" not in result
    assert not released.is_set()
    released.set()


def test_a_document_that_is_not_read_in_time_is_refused(
    site: LoopbackSite, night: Night, monkeypatch: pytest.MonkeyPatch
) -> None:
    released = threading.Event()

    def hang(body: bytes, url: str) -> SitemapContent:
        del body, url
        released.wait(60)
        return SitemapContent()

    monkeypatch.setattr("crawler.spiders.source_discovery.sitemap_files.read_sitemap", hang)
    monkeypatch.setattr("crawler.spiders.news.Offloader", lambda: Offloader(seconds=0.05))
    site.xml("/map", urlset())
    night.run(source(site, sitemaps=(Sitemap(site.url + "/map"),)))
    released.set()
    told = night.frontier.documents[site.url + "/map"]
    assert (told.outcome, told.reason) == (Outcome.REFUSED, "not read within 0 s")


def test_the_time_of_a_source_bounds_its_discovery(
    site: LoopbackSite, night: Night, caplog: pytest.LogCaptureFixture
) -> None:
    night.seconds_per_source = 0.0
    night.run(fed(site, "/a"))
    assert "/feed" not in site.paths()
    assert f"discovery_out_of_time s {site.url}/feed" in caplog.messages


def test_discovery_leaves_time_for_the_pages(
    site: LoopbackSite, night: Night, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crawler.spiders.news.DISCOVERY_SHARE", 0.0)
    site.page("/a", article())
    partner = fed(site, "/a")
    night.frontier.add("s", Link(site.url + "/a"))
    night.run(partner)
    assert "/feed" not in site.paths()
    assert night.outcome(site.url + "/a") is Outcome.FETCHED
