"""An archived listing that names a page is known, however it writes the address."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

import pytest

from crawler.archive.purging import rewrite
from crawler.archive.warc import Archive
from indexer.frontier.port import Response
from radar.erasure.mentions import mentions_of

MOMENT = datetime(2026, 5, 4, 3, 0, tzinfo=UTC)
LIST = "https://erz.example/liste"
RUSSIAN = f"https://erz.example/{quote('новости')}/{quote('никель-найден')}"


def is_named(folder: Path, url: str, body: bytes, listing: str = LIST) -> bool:
    archive = Archive(folder)
    archive.append(Response(listing, listing, 200, {}, MOMENT, body))
    archive.close()
    mentions = mentions_of([url])
    found = rewrite(folder, "rohstoffradar-000001.warc.gz", 0, mentions.stand_in)
    return found.removed == 1


@pytest.mark.parametrize(
    "body",
    [
        "<a href='/новости/никель-найден'>".encode(),
        "<a href='/новости/никель-найден'>".encode("cp1251"),
        RUSSIAN.lower().encode(),
        b'{"link": "\\/\\u043d\\u043e\\u0432\\u043E\\u0441\\u0442\\u0438\\/'
        + "никель-найден".encode()
        + b'"}',
        f'<a href="{quote("никель-найден")}">'.encode(),
        "<a href='../новости/никель-найден'>".encode(),
    ],
)
def test_russian_addresses(tmp_path: Path, body: bytes) -> None:
    assert is_named(tmp_path, RUSSIAN, body)


@pytest.mark.parametrize("ampersand", ["&", "&amp;", "&#38;", "&#x26;", "\\u0026"])
def test_addresses_with_queries(tmp_path: Path, ampersand: str) -> None:
    link = f"<link>https://erz.example/zeige.php?art=3{ampersand}nummer=9</link>"
    assert is_named(tmp_path, "https://erz.example/zeige.php?art=3&nummer=9", link.encode())


@pytest.mark.parametrize("href", ['"zinn-fund/"', "'zinn-fund'", "zinn-fund", '"./zinn-fund"'])
def test_relative_links(tmp_path: Path, href: str) -> None:
    assert is_named(tmp_path, "https://erz.example/2026/zinn-fund/", f"<a href={href}>".encode())


@pytest.mark.parametrize(
    ("url", "body"),
    [
        ("https://erz.example/2026/kontakt.html", "<a href='/kontakt.html'>"),
        ("https://erz.example/2026/zinn-fund", "<a href='/2026/kein-zinn-fund'>"),
        ("https://erz.example/2026/n7", "<a href='n7'>"),
        ("https://erz.example/2026/zinn-fund", "<a href='/2026/zinn-fund-bestaetigt'>"),
        ("https://erz.example/meldung/123456", "<a href='/meldung/1234567'>"),
    ],
)
def test_other_pages_are_not_meant(tmp_path: Path, url: str, body: str) -> None:
    assert not is_named(tmp_path, url, body.encode())


@pytest.mark.parametrize(
    ("url", "body"),
    [
        ("https://erz.example/meldung/123456", "<a href='/bild/123456'>"),
        ("https://erz.example/123456", "<a href='/bild/123456'>"),
        ("https://erz.example/tage/2026-11-29", "<a href='/liste?tag=2026-11-29'>"),
        ("https://erz.example/2026/11/29/", "<a href='/2026/11/29/'>"),
        ("https://erz.example/?p=123456", "<a href='/?p=123456'>"),
        ("https://erz.example/2026/zinn-fund", "<a href='zinn-fund'>"),
    ],
)
def test_parts_of_addresses_count_only_at_the_site_itself(
    tmp_path: Path, url: str, body: str
) -> None:
    assert not is_named(tmp_path / "other", url, body.encode(), "https://lot.example/liste")
    assert is_named(tmp_path / "own", url, body.encode(), "https://www.erz.example/liste")


@pytest.mark.parametrize(
    ("url", "link"),
    [
        ("https://erz.example/2026/zinn-fund/", "http://www.erz.example/2026/zinn-fund"),
        ("https://www.erz.example/123456", "https://erz.example/123456"),
        ("https://erz.example/?p=123456", "https://erz.example/?p=123456"),
        ("https://erz.example/2026/11/29/", "https://erz.example/2026/11/29"),
    ],
)
def test_other_sites_name_the_whole_address(tmp_path: Path, url: str, link: str) -> None:
    assert is_named(tmp_path, url, f"<a href='{link}'>".encode(), "https://lot.example/liste")
