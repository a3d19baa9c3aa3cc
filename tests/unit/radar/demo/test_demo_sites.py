"""The demo sites answer as real sites do, and their second night differs in the promised ways."""

import gzip
import http.client
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from lxml import etree, html

from radar.configuration.settings import load_settings
from radar.demo import DemoSites, demo_sites
from radar.demo.pages import NIGHTS, load_site

SITES = ("association", "ministry", "press")


@pytest.fixture(scope="module")
def running() -> Iterator[DemoSites]:
    with demo_sites() as sites:
        yield sites


@pytest.fixture
def sites(running: DemoSites) -> DemoSites:
    running.night(1)
    return running


def _get(url: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=10)
    try:
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        connection.request(
            "GET", path, headers={k.replace("_", "-"): v for k, v in headers.items()}
        )
        response = connection.getresponse()
        return response.status, {k.lower(): v for k, v in response.getheaders()}, response.read()
    finally:
        connection.close()


def _all(sites: DemoSites) -> dict[str, bytes]:
    return {url: _get(url)[2] for url in sites.kinds}


def test_three_sites_with_about_forty_pages(sites: DemoSites) -> None:
    assert set(sites.addresses) == set(SITES)
    assert len(set(sites.addresses.values())) == 3
    assert len(sites.kinds) == 43
    assert Counter(sites.kinds.values()) == {
        "article": 35,
        "overview": 2,
        "missing": 2,
        "soft-404": 1,
        "disallowed": 1,
        "redirect": 1,
        "duplicate": 1,
    }


def test_every_kind_of_page_answers_as_it_should(sites: DemoSites) -> None:
    statuses = {
        kind: {_get(url)[0] for url, k in sites.kinds.items() if k == kind}
        for kind in set(sites.kinds.values())
    }
    assert statuses.pop("missing") == {404}
    assert statuses.pop("redirect") == {301}
    assert set().union(*statuses.values()) == {200}


@pytest.mark.parametrize("night", NIGHTS)
@pytest.mark.parametrize("site", SITES)
def test_pages_are_dated_over_months_before_their_night(site: str, night: int) -> None:
    days = [page.published for page in load_site(site, night).pages]
    assert max(days) < NIGHTS[night].date()
    assert (max(days) - min(days)).days > 120
    assert days == sorted(days, reverse=True)


@pytest.mark.parametrize("site", SITES)
def test_paths_are_unique_and_targets_exist(site: str) -> None:
    pages = load_site(site, 2).pages
    paths = [page.path for page in pages]
    assert len(set(paths)) == len(paths)
    for page in pages:
        assert {page.target, *page.links} - {""} <= set(paths)


def test_conditional_requests_are_honoured(sites: DemoSites) -> None:
    url = next(url for url, kind in sites.kinds.items() if kind == "article")
    status, headers, body = _get(url)
    assert (status, len(body)) == (200, int(headers["content-length"]))
    same, _, nothing = _get(url, If_None_Match=headers["etag"])
    assert (same, nothing) == (304, b"")
    assert _get(url, If_Modified_Since=headers["last-modified"])[0] == 304
    assert _get(url, If_None_Match='"other"', If_Modified_Since=headers["last-modified"])[0] == 200
    assert _get(url, If_Modified_Since="Mon, 01 Jan 2024 00:00:00 GMT")[0] == 200
    assert _get(url, If_Modified_Since="words")[0] == 200


def test_gzip_on_request(sites: DemoSites) -> None:
    url = next(iter(sites.kinds))
    _, headers, body = _get(url, Accept_Encoding="gzip, br")
    assert headers["content-encoding"] == "gzip"
    assert gzip.decompress(body) == _get(url)[2]


def test_the_association_lists_all_its_pages_over_several_pages(sites: DemoSites) -> None:
    url: str | None = sites.addresses["association"] + "/aktuelles"
    found: list[str] = []
    visited = 0
    while url:
        tree: Any = html.fromstring(_get(url)[2].decode())
        tree.make_links_absolute(url)
        found += [a.get("href") for a in tree.cssselect(".views-row h2 a")]
        following = tree.cssselect("a[rel=next]")
        url = following[0].get("href") if following else None
        visited += 1
    listed = {u for u in sites.kinds if u.startswith(sites.addresses["association"])}
    assert visited == 3
    assert set(found) == listed
    assert b"alternate" not in _get(sites.addresses["association"] + "/")[2]


