"""Whole pages: what is given is trusted, text stays as it is, every value stands where it says."""

from __future__ import annotations

import dataclasses
import json
import pickle
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.parsers.events.trained.confidence_model import CONFIDENCE_FILE
from crawler.parsers.page import PageReader, RawPage, valid_mentions
from crawler.parsers.sites import read_site_fields
from indexer.records.document import Mention, Page
from indexer.records.errors import ParseError
from tests.page_reader import packaged_reader

TEXT = (
    "  Sitzung der Arbeitsgruppe\r\n\r\n\r\n"
    "Am 8. und 9. Juni 2015 fand in Astana die 5. Sitzung der Arbeitsgruppe Rohstoffe "
    "statt. Rund 45 Teilnehmer aus Kasachstan und Deutschland sprachen über Lithium.\n\n"
    "Kontakt: Tel. +49 30 5550123 \n"
)
PIECES = [
    *("<p>", "</p>", "<h1>", "</h1>", "<article>", "</div>", "<div class='date'>", "<br><br>"),
    *("<li>", "<td>", "<aside>", "Am 8. und 9. Juni 2015 fand in Astana "),
    *("die 5. Sitzung statt. ", "Lithium aus Kasachstan ", "Министр встретился "),
    *("9 июня 2015 года ", "By Jane Roe ", "Kontakt: Tel. +49 30 5550123 ", "info@example.org "),
    *("\u00a0", "\u200b", "&amp;", "&#0;", "İstanbul ", "e\u0301 ", "\U0001f600"),
    *("<script type='application/ld+json'>", '{"@type": "Event", "name": "Forum"}', "</script>"),
    *("<time datetime='2015-06-09'>", "<meta name='date' content='2015-06-09'>", "<title>"),
    *("</title>", "\n\n", "ß"),
]


@pytest.fixture(scope="module")
def reader() -> PageReader:
    return packaged_reader()


def holds(page: Page) -> bool:
    return all(page.part(m.part)[m.start : m.end] == m.surface != "" for m in page.mentions)


def test_text_is_taken_as_it_stands(reader: PageReader) -> None:
    page = reader.read(RawPage(text=TEXT, url=None))
    assert page.text == TEXT
    assert (page.title, page.teaser, page.lang, page.kind) == (None, None, "de", "article")
    assert page.published is None
    assert holds(page)
    assert [TEXT[d.start : d.end] for d in page.dates] == ["8. und 9. Juni 2015"]


def test_empty_text_is_a_page(reader: PageReader) -> None:
    assert reader.read(RawPage(text="")).text == ""


def test_given_values_are_trusted(reader: PageReader) -> None:
    html = (
        "<html lang=en><head><meta name=date content=2011-01-01></head><body><h1>Read title</h1>"
        "<p>Eine Sitzung fand statt.</p>"
    )
    page = reader.read(
        RawPage(
            html=html,
            url="https://example.org/2012/03/04/x",
            lang="ru",
            published="2015-06-09",
            title="Given title",
        )
    )
    assert (page.lang, page.published, page.title) == ("ru", "2015-06-09", "Given title")
    assert page.part("given") == "2015-06-09\nGiven title"
    assert [m.part for m in page.mentions if m.field == "published"] == ["given"]


@pytest.mark.parametrize(
    ("given", "published"),
    [
        ("2015-06", "2015-06"),
        ("2015-06-09T10:00:00+06:00", "2015-06-09"),
        ("9. Juni 2015", "2015-06-09"),
        ("2015", "2015"),
    ],
)
def test_given_publication_date_keeps_its_precision(
    reader: PageReader, given: str, published: str
) -> None:
    assert reader.read(RawPage(text=TEXT, lang="de", published=given)).published == published


def test_bare_text_gives_its_date_line(reader: PageReader) -> None:
    page = reader.read(RawPage(text=f"Sitzung in Astana\n09.06.2015\n\n{TEXT}"))
    assert page.published == "2015-06-09"
    assert [(m.part, m.surface) for m in page.mentions if m.field == "published"] == [
        ("text", "09.06.2015")
    ]


