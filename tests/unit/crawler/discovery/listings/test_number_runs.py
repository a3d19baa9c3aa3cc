from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from crawler.discovery.listings.number_runs import LONGEST_RUN, number_runs


def runs(html: str) -> list[list[tuple[int, str | None]]]:
    found = number_runs(BeautifulSoup(f"<body>{html}</body>", "lxml"))
    return [[(place.number, place.address) for place in run] for run in found]


@pytest.mark.parametrize(
    ("html", "found"),
    [
        (
            '<p>1 <a href="?p=2">2</a> | <a href="?p=3">[3]</a></p>',
            [(1, None), (2, "?p=2"), (3, "?p=3")],
        ),
        (
            '<b>1</b><a href="?p=2">2</a> … <a href="?p=9">9</a>',
            [(1, None), (2, "?p=2"), (9, "?p=9")],
        ),
        (
            '<a href="?p=2">Next 3 items »</a> [1] <a href="?p=2">2</a>',
            [(1, None), (2, "?p=2")],
        ),
        (
            '<a href="?p=1">« Zurück 10 Einträge</a> <a href="?p=1">1</a> [2] <a href="?p=3">3</a>',
            [(1, "?p=1"), (2, None), (3, "?p=3")],
        ),
        (
            '<p>Tin pit <i class="eye"></i> 452</p><a href="?p=1">1</a> <a href="?p=2">2</a>',
            [(1, "?p=1"), (2, "?p=2")],
        ),
        (
            '<b>12</b> <a href="?p=11">11</a> <a href="?p=10">10</a>',
            [(12, None), (11, "?p=11"), (10, "?p=10")],
        ),
        ('<a href="?p=1">Seite 1</a><a href="?p=2">Seite 2</a>', [(1, "?p=1"), (2, "?p=2")]),
        (
            '<a href="?o=0">1-20</a> <a href="?o=20">21-40</a> <a href="?o=40">41-60</a>',
            [(1, "?o=0"), (2, "?o=20"), (3, "?o=40")],
        ),
        (
            '<a href="#" data-url="?p=1">1</a><a href="#" onclick="load(\'/l?p=2\')">2</a>',
            [(1, "?p=1"), (2, "/l?p=2")],
        ),
        (
            '<select><option value="/l">1</option><option value="/l?p=2">2</option></select>',
            [(1, "/l"), (2, "/l?p=2")],
        ),
        (
            '<b>0</b> <a href="?o=10">10</a> <a href="?o=20">20</a> ... <a href="?o=90">90</a>',
            [(1, None), (2, "?o=10"), (3, "?o=20"), (10, "?o=90")],
        ),
        ('<a href="?p=0">0</a> 1 <a href="?p=2">2</a>', [(0, "?p=0"), (1, None), (2, "?p=2")]),
        ('<a href="?p=12">12</a> <a href="?p=11">11</a>', [(12, "?p=12"), (11, "?p=11")]),
        ('1 <span>(current page)</span> <a href="?p=2">2</a>', [(1, None), (2, "?p=2")]),
        (
            '<a href="javascript:go(1)">1</a><a href="javascript:go(2)">2</a>',
            [(1, None), (2, None)],
        ),
    ],
)
def test_rows_of_numbers(html: str, found: list[tuple[int, str | None]]) -> None:
    assert runs(html) == [found]


@pytest.mark.parametrize(
    "html",
    [
        '<a href="/a">2</a> comments on a long story that stands here <a href="/b">3</a>',
        '<a href="/oak">Oak (3)</a> <a href="/elm">Elm (5)</a>',
        '<a href="/2024">2024</a> <a href="/2025">2025</a>',
        "1 2 3",
        '<a href="/a">1</a>',
        "",
    ],
)
def test_what_is_no_row_of_numbers(html: str) -> None:
    assert runs(html) == []


def test_a_row_that_begins_anew_is_another_one() -> None:
    row = '<a href="?p=1">1</a><a href="?p=2">2</a>'
    assert len(runs(row + row)) == 2


def test_the_current_page_is_marked() -> None:
    html = '<li><a href="?p=1">1</a></li><li class="active"><a href="?p=2">2</a></li>'
    places = number_runs(BeautifulSoup(html, "lxml"))[0]
    assert [place.marked for place in places] == [False, True]


def test_a_row_without_end_is_cut() -> None:
    html = "".join(f'<a href="?p={n}">{n}</a>' for n in range(1, 3 * LONGEST_RUN))
    assert {len(run) for run in runs(html)} <= {LONGEST_RUN, LONGEST_RUN - 1}
