"""Menus without known labels, and what their pages have to be like."""

from __future__ import annotations

import pytest

from crawler.discovery.listing_words import ListingWords
from crawler.discovery.listings.menu_links import lists_news, menu_links
from crawler.discovery.listings.sections import called_sections, news_sections
from crawler.discovery.listings.soup import ParsedPage
from indexer.frontier.port import Link
from indexer.records.reference import load_reference
from indexer.records.urls import identity, site

WORDS = ListingWords.from_languages(load_reference().languages)
AT = "https://www.example.org/"


def is_owned(url: str) -> bool:
    return site(url) == "www.example.org"


def page(html: str) -> ParsedPage:
    return ParsedPage.from_bytes(html.encode(), AT, "text/html; charset=utf-8")


def found(html: str, *entries: str) -> list[str]:
    links = [Link(f"{AT}{path}") for path in entries]
    return [url.removeprefix(AT) for url in menu_links(page(html), links, WORDS, is_owned)]


MENUS = {
    "a list": "<ul>{}</ul>",
    "nav": "<nav>{}</nav>",
    "lines": "<table><tr><td>{}</td></tr></table>",
    "boxes": "<div>{}</div>",
}


@pytest.mark.parametrize("menu", MENUS.values(), ids=MENUS)
@pytest.mark.parametrize("item", ["<li>{}</li>", "<div class=i>{}</div>", "{}<br>"])
def test_short_labels_beside_each_other_are_a_menu(menu: str, item: str) -> None:
    paths = ("apie", "kas-vyksta", "nariai", "kontaktai.html")
    links = (f'<a href="/{path}">Skyrius {n}</a>' for n, path in enumerate(paths))
    html = menu.format("".join(map(item.format, links)))
    assert found(f"<body>{html}</body>") == [*paths]


def test_upper_levels_come_first() -> None:
    below = '<ul><li><a href="/istorija">Istorija</a><li><a href="/valdyba">Valdyba</a></ul>'
    first = f'<ul><li><a href="/apie">Apie</a>{below}'
    html = f'{first}<li><a href="/v">Vyksta</a><li><a href="/d">Datos</a>'
    more = '<ul><li><a href="/a">Aaaa</a><li><a href="/b">Bbbb</a><li><a href="/c">Cccc</a></ul>'
    assert found(f"{html}<li>{more}</ul>") == ["apie", "v", "d", "a", "b", "c"]


def test_entries_files_languages_and_other_sites_are_no_lists() -> None:
    html = """<ul><li><a href="/naujiena">Nauja kasykla</a>
    <li><a href="/ataskaita.pdf">Ataskaita</a><li><a href="/lt/">LT</a>
    <li><a href="https://other.example/">Kitas puslapis</a>
    <li><a href="/login">Prisijungti</a><li><a href="/apie">Contact</a>
    <li><a href="/a">Aaaa</a><li><a href="/b">Bbbb</a><li><a href="/c">Cccc</a></ul>"""
    assert found(html, "naujiena") == ["a", "b", "c"]


def test_two_links_are_no_menu() -> None:
    assert found('<p><a href="/a">Aaaa</a> <a href="/b">Bbbb</a></p>') == []


def test_a_list_has_days_beside_what_is_known() -> None:
    dated = [Link(f"{AT}n/{n}", published="2031-03-12") for n in range(3)]
    plain = [Link(f"{AT}p/{n}") for n in range(4)]
    assert lists_news(dated, ())
    assert lists_news([*dated, *plain[:3]], ())
    assert not lists_news([*dated, *plain], ())
    assert not lists_news(dated, {identity(link.url) for link in dated[:2]})
    assert lists_news([*plain, *dated[:2]], {identity(link.url) for link in plain})
    assert not lists_news([], ())


def test_entries_that_the_home_page_shows_without_a_day_count_where_they_have_one() -> None:
    dated = [Link(f"{AT}n/{n}", published="2031-03-12") for n in range(3)]
    known = {identity(link.url) for link in dated}
    assert lists_news(dated, known, known)
    assert not lists_news(dated, known, {identity(dated[0].url)})
    assert not lists_news([Link(link.url) for link in dated], known, known)


def test_entries_below_the_page_count_though_they_are_known() -> None:
    dated = [Link(f"{AT}cu/{n}", published="2031-03-12") for n in range(2)]
    known = {identity(dated[0].url)}
    assert lists_news(dated, known, page=f"{AT}cu")
    assert lists_news(dated, known, page=f"{AT}cu.html")
    assert not lists_news(dated, known, page=f"{AT}zn")
    assert not lists_news(dated, known, page=AT)


def test_a_list_without_days_goes_on_with_what_the_home_page_shows() -> None:
    shown = [Link(f"{AT}w/nadzor"), Link(f"{AT}w/mapa")]
    known = {identity(link.url) for link in shown}
    further = [Link(f"{AT}w/kontrole"), Link(f"{AT}w/rdzenie")]
    assert lists_news([*shown, *further], known)
    assert not lists_news(shown, known)
    assert not lists_news([*shown[:1], *further], known)
    assert not lists_news([*shown, Link(f"{AT}o/statut"), Link(f"{AT}o/zarzad")], known)


def test_addresses_that_are_called_like_lists_are_sections_without_labels() -> None:
    menu = '<a href="/lt/news.html">Naujienos</a><a href="/lt/press-releases/">Spaudai</a>'
    entries = '<a href="/news.php?id=57">Nauja kasykla</a><a href="/lt/news/12">Kita kasykla</a>'
    called = called_sections(page(menu + entries), WORDS.sections, is_owned)
    assert called == (f"{AT}lt/news.html", f"{AT}lt/press-releases/")
    named = news_sections(page(f'{menu}<a href="/x">News</a>'), WORDS.sections, is_owned)
    assert named == (f"{AT}x",)


@pytest.mark.parametrize(
    ("menu", "found"),
    [
        (
            '<li><a href="#">News</a><ul><a href="/geo">Geology</a><a href="/x">Tin</a></ul></li>',
            "geo x",
        ),
        ('<nav><button>News</button><div><a href="/geo">Geology</a></div></nav>', "geo"),
        (
            '<li><a href="javascript:void(0)">News</a><ul><a href="/geo">Geology</a></ul></li>',
            "geo",
        ),
        ('<li><a>News</a><ul><a href="/n/1">A mine opens in the north of town</a></ul></li>', ""),
        ('<li><a href="#">About</a><ul><a href="/team">Team</a></ul></li>', ""),
        ('<p><a href="#">News</a></p><ul><a href="/geo">Geology</a></ul>', ""),
    ],
)
def test_what_is_below_a_label_that_only_opens_a_menu(menu: str, found: str) -> None:
    named = news_sections(page(f"<body>{menu}</body>"), WORDS.sections, is_owned)
    assert [url.removeprefix(AT) for url in named] == found.split()
