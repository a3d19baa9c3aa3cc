"""What stands in for a page that needs a browser."""

from __future__ import annotations

import pytest

from crawler.rendering.instead import amp_version


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ('<link rel="amphtml" href="/amp/1?a=1&amp;b=2">', "/amp/1?a=1&b=2"),
        ("<link href=/amp rel=amphtml>", "/amp"),
        ('<link rel="canonical" href="/x">', None),
        ('<link rel="amphtml">', None),
    ],
)
def test_the_amp_version(link: str, address: str | None) -> None:
    assert amp_version(f"<head>{link}</head><body></body>") == address
