"""Parts of a page around its content."""

from __future__ import annotations

import time

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
        (f"<form>{MENU * 40}<p>5 May {ENTRY}</p></form><div>{MENU}</div>", True),
        (f"<form>{ENTRY}</form>", True),
    ],
)
def test_a_form_around_all_links_of_a_page_is_its_frame(html: str, *, is_boilerplate: bool) -> None:
    soup = BeautifulSoup(f"<html><body>{html}</body></html>", "lxml")
    entry = soup.select_one("#entry")
    assert entry is not None
    assert Boilerplate().holds(entry) is is_boilerplate


def test_a_form_for_each_entry_of_a_long_page_takes_no_minutes() -> None:
    entry = '<form><a href="/1">Tin</a><a href="/2">Buy</a><a href="/3">Note</a></form>'
    html = f"<html><body>{'<p>Tin.</p>' * 20_000}{entry * 2_000}</body></html>"
    soup, frame = BeautifulSoup(html, "lxml"), Boilerplate()
    began = time.process_time()
    assert all(frame.holds(form) for form in soup.find_all("form"))
    assert time.process_time() - began < 10
