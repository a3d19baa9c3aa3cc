from __future__ import annotations

import asyncio
import gzip
import zlib
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.politeness.addresses import parse_networks, why_forbidden
from crawler.politeness.backoff import block_reason, retry_after
from crawler.politeness.encoding import decode, gunzip
from crawler.politeness.pace import Pace
from crawler.politeness.robots import ALLOW_ALL, RobotsRules
from crawler.politeness.site import FAILURES_IN_A_ROW, Site
from crawler.scrapy_settings import user_agent
from crawler.spiders.page_type import why_no_page
from indexer.records.errors import ResponseRejected
from indexer.records.outcome import Outcome

# -- addresses


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.255.255.254",
        "0.0.0.0",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "192.0.0.8",
        "192.0.2.1",
        "192.88.99.1",
        "198.18.0.1",
        "198.51.100.1",
        "203.0.113.1",
        "224.0.0.1",
        "239.255.255.250",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "fe80::1%eth0",
        "fec0::1",
        "fc00::1",
        "fd12::1",
        "ff02::1",
        "::ffff:10.0.0.1",
        "::ffff:7f00:1",
        "::7f00:1",
        "64:ff9b::a00:1",
        "64:ff9b::7f00:1",
        "64:ff9b:1::1",
        "2002:a00:1::1",
        "2002:7f00:1::",
        "2001::1",
        "2001:db8::1",
        "100::1",
        "3fff::1",
        "no address",
    ],
)
def test_forbidden_addresses(address: str) -> None:
    assert why_forbidden(address)


@pytest.mark.parametrize(
    "address",
    [
        "8.8.8.8",
        "93.184.215.14",
        "2a00:1450:4001::1",
        "::ffff:8.8.8.8",
        "64:ff9b::808:808",
        "2002:808:808::1",
    ],
)
def test_public_addresses(address: str) -> None:
    assert why_forbidden(address) is None


def test_allowed_networks() -> None:
    allowed = parse_networks(["127.0.0.1", "10.0.0.0/8", "fd00::/8"])
    for address in ("127.0.0.1", "10.9.9.9", "fd00::5", "::ffff:10.0.0.1", "64:ff9b::a00:1"):
        assert why_forbidden(address, allowed) is None, address
    for address in ("127.0.0.2", "192.168.0.1", "fc00::1"):
        assert why_forbidden(address, allowed), address
    with pytest.raises(ValueError, match="nonsense"):
        parse_networks(["nonsense"])


@given(st.ip_addresses(v=4))
@settings(max_examples=200)
def test_an_ipv4_address_is_judged_alike_in_every_disguise(address: object) -> None:
    number = int(address)  # type: ignore[call-overload]
    plain = why_forbidden(str(address)) is None
    high, low = f"{number >> 16:x}", f"{number & 0xFFFF:x}"
    for disguise in (f"::ffff:{high}:{low}", f"64:ff9b::{high}:{low}", f"2002:{high}:{low}::"):
        assert (why_forbidden(disguise) is None) == plain, disguise


# -- content encoding

TEXT = b"Rohstoffdialog " * 400


def raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("", TEXT),
        ("identity", TEXT),
        ("gzip", gzip.compress(TEXT, mtime=0)),
        ("x-gzip", gzip.compress(TEXT[:100], mtime=0) + gzip.compress(TEXT[100:], mtime=0)),
        ("GZIP", gzip.compress(TEXT, mtime=0) + b"\0\0\0"),
        ("deflate", zlib.compress(TEXT)),
        ("deflate", raw_deflate(TEXT)),
        ("gzip, gzip", gzip.compress(gzip.compress(TEXT, mtime=0), mtime=0)),
        ("gzip", TEXT),
    ],
)
def test_whole_bodies(encoding: str, body: bytes) -> None:
    decoded = decode(body, encoding, limit=1 << 20)
    assert decoded.body == TEXT
    assert decoded.complete


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_half_bodies_are_told(encoding: str) -> None:
    whole = gzip.compress(TEXT) if encoding == "gzip" else zlib.compress(TEXT)
    decoded = decode(whole[: len(whole) - 9], encoding, limit=1 << 20)
    assert not decoded.complete
    assert TEXT.startswith(decoded.body)


def test_bombs_and_strange_encodings_are_refused() -> None:
    bomb = gzip.compress(b"\0" * 5_000_000)
    with pytest.raises(ResponseRejected, match="larger than"):
        gunzip(bomb, limit=1 << 20)
    with pytest.raises(ResponseRejected, match="larger than"):
        decode(gzip.compress(bomb), "gzip, gzip", limit=1 << 20)
    with pytest.raises(ResponseRejected, match="br"):
        decode(b"\x1b", "br", limit=1 << 20)


@given(st.binary(max_size=60), st.sampled_from(["gzip", "deflate", "gzip, deflate"]))
@settings(max_examples=150)
def test_rubbish_never_raises(body: bytes, encoding: str) -> None:
    for sent in (body, b"\x1f\x8b\x08" + body):
        assert len(decode(sent, encoding, limit=1 << 16).body) <= 1 << 16


# -- robots, pace, rest

