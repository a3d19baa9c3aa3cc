"""Which network addresses the crawl may connect to. Pure: the socket is made elsewhere.

The numeric address of the socket is checked, never a name: a name may be a literal in disguise, or
resolve to something else the second time.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_SIXTOFOUR = ipaddress.IPv6Network("2002::/16")
_V4_COMPATIBLE = ipaddress.IPv6Network("::/96")
_SPECIAL: tuple[Network, ...] = tuple(
    ipaddress.ip_network(network)
    for network in (
        "0.0.0.0/8",
        "100.64.0.0/10",  # shared by carriers behind their own translation
        "192.0.0.0/24",
        "192.88.99.0/24",  # 6to4 relays, which `is_global` does not exclude
        "198.18.0.0/15",  # benchmarks
        "240.0.0.0/4",
        "64:ff9b:1::/48",  # local-use translation
        "100::/64",
        "2001::/23",  # Teredo, ORCHID and other special uses
        "3fff::/20",
        "5f00::/16",
        "fec0::/10",  # site-local, given up but routed in places
    )
)


def parse_networks(texts: Iterable[str]) -> tuple[Network, ...]:
    """Parse networks in CIDR form, host bits ignored; raises ValueError for an invalid one."""
    return tuple(ipaddress.ip_network(text, strict=False) for text in texts)


def why_forbidden(
    address: str, allowed: Iterable[Network] = (), *, setting: str = "crawler.allow_networks"
) -> str | None:
    """The reason why the crawl may not connect to an address; None if it may.

    `allowed` networks are exempt; `setting` is where they are configured. If an address embeds an
    IPv4 address (mapped, translated, 6to4), that one is checked.
    """
    try:
        numeric = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return f"{address} is no network address"
    embedded = _embedded_ipv4(numeric)
    if any(a in network for network in allowed for a in (numeric, embedded) if a is not None):
        return None
    if _is_public(numeric if embedded is None else embedded):
        return None
    return f"{address} is not a public address and not in {setting}"


def _embedded_ipv4(address: Address) -> ipaddress.IPv4Address | None:
    if isinstance(address, ipaddress.IPv4Address):
        return None
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address in _NAT64 or (address in _V4_COMPATIBLE and int(address) > 1):
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    if address in _SIXTOFOUR:
        return address.sixtofour
    return None


def _is_public(address: Address) -> bool:
    if any(address in network for network in _SPECIAL):
        return False
    return address.is_global and not (
        address.is_multicast
        or address.is_reserved
        or address.is_unspecified
        or address.is_loopback
        or address.is_link_local
        or address.is_private
    )
