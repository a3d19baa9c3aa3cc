from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from crawler.discovery.listings.clickable import link_what_is_clicked


def links(html: str) -> list[str]:
    soup = BeautifulSoup(f"<html><body>{html}</body></html>", "lxml")
    link_what_is_clicked(soup)
    return [str(anchor["href"]) for anchor in soup.find_all("a", href=True)]


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<div onclick=\"location.href='/news/7'\"><h3>Tin</h3></div>", ["/news/7"]),
        ("<tr onclick=\"window.location = '/news/7'\"><td>Tin</td></tr>", ["/news/7"]),
        ("<div data-href='/news/7'>Tin</div>", ["/news/7"]),
        ("<li data-url='https://www.example.org/7'>Tin</li>", ["https://www.example.org/7"]),
        ("<a href='#' data-link='/news/7'>Tin</a>", ["/news/7"]),
        ("<a onclick=\"openWin('show.php?id=7')\">Tin</a>", ["show.php?id=7"]),
        ("<a href=\"javascript:window.open('/news/7')\">Tin</a>", ["/news/7"]),
        ("<map><area href='/news/7' alt='Tin'></map>", ["/news/7"]),
        # the outer of two has the link of the inner one
        ("<div data-href='/list'><p data-href='/news/7'>Tin</p></div>", ["/news/7"]),
        # links stay as they are, and what holds one is none
        ("<div data-href='/other'><a href='/news/7'>Tin</a></div>", ["/news/7"]),
        ("<a href='/news/7' data-url='/other'>Tin</a>", ["/news/7"]),
        # no pages: files, words, buttons, frames of lists, templates
        ("<div data-url='/photo.jpg'>Tin</div>", []),
        ("<div data-url='tin'>Tin</div>", []),
        ("<div onclick=\"track('tin')\">Tin</div>", []),
        ("<button data-url='/news/7'>Tin</button>", []),
        ("<ul data-url='/news?page=2'><li>Tin</li></ul>", []),
        ("<a href='{{ item.url }}'>Tin</a><div data-href='/news/${id}'>Tin</div>", []),
    ],
)
def test_what_leads_somewhere_by_a_script_is_a_link(html: str, found: list[str]) -> None:
    html = f"<table>{html}</table>" if html.startswith("<tr") else html
    assert [link for link in links(html) if link != "#"] == found
