"""Links that may lead on, told by their addresses alone."""

from __future__ import annotations

import pytest

from crawler.discovery.listing_words import ListingWords
from crawler.discovery.listings.lone_numbers import lone_number
from crawler.discovery.listings.page_addresses import ListAddresses

LIST = "https://example.org/zpravy"
is_further_page = ListAddresses(ListingWords.from_languages({})).is_further_page


@pytest.mark.parametrize(
    ("page", "links", "following"),
    [
        ("", ("?stranka=2",), "?stranka=2"),
        ("", ("?offset=10", "/a/1", "/zpravy/7"), "?offset=10"),
        ("?rok=2031", ("?rok=2031&stranka=1",), "?rok=2031&stranka=1"),
        ("?stranka=2", ("?stranka=1", "?stranka=3"), "?stranka=3"),
        ("?offset=10", ("?offset=0", "?offset=20"), "?offset=20"),
        ("", ("/zpravy/strana/2/",), "/strana/2/"),
        ("", ("/zpravy/p2", "/zpravy/7"), "/p2"),
        ("", ("/zpravy/page-2/",), "/page-2/"),
        ("/strana/2/", ("/zpravy", "/zpravy/strana/3/", "/zpravy/strana/1/"), "/strana/3/"),
        # entries, several rows, further back, no number, another list, another page
        ("", ("?id=57", "?id=56", "?id=55"), None),
        ("", ("?stranka=2", "?tema=1"), None),
        ("", ("?id=57",), None),
        ("", ("/zpravy/clanek/57/",), None),
        ("", ("/zpravy/clanek/2/", "/zpravy/strana/2/"), None),
        ("", ("/jine/strana/2/",), None),
        ("", ("/zpravy/covid-2",), None),
        ("", ("/zpravy/q2",), None),
        ("/strana/3/", ("/zpravy/strana/2/",), None),
        ("?stranka=2", ("?stranka=1",), None),
        ("", ("?jazyk=cs",), None),
        ("", ("?stranka=20310312",), None),
        ("?rok=2031", ("?stranka=2",), None),
        ("", ("/2?stranka=2",), None),
        ("", (), None),
    ],
)
def test_one_number_more(page: str, links: tuple[str, ...], following: str | None) -> None:
    at = [link if link.startswith(("/a", "/zpravy/", "/jine")) else LIST + link for link in links]
    at = [link if link.startswith("https") else f"https://example.org{link}" for link in at]
    expected = LIST + following if following is not None else None
    assert lone_number(at, LIST + page, is_further_page) == expected


@pytest.mark.parametrize(
    ("link", "leads_on"), [("/page/2/", True), ("/page2", True), ("/post/2", False)]
)
def test_below_a_home_page_anything_may_have_a_number(link: str, *, leads_on: bool) -> None:
    url = f"https://example.org{link}"
    found = lone_number([url], "https://example.org/", is_further_page)
    assert found == (url if leads_on else None)
