from __future__ import annotations

import json
from html import escape

import pytest

from crawler.discovery.listing_words import ListingWords
from crawler.discovery.listings.data_entries import entries_as_markup, next_in
from crawler.discovery.listings.reader import ListingReader

AT = "https://www.example.org/ru/news"
NEWS = [
    {"id": 218, "title": "Рудник открыт", "href": "/ru/news/218", "publishedAt": "2026-03-12"},
    {"id": 216, "title": "Итоги <года>", "href": "/ru/news/216", "publishedAt": "2026-03-11"},
]
MENU = [{"title": "О нас", "href": "/about"}, {"title": "Новости", "href": "/ru/news"}] * 2


def read(body: str, kind: str = "text/html") -> list[tuple[str, str | None, str | None]]:
    words = ListingWords.from_languages({})
    reader = ListingReader(words, lambda url: url.startswith("https://www.example.org/"))
    page = reader.read(body.encode(), AT, kind)
    return [(link.url.removeprefix(AT), link.title, link.published) for link in page.links]


def application(state: object, shown: str = "<button>Ещё</button>") -> str:
    data = json.dumps({"props": {"menu": MENU, "pageProps": state}}, ensure_ascii=False)
    return (
        f"<html><body><div id='__next'>{shown}</div>"
        f'<script id="__NEXT_DATA__" type="application/json">{data}</script></body></html>'
    )


EXPECTED = [
    ("/218", "Рудник открыт", "2026-03-12"),
    ("/216", "Итоги <года>", "2026-03-11"),
]


def test_a_list_that_only_the_data_of_its_scripts_has_is_read() -> None:
    assert read(application({"items": NEWS})) == EXPECTED


def test_the_day_of_publication_goes_before_that_of_creation() -> None:
    days = {"createdAt": "2026-01-01", "created": "2026-01-02", "published": "2026-03-12"}
    entry = {"title": "Рудник открыт", "href": "/ru/news/218", **days}
    assert read(application({"items": [entry]})) == EXPECTED[:1]


def test_beside_entries_that_are_shown_data_count_only_in_their_folder() -> None:
    shown = "<h3><a href='/ru/news/300'>Другая новость дня</a></h3>"
    other = [{**entry, "href": f"/ru/shop/{entry['id']}"} for entry in NEWS]
    assert [url for url, _, _ in read(application({"items": other}, shown))] == ["/300"]


def test_what_another_tab_shows_is_read_beside_what_is_shown() -> None:
    shown = "<h3><a href='/ru/news/300'>Встреча в марте</a></h3>"
    past = [{"slug": "a", "title": "Зимняя школа", "start": "2031-02-05", "url": "/ru/news/wint"}]
    data = {"upcoming": [{"slug": "b", "title": "Встреча в марте"}], "past": past}
    assert [url for url, _, _ in read(application(data, shown))] == ["/300", "/wint"]


def test_what_a_button_brings_as_objects_is_read() -> None:
    assert read(json.dumps({"total": 2, "items": NEWS}), "application/json") == EXPECTED


@pytest.mark.parametrize(
    "data",
    [
        MENU,
        [{"title": "Kupfer", "href": "javascript:void(0)", "date": "2026-03-12"}],
        [{"title": "", "href": "/a", "date": "2026-03-12"}],
        [{"href": "/a", "date": "2026-03-12"}, None, 3, "a"],
        {"title": "Kupfer", "href": "/a"},
        [],
        None,
    ],
)
def test_menus_and_pieces_are_no_entries(data: object) -> None:
    assert entries_as_markup(data) == ""


def test_headlines_without_days_are_entries_where_they_are_as_long_as_those_of_news() -> None:
    data = [
        {"name": {"rendered": f"Das Erz der Grube {n}"}, "url": f"https://a.example/{n}"}
        for n in range(3)
    ]
    assert entries_as_markup(data).count("<li>") == 3
    assert entries_as_markup(data[:2]) == ""


def test_deep_data_end() -> None:
    data: object = NEWS
    for _ in range(100):
        data = [data]
    assert entries_as_markup(data) == ""


@pytest.mark.parametrize("attribute", [":initial", "data-page"])
def test_a_list_that_only_an_attribute_has_is_read_and_turned(attribute: str) -> None:
    state = {"news": {"data": NEWS, "next_page_url": f"{AT}?page=2", "last_page": 3}, "menu": MENU}
    html = f'<div id="app"><news-list {attribute}="{escape(json.dumps(state))}"></news-list></div>'
    assert read(html) == EXPECTED
    reader = ListingReader(ListingWords.from_languages({}), lambda url: True)
    page = reader.read(html.encode(), AT, "text/html")
    assert (page.next, page.guess, page.ends) == (None, f"{AT}?page=2", False)