def test_bare_text_falls_back_to_its_address(reader: PageReader) -> None:
    page = reader.read(RawPage(text="Ein Bericht.", url="https://example.org/2015/06/09/bericht"))
    assert [(m.part, m.surface) for m in page.mentions if m.field == "published"] == [
        ("url", "2015/06/09")
    ]


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("Die Kaolinwerk Süd GmbH hat einen Preis gewonnen.", []),
        ("Die Kaolinwerk Süd GmbH fördert Kaolin.", ["kaolin"]),
        ("Die Kaolinwerk Süd GmbH feiert. Zur Kaolinwerk Süd GmbH kamen Gäste.", ["kaolin"]),
    ],
)
def test_a_raw_material_that_only_a_body_is_called_by_is_not_listed(
    reader: PageReader, text: str, ids: list[str]
) -> None:
    page = reader.read(RawPage(text=text, url="https://example.org/x"))
    assert [c.id for c in page.commodities] == ids
    assert any(m.field == "commodities" for m in page.mentions)


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("The project is listed under the Critical Raw Materials Act.", []),
        (
            "The Critical Raw Materials Act names what critical raw materials are.",
            ["critical-raw-materials"],
        ),
        ("They signed a memorandum on critical raw materials.", ["critical-raw-materials"]),
        ("Germany's National Hydrogen Strategy was revised.", ["hydrogen"]),
    ],
)
def test_a_word_for_many_raw_materials_that_only_a_law_is_called_by_is_not_listed(
    reader: PageReader, text: str, ids: list[str]
) -> None:
    page = reader.read(RawPage(text=text, url="https://example.org/x"))
    assert [c.id for c in page.commodities] == ids


def test_fields_are_found_in_all_parts(reader: PageReader) -> None:
    html = (
        "<html lang=de><head><title>Lithium aus Kasachstan</title></head><body><main>"
        "<h1>Lithium aus Kasachstan</h1>"
        "<div class=date>09.06.2015</div><p>Am 8. und 9. Juni 2015 fand in Astana die 5. "
        "Sitzung der Arbeitsgruppe statt, an der "
        "rund 45 Fachleute teilnahmen.</p></main><aside><h3>Ansprechpartner</h3>"
        "<p>Erika Musterfrau<br>Tel. +49 30 5550123</p>"
        "</aside></body></html>"
    )
    page = reader.read(RawPage(html=html, url="https://example.org/x"))
    assert "KZ" in page.countries
    assert "astana" in page.places
    assert [c.id for c in page.commodities] == ["lithium"]
    assert [c.phone for c in page.contacts] == ["+49 30 5550123"]
    assert holds(page)
    assert {m.part for m in page.mentions} >= {"title", "text", "byline", "contact"}


def test_a_town_of_the_headline_is_that_of_the_text(reader: PageReader) -> None:
    text = "The college will hold a workshop on tin in Moscow, Idaho, on 9 June 2031."
    page = reader.read(RawPage(text=text, title="Workshop on tin in Moscow", lang="en"))
    assert page.places == ()
    assert [e.place.country for e in page.events] == [None]
    page = reader.read(RawPage(text=text.replace(", Idaho", ""), title="Workshop on tin in Moscow"))
    assert page.places == ("moscow",)
    text = "In Halle (Westfalen) ist am 5. Mai 2031 die 4. Kiesmesse."
    page = reader.read(RawPage(text=text, title="Rohstoffmesse in Halle", lang="de"))
    assert page.places == ()


def test_a_draft_is_the_page_without_its_events(reader: PageReader) -> None:
    raw = RawPage(text=TEXT, url="not an [address", published="2015-06-09")
    page, draft = reader.read(raw), reader.read_draft(raw)
    assert page.events
    assert not draft.events
    others = tuple(m for m in page.mentions if not m.field.startswith("events["))
    assert draft == dataclasses.replace(page, events=(), mentions=others)


def test_pages_travel_between_processes_and_as_json(reader: PageReader) -> None:
    page = reader.read(RawPage(text=TEXT, published="2015-06-09"))
    assert pickle.loads(pickle.dumps(page)) == page  # noqa: S301 - made here
    assert Page.from_json(page.to_json()) == page


def test_nothing_handed_in_is_refused(reader: PageReader) -> None:
    with pytest.raises(ParseError) as caught:
        reader.read(RawPage())
    assert caught.value.reason == "empty"


def test_mentions_out_of_place_are_dropped() -> None:
    page = Page(url=None, text="Lithium")
    good = Mention("commodities", "text", 0, 7, "Lithium", "lithium")
    bad = [
        dataclasses.replace(good, start=1),
        dataclasses.replace(good, end=99),
        dataclasses.replace(good, start=-7),
        dataclasses.replace(good, part="title"),
        dataclasses.replace(good, start=3, end=3, surface=""),
    ]
    assert valid_mentions(page, [good, *bad]) == [good]


