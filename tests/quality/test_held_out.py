"""The choice of pages that are set aside stays the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from indexer.records.site import host
from tests.quality.held_out import hosts_aside, split

URLS = [f"https://www.host{number}.example/page" for number in range(9)]


def test_a_third_of_the_hosts_is_set_aside() -> None:
    assert hosts_aside(URLS) == {"host0.example", "host2.example", "host6.example"}


def test_www_is_no_other_host() -> None:
    assert host("https://www.a.example/x") == host("http://a.example/y") == "a.example"


def test_all_pages_of_a_host_go_together_and_a_page_without_address_stays_open() -> None:
    records: list[Mapping[str, Any]] = [
        {"id": n, "url": url} for n, url in enumerate([*URLS, *URLS, None])
    ]
    opened, aside = split(records)
    assert len(aside) == 6
    assert {"id": 18, "url": None} in opened
    assert not {host(r["url"]) for r in opened} & {host(r["url"]) for r in aside}
