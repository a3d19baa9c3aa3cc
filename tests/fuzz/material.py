"""What the reader is tried on: texts, HTML, JSON-LD, calendar entries and PDF files, whole and
broken.
"""

from __future__ import annotations

import json
from html import escape
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from crawler.parsers.page import RawPage
from tests.pdf_files import PdfFile

WORDS = [
    # dates, whole and in pieces
    *("3. März 2026", "am 8. und 9. Juni", "2026", "31.", "bis", "–", "12.–14. Mai 2026", "heute"),
    *("Q3 2025", "4 April 2026", "since 2019", "next Friday", "06/09/2026", "2 марта 2026 года"),
    *("с 5 по 7 мая", "в 2024–2025 годах", "осенью", "Ende Oktober", "30. Februar 2026"),
    *("0.0.0000", "1-1-1-1-1", "10:30 Uhr", "99999999999"),
    # names of places, bodies, persons, materials
    *("Berlin", "in Almaty", "Freiberg", "Республика Казахстан", "в Астане", "Germany", "деутше"),
    *("Kirgisistan", "Deutsche Rohstoffagentur (DERA)", "Ministerium für Wirtschaft"),
    *("Muster GmbH & Co. KG", "АО «Самрук»", "the Ministry of Energy", "Dr. Anna Beispiel"),
    *("Leiterin", "Prof. Dr.-Ing. Max von Muster", "министр Иван Петров", "И. И. Иванов", "Mr"),
    *("said John Smith", "Lithium", "Kupfer", "Lithiumvorkommen", "литиевый", "редких металлов"),
    *("lead", "tin", "бор", "Seltene Erden", "Cluster-Strategie", "nationale Cluster-Strategie"),
    *("дорожная карта по литию", "Critical Raw Materials Act"),
    # events
    *("5. Sitzung des", "XIX сессия", "Konferenz", "Forum", "fand statt", "findet", "statt"),
    *("состоялась", "took place", "the 3rd", "zum vierten Mal", "verschoben", "abgesagt"),
    *("rund 120 Teilnehmer", "около 80 участников", "unter dem Motto", "lud ein", "traf"),
    # contacts
    *("Pressekontakt:", "Tel. +49 30 1234567", "Fax: 030/123", "muster@example.org"),
    *("muster (at) example . org", "тел.: 8 (7172) 74-00-00", "+", "@", "www.example.org"),
    # words between, and signs that rules look at
    *("der", "die", "und", "von", "in", "the", "of", "and", "на", "в", "и", "что", "sagte:"),
    *("„Zitat“", "«цитата»", "(", ")", ".", ",", ";", ":", "\n", "\n\n", "\t", "•", "- ", "/", "'"),
    *('"', "&nbsp;", "<b>", "…", "№ 5", "§ 3", "%"),
    # letters that change their length or lie outside the first plane
    *("İstanbul", "ẞ", "ﬁne", "e\u0301te\u0301", "\u00ad", "\u200b", "\u202e", "\ufeff"),
    *("𝟙𝟚", "😀", "ǅ", "\u0130\u0307", "\x00", "\x1f", "\u2028", "\ud800"),
]

SPACES = st.sampled_from([" ", " ", " ", "", "\n", "\n\n", "\u00a0", "-"])
LANGUAGES = st.sampled_from([None, "de", "en", "ru", "kk", "fr", "xx", "de-AT", ""])
DAYS = st.sampled_from(
    [
        None,
        "2026-03-04",
        "2026-03",
        "2026",
        "--03-04",
        "4. März 2026",
        "0000",
        "\n",
        "2026-03-04T10:00:00+01:00",
    ]
)
ADDRESSES = st.sampled_from(
    [
        None,
        "https://example.org/2026/03/04/x",
        "https://www.example.kz/news/1",
        "file:a.html",
        "http://[::1",
        "x",
    ]
)
ODD = st.text(max_size=12)


