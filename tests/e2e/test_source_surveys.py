"""`radar sources check` and `radar sources add`: what is asked once, told, and kept nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from radar.configuration.settings import load_settings
from tests.e2e.newsroom import article, feed, html_page
from tests.e2e.world import World, source
from tests.loopback.site import Answer, LoopbackSite

LONG = (
    "Im Revier wird seit dem Frühjahr wieder gefördert, und die Hütte arbeitet mit drei Schichten. "
    * 15
)


@pytest.fixture
def site() -> Iterator[LoopbackSite]:
    with LoopbackSite(robots=None) as site:
        pages = [
            site.page(
                f"/aktuelles/{n}-bericht-aus-der-grube", article(f"Bericht {n} aus der Grube")
            )
            for n in range(4)
        ]
        entries = "".join(
            f'<li><h3><a href="{url}">Bericht {n} aus der Grube im Norden</a></h3></li>'
            for n, url in enumerate(pages)
        )
        site.page("/aktuelles", html_page("Aktuelles", f"<h1>Aktuelles</h1><ul>{entries}</ul>"))
        site.page(
            "/",
            html_page(
                "Start",
                f'<p>{LONG}</p><ul><li><a href="/aktuelles">Aktuelles</a></li></ul>',
                '<link rel="alternate" type="application/rss+xml" href="/rss.xml">'
                '<link rel="alternate" hreflang="ru-RU" href="/ru/">'
                '<meta property="og:site_name" content="Revierbote &amp; Söhne: \'Nord\' ${HOME}">',
            ),
        )
        items = "".join(
            f"<item><title>Bericht {n} aus der Grube</title><link>{url}</link>"
            f"<description>{LONG}</description>"
            f"<pubDate>Sun, 0{n + 1} Nov 2026 08:00:00 +0100</pubDate></item>"
            for n, url in enumerate(pages)
        )
        site.xml(
            "/rss.xml", f'<rss version="2.0"><channel><title>Bote</title>{items}</channel></rss>'
        )
        site.xml(
            "/map.xml",
            "<urlset>"
            + "".join(f"<url><loc>{url}</loc><lastmod>2019-05-01</lastmod></url>" for url in pages)
            + "</urlset>",
        )
        site.text("/robots.txt", f"User-agent: *\nDisallow: /geheim\nSitemap: {site.url}/map.xml\n")
        site.xml("/leer.xml", feed([]))
        site.put("/breit.xml", feed([]).encode() + b" " * (2 << 20), "application/xml")
        site.answer("/wand.xml", Answer(b"<script>x</script>", 202, {"Content-Type": "text/html"}))
        yield site


@pytest.fixture
def world(tmp_path: Path, site: LoopbackSite) -> World:
    world = World(tmp_path)
    world.configure(
        [
            source(
                "bote",
                f"{site.url}/",
                feeds=[
                    {"url": f"{site.url}/rss.xml"},
                    {"url": f"{site.url}/leer.xml", "enabled": False, "reason": "ruht"},
                    {"url": f"{site.url}/wand.xml"},
                    {"url": f"{site.url}/breit.xml"},
                    {"url": f"{site.url}/geheim/rss.xml"},
                ],
                sitemaps=[{"url": f"{site.url}/map.xml"}],
                listings=[{"url": f"{site.url}/aktuelles"}],
            ),
            source(
                "ruhend",
                f"{site.url}/nichts",
                enabled=False,
                reason="sagt nichts",
                languages=["ru"],
            ),
        ]
    )
    return world


def test_every_address_is_asked_once(world: World, site: LoopbackSite) -> None:
    ended = world.radar("sources", "check", "bote", "--json")
    assert ended.code == 1
    told = {line["url"].removeprefix(site.url): line for line in ended.lines}
    assert {
        (path, line["kind"], line["enabled"], line["outcome"]) for path, line in told.items()
    } == {
        ("/", "home", True, "fetched"),
        ("/rss.xml", "feed", True, "fetched"),
        ("/leer.xml", "feed", False, "fetched"),
        ("/wand.xml", "feed", True, "blocked"),
        ("/breit.xml", "feed", True, "refused"),
        ("/geheim/rss.xml", "feed", True, "robots"),
        ("/map.xml", "sitemap", True, "fetched"),
        ("/aktuelles", "listing", True, "fetched"),
    }
    rss = told["/rss.xml"]
    assert (rss["source"], rss["status"], rss["items"], rss["problems"]) == ("bote", 200, 4, [])
    assert (rss["first"], rss["last"]) == ("2026-11-01", "2026-11-04")
    assert (rss["language"], rss["extent"]) == ("de", "full text")
    assert told["/leer.xml"]["problems"] == ["no links to pages"]
    assert told["/wand.xml"]["problems"] == ["challenge page (status 202)"]
    assert told["/breit.xml"]["problems"] == ["larger than 2097152 bytes"]  # as a run says
    assert told["/map.xml"]["problems"] == ["nothing newer than 2019-05-01"]
    assert (told["/aktuelles"]["items"], told["/aktuelles"]["problems"]) == (4, [])
    asked = site.paths()
    assert sorted(asked) == sorted({"/robots.txt", *told} - {"/geheim/rss.xml"})
    assert not world.home.exists()
    people = world.radar("sources", "check", "ruhend")
    assert people.code == 0  # what is not enabled needs nobody
    assert "ruhend: home" in people.out
    assert "status 404" in people.out
    assert world.radar("sources", "check", "botte").code == 2


def test_a_site_becomes_an_entry(world: World, site: LoopbackSite) -> None:
    url = site.url + "/"
    world.configure([source("fern", "https://fern.example/")])
    own = world.config / "sources" / "own.yaml"
    own.write_text(
        "# the desk's own\n" + own.read_text(encoding="utf-8") + "# the end", encoding="utf-8"
    )
    before = own.read_text(encoding="utf-8")
    printed = world.radar("sources", "add", url, "--id", "neu", "--country", "KZ")
    assert printed.code == 0
    assert "not written: with --write" in printed.err
    assert own.read_text(encoding="utf-8") == before
    [entry] = yaml.safe_load(printed.out)
    assert entry["name"] == "Revierbote & Söhne: 'Nord' $ {HOME}"
    assert (entry["id"], entry["country"], entry["languages"]) == ("neu", "KZ", ["de", "ru"])
    assert [feed["url"] for feed in entry["feeds"]] == [f"{url}rss.xml"]
    assert [listing["url"] for listing in entry["listings"]] == [f"{url}aktuelles"]
    assert entry["sections"] is True
    assert "# 4 links, 2026-11-01 to 2026-11-04, de, full text" in printed.out
    assert "languages: [de, ru]  # guessed" in printed.out
    assert "country: KZ\n" in printed.out

    written = world.radar("sources", "add", url, "--id", "neu", "--write", "--json")
    assert (written.code, written.summary["written"]) == (0, str(own))
    assert "not written" not in written.err
    after = own.read_text(encoding="utf-8")
    assert after.startswith(before + "\n\n# Found by")
    added = load_settings(world.config, {}, home=world.home).sources[-1]
    assert (added.id, [f.url for f in added.feeds]) == ("neu", [f"{url}rss.xml"])

    again = world.radar("sources", "add", url, "--write")
    assert again.code == 2
    assert "belongs to the source neu already" in again.err
    same_id = world.radar(
        "sources", "add", f"{url}aktuelles/1-bericht-aus-der-grube", "--id", "neu", "--write"
    )
    assert same_id.code == 2
    assert 'id "neu" occurs twice' in same_id.err
    wrong = world.radar(
        "sources", "add", f"{url}aktuelles/1-bericht-aus-der-grube", "--country", "XX"
    )
    assert wrong.code == 2
    assert "is not a country code" in wrong.err
    assert own.read_text(encoding="utf-8") == after


def test_the_languages_of_feeds_are_those_of_the_entry_too(
    world: World, site: LoopbackSite
) -> None:
    world.configure([source("fern", "https://fern.example/")])
    items = "".join(
        f"<item><title>The smelter of the north reports its results for the year {n}</title>"
        f"<link>{site.url}/aktuelles/{n}-bericht-aus-der-grube</link></item>"
        for n in range(4)
    )
    site.xml("/rss.xml", f'<rss version="2.0"><channel><title>B</title>{items}</channel></rss>')
    [entry] = yaml.safe_load(world.radar("sources", "add", f"{site.url}/").out)
    assert entry["languages"] == ["de", "ru", "en"]


def test_a_feed_that_a_home_page_only_links_to_is_tried(world: World, site: LoopbackSite) -> None:
    world.configure([source("fern", "https://fern.example/")])
    items = "".join(
        f"<item><title>Bericht {n}</title>"
        f"<link>{site.url}/aktuelles/{n}-bericht-aus-der-grube</link></item>"
        for n in range(4)
    )
    del site.answers["/rss.xml"]
    site.xml("/neues/rss", f'<rss version="2.0"><channel><title>B</title>{items}</channel></rss>')
    site.page(
        "/", html_page("Start", f'<p>{LONG}</p><footer><a href="/neues/rss">RSS</a></footer>')
    )
    [entry] = yaml.safe_load(world.radar("sources", "add", f"{site.url}/").out)
    assert [feed["url"] for feed in entry["feeds"]] == [f"{site.url}/neues/rss"]


@pytest.mark.parametrize("link", ["/aktuelles'>Aus dem Revier", "/termine'>Veranstaltungen"])
def test_lists_are_those_that_a_run_reads(world: World, site: LoopbackSite, link: str) -> None:
    """Called so by their address alone, and such of events."""
    world.configure([source("fern", "https://fern.example/")])
    site.answers["/termine"] = site.answers["/aktuelles"]
    site.page("/", html_page("Start", f"<p>{LONG}</p><a href='{link}</a>"))
    [entry] = yaml.safe_load(world.radar("sources", "add", f"{site.url}/").out)
    [listing] = entry["listings"]
    assert listing["url"] == site.url + link.partition("'")[0]


def test_a_site_that_gives_nothing(world: World, site: LoopbackSite) -> None:
    url = site.url
    world.configure([source("fern", "https://fern.example/")])
    missing = world.radar("sources", "add", f"{url}/nirgends")
    assert (missing.code, missing.out) == (1, "")
    assert "status 404" in missing.err
    elsewhere = feed(["https://fern.example/1", "https://fern.example/2"])
    site.xml("/rss.xml", elsewhere)
    for path in ("/map.xml", "/aktuelles"):
        del site.answers[path]
    bare = world.radar("sources", "add", f"{url}/")
    assert bare.code == 1
    [entry] = yaml.safe_load(bare.out)
    assert not {"feeds", "sitemaps", "listings", "sections"} & entry.keys()
    assert "rss.xml: fetched: no link leads to the source, all to fern.example" in bare.out
    assert "/aktuelles: http-error: status 404" in bare.out
    assert world.radar("sources", "add", "ftp://x.example/").code == 2
