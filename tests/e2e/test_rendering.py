"""Sources with `render`: from the shell of an application to the record, by the cheapest way."""

from __future__ import annotations

import json
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from warcio.archiveiterator import (
    ArchiveIterator as WarcioIterator,
)

from crawler.rendering.browser_renderer import BrowserRenderer, RenderFailed
from crawler.rendering.chromium import Chromium, find_chromium
from crawler.rendering.processes import memory, process_tree
from crawler.rendering.protocol import RenderResult
from indexer.frontier.port import Response
from tests.e2e.newsroom import BODY, NIGHTS, article, feed
from tests.e2e.world import SECONDS, World, source
from tests.loopback.site import Answer, LoopbackSite

SHELL = """<!doctype html><html lang="de"><head><meta charset="utf-8">\
<title>Landesportal</title>{head}</head>
<body><noscript>Bitte schalten Sie JavaScript ein.</noscript><div id="root"></div>{data}
<div class="consent"><p>Wir verwenden Cookies.</p>\
<button onclick="agreed()">Alle akzeptieren</button>
<button onclick="this.parentNode.remove()">Alle ablehnen</button></div>
<script src="/static/app.js"></script></body></html>"""
APP = b"""const name = location.pathname.split('/').pop();
fetch('/api/' + name).then(r => r.json()).then(news => {
  document.title = news.title + ' | Landesportal';
  document.getElementById('root').innerHTML = `<header><a href="/">Landesportal</a></header>\
<main><article>
    <h1>${news.title}</h1>\
<time datetime="${news.date}">${news.date}</time>${news.body}</article></main>`;
  fetch('/private/count').catch(() => 0);
});"""

ENDLESS = b"""while (true) {
  const asked = new XMLHttpRequest();
  asked.open('GET', '/api/never', false);
  try { asked.send(); } catch {}
}"""


def news(subject: str) -> dict[str, str]:
    paragraphs = BODY.format(subject=subject).split("\n\n")
    return {
        "title": f"{subject} im Norden der Region",
        "date": "2026-02-27",
        "body": "".join(f"<p>{' '.join(p.split())}</p>" for p in paragraphs),
    }


class Portal:
    """A site that is an application, and an installation that reads it."""

    def __init__(self, folder: Path, site: LoopbackSite) -> None:
        self.world = World(folder)
        self.site = site
        site.text("/robots.txt", "User-agent: *\nDisallow: /private\n")
        site.put("/static/app.js", APP, "text/javascript")
        site.put("/api/shell", json.dumps(news("Kupfererz")).encode(), "application/json")
        state = json.dumps({"page": news("Lithium")})
        pages = {
            "shell": SHELL.format(head="", data=""),
            "data": SHELL.format(
                head="", data=f'<script id="__NEXT_DATA__" type="application/json">{state}</script>'
            ),
            "amp": SHELL.format(head='<link rel="amphtml" href="/amp/amp">', data=""),
            "plain": article("Zink aus dem Süden", "Zink"),
        }
        self.pages = {name: site.page(f"/news/{name}", html) for name, html in pages.items()}
        site.page("/amp/amp", article("Gold im Osten", "Gold"))
        site.xml("/feed.xml", feed(list(self.pages.values())))

    def configure(self, render: str, **crawler: str) -> None:
        entry = source(
            "portal", self.site.url, feeds=[{"url": f"{self.site.url}/feed.xml"}], render=render
        )
        self.world.configure([entry], crawler=crawler)

    def run(self, night: int, *options: str) -> dict[str, object]:
        ended = self.world.radar("run", "--json", "--now", NIGHTS[night].isoformat(), *options)
        assert ended.code == 0, ended.err
        return ended.summary

    def outcomes_of_run(self, run: int) -> dict[str, tuple[str, str | None]]:
        """Outcome and reason of each page."""
        query = "select url, outcome, reason from visit where run = ? and kind = 'page'"
        names = {url: name for name, url in self.pages.items()}
        return {names[u]: (outcome, reason) for u, outcome, reason in self.world.rows(query, run)}

    def titles(self) -> dict[str, str]:
        return {
            hit["url"].rpartition("/")[2]: hit["title"]
            for hit in self.world.radar("search", "*", "--limit", "0", "--json").lines
        }


@pytest.fixture
def portal(tmp_path: Path) -> Iterator[Portal]:
    with LoopbackSite() as site:
        yield Portal(tmp_path, site)


