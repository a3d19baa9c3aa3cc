"""Made-up pages with the boilerplate of real ones, and the readers of articles."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from crawler.parsers.article import ArticleDraft, ArticleReader
from crawler.parsers.html import HtmlDocument
from indexer.records.reference import Reference, load_reference
from tests.page_reader import packaged_dates, packaged_words

BODY = {
    "de": [
        (
            "Das Amt hat gestern die Ergebnisse der Erkundung im Westen des Landes vorgestellt "
            "und eine Karte dazu gezeigt."
        ),
        (
            "Nach Angaben der Fachleute reichen die bekannten Vorräte bei heutigem Abbau noch "
            "für mehrere Jahrzehnte."
        ),
        (
            "Die Unternehmen der Region wollen im nächsten Schritt eine gemeinsame Aufbereitung "
            "prüfen lassen."
        ),
    ],
    "en": [
        (
            "The survey presented the results of its exploration in the west of the country and "
            "showed a map of them."
        ),
        (
            "According to the experts the known reserves will last for several decades at the "
            "present rate of mining."
        ),
        (
            "In a next step the companies of the region want to have a joint processing plant "
            "looked into."
        ),
    ],
    "ru": [
        (
            "Служба представила результаты разведки на западе страны и показала подготовленную "
            "по ним карту месторождений."
        ),
        (
            "По словам специалистов, известных запасов при нынешней добыче хватит ещё на "
            "несколько десятилетий работы."
        ),
        (
            "Следующим шагом предприятия области намерены рассмотреть строительство общей "
            "обогатительной фабрики."
        ),
    ],
    "kk": [
        (
            "Қызмет елдің батысындағы барлау жұмыстарының нәтижелерін ұсынып, дайындалған "
            "картаны көрсетті."
        ),
        (
            "Мамандардың айтуынша, белгілі қорлар қазіргі өндіру қарқынымен тағы бірнеше "
            "онжылдыққа жетеді."
        ),
        (
            "Келесі кезекте өңір кәсіпорындары ортақ байыту фабрикасын салу мәселесін "
            "қарастырмақ ниетте."
        ),
    ],
}

PageMaker = Callable[..., str]


@pytest.fixture(scope="session")
def reference() -> Reference:
    return load_reference()


@pytest.fixture(scope="session")
def articles() -> ArticleReader:
    return ArticleReader(packaged_words(), packaged_dates())


@pytest.fixture(scope="session")
def read(articles: ArticleReader) -> Callable[..., ArticleDraft]:
    def read_markup(html: str, url: str | None = "https://www.example.org/news/17") -> ArticleDraft:
        return articles.read(HtmlDocument(html), url)

    return read_markup


@pytest.fixture(scope="session")
def page() -> PageMaker:
    def make(
        *,
        lang: str = "en",
        head: str = "",
        before: str = "",
        title: str = "Survey shows new map of deposits",
        body: str | None = None,
        after: str = "",
        html_lang: str | None = None,
    ) -> str:
        text = body if body is not None else "".join(f"<p>{p}</p>" for p in BODY[lang])
        return f"""<!DOCTYPE html><html lang="{html_lang or lang}"><head><meta charset="utf-8">
<title>{title} | Example Agency</title>{head}</head><body>
<header><a href="/">Example Agency</a><nav><ul><li><a href="/">Home</a></li><li>\
<a href="/news">News</a></li>
<li><a href="/about">About the agency</a></li></ul></nav></header>
<main><article><h1>{title}</h1>{before}<div class="text">{text}</div></article></main>{after}
<footer><p>Copyright Example Agency 2031. All rights reserved. <a \
href="/imprint">Imprint</a></p></footer>
</body></html>"""

    return make
