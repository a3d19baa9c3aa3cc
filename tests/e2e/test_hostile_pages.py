"""Pages that are broken, hostile or too much: put aside with their reason, and the run goes on."""

from __future__ import annotations

import gzip
from collections.abc import Hashable
from pathlib import Path

import pytest

from crawler.parsers.pool import PagePool
from tests.e2e.newsroom import NIGHTS, article, feed, html_page
from tests.e2e.world import Ended, World, source
from tests.loopback.site import Answer, LoopbackSite

pytestmark = pytest.mark.slow

WORD = "Förderturm"
GOOD = article("Eine Meldung wie jede andere", WORD)


def good(name: str) -> str:
    """A text of its own: the same one under several addresses would be one document."""
    return article(f"Eine Meldung wie jede andere: {name}", WORD)


def pages(site: LoopbackSite) -> dict[str, str]:
    """Put the pages on the site; path → outcome."""
    html = "text/html; charset=utf-8"

    def put(path: str, body: bytes | str, kind: str = html, **headers: str) -> str:
        data = body.encode() if isinstance(body, str) else body
        site.put(f"/h/{path}", data, kind, **headers)
        return f"/h/{path}"

    bomb = gzip.compress(bytes(96 << 20), compresslevel=1, mtime=0)
    text = (
        f"<p>Ein Satz über den {WORD} und die Grube, der lang genug ist, um gelesen zu werden.</p>"
    )
    return {
        put("good", GOOD): "new",
        put("nested", "<div>" * 100_000 + text + "</div>" * 100_000): "*",
        put(
            "attributes", "<p " + " ".join(f"a{n}='1'" for n in range(60_000)) + ">" + text
        ): "quarantined",
        put("quotes", "<p a='" * 200_000 + text): "*",
        put("comments", "<!--" * 300_000 + text): "*",
        put(
            "entities", html_page("x", "<article>" + "&amp;&#x110000;&nosuch;" * 100_000 + text)
        ): "*",
        put("tables", "<table><tr><td>" * 5_000 + text): "*",
        put("nul", b"\x00" * 50_000): "quarantined",
        put("nul-between", good("NUL").encode().replace(b"<p>", b"<p>\x00\x01\x0b")): "new",
        put("blank", " \n\t "): "quarantined",
        put("nothing", b""): "quarantined",
        put(
            "unclosed",
            good("offen").replace("</p>", "").replace("</article>", "").replace("</main>", ""),
        ): "new",
        put("cut", GOOD[: len(GOOD) // 2]): "*",
        put("upside-down", "</html></body></p>" + GOOD[::-1]): "*",
        put("one-word", "<html><body>" + "x" * 4_000_000): "*",
        put("many-words", html_page("x", "<p>" + f"Kupfer und {WORD} " * 150_000 + "</p>")): "*",
        put(
            "many-dates",
            html_page("x", "<p>" + "am 3. Mai 2026 und 04.05.2026, " * 40_000 + "</p>"),
        ): "*",
        put(
            "links",
            html_page(
                "x", "".join(f"<a href='/l/{n}'>Titel {n} im Revier</a> " for n in range(8_000))
            ),
        ): "*",
        put("lies-utf8", good("UTF-8").encode("cp1252"), html): "new",
        put("lies-latin", good("Latin").encode(), "text/html; charset=iso-8859-1"): "new",
        put("no-such-charset", good("Klingon"), "text/html; charset=klingon-9"): "new",
        put("utf16", good("UTF-16").encode("utf-16"), "text/html"): "new",
        put("ten-megabytes", "<html><body>" + text * 110_000): "refused",
        put("bomb", bomb, html, Content_Encoding="gzip"): "refused",
        put(
            "bombs-in-bombs",
            gzip.compress(bomb, mtime=0),
            html,
            Content_Encoding="gzip, gzip",
        ): "refused",
        put(
            "broken-gzip",
            gzip.compress(GOOD.encode(), mtime=0)[:300],
            html,
            Content_Encoding="gzip",
        ): "*",
        put("no-gzip", GOOD, html, Content_Encoding="gzip"): "*",
        put("picture", b"\x89PNG\r\n\x1a\n" * 10, html): "refused",
        put("last", GOOD.replace("jede andere", "keine andere")): "new",
    }


class Visit:
    """One run over all of them."""

    def __init__(self, folder: Path) -> None:
        self.world = World(folder)
        with LoopbackSite() as site:
            self.expected = pages(site)
            hurt = site.answer(
                "/h/hung-up", Answer(GOOD.encode(), cut=900, headers={"Content-Type": "text/html"})
            )
            addresses = [site.url + path for path in self.expected]
            site.xml("/feed", feed([*addresses, hurt]))
            self.world.configure(
                [source("bote", site.url + "/", feeds=[{"url": site.url + "/feed"}])]
            )
            self.ended = self.world.radar("run", "--json", "--now", NIGHTS[0].isoformat())
            found = self.world.outcomes(1)
            self.outcomes = {url.removeprefix(site.url): o for url, o in found.items()}
            rows = self.world.rows("select url, reason from visit where kind = 'page'")
            self.reasons = {url.removeprefix(site.url): reason for url, reason in rows}


@pytest.fixture(scope="module")
def visit(tmp_path_factory: pytest.TempPathFactory) -> Visit:
    return Visit(tmp_path_factory.mktemp("hostile"))


def test_the_run_comes_to_its_end(visit: Visit) -> None:
    assert visit.ended.code == 0, visit.ended.err
    assert visit.outcomes.keys() == {*visit.expected, "/h/hung-up"}
    assert sum(visit.ended.summary["outcomes"].values()) == len(visit.outcomes)
    assert "fetched" not in visit.ended.summary["outcomes"]


def test_outcomes(visit: Visit) -> None:
    sure = {path: outcome for path, outcome in visit.expected.items() if outcome != "*"}
    assert {path: visit.outcomes[path] for path in sure} == sure


def test_what_is_put_aside_has_its_reason(visit: Visit) -> None:
    for path, outcome in visit.outcomes.items():
        if outcome in ("quarantined", "refused", "unreachable"):
            assert visit.reasons[path], path
    assert visit.reasons["/h/attributes"].startswith("hostile-markup: ")
    assert visit.reasons["/h/nul"].startswith("empty: ")


def test_words_are_read_whatever_the_charset_says(visit: Visit) -> None:
    hits = visit.world.radar("search", WORD, "--limit", "0", "--json").lines
    found = {hit["url"].rsplit("/", 1)[1] for hit in hits}
    assert {"good", "lies-utf8", "lies-latin", "no-such-charset", "utf16", "nul-between"} <= found


# -- pages that defeat every guard: here the reader itself is one that hangs, eats memory and dies


class CarelessPool(PagePool[Hashable]):
    """Workers whose reader does what the pages say, within narrow limits."""

    def __init__(self, *, config: Path | None, parameters: Path | None, workers: int) -> None:
        super().__init__(
            config=config,
            parameters=parameters,
            workers=workers,
            seconds=8.0,  # one hangs that long; on a busy machine the others may take two
            memory=256 << 20,
            reader="tests.e2e.careless_reader:CarelessReader",
        )


@pytest.fixture
def careless(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("radar.run.run.PagePool", CarelessPool)


@pytest.mark.usefixtures("careless")
def test_a_reader_that_hangs_or_dies_costs_one_page(tmp_path: Path) -> None:
    world = World(tmp_path)
    with LoopbackSite() as site:
        for name in ("first", "hangs", "eats", "dies", "raises", "last"):
            site.page(f"/n/{name}", article(f"Meldung: {name}", WORD))
        site.xml(
            "/feed", feed([path for path in (site.url + p for p in site.answers) if "/n/" in path])
        )
        world.configure([source("bote", site.url + "/", feeds=[{"url": site.url + "/feed"}])])
        ended: Ended = world.radar("run", "--json", "--now", NIGHTS[0].isoformat())
    assert ended.code == 0, ended.err
    assert ended.summary["outcomes"] == {"new": 2, "quarantined": 4}
    rows = world.rows("select url, reason from visit where outcome = 'quarantined'")
    reasons = {url.rsplit("/", 1)[1]: reason.partition(":")[0] for url, reason in rows}
    assert reasons == {
        "hangs": "timed-out",
        "eats": "out-of-memory",
        "dies": "crashed",
        "raises": "crashed",
    }
    assert world.radar("run", "--json", "--now", NIGHTS[0].isoformat()).summary["outcomes"] == {}
