from __future__ import annotations

import pytest

from crawler.parsers.html import HtmlDocument
from crawler.profiles.places import STEPS, Places


def place(html: str) -> str:
    """Place of the element that is marked with `x`."""
    (element,) = HtmlDocument(f"<html><body>{html}</body></html>").tree.xpath("//*[@x]")
    return Places().of(element)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<div id=main><p class='date small' x>", "body > div#main > p.date.small"),
        (
            "<div id=post-12 class='post-12 post hentry tag-gold'><p x>",
            "body > div.post.hentry > p",
        ),
        ("<div id=post-12><p class='a b c' x>", "body > div:0 > p.a.b"),
        ("<div></div><div></div><div x></div>", "body > div:2"),
        ("<table><tr><td>1<td x>2</table>", "body > table:0 > tr:0 > td:1"),
        (
            "<table><tr><td class=menu>1<td class=body x>2</table>",
            "body > table:0 > tr:0 > td.body",
        ),
    ],
)
def test_a_place_is_named_alike_on_pages_of_one_template(html: str, expected: str) -> None:
    assert place(html) == expected


def test_entries_of_a_list_have_one_place() -> None:
    rows = "".join(f"<tr><td>{n}" for n in range(9))
    assert place(f"<table>{rows}<tr><td x></table>") == place(f"<table>{rows}<tr><td>1<tr><td x>")


def test_only_the_innermost_elements_count() -> None:
    nested = "<div class=a>" * 30 + "<p x>"
    assert place(nested).count(" > ") == STEPS - 1
