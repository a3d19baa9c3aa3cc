"""Addresses that tell what a page is."""

from __future__ import annotations

import pytest

from crawler.discovery.listing_words import ListingWords
from crawler.discovery.listings.page_addresses import ListAddresses
from indexer.records.reference import load_reference

ADDRESSES = ListAddresses(ListingWords.from_languages(load_reference().languages))
HOST = "https://www.example.org"


@pytest.mark.parametrize("path", ["/2026/03/", "/ru/2026/03", "/2026/03/12/", "/archive/2026/03/"])
def test_a_month_or_day_of_an_archive_is_no_news(path: str) -> None:
    assert ADDRESSES.leads_to_boilerplate(HOST + path)


@pytest.mark.parametrize("path", ["/ru/2031", "/1987", "/2031/", "/2026/03/tin", "/ru/2031/5/x"])
def test_a_number_that_may_be_a_year_is_that_of_news(path: str) -> None:
    assert not ADDRESSES.leads_to_boilerplate(HOST + path)


@pytest.mark.parametrize(
    ("path", "page", "is_boilerplate"),
    [
        ("/om-oss/nyheter/ny-gruva", "", False),
        ("/o-nas/aktualnosci/nowa-kopalnia", "", False),
        ("/a-propos/presse-et-medias/nouvelle-mine", "", False),
        ("/o-kompanii/songgi-yangiliklar/yangi-shaxta", "", False),
        ("/o-kompanii/so-nggi-yangiliklar/yangi-shaxta", "", False),
        ("/o-kompanii/elonlar/yangi-shaxta", "", False),
        ("/o-kompanii/lenta/novaya-shahta", "/o-kompanii/lenta/", False),
        ("/o-kompanii/lenta/novaya-shahta", "/o-kompanii/lenta/page/2/", False),
        ("/o-kompanii/lenta/novaya-shahta", "/o-kompanii/", True),
        ("/o-kompanii/lenta/novaya-shahta.html", "/o-kompanii/lenta.html", False),
        ("/o-kompanii/struktura.html", "/o-kompanii/lenta.html", True),
        ("/o-kompanii/struktura", "/o-kompanii/lenta/", True),
        ("/om-oss/nyheter/", "", True),
        ("/om-oss/nyheter/kontakta-oss", "/om-oss/nyheter/", True),
        ("/about-us/board", "", True),
        ("/category/news/two-mines-open-in-spring", "/category/news/", False),
        ("/category/news/two-mines-open-in-spring", "/category/news.php", False),
        ("/category/news/two-mines-open-in-spring", "/", True),
        ("/category/two-mines-open-in-spring", "/category/", True),
        ("/category/news/regional", "/category/news/", True),
        ("/category/news/tag/two-mines-open-in-spring", "/category/news/", True),
    ],
)
def test_news_may_lie_among_what_a_site_says_of_itself(
    path: str, page: str, *, is_boilerplate: bool
) -> None:
    found = ADDRESSES.leads_to_boilerplate(HOST + path, page=page and HOST + page)
    assert found == is_boilerplate


def test_an_archive_by_months_is_no_calendar() -> None:
    assert not ADDRESSES.is_calendar_view(f"{HOST}/2026/03/")
    assert ADDRESSES.is_calendar_view(f"{HOST}/calendar/2026/03/")


@pytest.mark.parametrize(
    ("path", "number"),
    [
        ("/news/pageid/2", 2),
        ("/news/page-number/1200/", 1200),
        ("/about/pageid/5012", None),
        ("/about/page-id/5012?lang=de", None),
        ("/news?tx_news_pi1%5Bcurrentpage%5d=3", 3),
        ("/news?" + "x" * 200 + "page=2", None),  # none is so long: time is spared
    ],
)
def test_the_number_of_a_further_page(path: str, number: int | None) -> None:
    assert ADDRESSES.page_number(HOST + path) == number
