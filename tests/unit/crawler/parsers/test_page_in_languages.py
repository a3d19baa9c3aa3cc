"""Heads and feet of pages in languages that have words for pages and lists, and none for events."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from crawler.parsers.article.draft import ArticleDraft
from crawler.parsers.page import PageReader
from crawler.parsers.raw_page import RawPage
from tests.page_reader import packaged_reader


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
    LocalPage(
        "cs",
        "Nová mapa ložisek lithia",
        "Zveřejněno dne: 12. března 2031",
        "Připravila: Jana Horáková",
        "Jana Horáková",
        (
            "Služba vydala mapu, na které je vyznačeno sedmnáct území ve třech krajích.",
            "Práce trvaly dva roky a vzorky se odebíraly z hloubky až tří set metrů.",
        ),
        "Přečtěte si také: Důl u jezera opět přijímá návštěvníky",
        "Naposledy upraveno: 3. dubna 2031",
    ),
    LocalPage(
        "tr",
        "Lityum yatakları için yeni harita",
        "Yayımlanma tarihi: 12 Mart 2031",
        "Hazırlayan: Ayşe Yıldız",
        "Ayşe Yıldız",
        (
            "Kurum, üç bölgede on yedi alanın gösterildiği yeni bir harita yayımladı.",
            "Çalışmalar iki yıl sürdü ve örnekler üç yüz metreye kadar derinlikten alındı.",
        ),
        "İlginizi çekebilir: Göl kıyısındaki maden yeniden ziyaretçi kabul ediyor",
        "Son güncelleme: 3 Nisan 2031",
    ),
    LocalPage(
        "it",
        "Una nuova mappa dei giacimenti di litio",
        "Data di pubblicazione: 12 marzo 2031",
        "A cura di Giulia Ferrari",
        "Giulia Ferrari",
        (
            "Il servizio ha pubblicato una mappa che mostra diciassette aree in tre regioni.",
            "I lavori sono durati due anni e i campioni arrivano da trecento metri sotto terra.",
        ),
        "Leggi anche: La miniera sul lago accoglie di nuovo i visitatori",
        "Ultima modifica: 3 aprile 2031",
    ),
    LocalPage(
        "es",
        "Un nuevo mapa de yacimientos de litio",
        "Fecha de publicación: 12 de marzo de 2031",
        "Redactado por Lucía Romero",
        "Lucía Romero",
        (
            "El servicio ha publicado un mapa que muestra diecisiete zonas en tres regiones.",
            "Los trabajos duraron dos años y las muestras vienen de trescientos metros de hondo.",
        ),
        "Lea también: La mina junto al lago vuelve a recibir visitantes",
        "Última modificación: 3 de abril de 2031",
    ),
    LocalPage(
        "sv",
        "Ny karta över litiumfyndigheter",
        "Publiceringsdatum: 12 mars 2031",
        "Skriven av Astrid Lindqvist",
        "Astrid Lindqvist",
        (
            "Myndigheten har gett ut en karta som visar sjutton områden i tre landskap.",
            "Arbetet pågick i två år och proverna togs på upp till trehundra meters djup.",
        ),
        "Läs också: Gruvan vid sjön tar åter emot besökare",
        "Senast ändrad: 3 april 2031",
    ),
    LocalPage(
        "fi",
        "Uusi kartta litiumesiintymistä",
        "Julkaisupäivä: 12. maaliskuuta 2031",
        "Kirjoittaja: Aino Koskinen",
        "Aino Koskinen",
        (
            "Laitos on julkaissut kartan, jossa on seitsemäntoista aluetta kolmessa maakunnassa.",
            "Työ kesti kaksi vuotta, ja näytteet otettiin jopa kolmensadan metrin syvyydestä.",
        ),
        "Lue myös: Järven rannalla oleva kaivos ottaa taas vastaan vieraita",
        "Viimeksi muokattu: 3. huhtikuuta 2031",
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
    return packaged_reader()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.lang)
def test_a_page_is_read_without_words_for_events(page: LocalPage, pages: PageReader) -> None:
    url = "https://www.example.org/17"
    found = pages.read(RawPage(html=html_of(page), url=url))
    assert (found.lang, found.published) == (page.lang, "2031-03-12")
