from __future__ import annotations

import json
import time
from collections.abc import Sequence
from datetime import date

import pytest

from crawler.discovery.home import announced_feeds
from crawler.discovery.listing_words import ListingWords, plain
from crawler.discovery.listings.candidates import MOST_OF_TEXT
from crawler.discovery.listings.page_addresses import looks_like_a_page
from crawler.discovery.listings.reader import ListingReader
from crawler.discovery.listings.soup import ParsedPage
from indexer.records.errors import ParseError
from indexer.records.reference import load_reference
from indexer.records.urls import site

WORDS = ListingWords.from_languages(load_reference().languages)
AT = "https://www.example.org/aktuelles"


def is_owned(url: str) -> bool:
    return site(url) in ("example.org", "www.example.org")


def read(
    html: str, url: str = AT, *, links: str | None = None, next_page: str | None = None
) -> tuple[list[str], str | None]:
    reader = ListingReader(WORDS, is_owned)
    content = reader.read(html.encode(), url, links=links, next_page=next_page)
    return [
        link.url.removeprefix("https://www.example.org") for link in content.links
    ], content.next


DRUPAL = """<!DOCTYPE html><html lang="de"><head><title>Aktuelles</title></head><body>
<a class="visually-hidden skip-link" href="#main">Direkt zum Inhalt</a>
<header role="banner"><a href="/"><img alt="Startseite" src="/logo.svg"></a>
 <nav class="menu--main"><ul><li><a href="/themen/rohstoffe-und-energie-im-osten">Rohstoffe und \
Energie im Osten</a></li>
 <li><a href="/verein/ueber-uns">Über uns</a></li></ul></nav></header>
<main id="main"><nav class="breadcrumb"><a href="/presse-und-aktuelles-uebersicht">Presse und \
Aktuelles: Übersicht</a></nav>
<div class="view-content">
 <div class="views-row"><article class="node"><header><h2>\
<a href="/de/pm/rohstoffdialog-in-astana">Rohstoffdialog in Astana</a></h2></header>
  <time datetime="2026-05-04T10:00:00+02:00">4. Mai</time>
  <p>Teaser <a href="/de/pm/rohstoffdialog-in-astana">mehr</a></p>\
<a href="/schlagwort/rohstoffe">Rohstoffe</a></article></div>
 <div class="views-row"><article class="node"><header><h2>\
<a href="/node/8121">Delegation reist</a></h2></header></article></div>
 <div class="views-row"><article class="node"><h2>\
<a href="/files/pm-2026-05.pdf">Pressemitteilung als PDF</a></h2></article></div>
 <div class="views-row"><article class="node"><h2>\
<a href="https://partner.example.net/2026/05/04/fremd">Bericht des \
Partners</a></h2></article></div>
</div>
<nav class="pager" role="navigation"><ul class="js-pager__items">
 <li class="pager__item is-active"><a href="?page=0" title="Aktuelle Seite">1</a></li>
 <li class="pager__item"><a href="?page=1">2</a></li>
 <li class="pager__item pager__item--next"><a href="?page=1" title="Zur nächsten Seite" \
rel="next"><span>Nächste Seite</span> ››</a></li>
 <li class="pager__item pager__item--last"><a href="?page=40">Letzte »</a></li></ul></nav></main>
<footer><a href="/impressum">Impressum</a><a href="/erklaerung-zur-barrierefreiheit">Erklärung \
zur Barrierefreiheit</a></footer>
</body></html>"""

RUSSIAN = """<html lang="ru"><body><div id="header"><div class="top-menu">\
<a href="/ru/ministerstvo/struktura-ministerstva">Структура министерства</a></div></div>
<div class="content"><div class="news-list">
<p class="news-item"><span class="news-date-time">04.05.2026</span> <a href="/ru/news/view/1201/">\
<b>Состоялось заседание рабочей группы по редким металлам</b></a></p>
<p class="news-item"><a href="/ru/news/view/1200/"><img src="/i.jpg"></a>\
<a href="/ru/news/view/1200/">Подписан меморандум</a> <a \
href="/ru/news/view/1200/">Подробнее</a></p>
<p><a href="/ru/o-ministerstve/kontakty">Контактная информация министерства</a></p>
</div><div class="modern-page-navigation"><span class="modern-page-current">1</span> <a \
href="/ru/news/?PAGEN_1=2">2</a> <a href="/ru/news/?PAGEN_1=3">3</a>
<a class="modern-page-next" href="/ru/news/?PAGEN_1=2">След.</a> <a \
href="/ru/news/?PAGEN_1=40">Конец</a></div></div></body></html>"""

