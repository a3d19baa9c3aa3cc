from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from crawler.discovery.listings.scripted_pages import clicked_page, scripted_pages

PAGE = "https://www.example.org/press/news/"


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
        ("{'NavNum': 3, 'NavPageNomer': 1, 'NavPageCount': 4}", [f"{PAGE}?PAGEN_3=2"]),
        ('{"NavPageCount":"4","NavPageNomer":"4","NavNum":"1"}', []),
        ('{"meta":{"current_page":1,"last_page":4,"total":24}}', [f"{PAGE}?page=2"]),
        ('{"currentPage":4,"totalPages":4}', []),
        ('{"page":3}', []),
    ],
)
def test_addresses_in_data(script: str, addresses: list[str]) -> None:
    soup = BeautifulSoup(f"<script>{script}</script>", "lxml")
    assert list(scripted_pages(soup, PAGE)) == addresses


@pytest.mark.parametrize(
    ("element", "addresses"),
    [
        ('<div data-current-page="1" data-total-pages="3">', [f"{PAGE}?page=2"]),
        ('<div data-current-page="3" data-total-pages="3">', []),
        ('<div data-page="1">', []),
    ],
)
def test_elements_that_state_their_page(element: str, addresses: list[str]) -> None:
    soup = BeautifulSoup(element, "lxml")
    assert list(scripted_pages(soup, PAGE)) == addresses


@pytest.mark.parametrize(
    ("query", "following"),
    [
        ("SECTION=5", "SECTION=5&PAGEN_1=3"),
        ("PAGEN_1=2&SECTION=5", "SECTION=5&PAGEN_1=3"),
        ("PAGEN_11=7", "PAGEN_11=7&PAGEN_1=3"),
    ],
)
def test_the_next_page_of_bitrix_keeps_what_the_page_is_asked_for(
    query: str, following: str
) -> None:
    script = "<script>{'NavNum': 1, 'NavPageNomer': 2, 'NavPageCount': 4}</script>"
    soup = BeautifulSoup(script, "lxml")
    assert list(scripted_pages(soup, f"{PAGE}?{query}")) == [f"{PAGE}?{following}"]


@pytest.mark.parametrize(
    ("script", "address"),
    [
        ("location.href='/news?page=2'", "/news?page=2"),
        ("window.location = &quot;/news?page=2&quot;; return false", "/news?page=2"),
        ("document.location.assign('?page=2')", "?page=2"),
        (
            "RefreshPageTo(event, &quot;/n.aspx?Paged\\u003dTRUE\\u0026p_ID\\u003d30&quot;)",
            "/n.aspx?Paged=TRUE&p_ID=30",
        ),
        ("load(2)", None),
        ("location.href='a sentence'", None),
        ("location.reload()", None),
    ],
)
def test_the_address_to_which_a_click_leads(script: str, address: str | None) -> None:
    soup = BeautifulSoup(f'<a href="#" onclick="{script}">Next</a>', "lxml")
    assert soup.a is not None
    assert clicked_page(soup.a) == address
