"""What a home page leads to, without a network."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime
from typing import Any, Literal

import pytest

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


def survey(render: Literal["never", "auto"] = "never") -> Survey:
    languages = load_reference().languages
    source = Source("new", "new", HOME, "INT", (), render=render)
    return Survey(source, ListingWords.from_languages(languages), date(2031, 5, 2), languages)


def test_languages_are_those_of_the_home_page_and_of_those_that_it_links_to() -> None:
    asker: Any = HomeOnly(
        '<html lang="ru"><body><a href="/ru/">РУС</a> <a href="/kk/">ҚАЗ</a>'
        "<p>Министерство промышленности сообщает о новостях горной отрасли.</p></body></html>"
    )
    facts = asyncio.run(survey().explore(asker)).facts
    assert facts is not None
    assert facts.languages == ("ru", "kk")


SHELL = '<html lang="en"><body><div id="root"></div><script src="/a.js"></script></body></html>'
FULL = '<html lang="en"><body><p>The agency supports mines.</p></body></html>'


@pytest.mark.parametrize(("body", "is_empty"), [(SHELL, True), (FULL, False)])
def test_a_home_page_without_text_is_said_to_need_a_browser(body: str, is_empty: bool) -> None:
    asker: Any = HomeOnly(body)
    found = asyncio.run(survey().explore(asker))
    assert (found.empty_because is not None) is is_empty
    [home] = asyncio.run(survey().check(asker))
    assert any("`render: auto`" in note for note in home.notes) is is_empty
    [rendered] = asyncio.run(survey("auto").check(asker))
    assert not any("`render: auto`" in note for note in rendered.notes)


def test_a_home_page_in_another_language_is_no_list_of_a_new_source() -> None:
    entries = "".join(
        f'<h3><a href="/{folder}/{n}">Zinn aus dem Norden wird wieder teurer {n}</a></h3>'
        for folder in ("en", "neu")
        for n in range(3)
    )
    menu = '<a href="/en/">EN</a><a href="/neu/">Was es gibt</a>'
    asker: Any = HomeOnly(f'<html lang="de"><body>{menu}{entries}</body></html>')
    found = asyncio.run(survey().explore(asker))
    listings = [report.url for report in found.reports if report.kind == "listing"]
    assert listings == [f"{HOME}neu/"]