WORDPRESS = """<html><body><div class="site-content">
<article class="post"><h3 class="entry-title"><a href="/2026/05/04/copper/" \
rel="bookmark">Copper</a></h3>
 <span class="cat-links"><a href="/category/mining/" rel="category tag">Mining industry of \
Central Asia</a></span>
 <a href="/author/jane-doe-of-the-desk/">Jane Doe</a>\
<a href="/2026/05/04/copper/#respond">Leave a comment</a></article>
<article class="post"><h3><a href="/2026/05/03/lithium-auction/">Lithium auction</a></h3></article>
<nav class="navigation posts-navigation"><div class="nav-links"><div class="nav-previous">\
<a href="/page/2/">Older posts</a></div>
<div class="nav-next"><a href="/page/0/">Newer posts</a></div></div></nav></div>
<aside class="widget"><a href="/2019/01/01/evergreen-of-the-sidebar/">Evergreen of the \
sidebar</a></aside></body></html>"""


def test_drupal_listing() -> None:
    links, following = read(DRUPAL)
    assert links == ["/de/pm/rohstoffdialog-in-astana", "/node/8121"]
    assert following == "https://www.example.org/aktuelles?page=1"


def test_titles_and_dates_come_along() -> None:
    first = ListingReader(WORDS, is_owned).read(DRUPAL.encode(), AT).links[0]
    assert (first.title, first.published) == (
        "Rohstoffdialog in Astana",
        "2026-05-04T10:00:00+02:00",
    )


def test_a_day_in_the_address_of_an_event_is_none_of_publication() -> None:
    page = "".join(
        f"<h3><a href='/{part}/2026/05/04/eine-lange-meldung'>Eine lange Meldung</a></h3>"
        for part in ("agenda", "presse", "events/news")
    )
    links = ListingReader(WORDS, is_owned).read(page.encode(), AT).links
    assert [link.published for link in links] == [None, "2026-05-04", "2026-05-04"]


def test_russian_listing_with_numbered_pager() -> None:
    links, following = read(RUSSIAN, "https://www.example.org/ru/news/")
    assert links == ["/ru/news/view/1201/", "/ru/news/view/1200/"]
    assert following == "https://www.example.org/ru/news/?PAGEN_1=2"


def test_wordpress_home() -> None:
    links, following = read(WORDPRESS, "https://www.example.org/")
    assert links == ["/2026/05/04/copper/", "/2026/05/03/lithium-auction/"]
    assert following == "https://www.example.org/page/2/"


def test_plain_list_of_headlines() -> None:
    html = """<ul class="news"><li><a href="/meldungen/kupfer">Kupferpreis steigt auf neuen \
Höchststand</a></li>
    <li><a href="/meldungen/zinn">Neue Zinnhütte in Kirgisistan geplant</a></li><li>\
<a href="/kurz">Kurz</a></li></ul>"""
    assert read(html)[0] == ["/meldungen/kupfer", "/meldungen/zinn"]


@pytest.mark.parametrize(
    ("pager", "following"),
    [
        ('<link rel="next" href="?p=2">', "?p=2"),
        ('<div class="pagination"><a href="?seite=2">weiter</a></div>', "?seite=2"),
        ('<div class="pagination"><a href="?start=20">›</a></div>', "?start=20"),
        ('<div class="pages"><b>1</b> <a href="?a=2">2</a> <a href="?a=3">3</a></div>', "?a=2"),
        ('<div class="pages"><a href="?a=1">1</a> <b>2</b> <a href="?a=3">3</a></div>', "?a=3"),
        (
            (
                '<ul class="pager"><li class="prev"><a href="?a=0">«</a></li><li class="next">'
                '<a href="?a=2">&gt;&gt;</a></li></ul>'
            ),
            "?a=2",
        ),
        ('<a href="/aktuelles/page/2/">Older posts</a>', "/aktuelles/page/2/"),
        ('<a aria-label="Следующая страница" href="?page=2">→</a>', "?page=2"),
        ('<div class="pager"><a href="?page=2">Вперёд</a></div>', "?page=2"),
        ('<div class="pager"><a href="?page=2">Келесі бет</a></div>', "?page=2"),
        ('<button data-url="?page=2">Mehr laden</button>', "?page=2"),
        (
            '<button class="btn load-more" data-next-url="?page=2"><span>+</span></button>',
            "?page=2",
        ),
        (
            '<div class="infinite-scroll" data-next-page="/aktuelles/page/2/"></div>',
            "/aktuelles/page/2/",
        ),
        ('<a class="show-more" href="?page=2">noch mehr</a>', "?page=2"),
        ('<span data-href="?page=2">Показать ещё</span>', "?page=2"),
        ('<button class="load-more" data-page="2">Mehr laden</button>', None),
        ('<button class="load-more" data-url="https://elsewhere.example/?page=2">x</button>', None),
        ('<a class="read-more" href="/artikel/lang">mehr</a>', None),
        ('<a rel="next" href="/termine/2026-06/">Juni</a>', None),
        ('<p><a href="/artikel/lang">weiter</a></p>', None),
        ('<div class="pager"><a href="https://elsewhere.example/?page=2">weiter</a></div>', None),
        ('<div class="pager"><a rel="next" href="#">weiter</a></div>', None),
        ("", None),
    ],
)
def test_next_page(pager: str, following: str | None) -> None:
    html = f"<html><head></head><body><main><p>Text</p>{pager}</main></body></html>"
    expected = None
    if following is not None:
        expected = (
            f"{AT}{following}"
            if following.startswith("?")
            else f"https://www.example.org{following}"
        )
    assert read(html)[1] == expected