def test_data_without_entries_turn_no_page() -> None:
    state = {"slides": [{"next": "?page=2"}], "menu": MENU}
    html = f'<div id="app" data-page="{escape(json.dumps(state))}"></div>'
    reader = ListingReader(ListingWords.from_languages({}), lambda url: True)
    page = reader.read(html.encode(), AT, "text/html")
    assert (page.links, page.next, page.guess) == ((), None, None)


@pytest.mark.parametrize(
    ("data", "address"),
    [
        ({"links": {"next": "/news?page=2"}}, "/news?page=2"),
        ([{"nextPageUrl": None}, {"nextPage": "?page=3"}], "?page=3"),
        ({"next": "Weiter"}, None),
        ([], None),
    ],
)
def test_the_next_page_in_data(data: object, address: str | None) -> None:
    assert next_in(data) == address


def test_lists_that_a_script_assigns() -> None:
    items = json.dumps(
        [{"title": n["title"], "url": n["href"]} | {"date": "2026-03-12"} for n in NEWS]
    )
    page = (
        f"<html><body><h1>News</h1><script>var items = {items}; show(items)</script></body></html>"
    )
    assert [url for url, *_ in read(page)] == ["/218", "/216"]
    assert read(page.replace("var items = [", "var items = ['x', ")) == []


def test_entries_besides_those_that_an_application_shows() -> None:
    others = [{"title": "Слушания", "href": "/ru/events/7", "date": "2026-03-14"}] * 3
    state = json.dumps({"items": NEWS, "others": others, "next": "/ru/news?page=2"})
    card = "<article><h3><a href='/ru/news/218'>Рудник открыт</a></h3></article>"
    page = f"<html><body><h1>N</h1>{card}<script>window.__NUXT__ = {state}</script></body></html>"
    assert [url for url, *_ in read(page)] == ["/218", "/216"]
    assert [url for url, *_ in read(page.replace("__NUXT__", "shown"))] == ["/218"]
    reader = ListingReader(ListingWords.from_languages({}), lambda url: "www.example.org" in url)
    assert reader.read(page.encode(), AT).guess == f"{AT}?page=2"


@pytest.mark.parametrize(
    "script",
    [
        "window.__DATES__ = {items};",
        "BX.Vue.create({{el: '#dates', data: {items}}});",
        "new Dates({items}, 3);",
        "var state = {{'items': {items}}}",
    ],
)
@pytest.mark.parametrize("quote", ['"', "'"])
def test_lists_that_scripts_hand_over_with_names_of_systems(script: str, quote: str) -> None:
    items = json.dumps(
        [
            {
                "ID": str(n["id"]),
                "NAME": n["title"],
                "ACTIVE_FROM": f"{n['publishedAt']}T10:00:00+05:00",
                "DETAIL_PAGE_URL": n["href"],
            }
            for n in NEWS
        ],
        ensure_ascii=False,
    ).replace("/", r"\/")
    filled = script.format(items=items.replace('"', quote))
    page = (
        f"<html><body><h1>Events</h1><div id='dates'></div><script>{filled}</script></body></html>"
    )
    assert [(url, title) for url, title, _ in read(page)] == [(u, t) for u, t, _ in EXPECTED]
    assert read(page.replace("DETAIL_PAGE_URL", "PREVIEW_PICTURE")) == []


def test_an_object_that_a_script_assigns() -> None:
    items = json.dumps({"items": NEWS, "nextPage": None})
    page = f"<html><body><h1>News</h1><script>window.shown = {items};</script></body></html>"
    assert read(page) == EXPECTED


def test_entries_of_a_script_below_the_list_beside_a_box_that_is_shown() -> None:
    box = "".join(
        f"<li><h3><a href='/ru/notes/{n}'>Заметка о шахте {n}</a></h3> {n} марта 2031</li>"
        for n in range(4, 8)
    )
    items = json.dumps([*NEWS, {"title": "О нас", "url": "/ru/about", "date": "2026-03-12"}])
    page = f"<html><body><h1>N</h1><div><ul>{box}</ul></div><script>var shown = {items}</script>"
    reader = ListingReader(ListingWords.from_languages({}), lambda url: "www.example.org" in url)
    named, unnamed = (
        [link.url.removeprefix("https://www.example.org/ru/") for link in found.links]
        for found in (reader.read(page.encode(), AT, is_list=known) for known in (True, False))
    )
    assert unnamed == [f"notes/{n}" for n in range(4, 8)]
    assert named == [*unnamed, "news/218", "news/216"]
