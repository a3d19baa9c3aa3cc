"""Which pages a source requests."""

from __future__ import annotations

import pytest

from indexer.records.page_choice import PageChoice
from indexer.records.source import Source

SOURCE = Source(
    "tin",
    "Tin",
    "https://zinn.example/",
    "DE",
    ("de",),
    hosts=("news.zinn.example",),
    include=(r"/20\d\d/", "/heute/"),
    exclude=(r"\?print",),
)


@pytest.mark.parametrize(
    ("url", "is_taken"),
    [
        ("https://www.zinn.example/2031/a", True),
        ("https://news.zinn.example/heute/a", True),
        ("https://zinn.example/archiv/a", False),
        ("https://zinn.example/2031/a?print", False),
        ("https://blei.example/2031/a", False),
    ],
)
def test_by_sites_and_patterns(url: str, *, is_taken: bool) -> None:
    assert PageChoice(SOURCE).takes(url) is is_taken
