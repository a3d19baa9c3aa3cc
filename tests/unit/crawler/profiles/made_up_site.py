"""Pages of a made-up site with a frame: menu, clock, exchange rates, "most read", footer."""

from __future__ import annotations

import random
from datetime import date, timedelta

from crawler.parsers.raw_page import RawPage
from crawler.profiles.learning import SamplePage

FIRST_NIGHT = date(2026, 3, 2)
_WORDS = [
    "Verband",
    "Rohstoffe",
    "Bergbau",
    "Lager",
    "Kupfer",
    "Region",
    "Vorrat",
    "Anlage",
    "Forschung",
    "Minister",
    "Vertrag",
    "Werk",
    "Förderung",
    "Erkundung",
    "Karte",
    "Messung",
    "Bohrung",
    "Gestein",
    "Erz",
    "Zink",
    "Projekt",
    "Partner",
    "Hafen",
]


def words(seed: str, count: int) -> str:
    """A made-up sentence, always the same for a seed."""
    chosen = random.Random(seed)  # the same text for a seed is what is wanted
    return " ".join(chosen.choice(_WORDS) for _ in range(count)) + f" {seed}."


def paragraphs(number: int) -> list[str]:
    """What the article with this number says."""
    return [words(f"{number}-{i}", 24) for i in range(4)]


def published(number: int) -> date:
    """When it was published."""
    return FIRST_NIGHT - timedelta(days=3 * number + 1)


def page(number: int, *, night: date = FIRST_NIGHT, known_day: bool = False) -> SamplePage:
    """The article with this number as it was fetched on a night."""
    rates = random.Random(f"{number} {night}")  # as above
    popular = "".join(
        f'<li><a href="/news/{n}">Gelesen {words(f"p{n}", 4)}</a></li>'
        for n in sorted({(number // 4 + k) % 9 for k in range(3)})
    )
    body = "".join(f"<p>{text}</p>" for text in paragraphs(number))
    day = published(number)
    html = f"""<html><head><title>Verband Erz - Nachrichten</title></head><body>
    <div class="kopf">Heute ist der {night:%d.%m.%Y}<br>Dollar {rates.random():.4f}</div>
    <div class="leiste"><h3>Meistgelesen</h3><ul>{popular}</ul></div>
    <div class="mitte"><h2>{words(f"Titel {number}", 5)}</h2>
    <div class="info">{day - timedelta(days=7 + number % 5):%d.%m.%Y}</div>{body}
    <p>Der Verband Erz vertritt seit vielen Jahren die Interessen seiner Mitglieder in allen
    Fragen der Versorgung mit Rohstoffen.</p>
    <div class="daten">Nr. {number} / {day:%d.%m.%Y}</div></div>
    <div class="fuss">Verband Erz, Beispielweg 1, alle Rechte vorbehalten und ohne Gewähr für
    die Richtigkeit der Angaben auf diesen Seiten.<br>Stand 01.01.2020</div></body></html>"""
    return SamplePage(
        RawPage(body=html.encode(), url=f"https://erz.example.org/news/{number}"),
        night,
        day.isoformat() if known_day else None,
    )


def site(pages: int, *, known_days: bool = False) -> list[SamplePage]:
    """The first articles of the site."""
    return [page(number, known_day=known_days) for number in range(pages)]
