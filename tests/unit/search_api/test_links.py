from __future__ import annotations

import pytest

from search_api.links import safe_link


@pytest.mark.parametrize(
    ("url", "linked"),
    [
        ("https://x.example/a?b=1", True),
        ("http://x.example", True),
        ("javascript:alert(1)", False),
        ("JaVaScRiPt:alert(1)", False),
        ("data:text/html,x", False),
        ("file:letters/a.html", False),
        ("//x.example/", False),
        ("https:///x", False),
        ("http://[bad", False),
        ("", False),
    ],
)
def test_readers_are_sent_to_web_addresses_only(url: str, linked: bool) -> None:
    assert (safe_link(url) is not None) == linked
