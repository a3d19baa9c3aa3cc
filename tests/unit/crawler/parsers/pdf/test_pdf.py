"""PDF press releases: text, title, date, and what can't be read."""

from __future__ import annotations

import pytest

from crawler.parsers.page import PageReader, RawPage
from crawler.parsers.pdf import PdfDraft, PdfReader, PdfWords
from crawler.parsers.pdf.lines import MAX_PAGES
from indexer.records.document import Page
from indexer.records.errors import ParseError
from indexer.records.reference import load_reference
from tests.page_reader import packaged_reader
from tests.pdf_files import HEIGHT, PdfFile


@pytest.fixture(scope="module")
def pages() -> PageReader:
    return packaged_reader()


@pytest.fixture(scope="module")
def reader() -> PdfReader:
    return PdfReader(PdfWords(load_reference().languages))


def german() -> PdfFile:
    return (
        PdfFile(title="Microsoft Word - PM_12_final.docx", created="D:20260305091500+01'00'")
        .lines("PRESSEMITTEILUNG Nr. 12/2026", size=20, bold=True)
        .lines("Berlin, 4. März 2026")
        .lines("Fünfte Sitzung des Dialogforums Lithium", "bringt neue Partner", size=15, bold=True)
        .lines(
            "Die Deutsche Rohstoffagentur lud am 3. März 2026 zur 5. Sitzung des Dialog-",
            (
                "forums Lithium nach Freiberg ein. Rund 120 Teilnehmer aus Kasachstan kamen zu "
                "Gesprächen über Roh-"
            ),
            "und Baustoffe und die nationale Cluster-",
            "Strategie.",
        )
        .lines("Die Gespräche werden fortgesetzt, wie die Veranstalter zum Abschluss mitteilten.")
    )


def russian() -> PdfFile:
    return (
        PdfFile()
        .lines("ПРЕСС-РЕЛИЗ", bold=True, size=16)
        .lines("Астана, 12 мая 2026 года", size=11)
        .lines("В Астане прошла седьмая сессия форума по литию", size=15, bold=True)
        .lines(
            "11 мая 2026 года в Астане состоялась VII сессия форума по литию. В ней при-",
            (
                "няли участие около 80 представителей компаний Германии и Казахстана, кто-то из "
                "которых"
            ),
            "выступил впервые, рассказали организаторы. Среди гостей был кто-",
            "то из Узбекистана.",
        )
    )


def english() -> PdfFile:
    return (
        PdfFile(title="Lithium Forum Opens in Almaty")
        .lines("Press Release", size=22)
        .lines("Lithium Forum Opens in Almaty", size=16)
        .lines(
            "ALMATY, 7 April 2026 – The 3rd Lithium Forum opened in Almaty on Tuesday with co-",
            "operation between geological surveys as its theme. Some 200 delegates from Germany",
            "and Kazakhstan took part.",
        )
    )


def read(pages: PageReader, file: PdfFile) -> Page:
    return pages.read(RawPage(body=file.body(), content_type="application/pdf"))


def test_a_german_release(pages: PageReader) -> None:
    page = read(pages, german())
    assert page.title == "Fünfte Sitzung des Dialogforums Lithium bringt neue Partner"
    assert (page.lang, page.published, page.kind) == ("de", "2026-03-04", "article")
    assert page.text.startswith(
        "Die Deutsche Rohstoffagentur lud am 3. März 2026 zur 5. Sitzung des Dialogforums"
    )
    assert "über Roh- und Baustoffe und die nationale Cluster-Strategie." in page.text
    assert len(page.text.split("\n\n")) == 2
    assert page.parts["byline"] == "PRESSEMITTEILUNG Nr. 12/2026\nBerlin, 4. März 2026"
    event = page.events[0]
    assert (event.start, event.place.city, event.ordinal) == ("2026-03-03", "Freiberg", 5)


def test_a_russian_release(pages: PageReader) -> None:
    page = read(pages, russian())
    assert page.title == "В Астане прошла седьмая сессия форума по литию"
    assert (page.lang, page.published) == ("ru", "2026-05-12")
    assert "В ней приняли участие" in page.text
    assert "был кто-то из Узбекистана" in page.text, "written so elsewhere in the text"
    assert {c.id for c in page.commodities} == {"lithium"}


def test_an_english_release(pages: PageReader) -> None:
    page = read(pages, english())
    assert page.title == "Lithium Forum Opens in Almaty"
    assert (page.lang, page.published) == ("en", "2026-04-07")
    assert "with cooperation between" in page.text
    assert page.events[0].place.country == "KZ"


def test_every_value_has_its_place(pages: PageReader) -> None:
    for file in (german(), russian(), english()):
        page = read(pages, file)
        assert page.mentions
        for mention in page.mentions:
            assert page.part(mention.part)[mention.start : mention.end] == mention.surface
        assert any(m.field == "published" for m in page.mentions)


def draft(reader: PdfReader, file: PdfFile) -> PdfDraft:
    return reader.read(file.body())


