"""One site that has every kind of discovery, crawled over two nights, and what its readers then
see.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from tests.e2e.newsroom import NIGHTS, article, feed, html_page
from tests.e2e.world import World, source
from tests.loopback.site import Answer, Asked, LoopbackSite, gzipped

API_TEXT = (
    "<p>Das Ministerium hat am Montag die Antimonvorkommen im Süden des Landes vermessen "
    "lassen.</p>"
    "<p>Die Arbeiten sollen bis zum Herbst dauern, sagte der Sprecher. Beteiligt sind drei "
    "Institute aus Freiberg.</p>"
)


class Site:
    """The site, and the addresses by what leads to them."""

    def __init__(self, site: LoopbackSite, mirror: LoopbackSite) -> None:
        self.site = site
        self.mirror = mirror
        self._feeds()
        self._listings()
        self._calendars()
        self._api()
        self._variants()

    def url(self, path: str) -> str:
        return self.site.url + path

    def _page(self, path: str, title: str, subject: str, **more: str) -> None:
        self.site.page(path, article(title, subject, **more))

    def _feeds(self) -> None:
        self._page("/rss/eins", "Zinn aus dem Feed", "Zinnerz")
        self.site.put(
            "/rss", feed([self.url("/rss/eins")]).encode(), "text/html; charset=iso-8859-1"
        )
        self._page("/json/eins", "Kobalt aus dem Feed", "Kobalterz")
        items = [{"id": "1", "url": self.url("/json/eins"), "title": "Kobalt"}]
        body = {"version": "https://jsonfeed.org/version/1.1", "title": "J", "items": items}
        self.site.put("/feed.json", json.dumps(body).encode(), "text/plain")
        self._page("/karte/eins", "Nickel aus der Sitemap", "Nickelerz")
        urlset = (
            "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><url>"
            f"<loc>{self.url('/karte/eins')}</loc></url></urlset>"
        )
        self.site.put("/seiten.xml.gz", gzipped(urlset), "application/gzip")
        index = (
            "<sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><sitemap>"
            f"<loc>{self.url('/seiten.xml.gz')}</loc></sitemap></sitemapindex>"
        )
        self.site.xml("/sitemap.xml", index)

    def _listings(self) -> None:
        names = ("Wolfram aus Sachsen", "Gallium wird knapp", "Messe im Herbst")
        for number, name in enumerate(names):
            self._page(f"/presse/m-{number}", name, f"Erz der Sorte {number}")
        entries = [
            (
                f'<div class="teaser"><span>0{4 - n}.02.2026</span><div>'
                f'<a href="/presse/m-{n}">{name}</a></div></div>'
            )
            for n, name in enumerate(names)
        ]
        button = '<button class="load-more" data-url="/presse/mehr?seite=2">Mehr laden</button>'
        self.site.page(
            "/presse", html_page("Presse", f'<div class="list">{"".join(entries)}</div>{button}')
        )
        self._page("/presse/m-3", "Aus dem Nachladen", "Bleierz")
        more = {
            "html": '<h3><a href="/presse/m-3">Aus dem Nachladen geholt</a></h3>',
            "more": False,
        }
        self.site.put("/presse/mehr?seite=2", json.dumps(more).encode(), "application/json")

    def _calendars(self) -> None:
        self._page("/termine/forum", "Rohstoffforum in Freiberg", "Lithiumerz")
        self.site.put(
            "/termine.ics", _calendar(f"URL:{self.url('/termine/forum')}"), "text/calendar"
        )
        self.site.put(
            "/treffen.ics", _calendar("CATEGORIES:x", name="Stammtisch Bergbau"), "text/plain"
        )

    def _api(self) -> None:
        def listed(asked: Asked) -> Answer:
            assert asked.headers["accept-language"] == "de"
            page = int(asked.path.rpartition("=")[2])
            items = [
                {"id": 10 * page + n, "title": f"Antimon {page}{n}", "day": f"2026-02-2{n}"}
                for n in (1, 2)
            ]
            return Answer(
                json.dumps(items if page < 3 else []).encode(),
                headers={"Content-Type": "application/json"},
            )

        def told(asked: Asked) -> Answer:
            assert asked.headers["accept-language"] == "de"
            number = asked.path.rpartition("/")[2]
            item = {
                "id": int(number),
                "title": f"Antimon {number}",
                "body": API_TEXT + f"<p>Bericht {number}.</p>",
            }
            return Answer(json.dumps(item).encode(), headers={"Content-Type": "application/json"})

        for page in (1, 2, 3):
            self.site.answer(f"/api/news?page={page}", listed)
            for n in (1, 2):
                self.site.answer(f"/api/news/{10 * page + n}", told)

    def _variants(self) -> None:
        self._page("/2026/02/27/kupfer-im-norden", "Kupfer im Norden", "Kupfererz")
        self._page("/2026/02/27/kupfer-im-norden/amp", "Kupfer im Norden", "Kupfererz")
        self._page("/sonder/print", "Silber im Norden", "Silbererz")
        self._page("/sonder", "Silber im Norden", "Silbererz")
        self.mirror.page("/rss/eins", article("Zinn aus dem Feed", "Zinnerz"))
        self.site.page("/de/blei", _version("de", "Blei aus Altbatterien", "/en/lead", "en"))
        self.site.page("/en/lead", _version("en", "Lead from old batteries", "/de/blei", "de"))
        variants = [
            "/2026/02/27/kupfer-im-norden",
            "/2026/02/27/kupfer-im-norden/amp",
            "/sonder/print",
            "/sonder",
            "/de/blei;jsessionid=AB12",
            "/de/blei?utm_source=x",
            "/en/lead",
        ]
        addresses = [*map(self.url, variants), self.mirror.url + "/rss/eins"]
        self.site.xml("/varianten.rss", feed(addresses))

    def configuration(self) -> dict[str, object]:
        api = {
            "list": self.url("/api/news?page={page}"),
            "items": "*",
            "url": self.url("/portal/{id}?lang=de"),
            "title": "title",
            "published": "day",
            "headers": {"Accept-Language": "de"},
            "detail": self.url("/api/news/{id}"),
            "page": {"html": "body", "title": "title", "lang": "de"},
        }
        return source(
            "alles",
            self.site.url,
            languages=["de", "en"],
            hosts=[self.mirror.url.removeprefix("http://")],
            feeds=[{"url": self.url(path)} for path in ("/rss", "/feed.json", "/varianten.rss")],
            sitemaps=[{"url": self.url("/sitemap.xml")}],
            listings=[{"url": self.url("/presse")}],
            calendars=[{"url": self.url(path)} for path in ("/termine.ics", "/treffen.ics")],
            apis=[api],
        )


def _calendar(line: str, name: str = "Rohstoffforum") -> bytes:
    return (
        f"BEGIN:VCALENDAR\r\nX-WR-CALNAME:{name}\r\nBEGIN:VEVENT\r\nUID:1\r\n"
        "DTSTAMP:20260201T080000Z\r\n"
        f"SUMMARY:{name}\r\nDTSTART;VALUE=DATE:20260312\r\nLOCATION:Freiberg\r\n{line}\r\n"
        "END:VEVENT\r\nEND:VCALENDAR\r\n"
    ).encode()


def _version(lang: str, title: str, other: str, code: str) -> str:
    link = (
        f'<link rel="alternate" hreflang="{code}" href="{other}">'
        '<link rel="alternate" hreflang="x-default" href="/">'
    )
    page = article(title, f"Bleischrott ({lang})").replace('lang="de"', f'lang="{lang}"')
    return page.replace("</head>", f"{link}</head>")


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[World, Site]]:
    with LoopbackSite() as site, LoopbackSite() as mirror:
        made = Site(site, mirror)
        world = World(tmp_path_factory.mktemp("kinds"))
        world.configure([made.configuration()])
        for night in NIGHTS[:2]:
            ended = world.radar("run", "--json", "--now", night.isoformat())
            assert ended.code == 0, ended.err
        yield world, made


def test_every_kind_leads_to_its_pages(crawled: tuple[World, Site]) -> None:
    world, made = crawled
    outcomes = {
        url.removeprefix(made.site.url): outcome for url, outcome in world.outcomes(1).items()
    }
    new = {path for path, outcome in outcomes.items() if outcome == "new"}
    assert new >= {
        *("/rss/eins", "/json/eins", "/karte/eins", "/presse/m-0", "/presse/m-1", "/presse/m-2"),
        *("/presse/m-3", "/termine/forum", "/treffen.ics", "/api/news/11", "/api/news/12"),
        *("/api/news/21", "/api/news/22", "/2026/02/27/kupfer-im-norden", "/sonder", "/de/blei"),
        "/en/lead",
    }
    assert {path: outcome for path, outcome in outcomes.items() if path not in new} == {
        "/sonder/print": "duplicate",
        made.mirror.url + "/rss/eins": "duplicate",
    }
    # The AMP version of a known single page is not asked for at all.
    assert "/2026/02/27/kupfer-im-norden/amp" not in made.site.paths()


def test_a_page_that_an_api_tells_goes_by_its_public_address(crawled: tuple[World, Site]) -> None:
    world, made = crawled
    shown = world.radar("show", made.url("/portal/21?lang=de"), "--json").lines[0]
    assert (shown["url"], shown["title"], shown["lang"]) == (
        made.url("/portal/21?lang=de"),
        "Antimon 21",
        "de",
    )
    assert shown["text"].endswith("Bericht 21.")
    assert "antimony" in {c["id"] for c in shown["commodities"]}
    hits = world.radar("search", "Antimonvorkommen", "--json").lines
    assert {hit["url"] for hit in hits} == {
        made.url(f"/portal/{n}?lang=de") for n in (11, 12, 21, 22)
    }


def test_events_without_a_page_are_known(crawled: tuple[World, Site]) -> None:
    world, made = crawled
    shown = world.radar("show", made.url("/treffen.ics"), "--json").lines[0]
    assert [(e["name"], e["start"]) for e in shown["events"]] == [
        ("Stammtisch Bergbau", "2026-03-12")
    ]
    assert made.site.paths().count("/treffen.ics") == 2  # once a night, for both purposes
    assert world.radar("show", made.url("/termine.ics"), "--json").code == 2


def test_language_versions_know_each_other(crawled: tuple[World, Site]) -> None:
    world, made = crawled
    german, english = (
        world.radar("show", made.url(path), "--json").lines[0] for path in ("/de/blei", "/en/lead")
    )
    assert german["alternates"] == [{"lang": "en", "url": made.url("/en/lead")}]
    assert german["versions"] == [{"lang": "en", "url": made.url("/en/lead"), "id": english["id"]}]
    assert english["versions"][0]["id"] == german["id"]
    everything = {
        line["url"]: line["versions"] for line in world.radar("show", "--all", "--json").lines
    }
    assert everything[made.url("/de/blei")] == german["versions"]
    assert everything[made.url("/rss/eins")] == []


def test_the_second_night_stops_at_what_is_known(crawled: tuple[World, Site]) -> None:
    world, made = crawled
    assert made.site.paths().count("/api/news?page=1") == 2
    assert made.site.paths().count("/api/news?page=2") == 1
    assert made.site.paths().count("/presse/mehr?seite=2") == 1
    assert "new" not in world.outcomes(2).values()
