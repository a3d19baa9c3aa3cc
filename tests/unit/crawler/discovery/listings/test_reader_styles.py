"""The default rule on listing pages of twelve styles: what it finds, and what it takes wrongly."""

from __future__ import annotations

import pytest

from crawler.discovery.listing_words import ListingWords
from crawler.discovery.listings.reader import ListingReader
from indexer.records.reference import load_reference
from indexer.records.urls import site
from tests.unit.crawler.discovery.listings.listing_pages import PAGES, ListingPage

SITE = "https://www.example.org"


@pytest.fixture(scope="module")
def reader() -> ListingReader:
    words = ListingWords.from_languages(load_reference().languages)
    return ListingReader(words, lambda url: site(url) == "www.example.org")


def found(reader: ListingReader, page: ListingPage) -> tuple[set[str], str | None]:
    content = reader.read(page.html.encode(), SITE + page.url)
    links = {link.url.removeprefix(SITE) for link in content.links} - set(page.neutral)
    return links, content.next and content.next.removeprefix(SITE)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_next_page(reader: ListingReader, page: ListingPage) -> None:
    assert found(reader, page)[1] == page.following


def test_recall_and_precision(reader: ListingReader) -> None:
    missed, wrong, listed = [], [], 0
    for page in PAGES:
        links = found(reader, page)[0]
        listed += len(page.entries)
        missed += [(page.name, path) for path in set(page.entries) - links]
        wrong += [(page.name, path) for path in links - set(page.entries)]
    assert listed == 34
    assert missed == []
    assert wrong == []


def test_days_of_entries(reader: ListingReader) -> None:
    for page in PAGES:
        if page.name in (
            "typo3",
            "bitrix",
            "table",
            "dated list",
            "cyrillic",
            "site builder",
            "contao",
        ):
            content = reader.read(page.html.encode(), SITE + page.url)
            days = [(link.published or "")[:10] for link in content.links]
            assert days[:2] == sorted(days[:2], reverse=True), page.name
            assert days[0] == "2026-05-04", page.name
