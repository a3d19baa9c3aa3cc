"""Every page address of a run ends in exactly one outcome; a small site has all of them."""

from __future__ import annotations

import gzip
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

import pytest

from tests.e2e.newsroom import NIGHTS, article, feed, html_page
from tests.e2e.world import Ended, World, source
from tests.loopback.site import Answer, LoopbackSite

KEYS = [
    "run",
    "started",
    "finished",
    "outcomes",
    "discovery",
    "sources",
    "revisions",
    "indexed",
    "matches",
    "sent",
]
WORD = "Antimonglanz"
"""Stands on the pages whose fate in search and watch is looked at."""

CONSENT = (
    "<h1>Ihre Privatsphäre</h1><p>Wir verwenden Cookies. Wir und unsere Partner verarbeiten "
    "personenbezogene Daten auf Grundlage Ihrer Einwilligung. Datenschutzeinstellungen und "
    "Cookie-Einstellungen ändern Sie jederzeit.</p>"
    f"<p>{WORD}</p><button>Alle akzeptieren</button> <button>Notwendige Cookies</button>"
)
PAID = f"""<article><h1>Förderung von {WORD} steigt</h1><p class="byline">Von Karla Brandt</p>
<p>Das Bergwerk im Norden der Region fördert wieder {WORD}. Die Leitung hat am Montag Zahlen \
vorgelegt.</p>
<div class="paywall"><h2>Dieser Inhalt ist nur für Abonnenten</h2>\
<p>Jetzt weiterlesen mit Revierbote Plus. Sie haben bereits ein Abo?</p>
<button>Jetzt Abo abschließen</button></div></article>"""


def listing(base: str) -> str:
    """An overview page: headlines with their dates, and a line above them."""
    headlines = [
        f"{what} wird im {where} erneuert"
        for what in ("Schacht", "Pumpwerk", "Gleis", "Bohrturm")
        for where in ("Westfeld", "Nordfeld", "Südfeld")
    ]
    entries = "".join(
        f'<div class="views-row"><span class="date">{n + 10}.02.2026</span>'
        f'<h2><a href="{base}/n/eintrag-{n}">{escape(headline)}</a></h2></div>'
        for n, headline in enumerate(headlines)
    )
    return html_page(
        "Alle Meldungen",
        f"<h1>Alle Meldungen</h1><p>Alles zu {WORD} und zum Bergbau.</p>{entries}",
    )


@dataclass
class Newspaper:
    """The world after its nights."""

    world: World
    site: LoopbackSite
    nights: list[Ended] = field(default_factory=list)
    asked: list[list[str]] = field(default_factory=list)

    def night(self, *options: str) -> None:
        """Run once more."""
        self.site.asked.clear()
        moment = NIGHTS[len(self.nights)].isoformat()
        self.nights.append(self.world.radar("run", "--json", "--now", moment, *options))
        self.asked.append(self.site.paths())

    def outcomes(self, night: int) -> dict[str, str]:
        """Path → outcome."""
        found = self.world.outcomes(night)
        return {url.removeprefix(self.site.url): outcome for url, outcome in found.items()}

    def documents(self) -> dict[str, str]:
        """Path → kind of page, of every document."""
        shown = self.world.radar("show", "--all", "--json").lines
        return {d["url"].removeprefix(self.site.url): d["kind"] for d in shown}

    def hits(self, query: str) -> set[str]:
        """Paths that a search finds."""
        found = self.world.radar("search", query, "--limit", "0", "--json").lines
        return {hit["url"].removeprefix(self.site.url) for hit in found}

    def matches(self) -> list[tuple[str, int]]:
        """Path and run of every match."""
        found = self.world.radar("watch", "matches", "antimony", "--json").lines
        return [(m["url"].removeprefix(self.site.url), m["run"]) for m in found]


FIRST = {
    "/n/plain": "new",
    "/n/tagged": "new",
    "/n/edited": "new",
    "/n/vanishes": "new",
    "/n/moves": "new",
    "/n/foreign": "new",
    "/n/own-home": "new",
    "/n/original": "new",
    "/n/copy": "duplicate",
    "/n/detour": "duplicate",
    "/n/detour-to-unlisted": "new",
    "/n/wall": "consent-wall",
    "/n/nothing": "soft-404",
    "/n/paid": "paywalled",
    "/n/topics": "new",
    "/n/latin": "new",
    "/n/hidden": "robots",
    "/n/never": "http-error",
    "/n/broken": "http-error",
    "/n/loop": "refused",
    "/n/abroad": "refused",
    "/n/picture": "refused",
    "/n/huge": "refused",
    "/n/bomb": "refused",
    "/n/empty": "quarantined",
}


