from __future__ import annotations

import pytest

from crawler.parsers.article import PageWords
from crawler.parsers.article.blocks import read_blocks
from crawler.parsers.article.boilerplate import is_hidden
from crawler.parsers.article.other_days import (
    entry_of_other,
    is_other_day,
    other_lines,
    says_day_in_sentence,
)
from crawler.parsers.html import HtmlDocument
from tests.page_reader import packaged_words


@pytest.fixture(scope="module")
def words() -> PageWords:
    return packaged_words()


@pytest.mark.parametrize(
    ("before", "other"),
    [
        ("Anmeldung bis zum ", True),
        ("Abgabe bis spätestens ", True),
        ("bis Freitag, den ", True),
        ("Registration closes: ", True),
        ("Приём заявок до ", True),
        ("Комитет по ЧС, ", False),
        ("Комитет по науке, ", False),
        ("by BGS, ", False),
        ("Online seit ", False),
        ("Veröffentlicht am ", False),
        ("FREIBERG, ", False),
        ("Land lehnt Antrag ab, ", False),
        ("Neue Gebühren ab ", True),
        ("Deadline: MON ", True),
        ("Приём заявок до среды, ", True),
        ("приём заявок до воскресенья, ", True),
        ("Anmeldung bis spätestens Mittwoch, ", True),
        ("plazo hasta viernes, ", True),
        ("Berlin (ab), ", False),
        ("(ab) ", False),
    ],
)
def test_what_stands_before_a_day(words: PageWords, before: str, other: bool) -> None:
    assert is_other_day(before, words) is other


@pytest.mark.parametrize(
    "line",
    [
        "Einsendeschluss ist der 31. Dezember 2026.",
        "Vom 3. Mai 2026 an gilt eine neue Gebührenordnung.",
        "Der nächste Rundbrief erscheint am 3. Mai 2026.",
        "Applications close on 31 December 2026.",
        "From 3 May 2026 the new fees apply.",
        "The exhibition runs from 3 May 2026 to 5 June 2026.",
        "С 3 мая 2026 года вступают в силу новые правила.",
        "Заседание состоится 3 мая 2026 года.",
        "Өтінімдер 2026 жылғы 3 мамырға дейін қабылданады.",
        "The meeting will be held on 14 October 2026 in Freiberg and lasts two days",
        # It opens with its day.
        "On 9 June 2031, the agency opened its office in Leeds.",
        "On Monday, 9 June 2031 the Union met in Leeds.",
        "Vom 2. bis 4. Juni 2031 tagt in Halle der Verband der Kalkwerke.",
        "Vom 18. April bis 30. August 2031 zeigt das Haus „Kupfer“. Es führt Dr. Ada Kalk.",
    ],
)
def test_a_day_in_a_sentence(words: PageWords, line: str) -> None:
    assert says_day_in_sentence(line, words)


@pytest.mark.parametrize(
    "line",
    [
        "On 9 June 2031 by Jane Roe of the office.",
        "Vom 2. Juni 2031, Pressestelle der Stadt Halle.",
        "On 9 June 2031, last updated in the morning.",
        "vom 2. Juni 2031 aus der Stadt Halle.",
        "Published on 3 May 2026.",
        "Communiqué de presse du 12 mars 2026.",
        "Online gestellt am 12. März 2026.",
        "added on 12 March 2026.",
        "dated 12 March 2026.",
        "Medienmitteilung vom 12. März 2026.",
        "This article was first published in the bulletin on 3 May 2026.",
        "By Jane Roe for the Example Times, 3 May 2026.",
        "FREIBERG, 3 May 2026 – The survey has shown a map of the deposits to the public.",
        "Ministry of the environment and forests, 12 March 2026",
        "Пресс-служба комитета по чрезвычайным ситуациям, 12.03.2026",
        "Опубликовано 9 июня 2026 года в 10:00.",
        "Astana, den 3. Mai 2026.",
        "3 May 2026 by Jane Roe, head of the office.",
        "3 May 2026",
        "The survey has shown a map of the deposits.",
        "Пресс-релиз от 12 марта 2026 г.",
        "12 марта 2026 · время чтения 2 мин.",
        "Press release 12 March 2026 · 2 min read.",
        "12 March 2026 | read more…",
        "Astana (Kazakhstan) 12 March 2026 – The ministry of mines has signed a contract.",
    ],
)
def test_a_day_in_no_sentence(words: PageWords, line: str) -> None:
    assert not says_day_in_sentence(line, words)


