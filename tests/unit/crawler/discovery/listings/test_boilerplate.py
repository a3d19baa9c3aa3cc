"""Parts of a page around its content."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from crawler.discovery.listings.boilerplate import Boilerplate

MENU = '<a href="/">Home</a><a href="/news">News</a><a href="/team">Team</a>'
ENTRY = '<a id="entry" href="/events/1">Miners\' evening</a>'


@pytest.mark.parametrize(
    ("html", "is_boilerplate"),
    [
        (f"<form>{MENU}<p>5 May {ENTRY}</p></form>", False),  # Domino: the whole page
        (f"<div>{MENU}</div><form><p>5 May {ENTRY}</p></form>", True),
        (f"<form>{ENTRY}</form>", True),
    ],
)
def test_a_form_around_all_links_of_a_page_is_its_frame(html: str, *, is_boilerplate: bool) -> None:
    soup = BeautifulSoup(f"<html><body>{html}</body></html>", "lxml")
    entry = soup.select_one("#entry")
    assert entry is not None
    assert Boilerplate().holds(entry) is is_boilerplate