def build(site: LoopbackSite) -> None:
    """What stands on the site on the first night."""
    base = site.url
    site.text("/robots.txt", "User-agent: *\nDisallow: /n/hidden\n")
    for path in ("plain", "vanishes", "edited"):
        site.page(f"/n/{path}", article(f"Meldung {path} aus dem Revier"))
    site.page("/n/tagged", article("Meldung mit Marke"), etag='"1"')
    site.page("/n/moves", article("Umzug der Meldung", f"Kupfer und {WORD}"))
    site.page("/n/foreign", article("Übernommene Meldung", canonical="https://agentur.example/77"))
    site.page("/n/own-home", article("Falsch verwiesene Meldung", canonical=base + "/"))
    site.page("/n/original", article("Das Original", "Blei", canonical=base + "/n/original"))
    copy = article("Das Original", "Blei", canonical="/n/original?utm_source=feed")
    site.page("/n/copy", copy.replace("Das Original", "Die Kopie"))
    site.redirect("/n/detour", "/n/plain", 301)
    site.redirect("/n/detour-to-unlisted", "/n/unlisted", 302)
    site.page("/n/unlisted", article("Nicht verzeichnete Meldung", "Zinn"))
    site.page("/n/wall", html_page("Ihre Privatsphäre", CONSENT))
    missing = f"<h1>Seite nicht gefunden</h1><p>Die angeforderte Seite {WORD} gibt es nicht.</p>"
    site.page("/n/nothing", html_page("Seite nicht gefunden", missing))
    site.page("/n/paid", html_page(f"Förderung von {WORD} steigt", PAID))
    site.page("/n/topics", listing(base))
    latin = article("Größere Öfen für Thüringen", "Mangan").replace("utf-8", "iso-8859-1")
    site.put("/n/latin", latin.encode("cp1252"), "text/html")
    site.page("/n/hidden", article("Verborgen"))
    site.answer("/n/broken", Answer(b"<html>oops</html>", 500, {"Content-Type": "text/html"}))
    site.redirect("/n/loop", "/n/loop2")
    site.redirect("/n/loop2", "/n/loop")
    site.redirect("/n/abroad", "http://127.0.0.1:1/elsewhere")
    site.put("/n/picture", b"\x89PNG\r\n\x1a\n" + bytes(64), "image/png")
    site.put("/n/huge", b"<html><body>" + b"<p>text</p>" * 1_000_000, "text/html")
    bomb = gzip.compress(b"<html><body>" + bytes(64 << 20), mtime=0)
    site.put("/n/bomb", bomb, "text/html", Content_Encoding="gzip")
    site.put("/n/empty", b"   \n", "text/html")
    site.xml("/feed", feed([base + path for path in FIRST]))


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newspaper]:
    world = World(tmp_path_factory.mktemp("newspaper"))
    with LoopbackSite() as site:
        build(site)
        world.configure(
            [source("bote", site.url + "/", feeds=[{"url": site.url + "/feed"}])],
            [{"id": "antimony", "name": "Antimon", "query": WORD, "channels": ["feed"]}],
        )
        paper = Newspaper(world, site)
        paper.night()
        # Second night: what can happen to a known page.
        site.page("/n/edited", article("Meldung edited aus dem Revier", more=["Nachtrag: Ofen."]))
        del site.answers["/n/vanishes"]
        site.redirect("/n/moves", "/n/moved", 301)
        site.page("/n/moved", article("Umzug der Meldung", f"Kupfer und {WORD}"))
        paper.night()
        paper.night("--all")
        # Fourth night: the site is overloaded from the first page on.
        for path in [path for path in site.answers if path.startswith("/n/")]:
            site.answer(path, Answer(b"no", 429, {"Content-Type": "text/plain"}))
        paper.night("--all")
        yield paper


def test_the_first_night(paper: Newspaper) -> None:
    assert paper.outcomes(1) == FIRST
    assert paper.nights[0].code == 0  # single pages don't count
    summary = paper.nights[0].summary
    assert summary["outcomes"] == dict(sorted(Counter(FIRST.values()).items()))
    assert summary["sources"]["bote"]["outcomes"] == summary["outcomes"]
    assert summary["discovery"] == {"fetched": 2}  # robots.txt and the feed


def test_the_summary_has_the_keys_of_the_contract(paper: Newspaper) -> None:
    for ended in paper.nights:
        summary = ended.summary
        assert list(summary)[: len(KEYS)] == KEYS
        assert set(summary) >= {*KEYS, "rejected", "removed", "seconds", "bytes", "problems"}
        keys = {"state", "reason", "outcomes", "seconds", "bytes"}
        assert all(set(s) == keys for s in summary["sources"].values())
        total: Counter[str] = Counter()
        for told in summary["sources"].values():
            total.update(told["outcomes"])
        assert dict(total) == summary["outcomes"]


def test_each_page_is_asked_for_once(paper: Newspaper) -> None:
    for paths in paper.asked[:2]:
        twice = {path: n for path, n in Counter(paths).items() if n > 1}
        # A hiccup (500) is asked once more.
        assert twice in ({"/n/broken": 2}, {})