ROBOTS = b"""\
User-agent: *
Disallow: /

User-agent: rohstoffradar
Disallow: /intern/*.html$
Allow: /
Crawl-delay: 2.5

Sitemap: https://example.org/sitemap.xml
"""


def test_robots_rules_are_those_of_our_name() -> None:
    rules = RobotsRules(b"\xef\xbb\xbf" + ROBOTS)
    assert rules.allowed("https://example.org/news")
    assert not rules.allowed("https://example.org/intern/a.html")
    assert rules.crawl_delay() == 2.5
    assert rules.sitemaps == ("https://example.org/sitemap.xml",)
    assert ALLOW_ALL.allowed("https://example.org/intern/a.html")
    assert RobotsRules(b"<html>\x00\xff no rules").allowed("https://example.org/")


def test_pace_lets_one_through_and_pauses() -> None:
    async def scenario() -> tuple[int, list[float]]:
        pace, inside, most, spans = Pace(0.05), 0, 0, list[float]()
        loop = asyncio.get_running_loop()

        async def request() -> None:
            nonlocal inside, most
            async with pace.turn():
                inside += 1
                most = max(most, inside)
                spans.append(loop.time())
                await asyncio.sleep(0.01)
                spans.append(loop.time())
                inside -= 1

        await asyncio.gather(*(request() for _ in range(4)))
        return most, [spans[i + 1] - spans[i] for i in range(1, 7, 2)]

    most, pauses = asyncio.run(scenario())
    assert most == 1
    assert min(pauses) >= 0.05


def test_the_slowest_delay_counts() -> None:
    pace = Pace(1.0)
    pace.raise_delay(0.5)
    assert pace.delay == 1.0
    pace.raise_delay(3.0)
    assert pace.delay == 3.0


def test_failures_in_a_row_start_a_cooldown() -> None:
    site = Site("example.org", Pace(0))
    for _ in range(FAILURES_IN_A_ROW - 1):
        site.record_outcome(Outcome.TIMED_OUT, "late")
    site.record_outcome(Outcome.HTTP_ERROR, "status 404")
    for _ in range(FAILURES_IN_A_ROW - 1):
        site.record_outcome(Outcome.BLOCKED, "status 403")
    assert site.cooldown is None
    site.record_outcome(Outcome.BLOCKED, "status 403")
    assert site.cooldown is not None
    assert (site.cooldown.state, site.cooldown.reason) == (
        "blocked",
        "5 times in a row: status 403",
    )


# -- answers that ask us to stay away

NOW = datetime(2026, 5, 4, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120.0),
        ("Mon, 04 May 2026 10:01:00 GMT", 60.0),
        ("Mon, 04 May 2026 09:00:00 GMT", 0.0),
        ("soon", None),
        ("", None),
        ("-5", None),
    ],
)
def test_retry_after(value: str, seconds: float | None) -> None:
    assert retry_after({"retry-after": value}, NOW) == seconds


@pytest.mark.parametrize(
    ("status", "headers", "body", "expected"),
    [
        (403, {}, b"", "status 403"),
        (401, {}, b"", "status 401"),
        (451, {}, b"", "status 451"),
        (503, {"cf-mitigated": "challenge"}, b"", "challenge page (status 503)"),
        (202, {"x-amzn-waf-action": "challenge"}, b"", "challenge page (status 202)"),
        (
            200,
            {},
            b"<script src='/cdn-cgi/challenge-platform/h/b/x.js'>",
            "challenge page (status 200)",
        ),
        (200, {}, b"<p>Lithium</p>", None),
        (404, {}, b"<p>no</p>", None),
        (503, {"server": "cloudflare"}, b"<p>down for maintenance</p>", None),
        (200, {}, b"<p>text</p>" * 9000 + b"/cdn-cgi/challenge-platform/", None),
        (202, {}, b"<html><script>solve()</script></html>", "challenge page (status 202)"),
        (202, {}, b"<p>taken in</p>", None),
        (200, {}, b"<html><script>menu()</script></html>", None),
    ],
)
def test_refusals_and_challenges(
    status: int, headers: dict[str, str], body: bytes, expected: str | None
) -> None:
    assert block_reason(status, headers, body) == expected


@pytest.mark.parametrize(
    ("kind", "body", "fits"),
    [
        ("text/html; charset=utf-8", b"<p>x", True),
        ("application/xhtml+xml", b"<html/>", True),
        ("text/plain", b"x", True),
        ("", b"<!DOCTYPE html><p>x", True),
        ("application/octet-stream", b"\n<html>", True),
        ("", b"x", False),
        ("application/pdf", b"%PDF-1.4", True),
        ("text/html", b"%PDF-1.4", True),
        ("application/pdf", b"no such thing", False),
        ("application/json", b"{}", False),
        ("image/png", b"\x89PNG", False),
    ],
)
def test_page_types(kind: str, body: bytes, fits: bool) -> None:
    assert (why_no_page({"content-type": kind}, body) is None) == fits


def test_user_agent_is_honest() -> None:
    assert user_agent("desk@example.org").endswith(" (+desk@example.org)")
    assert user_agent(None).startswith("Rohstoffradar/")
    assert "(" not in user_agent(None)