@st.composite
def texts(draw: DrawFn) -> str:
    """Words of the reader's rules in any order, with anything between."""
    pieces = draw(st.lists(st.tuples(st.sampled_from(WORDS) | ODD, SPACES), max_size=40))
    return "".join(word + space for word, space in pieces)


@st.composite
def text_pages(draw: DrawFn) -> RawPage:
    """A text handed in alone."""
    return RawPage(
        text=draw(texts()),
        url=draw(ADDRESSES),
        lang=draw(LANGUAGES),
        published=draw(DAYS),
        title=draw(st.none() | texts()),
    )


TAGS = [
    *("p", "div", "article", "main", "h1", "h2", "span", "a", "ul", "li", "table", "tr", "td"),
    *("time", "nav", "footer", "aside", "header", "section", "b", "br", "script", "style"),
    *("template", "svg", "form", "dialog"),
]
ATTRIBUTES = [
    *('class="byline"', 'class="teaser"', 'class="article-body"', "hidden", 'itemprop="name"'),
    *('itemscope itemtype="https://schema.org/Event"', 'datetime="2026-03-04"', 'href="/x"'),
    *('href="mailto:a@example.org"', 'id="comments"', 'style="display:none"', 'lang="ru"'),
    *('role="dialog"', "class='", "=", 'x="\x00"'),
]


@st.composite
def markup(draw: DrawFn) -> str:
    """Elements opened and closed as it comes, with texts between."""
    out = []
    for kind in draw(st.lists(st.integers(0, 9), max_size=30)):
        if kind < 5:
            words = draw(st.lists(st.sampled_from(WORDS), max_size=8))
            out.append(escape(" ".join(words)) if kind < 4 else " ".join(words))
        elif kind < 8:
            attributes = draw(st.lists(st.sampled_from(ATTRIBUTES), max_size=2))
            out.append(f"<{' '.join([draw(st.sampled_from(TAGS)), *attributes])}>")
        else:
            out.append(f"</{draw(st.sampled_from(TAGS))}>")
    return "".join(out)


@st.composite
def html_pages(draw: DrawFn) -> RawPage:
    """A page with head and body, as markup or as bytes in any encoding."""
    title = escape(" ".join(draw(st.lists(st.sampled_from(WORDS), max_size=6))))
    head = f"<title>{title}</title><meta property='article:published_time' content='{draw(DAYS)}'>"
    page = f"<html lang='{draw(LANGUAGES)}'><head>{head}</head><body>{draw(markup())}</body></html>"
    encoding = draw(st.sampled_from([None, "utf-8", "cp1251", "latin-1", "utf-16"]))
    given: dict[str, Any] = {
        "url": draw(ADDRESSES),
        "lang": draw(LANGUAGES),
        "published": draw(DAYS),
    }
    if encoding is None:
        return RawPage(html=page, **given)
    kind = draw(
        st.sampled_from([None, "text/html", "text/html; charset=utf-8", "x; charset=klingon"])
    )
    return RawPage(body=page.encode(encoding, "replace"), content_type=kind, **given)


def byte_pages() -> SearchStrategy[RawPage]:
    """Bytes that are anything, said to be anything."""
    kinds = st.sampled_from([None, "text/html", "text/plain", "application/pdf", "text/calendar"])
    return st.builds(RawPage, body=st.binary(max_size=400), content_type=kinds)


KEYS = [
    *("@type", "@graph", "@context", "name", "headline", "startDate", "endDate", "location"),
    *("address", "addressLocality", "addressCountry", "organizer", "performer", "eventStatus"),
    *("previousStartDate", "datePublished", "author", "description", "articleBody", "subEvent"),
]
VALUES = [
    *("Event", "BusinessEvent", "NewsArticle", "https://schema.org/EventCancelled"),
    *("EventPostponed", "2026-03-04", "2026-03-04T10:00:00+14:00", "2026-99-99", "Almaty", "KZ"),
    *("Berlin", "", "  ", "a\nb", "x: y", "\u2028", "</script>", "Lithiumforum"),
]


