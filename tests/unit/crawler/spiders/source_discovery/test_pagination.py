from __future__ import annotations

import pytest

from indexer.records.source import Listing
from tests.loopback.site import Answer, LoopbackSite
from tests.unit.crawler.night import (
    Night,
    article,
    listing,
    source,
)


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
