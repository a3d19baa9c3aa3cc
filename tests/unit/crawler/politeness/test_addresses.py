from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.politeness.addresses import parse_networks, why_forbidden


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
