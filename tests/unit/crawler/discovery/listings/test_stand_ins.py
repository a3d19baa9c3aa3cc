from __future__ import annotations

import pytest

from crawler.discovery.listings.soup import ParsedPage
from crawler.discovery.listings.stand_ins import MOST_OF_TEXT, stand_ins

HOST = "https://www.example.org"
TEXT = "The survey tells of tin. " * MOST_OF_TEXT


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<meta http-equiv=refresh content='0; url=/de/start.html'>", ["/de/start.html"]),
        ("<meta http-equiv=Refresh content=\"5;URL='/de/'\">", ["/de/"]),
        (
            "<frameset><frame src=menu.html><frame src=news.html></frameset>",
            ["/menu.html", "/news.html"],
        ),
        ("<p>News</p><iframe src=/news/list.php></iframe>", ["/news/list.php"]),
        ("<script>window.location.href = '/de/';</script>", ["/de/"]),
        ("<script>location.replace('/de/')</script>", ["/de/"]),
        # none: elsewhere, hidden, itself, a script of a page with a text, a refresh of itself
        ("<iframe src=https://video.example/7></iframe>", []),
        ("<iframe src=/count width=1 height=1></iframe>", []),
        ("<iframe src=/count style='display: none'></iframe>", []),
        ("<iframe src=/photo.svg></iframe>", []),
        ("<meta http-equiv=refresh content='300'>", []),
        ("<meta http-equiv=refresh content='300; url=/'>", []),
        (f"<p>{TEXT}</p><script>if (old) window.location.href = '/old';</script>", []),
    ],
)
def test_where_the_content_of_an_empty_page_is(html: str, found: list[str]) -> None:
    page = ParsedPage.from_bytes(f"<html>{html}</html>".encode(), f"{HOST}/", "text/html")
    addresses = stand_ins(page, lambda url: url.startswith(HOST))
    assert [address.removeprefix(HOST) for address in addresses] == found