def test_classes_of_frames_and_entries_are_no_furniture() -> None:
    html = """<div class="page has-menu lang-de no-footer"><h1>Aktuelles</h1>
    <div class="post type-post category-mining tag-copper"><h3>\
<a href="/kupfer">Kupfer</a></h3></div>
    <div class="post-tags"><h3><a href="/thema-kupfer-aus-kasachstan">Kupfer</a></h3></div></div>"""
    assert read(html)[0] == ["/kupfer"]


def test_a_form_around_a_whole_page_is_no_form() -> None:
    rows = "".join(
        f'<tr><td>0{n}.05.2026</td><td><a href="Show.aspx?nr={n}">Zinn im Revier {n}</a></td></tr>'
        for n in range(1, 5)
    )
    view = '<input type="hidden" name="__VIEWSTATE" value="x">'
    links, _ = read(f'<form method="post">{view}<table>{rows}</table></form>')
    assert links == [f"/Show.aspx?nr={n}" for n in range(1, 5)]
    undated = rows.replace(".05.2026", "")
    assert read(f'<form method="get"><table>{undated}</table></form>')[0] == []


def test_an_entry_that_stands_in_a_box_as_well_is_listed() -> None:
    def entry(n: int) -> str:
        return f'<a href="show.php?nr={n}">Zinn aus dem Revier {n}</a>'

    rows = "".join(f"<tr><td>0{n}.05.2026</td><td><b>{entry(n)}</b></td></tr>" for n in range(1, 5))
    box = f"<td><font>{entry(2)}<br>{entry(4)}<br></font></td>"
    links, _ = read(f"<table><tr>{box}<td><table>{rows}</table></td></tr></table>")
    assert sorted(links) == [f"/show.php?nr={n}" for n in range(1, 5)]


def test_a_pdf_whose_link_says_download_has_the_headline_beside_it() -> None:
    def row(day: str, headline: str, file: str) -> str:
        return f"""<div class="row"><div>{day}</div><div>{headline}
        <a href="/f/{file}.pdf">PDF herunterladen</a></div></div>"""

    html = "".join(
        [
            row("04.05.2026", "<h4>Neue Zinnhütte in Kirgisistan geplant</h4>", "pm-2026-05"),
            row("", "<h4>Antrag auf Erteilung einer Erlaubnis</h4>", "antrag-2026"),
            row("03.05.2026", "", "pm-2026-04"),
        ]
    )
    assert read(f"<main>{html}</main>")[0] == ["/f/pm-2026-05.pdf"]


def test_a_pdf_is_listed_with_its_headline_and_date() -> None:
    html = """<main><ul><li>04.05.2026 <a href="/f/1.pdf">Neue Zinnhütte in Kirgisistan geplant \
(PDF)</a></li>
    <li><a href="/f/antrag.pdf">Antrag auf Erteilung einer Erlaubnis</a></li>
    <li>03.05.2026 <a href="/f/2.pdf">Download</a></li></ul></main>"""
    assert read(html)[0] == ["/f/1.pdf"]


def test_what_is_styled_as_a_heading_is_the_label_of_a_card() -> None:
    card = (
        '<div><a href="/meldung/{0}"><span>Energie</span><div class="{1}">Zinn im Revier {0}</div>'
        "<p>Im alten Schacht hat ein Bergmann wieder Zinn gefunden.</p></a></div>"
    )
    names = ("h4", "card-title", "x")
    html = "".join(card.format(1000 + n, name) for n, name in enumerate(names))
    links = ListingReader(WORDS, is_owned).read(html.encode(), AT).links
    assert [link.title for link in links[:2]] == ["Zinn im Revier 1000", "Zinn im Revier 1001"]
    assert (links[2].title or "").startswith("Energie Zinn im Revier 1002 Im alten")


def test_the_title_of_a_category_is_no_headline_of_a_card() -> None:
    card = (
        '<div><a href="/meldung/{0}"><div class="category-title">Energie und Bergbau</div>'
        '<div class="card-title">Zinn {0}</div></a></div>'
    )
    html = "".join(card.format(1000 + n) for n in range(3))
    links = ListingReader(WORDS, is_owned).read(html.encode(), AT).links
    assert [link.title for link in links] == [f"Zinn {1000 + n}" for n in range(3)]


