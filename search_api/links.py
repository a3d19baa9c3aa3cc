"""Addresses that were found on pages, before anybody follows them."""

from __future__ import annotations

from urllib.parse import urlsplit


def safe_link(url: str) -> str | None:
    """The address if it is safe to link to: http and https only."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None
