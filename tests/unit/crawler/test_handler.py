from __future__ import annotations

import pytest

from indexer.records.outcome import Outcome
from indexer.records.source import Feed
from tests.loopback.site import Answer, LoopbackSite
from tests.unit.crawler.night import (
    NAMES,
    Night,
    article,
    fed,
    feed,
    source,
)


def test_private_addresses_are_refused(site: LoopbackSite, night: Night) -> None:
    result = night.run(fed(site, "/a"), allow=())
    assert result["s"].state == "unreachable"
    assert "127.0.0.1 is not a public address" in (result["s"].reason or "")
    told = night.frontier.documents[site.url + "/robots.txt"]
    assert told.outcome is Outcome.REFUSED
    assert site.asked == []


@pytest.mark.parametrize(
    "host", ["localhost", "2130706433", "0x7f000001", "127.1", "[::ffff:127.0.0.1]"]
)
def test_disguised_private_addresses_are_refused(
    site: LoopbackSite, night: Night, host: str
) -> None:
    port = site.url.rsplit(":", 1)[1]
    result = night.run(source(site, url=f"http://{host}:{port}/"), allow=())
    assert result["s"].state == "unreachable"
    assert {told.outcome for told in night.frontier.documents.values()} == {Outcome.REFUSED}
    assert site.asked == []


@pytest.mark.parametrize("host", ["localhost", "0x7f000001"])
def test_without_the_guard_the_same_addresses_are_reached(
    site: LoopbackSite, night: Night, host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control of the test above: it is the guard that keeps the site unasked."""
    monkeypatch.setattr("crawler.handler.why_forbidden", lambda address, allowed: None)
    port = site.url.rsplit(":", 1)[1]
    night.run(source(site, url=f"http://{host}:{port}/"), allow=())
    assert site.asked


def test_a_name_that_resolves_to_a_forbidden_address_later(
    site: LoopbackSite, night: Night, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter(["127.0.0.1"])
    monkeypatch.setitem(NAMES, "partner.example", lambda: next(answers, "127.0.0.2"))
    monkeypatch.setattr("aiohttp.connector._DNSCacheTable.expired", lambda self, key: True)
    port = site.url.rsplit(":", 1)[1]
    site.answer("/robots.txt", Answer(b"", headers={"Connection": "close"}))
    home = f"http://partner.example:{port}"
    partner = source(site, url=home + "/", feeds=(Feed(home + "/feed"),))
    result = night.run(partner, allow=("127.0.0.1/32",))
    assert result["s"].reason == (
        f"{home}/feed: 127.0.0.2 is not a public address and not in crawler.allow_networks"
    )
    assert site.paths() == ["/robots.txt"]


def test_a_page_on_a_forbidden_host_of_the_source_is_refused(
    site: LoopbackSite, night: Night
) -> None:
    with LoopbackSite("127.0.0.2") as inside:
        page = inside.page("/secret", article())
        site.page("/a", article())
        site.xml("/feed", feed(site.url + "/a", page))
        partner = source(
            site,
            feeds=(Feed(site.url + "/feed"),),
            hosts=(inside.url.removeprefix("http://"),),
        )
        result = night.run(partner, allow=("127.0.0.1/32",))
        assert result["s"].state == "ok"
        assert night.outcome(page) is Outcome.REFUSED
        assert inside.asked == []
