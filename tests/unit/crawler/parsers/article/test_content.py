"""Two made-up sites whose pages hide much of their text: a fund's calls with answers below their
questions, beside panels of its menu that are hidden on each page; a fair's programme by days, which
a script shows.
"""

from __future__ import annotations

import dataclasses
from datetime import timedelta

import pytest

from crawler.parsers.page import PageReader
from crawler.parsers.raw_page import RawPage
from crawler.profiles.learning import SamplePage, learn
from tests.page_reader import packaged_reader
from tests.unit.crawler.profiles.made_up_site import FIRST_NIGHT, words

PANELS = ("Aufgaben", "Satzung", "Gremien", "Presse")
DAYS = 4


@pytest.fixture(scope="module")
def reader() -> PageReader:
    return packaged_reader()


def call(number: int) -> SamplePage:
    """A call for proposals."""
    panels = "".join(
        f'<div class="flyout" hidden><b>{name}</b><p>{words(name, 18)}</p></div>' for name in PANELS
    )
    answers = "".join(
        f'<div class="frage"><h3><button aria-expanded="false">{question}</button></h3>'
        f'<div class="antwort" style="display: none;"><p>{answer}</p></div></div>'
        for question, answer in answers_of(number)
    )
    day = FIRST_NIGHT - timedelta(days=number + 1)
    html = f"""<html lang="de"><head><title>Aufruf {number}</title></head><body>
    <header><a href="/">Fonds Erz</a>{panels}</header>
    <main><h1>{words(f"Aufruf {number}", 4)}</h1><p class="datum">{day:%d.%m.%Y}</p>
    <p>{words(f"vor {number}", 24)}</p><p>{words(f"nach {number}", 24)}</p>{answers}</main>
    <footer>Fonds Erz, Beispielweg 1</footer></body></html>"""
    return SamplePage(RawPage(html=html, url=f"https://fonds.example.org/aufruf/{number}"), day)


def answers_of(number: int) -> list[tuple[str, str]]:
    """Questions and answers of a call."""
    return [(words(f"Frage {number}-{n}", 3), words(f"{number}-{n}", 16)) for n in range(4)]


def test_answers_of_a_call_are_its_text_and_panels_of_the_menu_are_not(reader: PageReader) -> None:
    profile = learn([call(number) for number in range(8)])
    assert profile is not None
    text = reader.read(dataclasses.replace(call(20).raw, profile=profile)).text
    assert [answer for _, answer in answers_of(20) if answer not in text] == []
    assert [name for name in PANELS if words(name, 18) in text] == []


@pytest.mark.parametrize(
    "around", ["{}", '<div class="loading" style="visibility: hidden">{}</div>']
)
def test_days_of_a_programme_are_its_text(reader: PageReader, around: str) -> None:
    days = "".join(
        f'<button aria-controls="d{n}">Day {n}</button>'
        f'<section id="d{n}" hidden><p>{words(f"morning {n}", 20)}</p>'
        f"<p>{words(f'evening {n}', 20)}</p></section>"
        for n in range(DAYS)
    )
    shown = around.format(f"<h1>{words('Programme', 3)}</h1><p>{words('opening', 20)}</p>{days}")
    html = f'<html lang="en"><body><nav><a href="/">Home</a></nav>{shown}</body></html>'
    text = reader.read(RawPage(html=html, url="https://fair.example.org/programme")).text
    wanted = [words(f"{part} {n}", 20) for n in range(DAYS) for part in ("morning", "evening")]
    assert [sentence for sentence in wanted if sentence not in text] == []
