"""Labels of lists in languages that have words for pages and lists, and none for events."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from bs4 import BeautifulSoup

from crawler.discovery.listing_words import ListingWords
from crawler.discovery.listings.pagination import NextPageFinder
from crawler.discovery.listings.sections import news_sections
from crawler.discovery.listings.soup import ParsedPage
from indexer.records.reference import load_reference

WORDS = ListingWords.from_languages(load_reference().languages)
HOST = "https://www.example.org"


@dataclass(frozen=True)
class Labels:
    """What links of a site say; no address tells what it leads to."""

    lang: str
    news: str
    events: str
    over: str
    others: tuple[str, ...]
    older: str


SITES = [
    Labels(
        "uk",
        "Новини галузі",
        "Заходи",
        "Минулі заходи",
        ("Про нас", "Мінеральна база"),
        "Старіші записи »",
    ),
    Labels(
        "pl",
        "Aktualności",
        "Kalendarz wydarzeń",
        "Minione wydarzenia",
        ("O nas", "Baza surowcowa"),
        "Starsze wpisy »",
    ),
    Labels(
        "cs",
        "Tiskové zprávy",
        "Kalendář akcí",
        "Proběhlé akce",
        ("O nás", "Surovinová základna"),
        "Starší články »",
    ),
    Labels(
        "tr",
        "Duyurular",
        "Etkinlik takvimi",
        "Geçmiş etkinlikler",
        ("Hakkımızda", "Maden varlıkları"),
        "Daha eski yazılar »",
    ),
    Labels(
        "it",
        "Comunicati stampa",
        "Prossimi eventi",
        "Eventi passati",
        ("Chi siamo", "Risorse minerarie"),
        "Articoli meno recenti »",
    ),
    Labels(
        "es",
        "Notas de prensa",
        "Próximos eventos",
        "Eventos anteriores",
        ("Quiénes somos", "Recursos minerales"),
        "Entradas más antiguas »",
    ),
    Labels(
        "fi",
        "Ajankohtaista",
        "Tapahtumakalenteri",
        "Menneet tapahtumat",
        ("Tietoa meistä", "Mineraalivarat"),
        "Vanhemmat uutiset »",
    ),
    Labels(
        "sv",
        "Pressmeddelanden",
        "Kommande evenemang",
        "Tidigare evenemang",
        ("Om oss", "Mineraltillgångar"),
        "Äldre nyheter »",
    ),
]


def link(address: str, label: str) -> str:
    return f'<a href="{address}">{label}</a>'


@pytest.mark.parametrize("labels", SITES, ids=lambda labels: labels.lang)
def test_lists_are_found_by_their_labels(labels: Labels) -> None:
    named = (labels.news, labels.events, labels.over, *labels.others)
    menu = "".join(link(f"/p/{number}", label) for number, label in enumerate(named))
    page = ParsedPage.from_bytes(f"<html><body>{menu}</body></html>".encode(), HOST, "text/html")
    found = news_sections(page, WORDS.sections, lambda _: True)
    assert found == tuple(f"{HOST}/p/{number}" for number in range(3))


@pytest.mark.parametrize("labels", SITES, ids=lambda labels: labels.lang)
def test_a_list_leads_on_by_its_label(labels: Labels) -> None:
    html = f"<main><h1>{labels.news}</h1>{link('/p/1/x7', labels.older)}</main>"
    finder = NextPageFinder(WORDS, lambda _: True)
    soup = BeautifulSoup(f"<html><body>{html}</body></html>", "lxml")
    found = finder.find(soup, f"{HOST}/p/1", f"{HOST}/p/1", None)
    assert found.address == f"{HOST}/p/1/x7"


@pytest.mark.parametrize(
    ("language", "name", "number"),
    [
        ("uk", "лист", 11),
        ("pl", "lip", 7),
        ("cs", "led", 1),
        ("tr", "ara", 12),
        ("it", "ago", 8),
        ("es", "dic", 12),
        ("es", "set", 9),
        ("fi", "elo", 8),
    ],
)
def test_a_short_month_that_is_a_word_elsewhere_is_known_in_its_own_language(
    language: str, name: str, number: int
) -> None:
    assert WORDS.months_in(language)[name] == number
    assert name not in WORDS.months_in("de")
    assert name not in WORDS.months_in("en")
