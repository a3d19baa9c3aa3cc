"""Answers that ask us to stay away: challenges, refusals, Retry-After. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

BLOCKING = frozenset({401, 403, 407, 429, 451})
"""Statuses that say: not you."""

_CHALLENGE_BODY = re.compile(
    rb"/cdn-cgi/challenge-platform/|_cf_chl_opt|cf-browser-verification|cf_chl_|"
    rb"<title>Just a moment\.\.\.</title>|Attention Required! \| Cloudflare|"
    rb"__ddg_?(?:mark|js-challenge)|ddos-guard/js-challenge|/\.well-known/ddos-guard|"
    rb"_Incapsula_Resource|sucuri_cloudproxy_js|"
    rb"geo\.captcha-delivery\.com|/_sec/cp_challenge/|px-captcha|AwsWafIntegration|"
    rb"awswaf\.com/[^\"' ]{0,200}challenge\.js|__qrator/qauth|id=\"js-challenge\"",
    re.IGNORECASE,
)
_CHALLENGE_WINDOW = 64 * 1024
_CHALLENGE_PAGE = 48 * 1024
"""Bytes; a whole article with a stray challenge script is larger than a challenge."""


def blocked(status: int, headers: Mapping[str, str], body: bytes) -> str | None:
    """Why the answer is a refusal or a challenge instead of a page; None if it is neither.

    A challenge may come with any status, 200 and 202 among them. Header names in lower case.
    """
    if headers.get("cf-mitigated") or headers.get("x-amzn-waf-action"):
        return f"challenge page (status {status})"
    if status in BLOCKING:
        return f"status {status}"
    if _CHALLENGE_BODY.search(body[:_CHALLENGE_WINDOW]) and (
        status >= 400 or status == 202 or len(body) < _CHALLENGE_PAGE
    ):
        return f"challenge page (status {status})"
    return None


def retry_after(headers: Mapping[str, str], now: datetime) -> float | None:
    """Seconds that the site asks us to wait, from either form of Retry-After."""
    value = headers.get("retry-after", "").strip()
    if not value:
        return None
    if value.isdecimal():
        return float(value[:9])
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - now).total_seconds())
