"""AMP and print versions by address: which address shows which, and never two pages as one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.discovery.variants import (
    former_addresses,
    main_address,
    mirror_addresses,
    shorter_addresses,
    without_checksum,
)
from indexer.records.source import Source
from indexer.records.urls import canonical

SITE = "https://www.example.org"


@pytest.mark.parametrize(
    ("variant", "main"),
    [
        ("/2026/05/zinn/amp", "/2026/05/zinn"),
        ("/2026/05/zinn/amp/", "/2026/05/zinn/"),
        ("/amp/news/17", "/news/17"),
        ("/news/17.amp.html", "/news/17.html"),
        ("/news/17?amp", "/news/17"),
        ("/news/17?amp=1&x=2", "/news/17?x=2"),
        ("/news/17/print/", "/news/17/"),
        ("/print/news/17", "/news/17"),
        ("/news?id=17&print=Y", "/news?id=17"),
        ("/index.php?id=5&type=98", "/index.php?id=5"),
        ("/index.php/n/5-a?tmpl=component&print=1", "/index.php/n/5-a"),
        ("/news/17/amp?print=1", "/news/17"),
        ("/de/print/news/17", "/de/news/17"),
        ("/druckversion/news/17", "/news/17"),
        ("/news/17/druckansicht", "/news/17"),
        ("/news_print.php?id=17", "/news.php?id=17"),
        ("/zinn-amp.html", "/zinn.html"),
        ("/news.php?id=17&do=print", "/news.php?id=17"),
        ("/news/17?drucken=1", "/news/17"),
        ("/news/17?output=amp", "/news/17"),
        ("/index.php?id=5&type=98&cHash=0a1b", "/index.php?id=5"),
        ("/news?id=17&cHash=0a1b", None),
        ("/m/news/17", "/news/17"),
        ("/mobile/2026/05/zinn.html", "/2026/05/zinn.html"),
        ("/2026/05/zinn.html?m=1", "/2026/05/zinn.html"),
        ("/news?id=17&mobile=1", "/news?id=17"),
        ("/news/m/17", None),
        ("/m/", None),
        ("/news?m=12", None),
        ("/mobility/17", None),
        ("/news/17", None),
        ("/news/zinn-aus-dem-3d-print", None),
        ("/_print.php?id=17", None),
        ("/print.php?id=17", None),
        ("/news/buchdruck/17", None),
        ("/news/print-industry", None),
        ("/amplitude/17", None),
        ("/news/17?print=5", None),
        ("/news/17?type=9", None),
        ("/index.php?tmpl=component&id=5", None),
        ("/amp", None),
        ("/?print=1", None),
    ],
)
def test_main_addresses(variant: str, main: str | None) -> None:
    assert main_address(SITE + variant) == (SITE + main if main else None)


@pytest.mark.parametrize(
    ("url", "plain"),
    [
        ("/news?id=17&cHash=0a1b", "/news?id=17"),
        ("/news?cHash=0a1b", "/news"),
        ("/news?id=17", None),
        ("/news", None),
    ],
)
def test_checksums(url: str, plain: str | None) -> None:
    assert without_checksum(SITE + url) == (SITE + plain if plain else None)
    assert list(former_addresses(SITE + url)) == ([SITE + plain] if plain else [])


segments = st.lists(
    st.sampled_from(
        ["amp", "print", "druck", "x-amp.html", "news", "17", "a-b", "x.amp", "x.html", "Zinn"]
    ),
    max_size=4,
)
parameters = st.lists(
    st.sampled_from(
        ["amp=1", "print=1", "print=7", "id=5", "id=6", "view=print", "tmpl=component", "type=98"]
    ),
    max_size=3,
)
addresses = st.builds(
    lambda path, query, end: canonical(
        f"{SITE}/{'/'.join(path)}{end}{'?' * bool(query)}{'&'.join(query)}"
    ),
    segments,
    parameters,
    st.sampled_from(["", "/"]),
)
MARKS = ("/amp", "/print", "/druck", "-amp.", ".amp", "amp=1", "print=1", "view=print", "type=98")


@given(addresses)
def test_only_marks_are_taken_away(url: str | None) -> None:
    assert url is not None
    main = main_address(url)
    if main is None:
        return
    assert main_address(main) is None
    assert any(mark in url for mark in MARKS)
    # What is left stands in the address in this order, and the rest is marks alone.
    rest = iter(url)
    assert all(character in rest for character in main)
    kept = [
        part
        for part in url.partition("?")[2].split("&")
        if part.startswith("id=") or part == "print=7"
    ]
    assert [part for part in main.partition("?")[2].split("&") if part in kept] == kept


@given(addresses, addresses)
def test_two_pages_without_marks_stay_two(one: str | None, other: str | None) -> None:
    assert one is not None
    assert other is not None
    shown = {main_address(url) or url for url in (one, other)}
    if not any(mark in url for mark in MARKS for url in (one, other)) and one != other:
        assert len(shown) == 2


def test_mirrors_of_a_source() -> None:
    source = Source("s", "S", SITE, "DE", ("de",), hosts=("mirror.example.net",))
    found = set(mirror_addresses(source, "https://mirror.example.net/n/1?a=2"))
    assert found == {
        f"{scheme}://{host}/n/1?a=2"
        for scheme in ("http", "https")
        for host in ("example.org", "www.example.org", "www.mirror.example.net")
    }


def test_addresses_without_one_of_their_parameters() -> None:
    assert [*shorter_addresses(f"{SITE}/n.asp?id=5&sid=A8F3")] == [
        f"{SITE}/n.asp?sid=A8F3",
        f"{SITE}/n.asp?id=5",
    ]
    assert [*shorter_addresses(f"{SITE}/pl/w/nadzor?redirect=%2Fpl")] == [f"{SITE}/pl/w/nadzor"]
    assert [*shorter_addresses(f"{SITE}/news")] == []
    assert [*shorter_addresses(f"{SITE}/n?{'&'.join(f'p{n}=1' for n in range(9))}")] == []
