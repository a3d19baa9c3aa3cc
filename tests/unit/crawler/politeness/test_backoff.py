from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crawler.politeness.backoff import block_reason, retry_after

NOW = datetime(2026, 5, 4, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120.0),
        ("Mon, 04 May 2026 10:01:00 GMT", 60.0),
        ("Mon, 04 May 2026 09:00:00 GMT", 0.0),
        ("soon", None),
        ("Mon, 04 May 99999999999 10:00:00 GMT", None),
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