def test_each_page_by_the_cheapest_way_to_its_text(portal: Portal) -> None:
    if find_chromium(None).program is None:
        pytest.skip("needs Chromium: apt-get install chromium")
    portal.configure("auto")
    assert portal.run(0)["outcomes"] == {"new": 4}
    assert portal.outcomes_of_run(1) == {
        "shell": ("new", "rendered by a browser"),
        "data": ("new", "read from the data in the page"),
        "amp": ("new", "read from its AMP version"),
        "plain": ("new", None),
    }
    assert portal.titles() == {
        "shell": "Kupfererz im Norden der Region",
        "data": "Lithium im Norden der Region",
        "amp": "Gold im Osten",
        "plain": "Zink aus dem Süden",
    }
    shown = portal.world.radar("show", portal.pages["shell"], "--json").summary
    assert (shown["kind"], shown["published"]) == ("article", "2026-02-27")
    assert shown["text"].startswith("Das Bergwerk im Norden der Region fördert seit vier Jahren")
    assert "Cookies" not in shown["text"]
    paths = portal.site.paths()
    assert len(paths) == len(set(paths))
    assert "/private/count" not in paths
    assert {a.headers["user-agent"] for a in portal.site.asked} == {
        "Rohstoffradar/0.1.0 (+tests@example.org)"
    }

    # Both are archived: the answer, and what was made of it; the latter is what is read.
    kinds: dict[str, list[str]] = {}
    for path in (portal.world.home / "archive").glob("*.warc.gz"):
        with path.open("rb") as file:
            for record in WarcioIterator(file):
                url = record.rec_headers["WARC-Target-URI"]
                kinds.setdefault(url, []).append(record.rec_type)
    assert kinds[portal.pages["shell"]] == ["response", "conversion"]
    assert kinds[portal.pages["plain"]] == ["response"]

    # The next night nothing has changed; then the text has, though the shell has not.
    assert portal.run(1, "--all")["outcomes"] == {"unchanged": 4}
    changed = news("Kupfererz") | {"body": news("Kupfererz")["body"] + "<p>Die Bahn hilft.</p>"}
    portal.site.put("/api/shell", json.dumps(changed).encode(), "application/json")
    assert portal.run(2, "--all")["outcomes"] == {"changed": 1, "unchanged": 3}


def test_an_article_that_the_feed_gives_whole_needs_no_browser(portal: Portal) -> None:
    told = news("Wolfram")
    body = told["body"] + f"<p>{'Die Kammer hat den Bericht gestern vorgestellt. ' * 10}</p>"
    page = portal.site.page("/news/fed", SHELL.format(head="", data=""))
    rss = feed([page]).replace("Meldung 0", told["title"])
    whole = rss.replace("<item>", f"<item><content:encoded><![CDATA[{body}]]></content:encoded>")
    named = '<rss xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    portal.site.xml("/feed.xml", whole.replace("<rss ", named))
    portal.pages = {"fed": page}
    portal.configure("auto")
    assert portal.run(0)["outcomes"] == {"new": 1}
    assert portal.outcomes_of_run(1) == {"fed": ("new", "read from its feed")}
    assert "/static/app.js" not in portal.site.paths()
    shown = portal.world.radar("show", page, "--json").summary
    assert (shown["title"], shown["published"]) == (told["title"], "2026-02-27")
    assert shown["text"].endswith("Die Kammer hat den Bericht gestern vorgestellt.")
    assert portal.run(1, "--all")["outcomes"] == {"unchanged": 1}


def test_a_tried_page_is_completed_as_its_source_says(portal: Portal) -> None:
    def try_page(name: str, *options: str) -> tuple[str, str]:
        ended = portal.world.radar("try", portal.pages[name], "--json", *options)
        assert ended.code == 0, ended.err
        return ended.lines[0]["title"], ended.err.strip()

    portal.configure("never")
    assert try_page("data") == ("Lithium im Norden der Region", "")
    assert try_page("shell") == ("Landesportal", "")
    portal.configure("auto")
    assert try_page("data") == ("Lithium im Norden der Region", "read from the data in the page")
    assert try_page("amp") == ("Gold im Osten", "read from its AMP version")
    assert try_page("plain") == ("Zink aus dem Süden", "")
    assert "/static/app.js" not in portal.site.paths()
    assert not portal.world.home.exists()
    ended = portal.world.radar("try", __file__, "--render")
    assert (ended.code, "--render goes with an address" in ended.err) == (2, True)
    portal.configure("never", chromium="no-such-program")
    missing = "not rendered: crawler.chromium: there is no program no-such-program"
    assert try_page("shell", "--render") == ("Landesportal", missing)


