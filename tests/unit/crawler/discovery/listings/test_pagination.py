"""Pagers of all makes, made up, each with the pages it stands on."""

from __future__ import annotations

from dataclasses import dataclass
from unittest import mock

import pytest
from bs4 import BeautifulSoup

from crawler.discovery.listing_words import ListingWords
from crawler.discovery.listings.candidates import is_headline
from crawler.discovery.listings.pagination import NextPage, NextPageFinder
from indexer.records.reference import load_reference
from indexer.records.urls import canonical, site

WORDS = ListingWords.from_languages(load_reference().languages)
HOST = "https://www.example.org"


def find(html: str, page: str) -> NextPage:
    finder = NextPageFinder(WORDS, lambda url: site(url) == "www.example.org")
    soup = BeautifulSoup(f"<html><body><main><h1>News</h1>{html}</main></body></html>", "lxml")
    return finder.find(soup, HOST + page, HOST + page, None)


@dataclass(frozen=True)
class Case:
    name: str
    page: str
    pager: str
    following: str | None


def numbers(address: str, *labels: int, current: str = "") -> str:
    """A pager of numbers only; `{}` in the address is the number of a page."""
    links = [f'<a href="{address.format(n)}">{n}</a>' for n in labels]
    return " ".join([current, *links])


CASES = [
    Case(
        "a time in place of a number",
        "/news?offset=1772000000000",
        '<a rel="next" href="?offset=1771000000000">Older</a>',
        "/news?offset=1771000000000",
    ),
    Case(
        "comments of an entry, above prices",
        "/reports",
        '<p><a href="/reports/tin-prices-rise">Tin prices rise at the start of the year</a><br>'
        '<a href="/reports/tin-prices-rise#c">2 comments</a></p>'
        "<table><tr><td>Copper</td><td>9875</td></tr><tr><td>Tin</td><td>39010</td></tr></table>",
        None,
    ),
    Case(
        "pages in words, above prices",
        "/reports",
        '<p><a href="/reports/tin-prices-rise">Tin prices rise at the start of the year</a><br>'
        'Page 1 <a href="/reports/page/2">Page 2</a></p>',
        "/reports/page/2",
    ),
    Case("uCoz", "/news/?page2", '<p><a href="/news/?page3"><b>»</b></a></p>', "/news/?page3"),
    Case(
        "eZ",
        "/news/(offset)/6",
        '<p><a href="/news/(offset)/12">Next »</a></p>',
        "/news/(offset)/12",
    ),
    Case("eZ, an entry", "/news", '<p><a href="/news/offset-press-12">Next »</a></p>', None),
    Case(
        "what is over goes on from its first page",
        "/events",
        '<ul class="pager"><li><a href="/events/past?page=0" rel="next">Load past</a></li></ul>',
        "/events/past?page=0",
    ),
    Case(
        "the first page of the list itself",
        "/events/",
        '<ul class="pager"><li><a href="/events?page=0" rel="next">Load</a></li></ul>',
        None,
    ),
    Case(
        "months of an archive",
        "/2026/03/",
        '<a href="/2026/02/">Older posts</a>',
        "/2026/02/",
    ),
    Case(
        "a year that leads on from a home page",
        "/",
        '<a rel="next" href="/2026/03/">March</a>',
        "/2026/03/",
    ),
    Case("parameter in the path", "/news.htm", numbers("/news.php;p={}", 2, 3), "/news.php;p=2"),
    # words of a language that no list has, with a sign behind them
    Case(
        "typed parameter",
        "/noticias",
        '<a href="/noticias?b_start:int=5">Próximos 5 itens »</a>',
        "/noticias?b_start:int=5",
    ),
    Case(
        "typed parameter, with numbers",
        "/noticias",
        '<span><a href="?b_start:int=5">Próximos 3 itens »</a></span> [1] '
        '<a href="?b_start:int=5">2</a>',
        "/noticias?b_start:int=5",
    ),
    Case(
        "back before on",
        "/noticias?b_start:int=5",
        '<a href="?b_start:int=0">« Anteriores</a> <a href="?b_start:int=10">Próximos »</a>',
        "/noticias?b_start:int=10",
    ),
    Case("a teaser with a sign", "/noticias", '<a href="/noticias/cobre">Saiba mais »</a>', None),
    # what libraries load, wherever it stands
    Case("htmx", "/news", '<button hx-get="/news?page=2">Continue</button>', "/news?page=2"),
    Case(
        "htmx, seen",
        "/news",
        '<p hx-get="/news?page=2"></p><div hx-get="/n?page=2"></div>',
        "/n?page=2",
    ),
    Case("htmx, back", "/news?page=3", '<button hx-get="/news?page=2">Continue</button>', None),
    Case("htmx, a vote", "/news", '<button hx-get="/vote/7">Continue</button>', None),
    Case("turbo", "/news", '<turbo-frame src="/news?page=2"></turbo-frame>', "/news?page=2"),
    # several pagers in one page count by turns: `?page=0,1`
    Case(
        "views",
        "/news",
        '<ul class=pager><a href="?page=0%2C1">next ›</a></ul>',
        "/news?page=0%2C1",
    ),
    # the page with other parameters, if but one link says next
    Case("cursor", "/news", '<a href="?cursor=eyJ9">load more</a>', "/news?cursor=eyJ9"),
    Case("cursors", "/news", '<a href="?t=tin">more news</a><a href="?t=ore">more news</a>', None),
    # ids of entries, of which one is the next number
    Case(
        "read on",
        "/news",
        "".join(f'<a href="/news/{n}.html">weiter »</a>' for n in (4, 3, 2)),
        None,
    ),
    # numbers only, no class and no mark
    Case("from 1", "/news", numbers("?a={}", 2, 3, 4, current="1"), "/news?a=2"),
    Case("all linked", "/news", numbers("?a={}", 1, 2, 3), "/news?a=2"),
    Case("all linked, further on", "/news?a=2", numbers("?a={}", 1, 2, 3), "/news?a=3"),
    Case("last", "/news?a=3", numbers("?a={}", 1, 2, 3), None),
    Case(
        "gap", "/news/x.html;p=2", numbers("x.html;p={}", 1, 3, 4, current=""), "/news/x.html;p=3"
    ),
    Case(
        "from 0",
        "/news",
        numbers("?b={}", 0, 1, 2).replace(">2<", ">3<").replace(">1<", ">2<").replace(">0<", ">1<"),
        "/news?b=1",
    ),
    Case(
        "page 0",
        "/news?b=0",
        numbers("?b={}", 0, 1, 2).replace(">2<", ">3<").replace(">1<", ">2<").replace(">0<", ">1<"),
        "/news?b=1",
    ),
    Case(
        "Bitrix",
        "/news/",
        numbers("/news/?PAGEN_2={}", 2, 3, current="<b>1</b>"),
        "/news/?PAGEN_2=2",
    ),
    Case("path", "/news/", numbers("/news/page/{}/", 2, 3, current="1"), "/news/page/2/"),
    Case("path, further on", "/news/page/2/", numbers("/news/page/{}/", 1, 2, 3), "/news/page/3/"),
    Case(
        "number in a name",
        "/news.html",
        numbers("/news-{}.html", 2, 3, current="1"),
        "/news-2.html",
    ),
    Case("offset", "/news", "1 <a href='?s=20'>2</a> <a href='?s=40'>3</a>", "/news?s=20"),
    Case(
        "offset, all linked",
        "/news?s=20",
        "<a href='?s=0'>1</a> <a href='?s=20'>2</a> <a href='?s=40'>3</a>",
        "/news?s=40",
    ),
    Case(
        "ranges", "/news", "1-20 <a href='?s=20'>21-40</a> <a href='?s=40'>41-60</a>", "/news?s=20"
    ),
    Case(
        "two numbers",
        "/news?p=2&o=20",
        "<a href='?p=1&o=0'>1</a> <a href='?p=2&o=20'>2</a> <a href='?p=3&o=40'>3</a>",
        "/news?p=3&o=40",
    ),
    Case(
        "other parameters",
        "/news?lang=de&p=2",
        "<a href='?p=1&lang=de'>1</a> <a href='?p=2&lang=de'>2</a> <a href='?p=3&lang=de'>3</a>",
        "/news?p=3&lang=de",
    ),
    Case("two pages", "/news", numbers("?a={}", 2, current="1"), "/news?a=2"),
    Case("counts down", "/news", numbers("/news/{}", 8, 7, 6, current="9"), "/news/8"),
    Case(
        "marked",
        "/news",
        "<ul><li class='active'><a href='#'>1</a></li>"
        "<li><a href='?k=aa'>2</a></li><li><a href='?k=bb'>3</a></li></ul>",
        "/news?k=aa",
    ),
    Case(
        "select",
        "/news",
        "<select><option value='/news' selected>1</option>"
        "<option value='/news?k=2'>2</option></select>",
        "/news?k=2",
    ),
    Case("scripted", "/news", "1 <a href='#' onclick=\"go('/news?k=2')\">2</a>", "/news?k=2"),
    Case(
        "above and below",
        "/news",
        numbers("?a={}", 2, 3, current="1")
        + "<p>The list of all that is new</p>"
        + numbers("?a={}", 2, 3, current="1"),
        "/news?a=2",
    ),
    # words
    Case(
        "older", "/news", "<a href='/news?before=20260504'>Older posts</a>", "/news?before=20260504"
    ),
    Case(
        "older, ru", "/news", "<a href='/news?before=9'>« Предыдущие записи</a>", "/news?before=9"
    ),
    Case(
        "older, fr",
        "/news",
        "<a href='/news?before=9'>Articles plus anciens →</a>",
        "/news?before=9",
    ),
    Case("older, kk", "/news", "<a href='/news?before=9'>Ескі жаңалықтар</a>", "/news?before=9"),
    Case(
        "newer is next",
        "/news?page=2",
        "<div class='nav-links'><a class='next' href='?page=1'>Newer posts</a>"
        "<a class='prev' href='?page=3'>Older posts</a></div>",
        "/news?page=3",
    ),
    Case(
        "previous is older",
        "/news",
        "<div class='pager'><a class='previous' href='?page=2'>Previous</a></div>",
        "/news?page=2",
    ),
    Case(
        "counted",
        "/news",
        "<div class='pager'><a href='?page=2'>Next (20)</a></div>",
        "/news?page=2",
    ),
    Case(
        "image",
        "/news",
        "<div class='pager'><a href='?page=2'><img alt='Next page' src='n.gif'></a></div>",
        "/news?page=2",
    ),
    Case(
        "icon",
        "/news?page=2",
        "<div class='pager'><a href='?page=1'><i class='fa-chevron-left'></i></a>"
        "<a href='?page=3'><i class='fa fa-chevron-right'></i></a></div>",
        "/news?page=3",
    ),
    # none
    Case(
        "newer only",
        "/news?page=4",
        "<div class='pager'><a href='?page=3'>Newer posts</a></div>",
        None,
    ),
    Case(
        "first page again",
        "/news",
        "<div class='pager'><a class='next' href='?page=0'>weiter</a></div>",
        None,
    ),
    Case(
        "page size",
        "/news",
        "<b>20</b> <a href='?size=50'>50</a> <a href='?size=100'>100</a>",
        None,
    ),
    Case("days of a month", "/news", numbers("/news/2026/05/{}", 1, 2, 3, 4), None),
    Case("years", "/news", "<a href='?y=2026'>2026</a> <a href='?y=2025'>2025</a>", None),
    Case(
        "footnotes",
        "/news",
        "<a href='#f1'>[1]</a> <a href='#f2'>[2]</a> <a href='#f3'>[3]</a>",
        None,
    ),
    Case(
        "pages of the entries",
        "/forum",
        "<h3><a href='/topic?t=5'>A topic</a></h3>"
        + numbers("/topic?t=5&page={}", 2, 3)
        + "<h3><a href='/topic?t=6'>Another topic</a></h3>"
        + numbers("/topic?t=6&page={}", 2, 3),
        None,
    ),
    Case(
        "comments",
        "/a-long-story-of-zinc",
        numbers("/a-long-story-of-zinc/comment-page-{}/", 1, 2, 3),
        None,
    ),
    Case("a sign alone", "/news", '<p>Page 1 of 12 <a href="/news/2">›</a></p>', "/news/2"),
    Case("a sign to another page", "/news/7", '<p><a href="/news/19">›</a></p>', None),
    Case(
        "buttons of a form",
        "/news",
        '<form action="/list"><input type="hidden" name="topic" value="ore">'
        '<button name="nr" value="1" class="current">1</button>'
        '<button name="nr" value="2">2</button>'
        '<button name="nr" value="3">3</button></form>',
        None,
    ),
    Case(
        "buttons of a form of this list",
        "/news",
        '<form><button name="page" value="1" class="current">1</button>'
        '<button name="page" value="2">2</button></form>',
        "/news?page=2",
    ),
    Case("frame of a list", "/news", '<ul data-next-url="/news?a=2"></ul>', "/news?a=2"),
    Case(
        "a year of an archive",
        "/press/archive?year=2025",
        numbers("?year=2025&page={}", 2, 3, current="1"),
        "/press/archive?year=2025&page=2",
    ),
    Case(
        "a year of an archive, behind the number",
        "/press/archive?year=2025",
        numbers("?page={}&year=2025", 2, 3, current="1"),
        "/press/archive?page=2&year=2025",
    ),
    Case("issues on a home page", "/", numbers("/magazine/{}", 1, 2, 3), None),
    Case("elsewhere", "/news", numbers("https://other.example/news?a={}", 2, 3, current="1"), None),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_next_page(case: Case) -> None:
    following = canonical(case.following, HOST) if case.following is not None else None
    assert find(case.pager, case.page).address == following


def test_a_page_shows_that_it_is_the_last_or_does_not_tell() -> None:
    assert find(numbers("?a={}", 1, 2), "/news?a=2").ends
    assert find('<div class="pager"><a href="?page=1">Previous</a></div>', "/news?page=2").ends
    assert not find("<p>No pager at all</p>", "/news?page=2").ends


def test_a_number_without_an_address_is_a_guess() -> None:
    pager = '<a href="?a=1">1</a> <a href="?a=2">2</a> <a href="#" data-n="3">3</a>'
    found = find(pager, "/news?a=2")
    assert (found.address, found.guess) == (None, f"{HOST}/news?a=3")
    assert find('<button data-page="1">Mehr laden</button>', "/news").guess == f"{HOST}/news?page=2"


BUTTON = '<button name="page" value="{0}">{0}</button>'


@pytest.mark.parametrize(
    ("html", "page", "guess"),
    [
        (
            """<a href="#" onclick="location.href='?von=20'"><img src="n.gif" alt="Weiter"></a>""",
            "/news",
            "/news?von=20",
        ),
        ("""<a href="#" onclick="location.href='?von=20'">Alle Termine</a>""", "/news", None),
        # a script turns the pages
        (
            '<p class="pager"><b>1</b> <a href="javascript:turn(2)">2</a></p>',
            "/news",
            "/news?page=2",
        ),
        (
            '<p class="pager"><b>2</b> <a onclick="turn(3)">3</a></p>',
            "/news?page=2",
            "/news?page=3",
        ),
        ('<p class="pager"><b>1</b> <a href="javascript:turn(2)">2</a></p>', "/news?x=1", None),
        ('<p class="pager"><b>1</b> <a href="#">2</a></p>', "/news", None),
        ('<p><b>1</b> <a href="javascript:turn(2)">2</a></p>', "/news", None),
        # a form posts the number
        (
            f"<form method=post><b>1</b>{BUTTON.format(2)}{BUTTON.format(3)}</form>",
            "/news",
            "/news?page=2",
        ),
        (
            "<form method=post><input type=hidden name=page value=2><button>Next</button></form>",
            "/news",
            "/news?page=2",
        ),
        # the data of a script
        ('<script>{"next_url": "\\/news?page=2"}</script>', "/news", "/news?page=2"),
        (
            '<script>s = {"nextPageUrl":"/news?page=2\\u0026n=9"}</script>',
            "/news",
            "/news?page=2&n=9",
        ),
        (
            "<base href='/'><script>{NavNum: 1, NavPageNomer: 1, NavPageCount: 4}</script>",
            "/press/news/?SECTION=5",
            "/press/news/?SECTION=5&PAGEN_1=2",
        ),
        ('<script>{"next_url": "/about"}</script>', "/news", None),
        ('<script>{"next_url": "https://other.example/?page=2"}</script>', "/news", None),
    ],
)
def test_what_forms_and_scripts_turn_to_is_a_guess(html: str, page: str, guess: str | None) -> None:
    found = find(html, page)
    wanted = canonical(guess, HOST) if guess is not None else None
    assert (found.address, found.guess) == (None, wanted)


def grid(current: int, *others: str) -> str:
    """The pager of a grid of ASP.NET: its pages by number or word, and the current one."""
    links = "".join(
        f"""<td><a href="javascript:__doPostBack('grid','Page${page}')">{label}</a></td>"""
        for page, _, label in (other.partition(" ") for other in others)
    )
    state = '<input type="hidden" name="__VIEWSTATE" value="x">'
    return (
        f"<form method=post>{state}<table><tr><td><span>{current}</span></td>{links}</tr></table>"
    )


def data_pager(current: int, *labels: object) -> str:
    """The pager of a list of ASP.NET: its links are named by their places, not by their pages."""
    links = " ".join(
        f"<span>{label}</span>"
        if label == current
        else f"""<a href="javascript:__doPostBack('list$pager$ctl{place:02}','')">{label}</a>"""
        for place, label in enumerate(labels)
    )
    return f'<form method=post><p>{links}</p><p><a href="/about">...</a></p></form>'


@pytest.mark.parametrize(
    ("html", "chosen"),
    [
        (data_pager(1, 1, 2, 3, "..."), ("list$pager$ctl01", "")),
        (data_pager(3, 1, 2, 3, "..."), ("list$pager$ctl03", "")),
        (data_pager(4, "...", 4, 5, 6, "…"), ("list$pager$ctl02", "")),
        (data_pager(6, "...", 4, 5, 6, "…"), ("list$pager$ctl04", "")),
        (data_pager(6, "...", 4, 5, 6), None),
        (grid(1, "2 2", "3 3"), ("grid", "Page$2")),
        (grid(10, "11 ..."), ("grid", "Page$11")),
        (
            (
                "<form method=post><p class=pager><span>1</span>"
                """<a href="javascript:__doPostBack('list$ctl01','')">2</a></p></form>"""
            ),
            ("list$ctl01", ""),
        ),
        (
            (
                """<form method=post><a href="javascript:__doPostBack('lnkPrev','')">Previous</a>"""
                """<a href="javascript:__doPostBack('lnkNext','')">Next</a></form>"""
            ),
            ("lnkNext", ""),
        ),
        # none that turns pages, and the last page
        (
            """<form method=post><a href="javascript:__doPostBack('step','')">Next</a></form>""",
            None,
        ),
        (
            "<form method=post><span>1</span><a href=\"javascript:__doPostBack('vote','2')\">2</a>",
            None,
        ),
        (grid(3), None),
    ],
)
def test_what_an_asp_net_page_posts(html: str, chosen: tuple[str, str] | None) -> None:
    found = find(html, "/news.aspx")
    assert (found.address, found.guess) == (None, None)
    assert (found.posted and tuple(value for _, value in found.posted.chosen)) == chosen


def test_what_a_form_posts_is_tried_where_its_address_does_not_answer() -> None:
    found = find(f"<form method=post><b>1</b>{BUTTON.format(2)}{BUTTON.format(3)}</form>", "/news")
    assert found.guess == f"{HOST}/news?page=2"
    assert found.posted is not None
    assert found.posted.chosen == (("page", "2"),)
    elsewhere = find(
        f'<form method=post action="//other.example/"><b>1</b>{BUTTON.format(2)}</form>', "/news"
    )
    assert elsewhere.posted is None


@pytest.mark.parametrize(
    ("html", "page", "guess"),
    [
        (
            "<nav aria-label=Pagination><b>1</b><button wire:click='gotoPage(2)'>2</button></nav>",
            "/news",
            "/news?page=2",
        ),
        (
            "<div class=pagination><b>1</b><a href='#' data-page=2>2</a></div>",
            "/news",
            "/news?page=2",
        ),
        ("<button rel=next wire:click=nextPage>Next</button>", "/news?page=2", "/news?page=3"),
        ("<button class=more @click=load>Load more news</button>", "/news", "/news?page=2"),
        ("<button>Load more news</button>", "/news?topic=7", None),
        ("<button class=slide>›</button>", "/news", None),
        ("<div class=slider><button>Next</button></div>", "/news", None),
        ("<div class=pager><button>Next</button></div>", "/news", "/news?page=2"),
        ("<div class=pager><button disabled>Next page</button></div>", "/news", None),
        ("<div class=pager><a aria-disabled=true>Next page</a></div>", "/news", None),
        ("<ul class=pager><li class=disabled><a href='#'>Next</a></li></ul>", "/news", None),
        (  # the last page, with a link that only looks as if it were no more
            "<div class=pager><a href='?page=1'>1</a><b>2</b><a href='#'>Next</a></div>",
            "/news?page=2",
            None,
        ),
        ("<button data-offset=6 data-url=/more>Show more</button>", "/news", "/more?offset=6"),
        ("<button data-offset=6 data-url=//x.example/>Show more</button>", "/news", None),
    ],
)
def test_what_scripts_turn_is_tried_with_the_usual_parameter(
    html: str, page: str, guess: str | None
) -> None:
    found = find(html, page)
    assert found.address is None
    assert found.guess == (guess and HOST + guess)


def test_headlines_are_looked_for_once_for_all_rows_of_numbers() -> None:
    """A forum has one for each thread: each looked at all links of the page again."""
    rows = "".join(
        f'<p><a href="/t/{n}">Tin prices rise at the start of the year</a></p>'
        f'<p>Page 1 <a href="/t/{n}/page/2">Page 2</a></p>'
        for n in range(20)
    )
    counted = mock.Mock(wraps=is_headline)
    with mock.patch("crawler.discovery.listings.pagination.is_headline", counted):
        find(rows, "/reports")
    assert 0 < counted.call_count <= 5 * 40
