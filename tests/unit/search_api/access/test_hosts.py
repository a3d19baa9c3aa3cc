from __future__ import annotations

import pytest

from search_api.access.hosts import AllowedHosts, host_of, is_loopback


@pytest.mark.parametrize(
    ("header", "host"),
    [
        ("radar.example.org", "radar.example.org"),
        ("Radar.Example.org:8000", "radar.example.org"),
        ("radar.example.org.", "radar.example.org"),
        ("127.0.0.1:8000", "127.0.0.1"),
        ("[::1]:8000", "::1"),
        ("[::1]", "::1"),
        ("", None),
        ("a b", None),
        ("evil.example/x", None),
        ("localhost@evil.example", None),
        ("localhost:8000:9000", None),
        ("[localhost", None),
    ],
)
def test_the_host_of_a_header(header: str, host: str | None) -> None:
    assert host_of(header) == host


@pytest.mark.parametrize(
    ("host", "own"),
    [
        ("localhost", True),
        ("127.0.0.1", True),
        ("127.9.9.9", True),
        ("::1", True),
        ("::ffff:127.0.0.1", True),
        ("0.0.0.0", False),
        ("10.0.0.1", False),
        ("localhost.evil.example", False),
        ("127.0.0.1.evil.example", False),
        ("2130706433", False),
        ("", False),
    ],
)
def test_what_means_this_machine(host: str, own: bool) -> None:
    assert is_loopback(host) == own


def test_names_are_allowed_by_name_and_addresses_only_where_all_are_listened_on() -> None:
    named = AllowedHosts(frozenset({"radar.example.org"}))
    everywhere = AllowedHosts(any_address=True)
    for host, by_name, by_address in (
        ("radar.example.org", True, False),
        ("evil.example", False, False),
        ("192.0.2.7", False, True),
        ("2001:db8::1", False, True),
        ("localhost", True, True),
        ("192.0.2.7.evil.example", False, False),
    ):
        assert (named.allow(host), everywhere.allow(host)) == (by_name, by_address), host
