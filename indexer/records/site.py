"""The site of an address: host and port; 80 and 443 count as one. Pure."""

from __future__ import annotations

from urllib.parse import urlsplit


def site(url: str) -> str:
    """Site of a canonical address: `host`, or `host:port` if the port is neither 80 nor 443."""
    authority = url.partition("://")[2].partition("/")[0]
    for port in (":80", ":443"):
        authority = authority.removesuffix(port)
    return authority


def host(url: str | None) -> str:
    """Host of an address without `www.`; empty where there is none."""
    return (urlsplit(url or "").hostname or "").removeprefix("www.")
