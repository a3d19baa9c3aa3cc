from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from crawler.discovery.listings.scripted_pages import scripted_pages


@pytest.mark.parametrize(
    ("script", "addresses"),
    [
        ('{"next_url": "/news?page=2"}', ["/news?page=2"]),
        (
            '{"nextPage":"https:\\/\\/www.example.org\\/news?p=2"}',
            ["https://www.example.org/news?p=2"],
        ),
        ('{"next": "?page=2", "nextPageUrl": "?page=3"}', ["?page=2", "?page=3"]),
        ('{"next": "\\x2fnews"}', []),
        ('{"next": "a sentence", "nextUrl": null}', []),
    ],
)
def test_addresses_in_data(script: str, addresses: list[str]) -> None:
    soup = BeautifulSoup(f"<script>{script}</script>", "lxml")
    assert list(scripted_pages(soup)) == addresses