def test_the_ministry_names_its_sitemaps_in_robots_txt(sites: DemoSites) -> None:
    base = sites.addresses["ministry"]
    robots = _get(base + "/robots.txt")[2].decode()
    assert f"Sitemap: {base}/sitemap.xml" in robots
    index = etree.fromstring(_get(base + "/sitemap.xml")[2])
    pages: list[str] = []
    for address in index.iter("{*}loc"):
        assert address.text is not None
        body = _get(address.text)[2]
        body = gzip.decompress(body) if address.text.endswith(".gz") else body
        pages += [str(loc.text) for loc in etree.fromstring(body).iter("{*}loc")]
    assert set(pages) == {url for url in sites.kinds if url.startswith(base)}


def test_the_press_has_a_feed_with_all_its_pages(sites: DemoSites) -> None:
    base = sites.addresses["press"]
    feed = etree.fromstring(_get(base + "/feed/")[2])
    links = {item.findtext("link") for item in feed.iter("item")}
    assert links == {url for url in sites.kinds if url.startswith(base)}


def test_a_duplicate_names_its_original(sites: DemoSites) -> None:
    url = next(url for url, kind in sites.kinds.items() if kind == "duplicate")
    canonical = html.fromstring(_get(url)[2].decode()).cssselect("link[rel=canonical]")[0]
    original = canonical.attrib["href"]
    assert sites.kinds[str(original)] == "article"


def test_robots_txt_forbids_what_is_meant_to_be_forbidden(sites: DemoSites) -> None:
    (url,) = (url for url, kind in sites.kinds.items() if kind == "disallowed")
    robots = _get(sites.addresses["association"] + "/robots.txt")[2].decode()
    assert urlsplit(url).path.startswith("/intern/")
    assert "Disallow: /intern/" in robots


def test_the_second_night_adds_one_page_and_changes_two(sites: DemoSites) -> None:
    first = _all(sites)
    sites.night(2)
    second = _all(sites)
    (added,) = second.keys() - first.keys()
    changed = {urlsplit(url).path for url in first if first[url] != second[url]}
    assert "стратегии развития кластеров" in second[added].decode()
    assert changed == {
        "/aktuelles/delegationsreise-usbekistan-oktober",
        "/2026/08/tungsten-plant-financing-jezkazgan/",
    }
    sites.night(1)
    assert _all(sites) == first


def test_the_second_night_moves_an_event_and_mentions_a_cluster_strategy() -> None:
    trips = [
        load_site("association", night).page("/aktuelles/delegationsreise-usbekistan-oktober")
        for night in (1, 2)
    ]
    assert "vom 12. bis 16. Oktober 2026" in trips[0].blocks[0].text
    assert "vom 9. bis 13. November 2026" in trips[1].blocks[0].text
    assert "Oktober 2026" not in trips[1].teaser
    plants = [
        load_site("press", night).page("/2026/08/tungsten-plant-financing-jezkazgan/")
        for night in (1, 2)
    ]
    assert len(plants[1].blocks) == len(plants[0].blocks) + 1
    assert "cluster strategy" in plants[1].blocks[-1].text
    assert plants[1].changed.isoformat() == "2026-10-05"


def test_every_edit_of_a_night_finds_its_text() -> None:
    for site in SITES:
        before, after = load_site(site, 1), load_site(site, 2)
        for page in after.pages:
            if page.changed != page.published:
                assert page.blocks != before.page(page.path).blocks


def test_the_configuration_that_it_writes_can_be_loaded(sites: DemoSites, tmp_path: Path) -> None:
    sites.write_configuration(tmp_path / "config")
    settings = load_settings(tmp_path / "config", {}, home=tmp_path / "home")
    assert [s.id for s in settings.sources] == ["demo-association", "demo-ministry", "demo-press"]
    assert [len(s.discovery) for s in settings.sources] == [1, 1, 1]
    assert [w.id for w in settings.watches] == ["cluster-strategies"]
    assert settings.crawler.allow_networks == ("127.0.0.1/32",)
    assert settings.crawler.delay == 0


def test_sites_that_are_closed_need_nobody(sites: DemoSites, tmp_path: Path) -> None:
    sites.write_configuration(tmp_path)
    assert all(source.enabled for source in load_settings(tmp_path, {}).sources)
    sites.write_configuration(tmp_path, closed=True)
    closed = load_settings(tmp_path, {}).sources
    assert [source.enabled for source in closed] == [False] * 3
    assert {source.reason for source in closed} == {"a sample site, closed when the demo ended"}
