"""Entries of small lists: few, short, without a year, beside others of their make."""

from __future__ import annotations

from datetime import date

import pytest

from crawler.discovery.listing_words import ListingWords
from crawler.discovery.listings.own_entries import of_its_section
from crawler.discovery.listings.reader import ListingReader

HOST = "https://www.example.org"
WORDS = ListingWords.from_languages(
    {
        "ru": {"dates": {"months": {3: ["марта"]}}},
        "en": {"discovery": {"past_lists": ["Past events"]}},
    }
)
MENU = """<nav><ul><li><a href="/events">Events</a></li><li><a href="/events/our-rooms-in-town">Our
rooms in town</a></li></ul></nav>"""


def read(path: str, body: str, *, is_list: bool = True) -> list[str]:
    reader = ListingReader(WORDS, lambda url: url.startswith(HOST + "/"))
    html = f"<html><body>{MENU}<main><h1>List</h1>{body}</main></body></html>"
    page = reader.read(
        html.encode(), HOST + path, "text/html", today=date(2031, 3, 12), is_list=is_list
    )
    return [link.url.removeprefix(HOST) for link in page.links]


ROWS = """<div><a href="/events/ore-forum">Ore forum of the region</a></div>
<div><a href="/events/tea">Tea for geologists</a></div>"""


def test_entries_without_a_day_below_a_list_are_read() -> None:
    assert read("/events", ROWS) == ["/events/ore-forum", "/events/tea"]


def test_below_a_page_that_is_not_known_to_be_a_list_they_are_none() -> None:
    assert read("/events", ROWS, is_list=False) == []


@pytest.mark.parametrize("path", ["/", "/en", "/ru-kz"])
def test_below_a_home_page_everything_stands(path: str) -> None:
    # Not even where it is read as a list: its menu would be one.
    body = f'<div><a href="{path.rstrip("/")}/ore-forum">Ore forum of ours</a></div>'
    assert read(path, body) == []


def test_the_parts_of_a_list_have_its_entries() -> None:
    body = '<div>5-7 march: <a href="/events/fair">Our stand at the fair</a></div>'
    assert read("/events/archive/2031-02", body) == ["/events/fair"]
    assert read("/events/page/2", body) == ["/events/fair"]


def test_the_folder_of_entries_may_be_the_singular_of_the_list() -> None:
    body = '<ul><li>9 марта — <a href="/kz/novost/voda">Скважина у села</a></li></ul>'
    assert read("/kz/novosti", body) == ["/kz/novost/voda"]
    assert read("/kz/reviews", body) == []


def test_a_menu_and_short_labels_below_a_list_are_no_entries() -> None:
    body = '<p><a href="/events/rules">Rules</a> <a href="/events/how-to">House rules</a></p>'
    assert read("/events", body) == []


def test_beside_entries_of_one_kind_those_of_another_need_a_day() -> None:
    dated = "".join(
        f'<li><a href="/events/number-{n}-of-the-meetings">Meeting number {n} of the union</a> '
        f"0{n}.03.2031</li>"
        for n in (1, 2, 3)
    )
    other = '<p><a href="/events/press">Pictures for the press</a></p>'
    found = read("/events", f"<ul>{dated}</ul>{other}")
    assert found == [f"/events/number-{n}-of-the-meetings" for n in (1, 2, 3)]


def test_a_short_headline_is_read_beside_a_long_one_of_the_same_make() -> None:
    rows = """<ul><li><a href="/termin.asp?no=34">Stone days</a></li>
<li><a href="/termin.asp?no=33">Seminar on the ventilation of mines</a></li>
<li><a href="/shop.asp?no=3">Stone shop</a></li></ul>"""
    assert read("/calendar.asp", rows) == ["/termin.asp?no=34", "/termin.asp?no=33"]


def test_links_of_another_kind_are_not_read_for_their_make() -> None:
    rows = """<ul><li><a href="/page.asp?no=33">Seminar on the ventilation of mines</a></li></ul>
<p><a href="/page.asp?no=1">Board members</a></p>"""
    assert read("/calendar.asp", rows) == ["/page.asp?no=33"]


@pytest.mark.parametrize("section", ["events", "calendar"])
def test_services_on_the_page_of_a_list_are_not_below_it(section: str) -> None:
    body = '<p><a href="/services/drilling">Drilling of deep wells</a></p>'
    assert read(f"/{section}", body) == []


@pytest.mark.parametrize(
    ("url", "page", "is_so"),
    [
        ("/press/interviews", "/press", True),
        ("/press/interviews", "/press/news", True),
        ("/ru/press/interviews", "/ru/press/news.html", True),
        ("/news", "/press", False),
        ("/ru/news", "/ru/press", False),
        ("/index.php/news", "/index.php/press", False),
        ("/ru/news", "/ru", False),
        ("/press-archive", "/press", False),
    ],
)
def test_what_is_of_the_section_of_a_list(url: str, page: str, is_so: bool) -> None:
    assert of_its_section(HOST + url, HOST + page) is is_so


def test_a_number_behind_a_pager_is_not_its_current_page() -> None:
    reader = ListingReader(WORDS, lambda url: url.startswith(HOST + "/"))
    rows = "".join(f'<a href="/news?start={n}">{n // 3 + 1}</a> ' for n in (3, 6))
    html = f'<main><a href="/news">1</a> {rows}</main><aside>1214<br>79 555</aside>'
    page = reader.read(html.encode(), f"{HOST}/news", "text/html")
    assert page.next == f"{HOST}/news?start=3"