def test_headers_footers_and_page_numbers_are_left_out(reader: PdfReader) -> None:
    file = german()
    file.page().lines("Auf der zweiten Seite steht der Rest.").page().lines("Und hier das Ende.")
    file.on_every_page("Beispielverband e. V. · Musterstraße 1", HEIGHT - 40)
    file.on_every_page("Seite # von 3", 40)
    text = draft(reader, file).text
    assert "Musterstraße" not in text
    assert "Seite" not in text.replace("zweiten Seite", "")
    assert text.endswith("Auf der zweiten Seite steht der Rest.\n\nUnd hier das Ende.")


def test_the_number_of_a_single_page_is_left_out(reader: PdfReader) -> None:
    assert draft(reader, german().at("– 1 –", 280, 30)).text == draft(reader, german()).text


@pytest.mark.parametrize(
    ("last", "first", "joined"),
    [
        ("Die Förderung stieg im vergangenen Jahr um ein Achtel, wie die", "Leitung sagte.", True),
        ("Die Förderung stieg im vergangenen Jahr und", "liegt nun bei vier Tonnen.", True),
        ("Die Förderung stieg im vergangenen Jahr um ein Achtel.", "Sie wird steigen.", False),
    ],
)
def test_a_sentence_goes_on_over_pages(
    reader: PdfReader, last: str, first: str, joined: bool
) -> None:
    file = PdfFile().lines(last).page().lines(first)
    assert draft(reader, file).text == f"{last}{' ' if joined else chr(10) * 2}{first}"


def test_items_of_a_list_are_paragraphs(reader: PdfReader) -> None:
    file = PdfFile().line("Vereinbart wurden drei Vorhaben:")
    for item in ("• ein Labor in Almaty", "• eine Schule in Freiberg", "– ein Austausch"):
        file.line(item)
    assert draft(reader, file).text.split("\n\n")[1:] == [
        "• ein Labor in Almaty",
        "• eine Schule in Freiberg",
        "– ein Austausch",
    ]


@pytest.mark.parametrize(
    ("file", "day", "rule"),
    [
        (german(), "2026-03-04", "pdf.byline"),
        (english(), "2026-04-07", "pdf.dateline"),
        (
            PdfFile(created="D:20260228233000-05'00'").lines(
                "Am 3. März 2027 findet in Freiberg ein Forum statt, das sich mit Lithium befasst."
            ),
            "2026-02-28",
            "pdf.created",
        ),
    ],
)
def test_where_the_date_comes_from(pages: PageReader, file: PdfFile, day: str, rule: str) -> None:
    page = read(pages, file)
    found = next(m for m in page.mentions if m.field == "published")
    assert (page.published, found.extractor) == (day, rule)


def test_the_properties_tell_the_instant(pages: PageReader) -> None:
    file = PdfFile(created="D:20260228233000-05'00'").lines("Ein Text ohne Datum über Lithium.")
    at = read(pages, file).published_at
    assert at is not None
    assert at.isoformat() == "2026-03-01T04:30:00+00:00"


@pytest.mark.parametrize("created", ["D:20261345", "yesterday", "D:00000000000000Z", ""])
def test_broken_properties_are_no_date(pages: PageReader, created: str) -> None:
    file = PdfFile(created=created).lines("Ein Text ohne Datum über Lithium.")
    assert read(pages, file).published is None


@pytest.mark.parametrize(
    "title", ["Microsoft Word - Neue Fassung final.docx", "PM_12_final neu x", "Layout 1"]
)
def test_a_file_name_is_no_title(reader: PdfReader, title: str) -> None:
    file = PdfFile(title=title).lines("Ein Text ohne Überschrift, der nur einen Absatz hat.")
    assert draft(reader, file).title is None


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (german().body(encrypted=True), "encrypted"),
        (b"%PDF-1.7 and nothing else", "broken-pdf"),
        (b"<html>no", "broken-pdf"),
        (PdfFile().body(), "no-text"),
        (b"%PDF-1.4" + b" " * (9 << 20), "too-large"),
    ],
)
def test_what_cannot_be_read_is_said(pages: PageReader, body: bytes, reason: str) -> None:
    with pytest.raises(ParseError) as failed:
        pages.read(RawPage(body=body, content_type="application/pdf"))
    assert failed.value.reason == reason


def test_a_cut_off_file_is_mended_or_refused(pages: PageReader) -> None:
    body = german().body()
    for end in range(100, len(body), 211):
        raw = RawPage(body=body[:end])
        try:
            text = pages.read(raw).text
        except ParseError as error:
            text = error.reason
        assert text


def test_the_magic_counts_whatever_the_server_says(pages: PageReader) -> None:
    page = pages.read(RawPage(body=english().body(), content_type="text/html"))
    assert page.title == "Lithium Forum Opens in Almaty"


def test_a_study_is_no_article(pages: PageReader) -> None:
    file = PdfFile()
    for number in range(MAX_PAGES + 2):
        file.lines(f"Kapitel {number} handelt von Lithium.").page()
    page = read(pages, file)
    assert page.kind == "not-an-article"
    assert "Kapitel 5 " in page.text
    assert f"Kapitel {MAX_PAGES + 1} " not in page.text