def test_a_link_in_a_heading_says_what_the_page_is_called() -> None:
    entry = (
        '<div class="row"><h3><a href="/node/{0}"><span>Zinn {0}</span></a></h3>'
        '<ul><li><a href="/node/{0}">Mehr<span> zum Thema Zinn {0}</span></a></li></ul></div>'
    )
    html = "".join(entry.format(1000 + n) for n in range(3))
    links = ListingReader(WORDS, is_owned).read(html.encode(), AT).links
    assert [link.title for link in links] == [f"Zinn {1000 + n}" for n in range(3)]


@pytest.mark.parametrize("label", ["Press release", "12.03.2026", "News"])
def test_a_category_or_day_in_a_heading_is_no_headline(label: str) -> None:
    entry = (
        '<article><h4><a href="/node/{0}">{1}</a></h4>'
        '<a href="/node/{0}">Zinnhütte {0} geht in Betrieb</a></article>'
    )
    html = "".join(entry.format(1000 + n, label) for n in range(3))
    links = ListingReader(WORDS, is_owned).read(html.encode(), AT).links
    assert [link.title for link in links] == [
        f"Zinnhütte {1000 + n} geht in Betrieb" for n in range(3)
    ]


def test_a_block_that_is_called_a_topic_has_a_headline() -> None:
    card = (
        '<a href="/meldung/{0}"><span class="topic-card__title">Zinn {0}</span>'
        "<span>Im alten Stollen wird wieder gebohrt</span></a>"
    )
    html = "".join(card.format(1000 + n) for n in range(3))
    links = ListingReader(WORDS, is_owned).read(html.encode(), AT).links
    assert [link.title for link in links] == [f"Zinn {1000 + n}" for n in range(3)]


def test_links_that_hold_each_other_and_a_long_text_are_read_in_time() -> None:
    nested = "<a href='/x'><div>" * 100 + "word " * 100_000 + "</div></a>" * 100
    page = f'<a href="/meldung/1001"><h2>Zinn im Revier</h2></a>{nested}'.encode()
    began = time.process_time()
    links = ListingReader(WORDS, is_owned).read(page, AT).links
    assert time.process_time() - began < 10  # before: a minute
    assert next(link.title for link in links) == "Zinn im Revier"
    assert all(len(link.title or "") <= MOST_OF_TEXT for link in links)


CARDS = (
    ("Zinn im Revier gefunden", "/news/a1"),
    ("Neue Regeln für alte Halden", "/news/a2"),
    ("Schmelze steht im Mai still", "/news/a3"),
)


@pytest.mark.parametrize("more", ["weiterlesen", "Leia mais"])
def test_what_a_card_is_about_stands_beside_a_link_that_says_read_more(more: str) -> None:
    html = "".join(
        f"<div><b>{title}</b><br>04.05.2026<br>Ein Satz dazu.<a href={url}>{more}</a></div>"
        for title, url in CARDS
    )
    links = ListingReader(WORDS, is_owned).read(f"<main>{html}</main>".encode(), AT).links
    assert [link.title for link in links] == [title for title, _ in CARDS]


REPORTS = [f"/news/weekly-report-2026-05-0{n}.html" for n in range(1, 5)]


def titles(html: str, links: str | None = None) -> list[str | None]:
    page = f"<main>{html}</main>".encode()
    return [link.title for link in ListingReader(WORDS, is_owned).read(page, AT, links=links).links]


@pytest.mark.parametrize("links", [None, "li"])
def test_entries_of_a_list_that_are_called_alike_are_read(links: str | None) -> None:
    html = "".join(f"<li>0{n}.05.2026 <a href={u}>Wochenbericht</a>" for n, u in enumerate(REPORTS))
    assert titles(html, links) == ["Wochenbericht"] * 4
    assert titles(html.replace("Wochenbericht", "mehr"), links) == ([None] * 4 if links else [])


def test_a_headline_in_a_menu_leaves_no_read_more_as_the_title() -> None:
    menu = "".join(f"<a href={url}>{title}</a>" for title, url in CARDS)
    cards = "".join(
        f"<article><b>{title}</b><p>04.05.2026<p><a href={url}>Leia mais</a></article>"
        for title, url in CARDS
    )
    assert titles(f"<nav>{menu}</nav>{cards}") == [title for title, _ in CARDS]


def test_a_list_that_looks_like_a_menu_is_read_where_there_is_no_other() -> None:
    items = "".join(f"<li>04.05.2026 <a href={url}>{title}</a></li>" for title, url in CARDS)
    undated = items.replace("04.05.2026", "")
    news = [url for _, url in CARDS]
    assert read(f"<nav><ul>{items}</ul></nav>")[0] == news
    assert read(f"<nav><ul>{undated}</ul></nav>")[0] == []
    assert read(f"<nav><ul>{items}</ul></nav><h2><a href=/n/7>Eine Meldung</a></h2>")[0] == ["/n/7"]