def test_a_tried_page_is_rendered(portal: Portal) -> None:
    if find_chromium(None).program is None:
        pytest.skip("needs Chromium: apt-get install chromium")
    portal.world.configure([])  # the address is no source's
    ended = portal.world.radar("try", portal.pages["shell"], "--json", "--render")
    assert (ended.code, ended.err.strip()) == (0, "rendered by a browser")
    assert ended.lines[0]["title"] == "Kupfererz im Norden der Region"
    assert portal.site.paths().count("/news/shell") == 1
    assert "/private/count" not in portal.site.paths()
    assert not portal.world.home.exists()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_a_run_that_ends_in_the_middle_of_a_page_leaves_no_browser(
    portal: Portal, number: signal.Signals
) -> None:
    if find_chromium(None).program is None:
        pytest.skip("needs Chromium: apt-get install chromium")
    portal.configure("always")
    # As endless as an empty loop, which would keep a core for itself: each request is waited for.
    portal.site.put("/static/app.js", ENDLESS, "text/javascript")
    portal.site.answer("/api/never", Answer(delay=120))
    run = portal.world.start("run", "--now", NIGHTS[0].isoformat())
    until = time.monotonic() + 120
    while "/static/app.js" not in portal.site.paths() and time.monotonic() < until:
        time.sleep(0.05)
    processes = process_tree(run.pid)
    assert len(processes) > 4
    run.send_signal(number)
    asked = time.monotonic()
    run.communicate(timeout=SECONDS)
    assert run.returncode == (143 if number == signal.SIGTERM else -number)
    assert time.monotonic() - asked < 100  # it did not wait for the answer
    until = time.monotonic() + 120
    while memory(processes) and time.monotonic() < until:
        time.sleep(0.05)
    assert memory(processes) == 0
    # What was in flight is still due.
    assert not portal.world.rows("select url from visit where kind = 'page'")


def test_without_a_browser_pages_are_read_as_they_were_fetched(portal: Portal) -> None:
    portal.configure("auto", chromium="/nowhere/chromium")
    checked = portal.world.radar("check")
    assert checked.code == 1
    assert "there is no program /nowhere/chromium; pages of portal stay as fetched" in checked.out
    portal.run(0)
    told = portal.outcomes_of_run(1)
    assert (
        told["shell"][1] == "not rendered: crawler.chromium: there is no program /nowhere/chromium"
    )
    assert told["data"] == ("new", "read from the data in the page")
    assert told["amp"] == ("new", "read from its AMP version")
    assert told["plain"] == ("new", None)
    assert "/static/app.js" not in portal.site.paths()
    portal.configure("never", chromium="/nowhere/chromium")
    assert "rendering" not in portal.world.radar("check").out
    portal.run(1, "--all")
    assert {reason for _, reason in portal.outcomes_of_run(2).values()} == {None}


def test_a_night_whose_browser_fails_takes_no_text_away_and_asks_again_the_next_night(
    portal: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("radar.stages.crawl", "radar.trial.page_source"):
        monkeypatch.setattr(f"{module}.find_chromium", lambda _: Chromium("/browser"))
    rendered = {"known": "Kupfererz", "late": "Nickelerz"}
    browser = _Browser({name: article(told, told) for name, told in rendered.items()})
    monkeypatch.setattr(BrowserRenderer, "render", browser.render)
    shell = SHELL.format(head="", data="")
    portal.pages = {n: portal.site.page(f"/news/{n}", shell, etag='"shell"') for n in rendered}
    watch = {"id": "all", "name": "All", "query": "Bergwerk", "channels": ["feed"]}
    entry = source(
        "portal", portal.site.url, feeds=[{"url": f"{portal.site.url}/feed.xml"}], render="auto"
    )
    portal.world.configure([entry], [watch])

    portal.site.xml("/feed.xml", feed([portal.pages["known"]]))
    assert portal.run(0)["outcomes"] == {"new": 1}

    portal.site.xml("/feed.xml", feed(list(portal.pages.values())))
    browser.failure = "took longer than 25 s"
    told = portal.run(1)
    assert told["outcomes"] == {"quarantined": 2}
    failed = ("quarantined", "not rendered: took longer than 25 s")
    assert portal.outcomes_of_run(2) == {"known": failed, "late": failed}
    assert told["problems"] == []
    assert portal.titles() == {"known": "Kupfererz"}
    assert portal.world.rows("select state from source") == [("ok",)]
    tried = portal.world.radar("try", portal.pages["known"], "--json")
    assert (tried.lines[0]["title"], tried.err.strip()) == ("Landesportal", failed[1])

    browser.failure = None
    assert portal.run(2)["outcomes"] == {"new": 1, "unchanged": 1}
    assert portal.titles() == rendered
    # News is told as such, and what was there all the time is not.
    query = "select m.run, d.url from match m join document d on d.id = m.document where m.run > 1"
    assert portal.world.rows(query) == [(3, portal.pages["late"])]
    asked = [a for a in portal.site.asked if a.path.startswith("/news/")]
    assert len(asked) == 6
    assert all("if-none-match" not in a.headers for a in asked)


class _Browser:
    """Renders each page by the last part of its address, until it fails."""

    def __init__(self, pages: dict[str, str]) -> None:
        self.pages = pages
        self.failure: str | None = None

    async def render(self, response: Response, **_: object) -> RenderResult:
        if self.failure is not None:
            raise RenderFailed(self.failure)
        return RenderResult(html=self.pages[response.url.rpartition("/")[2]])
