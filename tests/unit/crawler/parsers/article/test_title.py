"""Titles of pages, and what links call them."""

from __future__ import annotations

import pytest

from crawler.parsers.article.title import Titles


@pytest.mark.parametrize(
    ("title", "label", "called"),
    [
        ("Tin pit reopens in May", "Tin pit reopens in May", True),
        ("Tin pit reopens in May", "Tin pit reopens …", True),
        ("Tin pit reopens", "Tin pit reopens in May", True),
        ("Tin pit reopens in May", "Zinc pit reopens in May", False),
        ("Open day", "Open day", True),
        ("Tin pit reopens in May", "11.03.2031 | Tin pit reopens in May", True),
        ("Events", "Events in May 2031", False),
        ("Services", "Services", False),
        ("12 March 2031", "12 March 2031", False),
        ("12.03.2031", "12.03.2031", False),
        (None, "Tin pit reopens in May", False),
        ("Tin pit reopens in May", None, False),
    ],
)
def test_a_link_calls_a_page_by_its_title_or_its_beginning(
    title: str | None, label: str | None, *, called: bool
) -> None:
    assert Titles(title, None, ()).is_called(label) is called