MENU = ("/", "/m.php?name=FAQ", "/m.php?pa=page&pid=1", "/m.php?pa=page&pid=2", "/m.php?pid=3")
LABELS = ("Home", "Questions and answers", "About the agency", "Prices of banners", "Editors")


@pytest.mark.parametrize(
    ("box", "item"),
    [
        ("<div>{}</div>", "{}<br>"),
        ("<table>{}</table>", "<tr><td>{}</td></tr>"),
        ("<ul>{}</ul>", "<li>{}</li>"),
    ],
)
@pytest.mark.parametrize(
    ("back", "day", "found"),
    [
        ("/", "", []),
        (AT, "", []),
        ("/m.php?name=Top", "", [*MENU[2:]]),  # leads neither home nor to the list
        ("/", " (4.5.2026)", [*MENU[1:]]),
    ],
)
def test_links_beside_one_that_leads_back_are_a_menu_in_old_systems(
    box: str, item: str, back: str, day: str, found: list[str]
) -> None:
    links = zip((back, *MENU[1:]), LABELS, strict=True)
    menu = "".join(item.format(f'<a href="{url}">{label}</a>{day}') for url, label in links)
    news = "<h2><a href='/m.php?file=article&sid=418'>A conveyor for the mine of Kedrovo</a></h2>"
    shown = f"<table><tr><td>{box.format(menu)}</td><td>{news}</td></tr></table>"
    assert read(shown)[0] == [*found, "/m.php?file=article&sid=418"]


def test_a_template_and_a_frame_have_links() -> None:
    items = "".join(f"<h3><a href={url}>{title}</a></h3>" for title, url in CARDS)
    assert read(f"<template>{items}</template>")[0] == [url for _, url in CARDS]
    framed = ListingReader(WORDS, is_owned).read(b"<p>News</p><iframe src=/list.php></iframe>", AT)
    assert framed.lists == ("https://www.example.org/list.php",)


def test_where_a_selector_finds_nothing_no_lists_are_guessed() -> None:
    page = b'<p>News</p><iframe src=/list.php></iframe><a href="/aktuelles/presse">Presse</a>'
    reader = ListingReader(WORDS, is_owned)
    assert reader.read(page, AT).lists
    assert reader.read(page, AT, links=".entry a").lists == ()


@pytest.mark.parametrize("further", ["", '<a rel=next href="?page=2">weiter</a>'])
def test_the_months_of_a_box_beside_a_list_with_pages_are_not_read(further: str) -> None:
    items = "".join(f"<h3><a href={url}>{title}</a></h3>" for title, url in CARDS)
    months = "<aside><a href='?m=2031-03'>«</a><a href='?m=2031-05'>»</a></aside>"
    shown = ListingReader(WORDS, is_owned).read(f"{items}{further}{months}".encode(), AT)
    assert bool(shown.ahead) is not bool(further)


def test_selectors_of_the_source() -> None:
    html = """<div class="t"><h4>Eins</h4><a href="a">x</a></div><a href="b">\
<span class="t">Zwei</span></a>
    <a class="more" href="?s=2">mehr laden</a><nav><a class="t" href="/c">Drei</a></nav>"""
    links, following = read(html, links=".t", next_page="a.more")
    assert links == ["/a", "/b", "/c"]
    assert following == f"{AT}?s=2"


def test_base_element_counts() -> None:
    html = '<head><base href="/de/"></head><body><h2><a href="pm/1234">Meldung</a></h2></body>'
    assert read(html)[0] == ["/de/pm/1234"]


def test_mistakes_are_told() -> None:
    for rules, reason in (({"links": "a[["}, "selector"), ({"next_page": "::"}, "selector")):
        with pytest.raises(ParseError) as caught:
            read("<p>x</p>", **rules)
        assert caught.value.reason == reason
    with pytest.raises(ParseError):
        read("")
    with pytest.raises(ParseError):
        read(f"<a {' '.join(f'a{n}=1' for n in range(60_000))}>")


def test_addresses_of_single_pages() -> None:
    for path in (
        "/2026/05/04/x",
        "/news/12345",
        "/artikel_vom_kupfer_und_zinn",
        "/x?newsid=5",
        "/a-b-c-d.html",
    ):
        assert looks_like_a_page(f"https://example.org{path}"), path
    for path in ("/", "/aktuelles", "/themen/rohstoffe", "/de/ueber-uns", "/x?page=5"):
        assert not looks_like_a_page(f"https://example.org{path}"), path


def test_feeds_of_a_home_page() -> None:
    html = b"""<head><link rel="alternate" type="application/rss+xml" href="/feed/">
    <link rel="alternate" type="application/rss+xml" href="/comments/feed/">
    <link rel="alternate" type="application/atom+xml; charset=utf-8" href="/atom">
    <link rel="alternate" type="application/rss+xml" href="https://feeds.elsewhere.example/x">
    <link rel="alternate" hreflang="en" href="/en/"></head><body>x</body>"""
    assert announced_feeds(ParsedPage.from_bytes(html, AT, None), is_owned) == (
        "https://www.example.org/feed/",
        "https://www.example.org/atom",
    )


