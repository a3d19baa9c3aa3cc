"""Names under which the pages may be asked for.

A page of another site can give its own name an address of this machine or network (DNS rebinding)
and would then read our answers as its own. It can't change the name in the header `Host`.
"""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass

_HOST = re.compile(r"(?:\[([0-9A-Fa-f:.]+)\]|([A-Za-z0-9._-]+))(?::\d{1,5})?")

LOOPBACK_NAME = "localhost"


def host_of(header: str) -> str | None:
    """The name or address in a header `Host`, in small letters; None if it is none."""
    found = _HOST.fullmatch(header)
    return (found[1] or found[2]).lower().rstrip(".") if found else None


def is_loopback(host: str) -> bool:
    """Whether this name or address means this machine, without asking anybody."""
    if host == LOOPBACK_NAME:
        return True
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return (mapped or address).is_loopback


@dataclass(frozen=True, slots=True)
class AllowedHosts:
    """The names and addresses that a request may ask for; those of loopback always."""

    names: frozenset[str] = frozenset()
    """In small letters, without ports."""
    any_address: bool = False
    """Any IP address: a server that listens on all addresses of its machine doesn't know them all,
    and DNS rebinding needs a name.
    """

    def allow(self, host: str) -> bool:
        """Whether pages may be asked for under this name or address."""
        return host in self.names or is_loopback(host) or (self.any_address and _is_address(host))


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
