"""`radar try`: one page from a file or an address, with the crawl's manners, nothing kept."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.world import World
from tests.loopback.site import Answer, LoopbackSite

HTML = """<!doctype html><html lang="de"><head><title>Lithiumforum tagte in \
Freiberg</title></head><body>
<nav><a href="/">Start</a></nav><main><article><h1>Lithiumforum tagte in Freiberg</h1>
<p>Das 5. Lithiumforum fand am 3. März 2026 in Freiberg statt. Rund 120 Teilnehmer aus Kasachstan
und Deutschland sprachen über den Abbau und die Verarbeitung.</p>
<p>Die Veranstalter zogen eine gute Bilanz und laden im kommenden Jahr wieder ein.</p>
</article></main></body></html>"""


@pytest.fixture
def world(tmp_path: Path) -> World:
    made = World(tmp_path)
    made.configure([])
    return made


@pytest.fixture
def site() -> Iterator[LoopbackSite]:
    with LoopbackSite(robots="User-agent: *\nDisallow: /intern/\n") as running:
        yield running


def test_a_file_is_shown_and_written(world: World, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(HTML, encoding="utf-8")
    shown = world.radar("try", str(page), "--published", "2026-03-04")
    assert shown.code == 0
    assert "Lithiumforum tagte in Freiberg" in shown.out
    assert "placing.town" in shown.out
    file = tmp_path / "tried.html"
    written = world.radar("try", str(page), "--html", str(file))
    assert (written.code, written.out) == (0, "")
    assert "Freiberg" in file.read_text(encoding="utf-8")
    assert not world.home.exists(), "nothing is kept"


def test_a_date_that_is_none_is_a_mistake(world: World, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(HTML, encoding="utf-8")
    tried = world.radar("try", str(page), "--published", "2026-02-31")
    assert tried.code == 2
    assert "--published" in tried.err


def test_an_address_is_asked_for_politely(world: World, site: LoopbackSite) -> None:
    site.redirect("/old", "/news/1")
    site.page("/news/1", HTML)
    tried = world.radar("try", f"{site.url}/old", "--json")
    assert tried.code == 0
    record = json.loads(tried.out)
    assert record["url"] == f"{site.url}/news/1"
    assert record["countries"] == ["KZ", "DE"]
    assert site.paths() == ["/robots.txt", "/old", "/news/1"]
    assert "tests@example.org" in site.asked[-1].headers["user-agent"]
    assert not world.home.exists()


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/intern/1", "robots.txt forbids it"),
        ("/missing", "status 404"),
        ("/picture", "type image/png"),
        ("/busy", "blocked"),
    ],
)
def test_what_is_no_page_is_told(world: World, site: LoopbackSite, path: str, told: str) -> None:
    site.page("/intern/1", HTML)
    site.put("/picture", b"\x89PNG", "image/png")
    site.answer("/busy", Answer(status=429))
    tried = world.radar("try", site.url + path)
    assert tried.code == 1
    assert told in tried.err
    assert "/intern/1" not in site.paths()


def test_loopback_is_closed_unless_it_is_allowed(world: World, site: LoopbackSite) -> None:
    world.configure([], crawler={"allow_networks": []})
    tried = world.radar("try", site.page("/news/1", HTML))
    assert tried.code == 1
    assert "is not a public address" in tried.err
    assert site.asked == []


@pytest.mark.parametrize("target", ["no-such-file.html", ".", "ftp://example.org/x"])
def test_a_mistaken_target_is_told(world: World, target: str) -> None:
    tried = world.radar("try", target)
    assert tried.code == 2
    assert target in tried.err


def test_a_page_that_cannot_be_read_is_told(world: World, tmp_path: Path) -> None:
    empty = tmp_path / "empty.html"
    empty.write_bytes(b"  ")
    tried = world.radar("try", str(empty))
    assert tried.code == 1
    assert "without content" in tried.err