def test_words_are_compared_without_signs_and_case() -> None:
    assert plain("  Nächste\n Seite » ") == "nächste seite"
    assert plain("След.") in WORDS.next_page
    for language in load_reference().languages.values():
        assert language["discovery"]["next_page"]


def test_what_a_button_brings_may_be_json() -> None:
    answer = """{"html": "<h3><a href=\\"/news/17\\">Zinn</a></h3>", "more": {"button": ["<a \
rel='next' href='?p=3'>x</a>"]}}"""
    links, following = read(answer)
    assert links == ["/news/17"]
    assert following == f"{AT}?p=3"
    assert read('{"html": 5, "items": []}') == ([], None)
    assert read("[" * 5_000) == ([], None)


def test_what_a_button_brings_names_the_next_page() -> None:
    markup = '<h3><a href="/meldung/1001">Zinn im Revier</a></h3>'
    answer = json.dumps({"html": markup, "next_url": "/l?page=3"})
    assert read(answer) == (["/meldung/1001"], "https://www.example.org/l?page=3")
    assert read(answer.replace('"/l?page=3"', "null"))[1] is None


@pytest.mark.parametrize(
    ("around", "following"),
    [
        ({"nextUrl": "/l?page=3"}, "/l?page=3"),
        ({"links": {"next": "https://www.example.org/l?page=3"}}, "/l?page=3"),
        ({"hasMore": False, "nextUrl": None}, None),
        ({"next": 3}, None),
    ],
)
def test_entries_that_a_button_brings_as_data_name_the_next_page(
    around: dict[str, object], following: str | None
) -> None:
    """What an entry says of the next one is none."""
    items = [
        {"url": f"/n/{n}", "title": f"Survey opens tin mine {n}", "next": f"/n/{n + 1}"}
        for n in (1, 2, 3)
    ]
    links, found = read(json.dumps({"items": items, **around}))
    assert links == ["/n/1", "/n/2", "/n/3"]
    assert found == (f"https://www.example.org{following}" if following is not None else None)


def test_two_entries_with_a_day_are_a_list() -> None:
    row = "<tr><td>{day}<td><a href=/e.php?nr={n}>Mine tour {n}</a><td>Hall 2</tr>"
    dated = "".join(row.format(day=f"{n}.04.2031", n=n) for n in (16, 17))
    bare = "".join(row.format(day="soon", n=n) for n in (16, 17))
    assert read(f"<main><table>{dated}</table></main>")[0] == ["/e.php?nr=16", "/e.php?nr=17"]
    assert read(f"<main><table>{bare}</table></main>")[0] == []


def silent_entries(*headlines: str) -> str:
    entries = "".join(
        f'<div class="item"><h2><button>0{n}.03.2031 <span>{headline}</span></button></h2>'
        f'<div class="body"><p>Was dazu zu sagen war.</p><a href="/aktuelles/detail?id={n}">'
        "Weiterlesen</a></div></div>"
        for n, headline in enumerate(headlines, start=1)
    )
    return f'<body><h1>Aktuelles</h1><div class="accordion">{entries}</div></body>'


@pytest.mark.parametrize("number", [2, 3, 5])
def test_entries_all_of_whose_links_say_read_more_have_the_headlines_beside_them(
    number: int,
) -> None:
    headlines = [f"Lehrgang der Kammer für Betriebe im Bergbau {'I' * n}" for n in range(1, 6)]
    html = silent_entries(*headlines[:number])
    content = ListingReader(WORDS, is_owned).read(html.encode(), AT)
    assert [(link.title, link.published) for link in content.links] == [
        (headline, f"2031-03-0{n}") for n, headline in enumerate(headlines[:number], start=1)
    ]


def test_links_beside_a_linked_headline_are_no_entries_of_their_own() -> None:
    entries = "".join(
        f'<div class="item"><h3><a href="/aktuelles/m-{n}">{headline}</a></h3><span>0{n}.03.2031'
        f'</span> <a href="/druck?id={n}">Drucken</a></div>'
        for n, headline in enumerate(["Neue Grube im Norden", "Besuch aus Bischkek", "Zinn"], 1)
    )
    assert read(f"<body><h1>Aktuelles</h1>{entries}</body>")[0] == [
        "/aktuelles/m-1",
        "/aktuelles/m-2",
        "/aktuelles/m-3",
    ]


