"""Bylines above a text that stands in one element with them, its paragraphs parted by breaks."""

from __future__ import annotations

import pytest

from crawler.parsers.raw_page import RawPage
from tests.page_reader import packaged_reader

TITLE = "Orla opens a library of drill core"
TEXT = (
    "The survey opened its new library of drill core on Monday, two years later than planned."
    " It holds ninety kilometres of core from four provinces, some of it a century old."
    "<br><br>Geologists book a table by telephone, and students come free of charge on "
    "Fridays. The building cost nine million dollars, half of which came from the mines of "
    "the region."
    "<br><br>What was kept in sheds until now could hardly be used. Damp had taken the labels"
    " off the boxes, and a third of the core had to be measured anew before it was moved."
    "<br><br>A second hall follows in spring. It will hold samples of soil, which farmers of "
    "the valley have sent in since the drought, and a room in which schools may cut stones."
)


def authors(head: str, *, foot: str = "", text: str = TEXT) -> tuple[str, ...]:
    """Who wrote a page in a table for its layout."""
    page = (
        f"<html lang=en><head><title>{TITLE}</title></head><body><table><tr><td><a href=/a>Archive"
        f"</a></td></tr><tr><td><h2>{TITLE}</h2>{head}<br><br>{text}{foot}</td>"
        "</tr></table></body></html>"
    )
    return (
        packaged_reader().read_draft(RawPage(page.encode(), "https://orla.example/1.html")).authors
    )


@pytest.mark.parametrize(
    "head",
    [
        "<i>3 March 2026</i><br><i>by Jane Miller</i>",
        "<p>3 March 2026</p><p>By Jane Miller</p>",
        "<b>By Jane Miller</b><br>3 March 2026",
    ],
)
def test_a_byline_above_it_names_the_author(head: str) -> None:
    assert authors(head) == ("Jane Miller",)


def test_it_may_name_two() -> None:
    head = "<i>3 March 2026</i><br><i>by Jane Miller and Paul Carter</i>"
    assert authors(head) == ("Jane Miller", "Paul Carter")


def test_who_is_named_behind_its_paragraphs_is_none() -> None:
    assert (
        authors(
            "<i>3 March 2026</i>", foot=f"<br><br><b>Paul Carter</b> leads the survey. {TEXT[:200]}"
        )
        == ()
    )


def test_who_signs_it_may_stand_in_an_element_of_the_one_that_holds_it() -> None:
    signed = f"<div class=story>{TEXT}<div class=sub>Text by Jane Miller</div></div>"
    assert authors("", text=signed) == ("Jane Miller",)


def test_a_calendar_beside_the_text_makes_no_table_with_heads_of_the_layout() -> None:
    calendar = "<table><tr><th colspan=7>March</th></tr><tr><td>1</td><td>2</td></tr></table>"
    signed = f"<div class=story>{TEXT}<p align=right><i>Jane Miller</i></p></div>"
    assert authors(calendar, text=signed) == ("Jane Miller",)
    assert authors("<table><tr><th>Head</th><td>Jane Miller</td></tr></table>") == ()