DATED = "The core store, 3 April 2026"


@pytest.mark.parametrize(
    ("html", "is_other"),
    [
        (f"<figure><img src=/a.jpg><figcaption>{DATED}</figcaption></figure>", True),
        (f"<div class=Foto-Text>{DATED}</div>", True),
        (f"<div><img src=/a.jpg><span>{DATED}</span></div>", True),
        (f"<p><img src=/a.jpg><br><em>{DATED}</em></p>", True),
        (f"<a href=/b.jpg><img src=/a.jpg></a><small>{DATED}</small>", True),
        (f"<table><tr><td><img src=/a.jpg></td></tr><tr><td>{DATED}</td></tr></table>", True),
        ("<figure><img src=/a.jpg></figure><p>Photo: J. Roe, 3 April 2026</p>", True),
        ("<p>Photo: J. Roe, 3 April 2026</p>", False),
        (f"<p>{DATED}</p>", False),
        ("<img src=/a.jpg><p>четверг, 3 апреля 2026</p>", False),
        ("<p><svg></svg> jeudi 3 avril 2026</p>", False),
        (f"<p><svg></svg> {DATED}</p>", False),
        ("<img src=/a.jpg><p>Press release | 3 April 2026</p>", False),
        ("<div class=hero-caption><h1>Tin</h1><p>3 April 2026</p></div>", False),
        ("<p>3 April 2026</p><div class=caption><h4>Tin</h4><p>3 April 2026</p></div>", False),
        ("<div class=caption><h4>Tin</h4><p>3 April 2026</p></div>", True),
        ("<p><img src=/jane.jpg> Jane Roe, 3 April 2026</p>", False),
        ("<p><img src=/clock.svg> 3 April 2026</p>", False),
        ("<figure><img src=/a.jpg></figure><p>Published by the survey, 3 April 2026</p>", False),
        (f"<img src=/a.jpg><p>Almaty region, 3 April 2026 – {'The mine opens. ' * 9}</p>", False),
        ("<p>Text</p><p>Date: 3 April 2026</p><p>Venue: Town hall</p>", True),
        ("<p>Text</p><p>Date: 3 April 2026 | Venue: Town hall</p>", True),
        ("<p>Text</p><p>Datum: 3. April 2026<br>Ort: Rathaus</p>", True),
        ("<p>Text</p><p>Published: 3 April 2026</p><p>Venue: Town hall</p>", False),
        ("<p>Text</p><p>Date: 3 April 2026</p><p>Contact: J. Roe</p>", False),
        ("<p>Date: 3 April 2026</p><p>Location: Astana</p><p>Text</p>", False),
    ],
)
def test_lines_of_pictures_and_events(words: PageWords, html: str, is_other: bool) -> None:
    blocks = read_blocks(HtmlDocument(f"<body>{html}</body>").tree, is_hidden)
    assert any("2026" in line for line in other_lines(blocks, 0, words)) is is_other


@pytest.mark.parametrize(("empty", "found"), [(0, True), (200, False)])
def test_an_entry_of_another_article_has_few_elements(empty: int, *, found: bool) -> None:
    """Elements without text are no pieces of it: around each day of a page they were all gone
    through again.
    """
    entry = f"<li>{'<i></i>' * empty}<a>Die Grube Orla stellt Leute ein</a><b>3. Mai 2026</b></li>"
    tree = HtmlDocument(f"<ul>{entry}{entry}</ul>").tree
    (day, _) = tree.iter("b")
    assert (entry_of_other(day) is not None) is found
