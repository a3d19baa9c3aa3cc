"""Responses that tell the crawler to stay away: challenges, refusals, Retry-After. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

BLOCKING = frozenset({401, 403, 407, 429, 451})
"""Statuses of a site that refuses the crawler."""

_CHALLENGE_MARKS = (
    b"/cdn-cgi/challenge-platform/",
    b"_cf_chl_opt",
    b"cf-browser-verification",
    b"<title>just a moment...</title>",
    b"attention required! | cloudflare",
    b"/.well-known/ddos-guard",
    b"ddos-guard/js-challenge",
    b"_incapsula_resource",
    b"sucuri_cloudproxy_js",
    b"geo.captcha-delivery.com",
    b"/_sec/cp_challenge/",
    b"px-captcha",
    b"awswafintegration",
    b"__qrator/qauth",
    b"/showcaptcha",
)
"""Lower-case marks of challenge pages. Searching for each is 20 times as fast as one pattern."""
_CHALLENGE_WINDOW = 64 * 1024
_CHALLENGE_PAGE = 48 * 1024
"""Bytes; a whole article with a stray challenge script is larger than a challenge."""


def block_reason(status: int, headers: Mapping[str, str], body: bytes) -> str | None:
    """Why the response is a refusal or a challenge instead of a page; None if it is neither.

    A challenge may come with any status, 200 and 202 among them. Header names in lower case.
    """
    if headers.get("cf-mitigated") or headers.get("x-amzn-waf-action"):
        return f"challenge page (status {status})"
    if status in BLOCKING:
        return f"status {status}"
    if status < 400 and status != 202 and len(body) >= _CHALLENGE_PAGE:
        return None
    window = body[:_CHALLENGE_WINDOW].lower()
    # 202 with a script: typical of challenges without a known mark.
    scripted = status == 202 and b"<script" in window
    if scripted or any(mark in window for mark in _CHALLENGE_MARKS):
        return f"challenge page (status {status})"
    return None


def retry_after(headers: Mapping[str, str], now: datetime) -> float | None:
    """Seconds to wait, from either form of Retry-After."""
    value = headers.get("retry-after", "").strip()
    if not value:
        return None
    if value.isdecimal():
        return float(value[:9])
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, OverflowError):  # of a number with many digits
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - now).total_seconds())
