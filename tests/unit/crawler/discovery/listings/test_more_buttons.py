from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from crawler.discovery.listings.more_buttons import MoreButtons

AT = "https://www.example.org/news"


def buttons(html: str) -> MoreButtons:
    soup = BeautifulSoup(html, "lxml")
    return MoreButtons(soup, lambda tag: tag.get_text() == "more")


@pytest.mark.parametrize(
    ("html", "addresses"),
    [
        ('<button data-url="?page=2">more</button>', ["?page=2"]),
        ('<div class="load-more" data-next-page="/news/page/2/"></div>', ["/news/page/2/"]),
        (
            '<p><button data-next-page="/news?page=2">+</button></p>',
            ["/news?page=2"],
        ),
        ('<a class="show-more" href="?page=2">all the rest</a>', ["?page=2"]),
        ('<a class="read-more" href="/story">read</a>', []),
        ('<button data-url="?page=2">share</button>', []),
        ('<button data-next="slide-2/photo">more</button>', []),
        ('<div data-next="slide-2/photo"></div>', []),
        ('<button data-next-url="news/page/2">+</button>', ["news/page/2"]),
        ('<button data-next-page="news/page/2/">more</button>', ["news/page/2/"]),
        ('<div data-next="page/2"></div>', ["page/2"]),
        ('<button data-url="/more" data-page="1">more</button>', []),
        ('<button data-url="/more?page=2" data-page="1">more</button>', ["/more?page=2"]),
    ],
)
def test_addresses_of_buttons(html: str, addresses: list[str]) -> None:
    assert list(buttons(html).addresses(lambda url: "page=" in url)) == addresses


@pytest.mark.parametrize(
    ("html", "page", "guess"),
    [
        ('<button data-page="1">more</button>', AT, f"{AT}?page=2"),
        ('<button data-next-page="3">more</button>', AT, f"{AT}?page=3"),
        ('<button data-next-page="2">more</button>', f"{AT}?topic=7", None),
        ('<button data-page="2">share</button>', AT, None),
        ('<button data-current-page="2">more</button>', AT, f"{AT}?page=3"),
        ('<button data-url="/more" data-page="1">more</button>', AT, "/more?page=2"),
        (
            '<button data-offset="8" data-limit="8" data-url="/more">more</button>',
            AT,
            "/more?offset=8&limit=8",
        ),
        ('<button data-offset="0">more</button>', AT, None),
        ('<button data-page="2031041">more</button>', AT, None),
        ('<button data-page="first">more</button>', AT, None),
    ],
)
def test_a_number_alone_is_a_guess(html: str, page: str, guess: str | None) -> None:
    assert buttons(html).guess(page) == guess
