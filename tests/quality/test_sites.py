"""Whole made-up sites over two nights: what is found, read and told; the floors only rise.

`make bench BENCH_ARGS=sites` runs all of them, beside other readers; here are three that are open,
and one of them in every run.
"""

from __future__ import annotations

import re
from functools import partial
from html import unescape
from unittest import mock
from urllib.parse import urljoin

import pytest

from crawler import crawl
from tests.e2e.world import SECONDS, World
from tests.loopback.site import LoopbackSite
from tests.sites.nights import Nights, two_nights
from tests.sites.scoring import Judge, Score, Told
from tests.sites.site import SITES, Site, aside

OPEN = [site for site in SITES if site.name in {"drupal-ru", "wordpress-ru", "handmade-de"}]
FLOORS = {
    "found": 0.99,
    "kinds_right": 0.9,
    "titles_right": 0.9,
    "dates_right": 0.94,
    "authors_right": 0.89,
    "shingles": 0.97,
}
"""Share of each, over these sites together; of `kinds_right` over the pages that were read."""
TOLD_OF_A_SITE = 3
MOST_DATES_WRONG, MOST_EXTRA = {1: 2, 3: 10}, {1: 1, 3: 4}
"""By how many sites are read."""
_LINK = re.compile(r'<a [^>]*?href="([^"#]+)"', re.IGNORECASE)
_ELSEWHERE = re.compile(r"/(?:index.php/login|user|form|admin|cart)|javascript:|mailto:|tel:")


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(OPEN[:1], id="one"),
        pytest.param(OPEN, id="three", marks=pytest.mark.endurance),
    ],
)
def sites(request: pytest.FixtureRequest) -> list[Site]:
    given: list[Site] = request.param
    return given


@pytest.fixture(scope="module")
def nights(sites: list[Site], tmp_path_factory: pytest.TempPathFactory) -> Nights:
    world = World(tmp_path_factory.mktemp("sites"))

    def radar(*arguments: str) -> str:
        ended = world.radar(*arguments)
        assert ended.code == 0, ended.out[-2000:] + ended.err[-2000:]
        return ended.out

    # A busy machine may keep this process, which is crawler and site, from answering in time.
    patient = partial(crawl.CrawlSettings, timeout=SECONDS)
    with mock.patch.object(crawl, "CrawlSettings", patient):
        return two_nights(sites, world, radar)


def test_pages_are_found_and_read(sites: list[Site], nights: Nights) -> None:
    judges = [Judge(site) for site in sites]
    score = sum((j.score(nights.readings[2][j.site.name]) for j in judges), Score())
    of = {"kinds_right": score.kinds, "dates_right": score.dated}
    shares = {name: getattr(score, name) / of.get(name, score.wanted) for name in FLOORS}
    low = {name: share for name, share in shares.items() if share < FLOORS[name]}
    assert not low, f"{low}: {[f for j in judges for f in j.failures]}"
    assert score.dates_wrong <= MOST_DATES_WRONG[len(sites)]


def test_changes_are_told_and_furniture_is_not(sites: list[Site], nights: Nights) -> None:
    judges = [Judge(site) for site in sites]
    told = sum((j.told(nights.matches[j.site.name]) for j in judges), Told())
    failures = [f for j in judges for f in j.failures]
    assert told.right >= TOLD_OF_A_SITE * len(sites), failures
    assert told.extra <= MOST_EXTRA[len(sites)], failures


# -- the sites themselves


@pytest.mark.parametrize("site", SITES, ids=lambda site: site.name)
def test_a_site_is_whole_and_always_the_same(site: Site) -> None:
    pages = [*site.pages(2)]
    assert len({page.path for page in pages}) == len(pages), "two pages at one address"
    assert {p.path for p in site.pages(1)} < {p.path for p in pages}
    first, again = (_bodies(Site(site.system, site.language), night) for night in (1, 1))
    assert first == again
    second = _bodies(site, 2)
    assert all(second[path] != body for path, body in first.items()), "furniture doesn't change"
    for path, body in second.items():
        page = body.decode(site.charset)
        base = "/" if "<base " in page else path
        links = {urljoin(base, unescape(link)) for link in _LINK.findall(page)}
        missing = {link for link in links if link not in second and not _ELSEWHERE.match(link)}
        assert not missing, f"{path} leads to nothing"


@pytest.mark.parametrize("site", SITES, ids=lambda site: site.name)
def test_every_page_of_news_can_be_found(site: Site) -> None:
    shown = {story.number for story in site.listed(2)}
    elsewhere = {story.number for story in site.stories(2)} - shown
    ways = {"feed": bool(site.system.feed), "sitemap": True}
    assert not elsewhere or ways.get(site.entry, False)


@pytest.mark.parametrize("site", SITES, ids=lambda site: site.name)
def test_the_truth_stands_in_the_pages(site: Site) -> None:
    bodies = _bodies(site, 2)
    for path, truth in site.truth(2).items():
        page = unescape(bodies[path].decode(site.charset))
        for line in (truth.title, *truth.paragraphs):
            assert line in page, (path, line)


def test_a_third_is_set_aside_and_every_system_is_seen_by_somebody() -> None:
    hidden = aside()
    assert len(hidden) == 12
    assert {site.system.name for site in SITES if site.name not in hidden} == {
        site.system.name for site in SITES
    }
    assert not hidden & {site.name for site in OPEN}


def _bodies(site: Site, night: int) -> dict[str, bytes]:
    """Path → page, links of the site without its address."""
    server = LoopbackSite()
    try:
        site.serve(server, night)
        bodies = {page.path: server.body(page.path) for page in site.pages(night)}
        return {path: body.replace(server.url.encode(), b"") for path, body in bodies.items()}
    finally:
        server._server.server_close()
