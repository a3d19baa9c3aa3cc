"""Pages that lead on to lists: in frames, in sections below them, in their next months."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from crawler.crawl import Backfill
from indexer.records.source import Listing, Source
from tests.loopback.frontier import MemoryFrontier
from tests.loopback.site import LoopbackSite
from tests.unit.crawler.endless_site import crawl_once, source_of
from tests.unit.crawler.night import Night, article, listing, source

FRAMES = "<frameset><frame src=/menu><frame src=/liste></frameset>"
SECTION = '<p>Für Redaktionen:</p><a href="/p/meldungen">Pressemitteilungen</a>'
MONTHS = '<h3><a href="/n/1000">Forum der Rohstoffe</a></h3><a class="next" href="?m=2026-06">»</a>'
YEARS = '<a href="/liste?jahr=2026">2026</a> | <a href="/liste?jahr=2025">2025</a>'


@pytest.mark.parametrize(
    ("above", "at"),
    [
        (FRAMES, "/liste"),
        (SECTION, "/p/meldungen"),
        (MONTHS, "/p?m=2026-06"),
        (YEARS, "/liste?jahr=2026"),
    ],
)
def test_what_a_page_leads_to_is_read_while_the_page_stays_as_it_is(
    site: LoopbackSite, night: Night, above: str, at: str
) -> None:
    site.page("/p", f"<html>{above}</html>", etag='"p"')
    for n in (1000, 1001, 1002):
        site.page(f"/n/{n}", article(str(n)))
    site.page(at, listing("/n/1001"))
    partner = source(site, listings=(Listing(site.url + "/p"),))
    night.run(partner)
    assert "/n/1001" in site.paths()
    site.page(at, listing("/n/1002", "/n/1001"))
    night.run(partner)
    assert "/n/1002" in site.paths()


def _sections(site: LoopbackSite) -> Source:
    labels = (("/p/meldungen", "Pressemitteilungen"), ("/p/termine", "Termine"))
    links = "".join(f'<a href="{at}">{label}</a>' for at, label in labels)
    site.page("/p", f"<html><body><h1>Presse</h1>{links}</body></html>")
    site.page("/p/meldungen", listing("/p/meldungen/1001", following="?page=2"), etag='"m"')
    site.page("/p/meldungen?page=2", listing("/p/meldungen/1002"))
    site.page("/p/termine", listing("/p/termine/3001"))
    for at in ("/p/meldungen/1001", "/p/meldungen/1002", "/p/termine/3001", "/p/termine/3002"):
        site.page(at, article(at))
    return source(site, listings=(Listing(site.url + "/p"),))


def test_each_section_below_a_page_is_a_list_of_its_own(site: LoopbackSite, night: Night) -> None:
    partner = _sections(site)
    night.run(partner)
    assert night.frontier.outcomes() == {"fetched": 3}
    site.asked.clear()
    site.page("/p/termine", listing("/p/termine/3002", "/p/termine/3001"))
    night.run(partner)
    asked = [path for path in site.paths() if path.startswith("/p")]
    assert sorted(asked) == ["/p", "/p/meldungen", "/p/termine", "/p/termine/3002"]


def test_a_section_that_is_an_entry_point_is_read_once(site: LoopbackSite, night: Night) -> None:
    partner = _sections(site)
    both = (*partner.listings, Listing(site.url + "/p/termine"))
    night.run(source(site, listings=both))
    assert site.paths().count("/p/termine") == 1


def test_a_section_that_is_gone_is_no_failure_of_the_source(
    site: LoopbackSite, night: Night, caplog: pytest.LogCaptureFixture
) -> None:
    partner = _sections(site)
    del site.answers["/p/termine"]
    night.run(partner)
    assert "discovery_failed" not in caplog.text


def test_a_backfill_goes_on_in_each_section_to_its_end(site: LoopbackSite, tmp_path: Path) -> None:
    listed = source_of(site, listings=_sections(site).listings)
    frontier = MemoryFrontier()
    for _ in range(3):
        backfill = Backfill(date(2015, 1, 1), 1)
        crawl_once(tmp_path, listed, backfill=backfill, limit=50, frontier=frontier)
    known = {address.removeprefix(site.url) for address in frontier.addresses}
    assert {"/p/meldungen/1001", "/p/meldungen/1002", "/p/termine/3001"} <= known
    assert site.paths().count("/p/meldungen?page=2") == 1
