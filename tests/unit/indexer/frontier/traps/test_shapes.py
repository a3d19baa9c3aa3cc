"""Shapes of addresses, and the patterns that exclude them."""

from __future__ import annotations

import pytest

from indexer.frontier.traps.shapes import pattern_of, shapes
from indexer.records.address_patterns import AddressPattern

SITE = "https://press.example"


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/news/12345", ("/news/{number}",)),
        ("/news/12345.html", ("/news/{number}.html",)),
        ("/2026/03/01/zinn-im-norden", ("/{number}/{number}/{number}/{slug}",)),
        ("/2026-03-01/zinn", ("/{number}/{word}",)),
        ("/presse/zinn-im-norden-12.html", ("/presse/{slug}.html",)),
        ("/s/8f3a2c91/presse/zinn-im-norden", ("/s/{id}/{word}/{slug}",)),
        ("/a1b2c3d4-0001-4000-8000-00aa11bb22cc", ("/{id}",)),
        ("/presse", ()),
        ("/presse/ueber/uns", ()),
        ("/presse?id=123", ("/presse?id", "/presse?*")),
        ("/k?f%5B0%5D=a&f%5B1%5D=b&sort=x", ("/k?f[]&sort", "/k?*")),
        ("/a/a/a/zinn", ("/a/…1/zinn",)),
        ("/a/a/zinn", ("/a/…1/zinn",)),
        ("/page/2/page/3/page/4/zinn-im-norden", ("/page/{number}/…2/{slug}",)),
        ("/de/b/de/b/de/b/", ("/de/b/…2/",)),
    ],
)
def test_what_varies_is_left_out(path: str, expected: tuple[str, ...]) -> None:
    assert shapes(SITE + path) == tuple(f"press.example{shape}" for shape in expected)


@pytest.mark.parametrize(
    ("path", "others", "not_these"),
    [
        ("/s/8f3a2c91/presse", ["/s/00ff1234/presse", "/s/a9/sport"], ["/s/presse", "/presse"]),
        ("/kalender/2031/07", ["/kalender/1999/1"], ["/kalender/heute", "/kalender/2031/07/x"]),
        ("/k?farbe=rot&form=rund", ["/k?form=eckig", "/k?farbe="], ["/k", "/k2?farbe=a"]),
        ("/a/a/a/", ["/a/a/", "/a/a/a/a/a/"], ["/a/", "/a/b/"]),
        ("/p/1/p/2/zinn-im-norden", ["/p/1/p/2/p/9/kupfer-neu"], ["/p/1/zinn-im-norden"]),
        ("/x.a(b)/2?a[0]=1", ["/x.a(b)/3?a[7]=2"], ["/xxa(b)/3?a[7]=2"]),
        ("/news/7.html", ["/news/8.html"], ["/news/8", "/news/8xhtml"]),
    ],
)
def test_the_pattern_of_a_shape_takes_its_addresses_and_no_others(
    path: str, others: list[str], not_these: list[str]
) -> None:
    for shape in shapes(SITE + path)[:1]:
        pattern = AddressPattern(pattern_of(shape))
        assert [other for other in [path, *others] if not pattern.is_in(SITE + other)] == []
        assert [other for other in not_these if pattern.is_in(SITE + other)] == []
    [widest] = shapes(SITE + path)[-1:]
    assert AddressPattern(pattern_of(widest)).is_in(SITE + path)
