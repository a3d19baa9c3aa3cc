from __future__ import annotations

import pytest

from search_api.access.rules import AccessRules, is_direct


@pytest.mark.parametrize(
    ("client", "host", "headers", "version", "direct"),
    [
        ("127.0.0.1", "127.0.0.1", {}, "1.1", True),
        ("::1", "localhost", {"user-agent": "x"}, "1.1", True),
        ("10.0.0.5", "127.0.0.1", {}, "1.1", False),
        (None, "127.0.0.1", {}, "1.1", False),
        ("127.0.0.1", "radar.example.org", {}, "1.1", False),
        ("127.0.0.1", "127.0.0.1", {"x-forwarded-for": "203.0.113.9"}, "1.1", False),
        ("127.0.0.1", "127.0.0.1", {"x-forwarded-proto": "https"}, "1.1", False),
        ("127.0.0.1", "127.0.0.1", {"forwarded": "for=203.0.113.9"}, "1.1", False),
        ("127.0.0.1", "127.0.0.1", {"via": "1.1 proxy"}, "1.1", False),
        ("127.0.0.1", "127.0.0.1", {"x-real-ip": "203.0.113.9"}, "1.1", False),
        ("127.0.0.1", "127.0.0.1", {}, "1.0", False),
    ],
)
def test_who_comes_through_a_proxy_is_not_on_this_machine(
    client: str | None, host: str, headers: dict[str, str], version: str, direct: bool
) -> None:
    assert is_direct(client, host, headers, version) == direct


@pytest.mark.parametrize(
    ("origin", "own"),
    [
        ("http://127.0.0.1:8000", True),
        ("https://radar.example.org", True),
        ("http://127.0.0.1:9000", False),
        ("http://radar.example.org", False),
        ("https://evil.example", False),
        ("null", False),
    ],
)
def test_own_origins_are_what_was_asked_for_and_the_public_address(origin: str, own: bool) -> None:
    rules = AccessRules(public_url="https://radar.example.org/collection")
    assert rules.is_own_origin(origin, "127.0.0.1:8000") == own
