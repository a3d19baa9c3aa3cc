"""How a cluster is reached: plain values, so that settings need not load the client.

Certificates are always checked: by the given CA, by a fingerprint, or by the system's CAs. There
is no setting that switches this off. Keys and passwords appear in no repr and no message.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit, urlunsplit

_FINGERPRINT = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Connection:
    """Where a cluster is and how we make ourselves known to it."""

    url: str = field(repr=False)
    """`https://[user:password@]host:9200`; several nodes parted by commas."""
    api_key: str | None = field(default=None, repr=False)
    """As Elasticsearch gives it out (`encoded`)."""
    ca: Path | None = None
    """PEM file of the authority that signed the cluster's certificate."""
    fingerprint: str | None = None
    """SHA-256 of the certificate or of its authority, 64 hex digits, with or without colons."""
    name: str = "rohstoffradar"
    """Beginning of the names of indexes and aliases: two installations may share a cluster."""
    shards: int = 1
    """Of a new index; one holds some 30 GB well."""

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
        """User and password, where the address holds them."""
        parts = urlsplit(addresses(self.url)[0])
        if parts.username is None:
            return None
        return unquote(parts.username), unquote(parts.password or "")


def addresses(url: str) -> list[str]:
    """The addresses of the nodes."""
    return [part.strip() for part in url.split(",") if part.strip()]


def is_fingerprint(text: str) -> bool:
    """Whether this can be a SHA-256 fingerprint."""
    return bool(_FINGERPRINT.fullmatch(text.replace(":", "").lower()))


def _without_user(url: str) -> str:
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    if (
        parts.port is None
    ):  # the client wants to be told; an address without port means the scheme's
        host = f"{host}:{443 if parts.scheme == 'https' else 80}"
    return urlunsplit((parts.scheme, host, parts.path.rstrip("/"), "", ""))
