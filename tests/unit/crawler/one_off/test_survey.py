"""What a home page leads to, without a network."""

from __future__ import annotations

import asyncio
from dataclasses import replace
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
from indexer.records.source import Feed, Listing, Sitemap, Source

HOME = "https://agency.example/"


class SmallSite:
    """Answers for the home page, and for a few others."""

    def __init__(self, body: str, **others: str) -> None:
        """`others`: body by path."""
        self.bodies = {HOME: body, **{HOME + path: body for path, body in others.items()}}
        self.asked: list[str] = []

    async def ask(self, url: str, *_: Any, **__: Any) -> FetchedResponse | FetchFailure:
        self.asked.append(url)
        if url not in self.bodies:
            return FetchFailure(Outcome.GONE, "not there")
        headers = {"content-type": "text/html; charset=utf-8"}
        now, body = datetime(2031, 5, 2, tzinfo=UTC), self.bodies[url].encode()
        return FetchedResponse(Response(url, url, 200, headers, now, body), NOT_ARCHIVED)

    def robots(self, *_: object) -> None:
        """None."""


def survey(render: Literal["never", "auto"] = "never", *, source: Source | None = None) -> Survey:
    languages = load_reference().languages
    source = source or Source("new", "new", HOME, "INT", (), render=render)
    return Survey(source, ListingWords.from_languages(languages), date(2031, 5, 2), languages)


def test_languages_are_those_of_the_home_page_and_of_those_that_it_links_to() -> None:
    asker: Any = SmallSite(
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
    asker: Any = SmallSite(body)
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
    asker: Any = SmallSite(f'<html lang="de"><body>{menu}{entries}</body></html>')
    found = asyncio.run(survey().explore(asker))
    listings = [report.url for report in found.reports if report.kind == "listing"]
    assert listings == [f"{HOME}neu/"]


def _list(folder: str, numbers: range) -> str:
    title = "Zinn aus dem Norden wird wieder teurer"
    return "".join(
        f'<li><h3><a href="/{folder}/zinn-{n}">{title} {n}</a></h3></li>' for n in numbers
    )


def test_a_check_tells_of_lists_with_pages_that_nothing_configured_shows() -> None:
    items = "".join(
        f"<item><title>Zinn {n}</title><link>{HOME}news/zinn-{n}</link></item>" for n in range(3)
    )
    menu = (
        '<a href="/news">Aktuelles</a> <a href="/termine">Termine</a> <a href="/presse">Presse</a>'
    )
    asker: Any = SmallSite(
        f'<html lang="de"><body><nav>{menu}</nav></body></html>',
        rss=f'<rss version="2.0"><channel><title>Zinn</title>{items}</channel></rss>',
        news=f"<html><body><nav>{menu}</nav><ul>{_list('news', range(7))}</ul></body></html>",
        termine=f"<html><body><nav>{menu}</nav><ul>{_list('termine', range(4))}</ul></body></html>",
        presse=f"<html><body><nav>{menu}</nav><ul>{_list('news', range(3))}</ul></body></html>",
        index=f"<sitemapindex><sitemap><loc>{HOME}all.xml</loc></sitemap></sitemapindex>",
    )

    def notes(source: Source) -> list[str]:
        asker.asked.clear()
        home = asyncio.run(survey(source=source).check(asker))[0]
        return [note for note in home.notes if "is not read" in note]

    feed = Source("new", "new", HOME, "DE", ("de",), feeds=(Feed(f"{HOME}rss"),))
    news, events = notes(feed)
    assert news.startswith(f"leads to {HOME}news, which is not read")
    assert "no address of the source: 4. Name it under listings" in news
    assert f"{HOME}termine" in events
    assert notes(replace(feed, exclude=("/termine/",))) == [news]
    asker.bodies[f"{HOME}presse"] += '<p><a rel="next" href="/presse?page=2">Weiter</a></p>'
    *_, archive = notes(feed)
    assert f"{HOME}presse, which is not read; it goes on where the feeds" in archive
    assert notes(replace(feed, listings=(Listing(f"{HOME}news"),))) == [events]
    alone = asker.bodies[f"{HOME}rss"]
    older = "<atom:link xmlns:atom='http://www.w3.org/2005/Atom' rel='next' href='?page=2'/>"
    asker.bodies[f"{HOME}rss"] = alone.replace("</title>", f"</title>{older}", 1)
    assert notes(feed) == [events]
    asker.bodies[f"{HOME}rss"] = alone
    for read in (
        replace(feed, sections=True),
        replace(feed, enabled=False),
        replace(feed, sitemaps=(Sitemap(f"{HOME}index"),)),
        replace(feed, feeds=()),
    ):
        assert notes(read) == []
        assert f"{HOME}termine" not in asker.asked
