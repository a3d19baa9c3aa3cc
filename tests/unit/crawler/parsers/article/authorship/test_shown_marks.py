from __future__ import annotations

import pytest

from crawler.parsers.article.authorship.marks import AuthorMark
from crawler.parsers.article.authorship.names import AuthorNames
from crawler.parsers.article.authorship.shown_marks import ShownMarks
from crawler.parsers.article.authorship.strings import AuthorString, Evidence
from crawler.parsers.html import HtmlDocument
from tests.page_reader import packaged_words


@pytest.fixture(scope="module")
def shown() -> ShownMarks:
    words = packaged_words()
    return ShownMarks(words, AuthorNames(words))


def read(shown: ShownMarks, html: str, evidence: Evidence = "") -> list[AuthorMark]:
    """The names in the strings of some markup, all of them above a text."""
    tree = HtmlDocument(f"<html><body>{html}</body></html>").tree
    strings = [
        AuthorString(text.strip(), evidence, "head", None, element)
        for element in tree.iter()
        for text in (element.text, *(child.tail for child in element))
        if text and text.strip()
    ]
    return shown.read(strings, None)


def _beside(*names: str) -> list[tuple[str, str]]:
    return [(name, "beside") for name in names]


_TWO = [("Ida Musterfrau", "byline"), ("Max Muster", "byline")]


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<p>By Jane Roe</p>", [("Jane Roe", "byline")]),
        ("<p>9 June 2015 by Jane Roe in Ores</p>", [("Jane Roe", "byline")]),
        (
            "<p>Сообщение <b>Иван Петров</b></p>",
            [("Иван Петров", "byline"), ("Иван Петров", "alone")],
        ),
        ("<p>Jane Roe</p><p>9 June 2015</p>", [("Jane Roe", "beside")]),
        ("<p>9 June 2015, Jane Roe</p>", [("Jane Roe", "beside")]),
        ("<p>Tuesday, 9 June 2015, 10:15 am | Jane Roe | Press</p>", [("Jane Roe", "beside")]),
        ("<p>9 June 2015 | J. Roe</p>", [("J. Roe", "beside")]),
        ("<p>U.S. Copper</p>", []),
        ("<p>9 June 2015 · Jane Roe &amp; Jan Roe</p>", _beside("Jane Roe", "Jan Roe")),
        ("<p>9 June 2015 · Jane Roe &amp; Ores</p>", _beside("Jane Roe")),
        (
            "<p>Jane Roe, J. Roe and Jan Roe</p><p>9 June 2015</p>",
            _beside("Jane Roe", "J. Roe", "Jan Roe"),
        ),
        ("<p>Authors: Jane Roe; Jan Roe</p>", [("Jane Roe", "byline"), ("Jan Roe", "byline")]),
        ("<p>By Jane Roe &amp; Ore Press</p>", [("Jane Roe", "byline")]),
        ("<p>9 June 2015, 10:15 Jan Roe</p>", [("Jan Roe", "beside")]),
        ("<p>9 June 2015, 10:15:30 CEST, Jan Roe</p>", [("Jan Roe", "beside")]),
        ("<p>9 June 2015, 10:15 P.M. Jan Roe</p>", [("Jan Roe", "beside")]),
        ("<p>9 June 2015, 10:15 Uhr Jan Roe</p>", [("Jan Roe", "beside")]),
        ("<dl><dt>Speaker</dt><dd>Jane Roe</dd><dt>Day</dt><dd>9 June 2015</dd></dl>", []),
        ("<p>Ansprechpartnerin</p><p>Ida Musterfrau</p>", []),
        (
            "<table><tr><th>Speaker<th>Day<tr><td>Jane Roe<td>9 June 2015</table>",
            [],
        ),
        (
            "<table><tr><td>Jane Roe<td>9 June 2015</table>",
            [("Jane Roe", "beside")],
        ),
        ("<dl><dt>Day</dt><dd>By Jane Roe</dd></dl>", [("Jane Roe", "byline")]),
        ("<p>9 June 2015, Oslo</p>", []),
        ("<p>On 9 June 2015, Jane Roe left the board.</p>", []),
        ("<p>9 June 2015: Jane Roe leaves</p>", []),
        ("<p>Submitted by Jane Roe on Tue, 9 June 2015</p>", [("Jane Roe", "byline")]),
        ("<p>Interview: Ida Musterfrau</p>", [("Ida Musterfrau", "byline")]),
        ("<p>Interview: Ida Musterfrau und Max Muster</p>", _TWO),
        ("<h1>Interview: Ida Musterfrau über Zinn</h1>", []),
        ("<h1>Interview: Ida Musterfrau</h1>", []),
        ("<p>Interview: Ida Roe</p><p>Von Max Muster</p>", [("Max Muster", "byline")]),
        ("<p>Interview mit Ida Musterfrau</p>", []),
        ("<p>Travel Tips</p><p>9 June 2015</p>", []),
        ("<p>9 June 2015</p><i>·</i><p>Jane Roe in</p><p>Ores</p>", [("Jane Roe", "alone")]),
        ("<p>This post was written by <b>Quorz Roe</b></p>", [("Quorz Roe", "byline")]),
        ("<h1>Jane Roe leaves the board</h1><p>9 June 2015</p>", []),
        ("<p>Jane Roe</p>", [("Jane Roe", "alone")]),
        ("<p>Jane Roe leaves the board</p>", []),
    ],
)
def test_names_around_a_text(shown: ShownMarks, html: str, found: list[tuple[str, str]]) -> None:
    assert [(mark.name, mark.source) for mark in read(shown, html)] == found


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("Jane Roe", [("Jane Roe", "signed")]),
        ("Quorz Musterfrau", []),
        ("Quorz Musterfrau, Pressesprecherin", [("Quorz Musterfrau", "signed")]),
        ("Кворц Петров, пресс-секретарь", [("Кворц Петров", "signed")]),
        ("Quorz Musterfrau, Freiberg", []),
        ("К. Петров", [("К. Петров", "signed")]),
        ("К.С. Петров", [("К.С. Петров", "signed")]),
        ("Петров К. С.", [("Петров К. С.", "signed")]),
        ("Q.-J. Musterfrau", [("Q.-J. Musterfrau", "signed")]),
        ("К.ПЕТРОВ", [("К.ПЕТРОВ", "signed")]),
        ("K. Petrov left.", []),
        ("E.ON", []),
        ("Пресс-секретарь Кира Петрова", [("Кира Петрова", "signed")]),
        ("Главный геолог К. Петров", [("К. Петров", "signed")]),
        ("Jane Roe, Jan Sample", [("Jane Roe", "signed"), ("Jan Sample", "signed")]),
        ("Jane Roe und K. Petrov", [("Jane Roe", "signed"), ("K. Petrov", "signed")]),
        ("Jane Roe, Vorsitzende", [("Jane Roe", "signed")]),
        ("Press officer Jane Roe", [("Jane Roe", "signed")]),
        ("Press officer Quorz Musterfrau", []),
        ("Bright red Jane Roe", []),
        ("The press officer of the new mine near Oslo Jane Roe", []),
        ("Jane Roe, the director, wrote and published a book on tin.", []),
        ("Written by Quorz Roe and posted on Friday 9 May 2031.", [("Quorz Roe", "byline")]),
        ("Verfasst von Quorz Roe und am 9. Mai 2031 veröffentlicht.", [("Quorz Roe", "byline")]),
        ("This article was written by Quorz Roe.", [("Quorz Roe", "byline")]),
        ("Текст: Кворц Петров. Фото автора.", [("Кворц Петров", "byline")]),
        ("By Jane Roe there is a book on tin that was published on 9 May 2031.", []),
    ],
)
def test_a_last_line_that_is_a_person(
    shown: ShownMarks, line: str, found: list[tuple[str, str]]
) -> None:
    marks = read(shown, f"<i>{line}</i>", "signed")
    assert [(mark.name, mark.source) for mark in marks] == found