def test_entries_with_days_of_two_numbers_are_a_list_of_news() -> None:
    def page(*days: str) -> str:
        titles = ("Tin works opens third hall", "Survey maps the valley", "Zinc price rises again")
        rows = "".join(
            f'<tr><td>{day}</td><td><a href="/t/{n}-tin">{title}</a></td></tr>'
            for n, (day, title) in enumerate(zip(days, titles, strict=True))
        )
        return f"<html><body><table>{rows}</table></body></html>"

    reader = ListingReader(WORDS, is_owned)
    today = date(2031, 3, 12)
    found = reader.read(page("11.03", "28.02", "30.12").encode(), AT, today=today).links
    assert [link.published for link in found] == ["2031-03-11", "2031-02-28", "2030-12-30"]
    found = reader.read(page("11.13", "28.02", "30.12").encode(), AT, today=today).links
    assert [link.published for link in found] == [None] * len(found)


def test_a_form_around_a_list_and_one_beside_it() -> None:
    def rows(tag: str, titles: Sequence[str]) -> str:
        cells = "".join(
            f'<tr><td><a href="/t/{n}-tin">{title}</a></td><td>0{n}.03.2031</td></tr>'
            for n, title in enumerate(titles, 1)
        )
        return f"<html><body><{tag}><table>{cells}</table></{tag}></body></html>"

    titles = ("Tin works opens hall", "Survey maps the valley", "Zinc price rises again")
    assert len(read(rows("form", titles))[0]) == len(titles)
    assert read(rows("form", ("Forgotten password", "Register", "Help")))[0] == []


def test_neither_print_versions_nor_languages_are_entries() -> None:
    rows = "".join(
        f"<tr><td>0{n}.03.2031</td><td><a href=/news/view?id={n}0><b>Tin works of a valley</b></a>"
        f"<br>The works. <a href=/print.php?id={n}0><img src=p.gif></a></td></tr>"
        for n in (1, 2, 3)
    )
    head = "<table><tr><td>12.03.2031 <a href=/uz/>Uzbek</a></td></tr></table>"
    found = ListingReader(WORDS, is_owned).read(f"{head}<table>{rows}</table>".encode(), AT).links
    assert [(link.url[-2:], link.published) for link in found] == [
        ("10", "2031-03-01"),
        ("20", "2031-03-02"),
        ("30", "2031-03-03"),
    ]


@pytest.mark.parametrize(("day", "leads_back"), [("28.02.2031", True), ("28.03.2031", False)])
def test_a_list_of_one_month_leads_to_the_month_before(day: str, *, leads_back: bool) -> None:
    """A calendar of what is to come does not."""
    reader = ListingReader(WORDS, is_owned)
    rows = "".join(
        f"<div>{day} <a href='/n/{n}.html'>Survey opens tin mine {n}</a></div>" for n in (1, 2, 3)
    )
    body = f"<main>{rows}</main><a href='?month=2031-01'>&larr; January</a>".encode()
    found = reader.read(body, "https://www.example.org/n?month=2031-02", today=date(2031, 3, 3))
    assert found.next is None
    found = reader.read(
        body, "https://www.example.org/n?month=2031-02", today=date(2031, 3, 3), is_list=True
    )
    expected = "https://www.example.org/n?month=2031-01" if leads_back else None
    assert (len(found.links), found.next) == (3, expected)


@pytest.mark.parametrize(
    ("beside", "ahead", "guess"),
    [
        ("<a href='?month=2031-03'>&rarr; March</a>", 3, None),
        ("<button data-page='1'>Load more</button>", 0, "https://www.example.org/n?page=2"),
    ],
)
def test_a_month_is_left_only_where_nothing_else_leads_on(
    beside: str, ahead: int, guess: str | None
) -> None:
    """Months to come are read, also on the last day of one; so is what a button has."""
    rows = "".join(
        f"<div>{n}.02.2031 <a href='/n/{n}.html'>Survey opens tin mine {n}</a></div>"
        for n in (11, 12, 13)
    )
    found = ListingReader(WORDS, is_owned).read(
        f"<main>{rows}</main><a href='?month=2031-01'>&larr; January</a>{beside}".encode(),
        "https://www.example.org/n?month=2031-02" if ahead else "https://www.example.org/n",
        today=date(2031, 2, 28),
        is_list=True,
    )
    assert len(found.links) == 3
    assert (found.next, found.guess, len(found.ahead)) == (None, guess, ahead)


def test_an_entry_that_is_called_by_the_first_day_of_a_month_is_no_month() -> None:
    rows = "".join(
        f"<div>{day} <a href='/n/{day}'>Survey opens tin mine</a></div>"
        for day in ("2031-02-01", "2031-02-14", "2031-02-20")
    )
    content = ListingReader(WORDS, is_owned).read(
        f"<main>{rows}</main>".encode(),
        "https://www.example.org/n",
        today=date(2031, 3, 3),
        is_list=True,
    )
    assert (len(content.links), content.next) == (3, None)