def test_reasons_are_recorded(paper: Newspaper) -> None:
    rows = paper.world.rows("select url, reason from visit where run = 1 and kind = 'page'")
    reasons = {url.removeprefix(paper.site.url): reason for url, reason in rows}
    assert reasons["/n/empty"].startswith("empty: ")
    assert reasons["/n/loop"].startswith("redirect loop")
    assert "not the source's" in reasons["/n/abroad"]
    assert reasons["/n/picture"] == "type image/png"
    assert reasons["/n/broken"] == "status 500"
    for path in ("/n/huge", "/n/bomb", "/n/copy", "/n/detour", "/n/hidden"):
        assert reasons[path]


def test_where_documents_stand(paper: Newspaper) -> None:
    documents = paper.documents()
    assert documents.keys() >= {"/n/foreign", "/n/own-home", "/n/original", "/n/unlisted"}
    assert not documents.keys() & {"/n/copy", "/n/detour", "/n/detour-to-unlisted", "/", "/n/wall"}
    shown = paper.world.radar("show", paper.site.url + "/n/foreign", "--json").lines[0]
    assert shown["canonical"] == "https://agentur.example/77"


def test_a_copy_and_a_detour_are_found_by_their_addresses(paper: Newspaper) -> None:
    for path, leads_to in (("/n/copy", "/n/original"), ("/n/detour-to-unlisted", "/n/unlisted")):
        shown = paper.world.radar("show", paper.site.url + path, "--json").lines
        assert [d["url"] for d in shown] == [paper.site.url + leads_to]


def test_what_is_indexed_and_what_is_matched(paper: Newspaper) -> None:
    documents = paper.documents()
    assert documents["/n/topics"] in ("listing", "not-an-article")
    assert documents["/n/paid"] == "paywalled"
    assert paper.hits(WORD) == {"/n/moved", "/n/paid"}
    assert "/n/topics" in paper.hits(f"{WORD} AND (kind:listing OR kind:not-an-article)")
    assert sorted(paper.matches()) == [("/n/moves", 1), ("/n/paid", 1)]


def test_declared_charset_is_read(paper: Newspaper) -> None:
    assert paper.hits("Thüringen") == {"/n/latin"}


def test_the_second_night(paper: Newspaper) -> None:
    second = paper.outcomes(2)
    assert second["/n/plain"] == "unchanged"
    assert second["/n/tagged"] == "not-modified"
    assert second["/n/edited"] == "changed"
    assert second["/n/vanishes"] == "http-error"
    assert second["/n/moves"] == "moved"
    assert second["/n/detour"] == "duplicate"
    assert second["/n/paid"] == "paywalled"
    assert second["/n/never"] == "http-error"
    assert sum(paper.nights[1].summary["outcomes"].values()) == len(second)


def test_a_moved_page_is_no_news(paper: Newspaper) -> None:
    assert paper.nights[1].summary["matches"] == 0


def test_gone_is_said_the_second_time_of_known_pages_only(paper: Newspaper) -> None:
    third = paper.outcomes(3)
    assert third["/n/vanishes"] == "gone"
    assert third["/n/never"] == "http-error"
    shown = paper.world.radar("show", paper.site.url + "/n/vanishes", "--json").lines[0]
    assert shown["last_outcome"] == "gone"
    assert "/n/vanishes" in paper.hits("vanishes")


def test_an_overloaded_site_is_left_alone(paper: Newspaper) -> None:
    ended = paper.nights[3]
    assert ended.code == 1
    assert ended.summary["sources"]["bote"]["state"] == "blocked"
    assert "429" in ended.summary["sources"]["bote"]["reason"]
    fourth = paper.outcomes(4)
    assert Counter(fourth.values())["blocked"] == 1
    assert len(fourth) < len(paper.outcomes(3))
    asked = [path for path in paper.asked[3] if path.startswith("/n/")]
    assert len(asked) == 1
    assert set(asked) <= fourth.keys()


def test_outcomes_add_up_in_every_run(paper: Newspaper) -> None:
    for number, ended in enumerate(paper.nights, start=1):
        assert ended.summary["run"] == number
        assert (
            dict(sorted(Counter(paper.outcomes(number).values()).items()))
            == (ended.summary["outcomes"])
        )


def test_sources_show_the_last_run(paper: Newspaper) -> None:
    told = paper.world.radar("sources", "--json").lines
    assert [t["id"] for t in told] == ["bote"]
    assert told[0]["state"] == "blocked"
    assert told[0]["last_run"]["outcomes"] == paper.nights[3].summary["outcomes"]
    assert told[0]["newest"] == "2026-02-27"


def test_the_database_holds_no_loose_ends(paper: Newspaper) -> None:
    assert paper.world.rows("pragma foreign_key_check") == []
    assert paper.world.rows(
        "select count(*) from visit where outcome = 'fetched' and kind = 'page'"
    ) == [(0,)]
    assert paper.world.rows("select count(*) from fetch where state = 'pending'") == [(0,)]
    assert paper.world.rows(
        "select count(*) from document where indexed < revision and rejected is null and "
        "moved_to is null"
    ) == [(0,)]
    assert paper.world.rows(
        "select count(*) from document where moved_to is not null and indexed > 0"
    ) == [(0,)]
    assert Path(paper.world.home / "feeds" / "antimony.atom").is_file()
