"""The site of an address: host and port; 80 and 443 count as one. Pure."""

from __future__ import annotations


def site(url: str) -> str:
    """Site of a canonical address: `host`, or `host:port` if the port is neither 80 nor 443."""
    authority = url.partition("://")[2].partition("/")[0]
    for port in (":80", ":443"):
        authority = authority.removesuffix(port)
    return authority
