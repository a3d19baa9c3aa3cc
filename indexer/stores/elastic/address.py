"""The address of a cluster and how we log in: plain values, so that settings don't load the client.

Certificates are always checked: against the given CA, a fingerprint, or the system's CAs. No
setting switches this off. Keys and passwords appear in no repr and no message.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit, urlunsplit

_FINGERPRINT = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Connection:
    """Address and credentials."""

    url: str = field(repr=False)
    """`https://[user:password@]host:9200`; several nodes are separated by commas."""
    api_key: str | None = field(default=None, repr=False)
    """The form that Elasticsearch calls `encoded`."""
    ca: Path | None = None
    """PEM file of the authority that signed the cluster's certificate."""
    fingerprint: str | None = None
    """SHA-256 of the certificate or of its authority, 64 hex digits, with or without colons."""
    name: str = "rohstoffradar"
    """Prefix of the names of indexes and aliases: two installations may share a cluster."""
    shards: int = 1
    """Of a new index; one shard holds about 30 GB well."""

    @property
    def nodes(self) -> list[str]:
        """The addresses without user and password, each with its port."""
        return [_without_user(url) for url in addresses(self.url)]

    @property
    def place(self) -> str:
        """The addresses, for messages."""
        return ",".join(self.nodes)

    @property
    def user(self) -> tuple[str, str] | None:
        """User and password, if the address contains them."""
        parts = urlsplit(addresses(self.url)[0])
        if parts.username is None:
            return None
        return unquote(parts.username), unquote(parts.password or "")


def addresses(url: str) -> list[str]:
    """The addresses of the nodes."""
    return [part.strip() for part in url.split(",") if part.strip()]


def is_fingerprint(text: str) -> bool:
    """Whether this has the form of a SHA-256 fingerprint."""
    return bool(_FINGERPRINT.fullmatch(text.replace(":", "").lower()))


def _without_user(url: str) -> str:
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    if parts.port is None:  # the client requires a port; default to the scheme's
        host = f"{host}:{443 if parts.scheme == 'https' else 80}"
    return urlunsplit((parts.scheme, host, parts.path.rstrip("/"), "", ""))