@pytest.mark.parametrize(
    ("day", "pager", "subjects"),
    [
        ("", "", ("/n/tin", "/n/zinc")),
        ("", "<a rel='next' href='?page=2'>Next</a>", ()),
        ("2 March 2031", "", ()),
    ],
)
def test_headings_of_boxes_below_a_list_are_lists_of_its_subjects(
    day: str, pager: str, subjects: tuple[str, ...]
) -> None:
    """Not where the list goes on by itself, nor where they are news with pages of their own."""
    boxes = "".join(
        f"<section><h2><a href='/n/{subject}'>All that we know of {subject}</a></h2> {day}"
        f"<article><h3><a href='/n/{subject}/now'>Survey opens a mine of {subject}</a></h3>"
        "1 March 2031</article></section>"
        for subject in ("tin", "zinc")
    )
    content = ListingReader(WORDS, is_owned).read(
        f"<main>{boxes}{pager}</main>".encode(),
        "https://www.example.org/n",
        today=date(2031, 3, 3),
        is_list=True,
    )
    at = "https://www.example.org"
    assert content.branches == tuple(f"{at}{path}" for path in subjects)
    assert len(content.links) == 4 - len(subjects)


@pytest.mark.parametrize("address", ["/?p={}", "/p/{}", "/presse/p/{}"])
@pytest.mark.parametrize("link", ["<h2>{}</h2>", "{}"])
def test_news_under_their_number_are_no_pages_of_a_list(address: str, link: str) -> None:
    """WordPress without speaking addresses: ?p=412."""
    paths = [address.format(number) for number in (7, 412, 4_120)]
    entries = "".join(
        f"<li>{link.format(f'<a href={path}>Neues Zinnwerk Nummer {n} in Betrieb</a>')}</li>"
        for n, path in enumerate(paths)
    )
    pager = '<p class="pager"><a href="?p=2">2</a> <a href="?p=2">Nächste Seite</a></p>'
    assert read(f"<ul>{entries}</ul>{pager}") == (paths, "https://www.example.org/aktuelles?p=2")


def test_read_more_of_news_under_their_number_does_not_turn_the_list() -> None:
    paths = [f"/?p={number}" for number in (412, 407, 398)]
    entries = "".join(
        f'<article><h2><a href="{path}">Neues Zinnwerk Nummer {n} in Betrieb</a></h2>'
        f'<a class="more-link" href="{path}">Weiterlesen</a></article>'
        for n, path in enumerate(paths)
    )
    assert read(f"<main>{entries}</main>") == (paths, None)


def test_a_link_that_says_in_many_words_that_it_turns_the_list_does() -> None:
    paths = [f"/news/{number}" for number in (412, 407, 398)]
    entries = "".join(
        f'<article><h2><a href="{path}">Neues Zinnwerk Nummer {n} in Betrieb</a></h2></article>'
        for n, path in enumerate(paths)
    )
    more = '<p><a class="next" href="/aktuelles/p/2">Hier geht es zu allen älteren Notizen</a></p>'
    content = ListingReader(WORDS, is_owned).read(f"<main>{entries}</main>{more}".encode(), AT)
    assert content.next == f"{AT}/p/2"


@pytest.mark.parametrize(
    "pager",
    [
        "<h3><a href='?p=1'>Neuere Beiträge</a></h3><h3><a href='?p=3'>Ältere Beiträge</a></h3>",
        "<a href='?p=1'><h3>Vorherige Seite</h3></a><a href='?p=3'><h3>Nächste Seite</h3></a>",
        "<h4><a href='?p=1'>Seite 1</a> Seite 2 <a href='?p=3'>Seite 3</a></h4>",
        "<h4>Seite 2 <a href='?p=3'>Seite 3</a> <a href='?p=4'>Seite 4</a></h4>",
        "<h5>11 - 20 <a href='?p=3'>21 - 30</a> <a href='?p=4'>31 - 40</a></h5>",
    ],
)
def test_headings_that_turn_a_list_are_none_of_its_entries(pager: str) -> None:
    paths = [f"/?p={number}" for number in (412, 407, 398)]
    entries = "".join(
        f"<li><h3><a href='{path}'>Neues Zinnwerk Nummer {n} in Betrieb</a></h3></li>"
        for n, path in enumerate(paths)
    )
    found = read(f"<main><ul>{entries}</ul>{pager}</main>", f"{AT}?p=2")
    assert found == (paths, f"{AT}?p=3")


def test_long_labels_turn_a_list() -> None:
    entries = "".join(
        f"<li><h3><a href='/news/zinnwerk-{n}-in-betrieb'>Neues Zinnwerk {n}</a></h3></li>"
        for n in range(3)
    )
    older = "<p><a href='?p=2'>Weiter zu den älteren Meldungen aus dem Archiv</a></p>"
    content = ListingReader(WORDS, is_owned).read(f"<ul>{entries}</ul>{older}".encode(), AT)
    assert (len(content.links), content.guess) == (3, f"{AT}?p=2")
