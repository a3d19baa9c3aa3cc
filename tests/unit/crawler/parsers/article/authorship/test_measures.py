from __future__ import annotations

import pytest

from crawler.parsers.article.authorship.marks import AuthorMark, marks_of, name_key
from crawler.parsers.article.authorship.measures import NameMeasures, Setting, best
from crawler.parsers.article.authorship.names import AuthorNames
from tests.page_reader import packaged_words


@pytest.fixture(scope="module")
def measures() -> NameMeasures:
    words = packaged_words()
    return NameMeasures(words, AuthorNames(words))


def test_ways_of_writing_a_name_are_one(measures: NameMeasures) -> None:
    marks = [AuthorMark("JANE ROE", "meta.author"), AuthorMark("Jane Roe", "script")]
    measured = measures.measure(marks, Setting())
    assert list(measured) == [name_key("Jane Roe")]
    assert measured["jane roe"]["sources"] == 2
    assert best(marks).name == "Jane Roe"


def test_a_name_is_measured_beside_the_others(measures: NameMeasures) -> None:
    marks = [
        AuthorMark("Jane", "meta.author"),
        *marks_of(["Jane Roe", "John Sample"], "json-ld.article.person"),
    ]
    measured = measures.measure(marks, Setting())
    assert measured["jane"]["part"] == 1
    assert measured["jane roe"]["whole"] == 1
    assert [measured[key]["top"] for key in measured] == [False, True, True]
    assert measured["john sample"]["order"] == 1
    assert {frozenset(each) for each in measured.values()} == {frozenset(measured["jane"])}


def test_what_the_site_is_called(measures: NameMeasures) -> None:
    marks = [AuthorMark(name, "meta.author") for name in ("Ore Press", "Ore", "Jane Roe")]
    measured = measures.measure(marks, Setting(["orepress", "Ore Press"], "On ores", "Jane Roe."))
    assert [measured[key]["site"] for key in measured] == [True, False, False]
    assert [measured[key]["site.part"] for key in measured] == [True, True, False]
    assert measured["jane roe"]["in.text"] == 1
    assert measured["ore"]["in.title"]


def test_a_name_that_is_not_shown_has_no_place(measures: NameMeasures) -> None:
    measured = measures.measure([AuthorMark("Jane Roe", "meta.author")], Setting())
    assert measured["jane roe"]["best.by"] == -1
    assert measured["jane roe"]["shown"] == 0