def json_values() -> SearchStrategy[Any]:
    """JSON of the keys and values that markup readers look at, nested."""
    leaves = st.sampled_from(VALUES) | st.none() | st.booleans() | st.integers() | st.floats() | ODD
    return st.recursive(
        leaves,
        lambda inner: (
            st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=6)
        ),
        max_leaves=20,
    )


@st.composite
def json_ld_pages(draw: DrawFn) -> RawPage:
    """Pages whose JSON-LD is anything; sometimes cut off."""
    event = {"@type": "Event", "name": draw(st.sampled_from(VALUES)), "startDate": "2026-03-04"}
    blocks = [
        draw(json_values()),
        {**event, "location": draw(json_values()), "organizer": draw(json_values())},
    ]
    scripts = []
    for block in blocks:
        written = json.dumps(block)
        cut = draw(st.integers(0, len(written)) | st.none())
        scripts.append(f"<script type='application/ld+json'>{written[:cut]}</script>")
    words = " ".join(draw(st.lists(st.sampled_from(WORDS), max_size=12)))
    return RawPage(html=f"<html><body>{''.join(scripts)}<article><p>{escape(words)}</p></article>")


LINES = [
    *("BEGIN:VCALENDAR", "BEGIN:VEVENT", "END:VEVENT", "END:VCALENDAR", "SUMMARY:5. Lithiumforum"),
    *("DTSTART:20260304T100000Z", "DTSTART;VALUE=DATE:20260304", "DTEND;VALUE=DATE:20260305"),
    *("DTSTART;TZID=Europe/Berlin:20260329T023000", "DTEND:20260303", "RRULE:FREQ=SECONDLY"),
    *("RRULE:FREQ=YEARLY;COUNT=999999999", "RRULE:FREQ=DAILY;UNTIL=99991231"),
    *("LOCATION:Freiberg\\, Saal 1", "ORGANIZER;CN=DERA:mailto:a@example.org", "STATUS:CANCELLED"),
    *("UID:1", "DESCRIPTION:lang", " folded", "X:\x00", "DTSTART:", "RECURRENCE-ID:20260304"),
    "EXDATE:20260311",
]


@st.composite
def calendar_pages(draw: DrawFn) -> RawPage:
    """Lines of a calendar in any order."""
    inner = draw(st.lists(st.sampled_from(LINES) | ODD, max_size=15))
    whole = draw(st.booleans())
    lines = (
        ["BEGIN:VCALENDAR", "BEGIN:VEVENT", *inner, "END:VEVENT", "END:VCALENDAR"]
        if whole
        else inner
    )
    body = "\r\n".join(lines).encode("utf-8", "replace")
    kind = draw(st.sampled_from(["text/calendar", "text/plain", "text/html"]))
    return RawPage(body=body, content_type=kind, url=draw(ADDRESSES))


@st.composite
def pdf_pages(draw: DrawFn) -> RawPage:
    """PDF files, whole, cut off, and with bytes changed."""
    file = PdfFile(
        title=draw(st.none() | st.sampled_from(WORDS[:40])),
        created=draw(st.none() | ODD.filter(str.isalnum)),
    )
    for kind in draw(st.lists(st.integers(0, 9), max_size=14)):
        if kind == 0:
            file.page()
        words = " ".join(draw(st.lists(st.sampled_from(WORDS), max_size=8)))
        size = draw(st.sampled_from([0.1, 8, 11, 11, 16, 300]))
        text = words.encode("utf-16-le", "replace").decode("utf-16-le")
        file.line(
            text, size=size, bold=kind == 1, x=draw(st.sampled_from([-50.0, 70.0, 300.0, 1e6]))
        )
    body = bytearray(file.body(encrypted=draw(st.integers(0, 9)) == 0))
    for place, value in draw(
        st.lists(st.tuples(st.integers(0, len(body) - 1), st.integers(0, 255)), max_size=6)
    ):
        body[place] = value
    cut = draw(st.none() | st.integers(0, len(body)))
    return RawPage(body=b"%PDF-" + bytes(body[5:cut]), content_type="application/pdf")
