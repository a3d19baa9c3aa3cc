"""What a home page leads to, without a network."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime
from typing import Any

from crawler.discovery.listing_words import ListingWords
from crawler.one_off.asker import NOT_ARCHIVED
from crawler.one_off.survey import Survey
from crawler.spiders.fetch import FetchedResponse, FetchFailure
from indexer.frontier.port import Response
from indexer.records.outcome import Outcome
from indexer.records.reference import load_reference
from indexer.records.source import Source

HOME = "https://agency.example/"


class HomeOnly:
    """Answers for the home page, and for nothing else."""

    def __init__(self, body: str) -> None:
        self.body = body.encode()

    async def ask(self, url: str, *_: Any, **__: Any) -> FetchedResponse | FetchFailure:
        if url != HOME:
            return FetchFailure(Outcome.GONE, "not there")
        headers = {"content-type": "text/html; charset=utf-8"}
        now = datetime(2031, 5, 2, tzinfo=UTC)
        return FetchedResponse(Response(url, url, 200, headers, now, self.body), NOT_ARCHIVED)

    def robots(self, *_: object) -> None:
        """None."""


def test_a_home_page_in_another_language_is_no_list_of_a_new_source() -> None:
    entries = "".join(
        f'<h3><a href="/{folder}/{n}">Zinn aus dem Norden wird wieder teurer {n}</a></h3>'
        for folder in ("en", "neu")
        for n in range(3)
    )
    menu = '<a href="/en/">EN</a><a href="/neu/">Was es gibt</a>'
    asker: Any = HomeOnly(f'<html lang="de"><body>{menu}{entries}</body></html>')
    languages = load_reference().languages
    words = ListingWords.from_languages(languages)
    source = Source("new", "new", HOME, "INT", ())
    found = asyncio.run(Survey(source, words, date(2031, 5, 2), languages).explore(asker))
    listings = [report.url for report in found.reports if report.kind == "listing"]
    assert listings == [f"{HOME}neu/"]
