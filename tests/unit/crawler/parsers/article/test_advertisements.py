"""Advertisements amid an article that nothing but their label marks."""

from __future__ import annotations

import lxml.html
import pytest

from crawler.parsers.article.advertisements import advertised
from crawler.parsers.article.blocks import read_blocks
from crawler.parsers.raw_page import RawPage
from tests.page_reader import packaged_reader, packaged_words

FIRST = "Die Grube Orla fördert seit dem Frühjahr wieder Zinn, nachdem ihre Pumpen erneuert wurden."
SECOND = "Im Herbst kommt eine zweite Schicht hinzu, für die der Betrieb vierzig Bergleute sucht."
OFFER = "Förderbänder sofort ab Lager, rufen Sie uns noch heute an"


def text_with(box: str) -> str:
    """The text of an article in which a box stands."""
    page = (
        "<html lang='de'><head><title>Orla fördert wieder Zinn</title></head><body>"
        f"<div class='mitte'><h1>Orla fördert wieder Zinn</h1><p>{FIRST}</p><p>{FIRST[4:]}</p>"
        f"{box}<p>{SECOND}</p><p>{SECOND[3:]}</p></div></body></html>"
    )
    raw = RawPage(page.encode(), "https://partner.example/orla")
    return packaged_reader().read_draft(raw).text or ""


@pytest.mark.parametrize(
    "box",
    [
        f"<div class='anz'>Anzeige<br>{OFFER}</div>",
        f"<p><small>ANZEIGE</small><br>{OFFER}</p>",
        f"<div class='slot-3'><span>Werbung:</span><p>{OFFER}</p></div>",
        f"<div><div><em>Sponsored content</em></div><p>{OFFER}</p><p>{OFFER}</p></div>",
        f"<div class='r'><b>Реклама</b><div>{OFFER}</div></div>",
    ],
    ids=["break", "paragraph", "label of its own", "several lines", "another language"],
)
def test_an_advertisement_by_its_label_is_no_text(box: str) -> None:
    assert OFFER not in text_with(box)
    assert SECOND in text_with(box)


@pytest.mark.parametrize(
    "box",
    [
        f"<p>Anzeige erstattete die Gemeinde. {OFFER}</p>",
        f"<p><b>Werbung</b>: {OFFER}</p>",
        f"<h2>Werbung</h2><p>{OFFER}</p>",
        f"<p>{OFFER}</p><p>Anzeige</p>",
        f"<p>* * *<br>{OFFER}</p>",
        f"<div><p>Anzeige</p><p>{OFFER}</p><p>{FIRST} {SECOND} {FIRST} {SECOND} {FIRST}</p></div>",
    ],
    ids=["sentence", "explained", "heading", "below", "signs", "long"],
)
def test_what_is_no_label_of_a_small_box_takes_nothing(box: str) -> None:
    assert OFFER in text_with(box)


def test_a_label_that_the_site_is_known_to_repeat_is_one() -> None:
    page = f"<body><div><p>{FIRST}</p><div>Anzeige<br>{OFFER}</div><p>{SECOND}</p></div></body>"
    whole, part = map(lxml.html.fromstring, (page, page.replace("Anzeige<br>", "")))
    twins = dict(zip(part.iter(), (e for e in whole.iter() if e.tag != "br"), strict=True))
    blocks = read_blocks(part, lambda element: False)
    words = packaged_words()
    found = advertised(blocks, words, lambda element: twins[element])
    assert [block.text for block in blocks if block.element in found] == [OFFER]