def test_what_is_longer_than_any_name_is_none() -> None:
    name = "Weber" * 9_000
    page = Page(url=None, text=name)
    assert not valid_mentions(page, [Mention("persons", "text", 0, len(name), name, name)])


@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=8)), max_size=40))
@settings(max_examples=150)
def test_every_mention_stands_where_it_says_on_any_page(
    reader: PageReader, pieces: list[str]
) -> None:
    markup = "".join(pieces)
    try:
        page = reader.read(RawPage(html=markup, url="https://example.org/2015/06/09/x"))
    except ParseError:
        return
    assert holds(page)


@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=8)), max_size=30))
@settings(max_examples=100)
def test_any_text_stays_as_it_is(reader: PageReader, pieces: list[str]) -> None:
    text = "".join(pieces)
    page = reader.read(RawPage(text=text))
    assert page.text == text
    assert holds(page)


def test_site_class_is_found_by_address_without_network() -> None:
    markup = '<h1>x</h1><dl class="docData"><dd>18. April 2023</dd></dl>'
    found = read_site_fields("https://www.bgr.bund.de/x", markup)
    assert found is not None
    assert found.fields.published == "18. April 2023"
    assert found.fields.title is None
    assert read_site_fields("https://example.org/x", markup) is None
    assert read_site_fields(None, markup) is None


CUT = (
    "<!doctype html><html lang=ru><head><title>Встреча рабочей группы</title></head><body>"
    "<h1>Встреча рабочей группы</h1>"
    "<p class='date'>24.09.2023</p><p>В Бишкеке состоялось заседание рабочей группы по "
    "развитию горнорудной отрасли страны.</p>"
    "<p>Участие приняли представители предприятий и научных институтов из трёх стран "
    "региона.</p></body></html>"
).encode()


@pytest.mark.parametrize("missing", [0, 60, 61, 120, 121])
def test_a_page_that_was_cut_off_is_read_as_far_as_it_goes(
    reader: PageReader, missing: int
) -> None:
    """Also within a character of two bytes; the record says that it is cut off."""
    page = reader.read(RawPage(body=CUT[: len(CUT) - missing]))
    assert page.truncated is (missing > 0)
    assert page.text.startswith("В Бишкеке состоялось заседание рабочей группы по")
    assert (page.lang, page.published, page.kind) == ("ru", "2023-09-24", "article")
    assert "\N{REPLACEMENT CHARACTER}" not in page.text[:-1]


def test_a_transfer_that_ended_early_is_told(reader: PageReader) -> None:
    """The markup need not show it: what was lost may stand behind the body's end."""
    assert reader.read(RawPage(body=CUT, truncated=True)).truncated
    assert reader.read(RawPage(text=TEXT, truncated=True)).to_json()["truncated"] is True
    assert Page.from_json({"url": None, "text": TEXT}).truncated is False  # a record kept earlier


@pytest.mark.parametrize(
    ("given", "day"),
    [("2015-06-09", "2015-06-09"), ("2015-06", "2015-06"), ("2015-02-31", None), ("2015-13", None)],
)
def test_a_day_that_there_is_not_is_no_day_of_publication(
    reader: PageReader, given: str, day: str | None
) -> None:
    assert reader.read(RawPage(text=TEXT, published=given)).published == day


def test_with_other_parameters_the_same_is_read_and_judged_by_them(
    reader: PageReader, tmp_path: Path
) -> None:
    shipped = json.loads(CONFIDENCE_FILE.read_text("utf-8"))
    for question in shipped["questions"].values():
        question["trees"] = [[[9.0]]]
    (tmp_path / CONFIDENCE_FILE.name).write_text(json.dumps(shipped), "utf-8")
    other = reader.with_parameters(tmp_path)
    page = RawPage(text=TEXT, lang="de")
    sure, usual = other.read(page), reader.read(page)
    assert [dataclasses.replace(m, confidence=1.0) for m in sure.mentions] == [
        dataclasses.replace(m, confidence=1.0) for m in usual.mentions
    ]
    assert {m.confidence for m in sure.mentions} != {m.confidence for m in usual.mentions}
    assert other.with_parameters(None).read(page) == usual
