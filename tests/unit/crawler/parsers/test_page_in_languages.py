"""Heads and feet of pages in languages that have words for pages and lists, and none for events."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from crawler.parsers.article.draft import ArticleDraft
from crawler.parsers.page import PageReader
from crawler.parsers.raw_page import RawPage
from indexer.records.reference import load_reference


@dataclass(frozen=True)
class LocalPage:
    """A made-up page: what its head says, what it tells, what points elsewhere at its end."""

    lang: str
    title: str
    published: str
    byline: str
    author: str
    text: tuple[str, str]
    related: str
    updated: str


PAGES = [
    LocalPage(
        "uk",
        "Нова карта родовищ літію",
        "Оприлюднено: 12 березня 2031 року",
        "Підготувала: Оксана Кравчук",
        "Оксана Кравчук",
        (
            "Служба видала карту, на якій показано сімнадцять ділянок у трьох областях країни.",
            "Роботи тривали два роки, а проби відбирали на глибині до трьохсот метрів.",
        ),
        "Читайте також: Рудник біля озера знову приймає гостей",
        "Востаннє оновлено: 3 квітня 2031",
    ),
    LocalPage(
        "pl",
        "Nowa mapa złóż litu",
        "Data dodania: 12 marca 2031 r.",
        "Opracowała: Zofia Lipińska",
        "Zofia Lipińska",
        (
            "Służba wydała mapę, na której zaznaczono siedemnaście obszarów w trzech regionach.",
            "Prace trwały dwa lata, a próbki pobierano z głębokości do trzystu metrów.",
        ),
        "Przeczytaj również: Kopalnia nad jeziorem znów przyjmuje gości",
        "Ostatnia modyfikacja: 3 kwietnia 2031",
    ),
]


def html_of(page: LocalPage) -> str:
    first, second = page.text
    return f"""<!DOCTYPE html><html lang="{page.lang}"><head><meta charset="utf-8">
<title>{page.title}</title></head><body><main><article><h1>{page.title}</h1>
<p>{page.published}</p><p>{page.byline}</p>
<div><p>{first}</p><p>{second}</p><p>{page.related}</p></div>
<p>{page.updated}</p></article></main></body></html>"""


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.lang)
def test_head_and_foot_are_read(page: LocalPage, read: Callable[..., ArticleDraft]) -> None:
    found = read(html_of(page))
    assert found.published == "2031-03-12"
    assert found.authors == (page.author,)
    assert found.text.split("\n\n") == [*page.text]


@pytest.fixture(scope="module")
def pages() -> PageReader:
    return PageReader(load_reference())


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.lang)
def test_a_page_is_read_without_words_for_events(page: LocalPage, pages: PageReader) -> None:
    url = "https://www.example.org/17"
    found = pages.read(RawPage(html=html_of(page), url=url))
    assert (found.lang, found.published) == (page.lang, "2031-03-12")