def test_nobody_signs_as_the_last_of_a_list(shown: ShownMarks) -> None:
    signed = "<li>Jane Roe, press officer</li>"
    assert [mark.name for mark in read(shown, f"<ul>{signed}</ul>", "signed")] == ["Jane Roe"]
    assert read(shown, f"<ul><li>Oslo</li>{signed}</ul>", "signed") == []


def test_a_byline_lists_its_names(shown: ShownMarks) -> None:
    first, second = read(shown, "<p>By Jane Roe and John Sample</p>")
    assert first.listed == second.listed == ("Jane Roe", "John Sample")
    assert (first.order, second.order) == (0, 1)


def test_what_is_beside_a_name_is_measured(shown: ShownMarks) -> None:
    html = "<p>Reviewed by</p><b>Jane Roe</b><i>Chief Editor</i>"
    mark = next(m for m in read(shown, html, "named") if m.name == "Jane Roe")
    assert mark.place["worked"]
    assert mark.place["office.behind"]
    assert not mark.place["by"]


def test_names_in_places_made_alike_are_counted(shown: ShownMarks) -> None:
    html = "".join(f'<b class="author">{name}</b>' for name in ("Jane Roe", "John Sample"))
    assert [mark.place["alike"] for mark in read(shown, html, "named")] == [2, 2]


def test_behind_a_marked_name_a_comma_leads_to_an_office(shown: ShownMarks) -> None:
    tree = HtmlDocument("<p>Von <b>Ida Roe</b></p><i></i>").tree
    name, line = tree.find(".//b"), tree.find(".//p")
    cases = (
        (", Schulkontakte Erz", ["Ida Roe"]),
        (", Max Fall", ["Ida Roe", "Max Fall"]),
        ("und Tsetse Quorz", ["Ida Roe", "Tsetse Quorz"]),
    )
    for behind, found in cases:
        strings = [
            AuthorString("Von", "", "head", None, line),
            AuthorString("Ida Roe", "marked", "head", name, name),
            AuthorString(behind, "", "head", None, line),
        ]
        assert [m.name for m in shown.read(strings, None) if m.source == "byline"] == found
