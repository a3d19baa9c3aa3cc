"""What the operator decided about who is let in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from urllib.parse import urlsplit

from search_api.access.hosts import AllowedHosts, is_loopback

_FORWARDING = frozenset({"forwarded", "via", "x-real-ip", "x-client-ip", "cf-connecting-ip"})


class Admission(Enum):
    """Who may read without a key."""

    DIRECT = "direct"
    """Whoever is on this machine, as long as there is no key."""
    KEYS = "keys"
    """Nobody."""
    OPEN = "open"
    """Anyone. Changing something still needs a key."""


@dataclass(frozen=True, slots=True)
class AccessRules:
    """Who is let in, and how often."""

    admission: Admission = Admission.DIRECT
    hosts: AllowedHosts = field(default_factory=AllowedHosts)
    public_url: str | None = None
    """Address under which people reach the pages, without a slash at its end."""
    requests_per_minute: int = 600
    """Of each key, and of each address without one."""

    def is_own_origin(self, origin: str, host: str) -> bool:
        """Whether this `Origin` is a page of ours that was asked for under this `Host`."""
        parts = urlsplit(origin)
        if parts.netloc.lower() == host.lower():
            return True
        public = urlsplit(self.public_url or "")
        return bool(self.public_url) and (parts.scheme, parts.netloc) == public[:2]


def is_direct(client: str | None, host: str, headers: Mapping[str, str], http_version: str) -> bool:
    """Whether a request comes from this machine itself, and not through a proxy on it.

    Behind such a proxy every stranger has the address of loopback. It is known by the headers that
    proxies add, by the name that was asked for, or by HTTP/1.0, which nginx speaks where it is told
    nothing (and adds no header then).
    """
    if client is None or not is_loopback(client) or not is_loopback(host):
        return False
    forwarded = any(name in _FORWARDING or name.startswith("x-forwarded") for name in headers)
    return not forwarded and http_version != "1.0"
