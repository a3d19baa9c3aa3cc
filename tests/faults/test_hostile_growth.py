"""Pages and lists that repeat one thing: four times as much takes about four times as long."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from functools import cache

import lxml.html
import pytest

from crawler.discovery.feeds import read_feed
from crawler.discovery.listing_words import ListingWords
from crawler.discovery.listings.menu_links import menu_links
from crawler.discovery.listings.reader import ListingReader
from crawler.discovery.listings.soup import ParsedPage
from crawler.parsers.article import body
from crawler.parsers.article.publication.archive_links import linked_day
from crawler.parsers.embedded_article import find_embedded_article
from crawler.parsers.html import HtmlDocument
from crawler.parsers.page import PageReader
from crawler.parsers.raw_page import RawPage
from indexer.records.reference import load_reference
from search_api.pages.highlight import Sentences
from tests.faults.conftest import Toll
from tests.faults.deadline import deadline
from tests.page_reader import packaged_reader

SIZE = 24_000
"""Characters of the smaller page."""
FAIREST = 0.25
"""Seconds below which a measure says nothing."""

TEXTS = {
    "blanks": " ",
    "blanks that are not broken": "\N{NO-BREAK SPACE}",
    "capitals": "A",
    "capitals and signs": "A&",
    "capitals in hyphens": "COP-",
    "words of capitals": "COP ",
    "apostrophes": "O'",
    "hyphens": "Müller-",
    "initials": "A. ",
    "names": "Anna Berg, ",
    "heads": "Ministerium für ",
    "forums": "5. Forum ",
    "dates": "1. Mai 2026 ",
    "years": "2026 ",
    "mail": "a.b@c.",
    "telephones": "+49 30 1",
    "quotes": '"a ',
    "brackets": "(",
    "Cyrillic": "министерства ",
}
DAYS = [
    ("de", "das Kupferforum am 5. Mai 2026 in Jena, "),
    ("de", "verschoben vom 5. Mai auf den 6. Juni, "),
    ("en", "the Copper Forum on 5 May 2026 in Oslo, "),
    ("ru", "форум по меди 5 мая 2026 года в Оше, "),
]
AMID = {
    "blanks": " ",
    "ellipses": "…",
    "exclamation marks": "!",
}
"""What a sentence is parted by, and goes on behind."""
LISTS = {
    "pages": ("<ul>", '<li><a href="/news/#">Eine Meldung mit der Nummer #</a>', "</ul>"),
    "a pager without a current page": ('<p class="pager">', '<a href="?page=#">#</a>', "</p>"),
    "blocks in blocks": ("", "<div><div>x #", ""),
    "buttons": ("", '<button data-url="/x?page=#">Mehr laden</button>', ""),
    "a label of signs": ('<a href="/n">', "." * 20, "x</a>"),
}
_ITEM = "<item><title>A</title><link>https://a.example/1</link></item>"
FEEDS = {
    "signs in a text": '{"version": "https://jsonfeed.org/version/1.1", "items": '
    '[{"url": "https://a.example/1", "title": "A", "content_html": "#"}]}',
    "blanks before it": '<?xml version="1.0"?>~<rss version="2.0"><channel>'
    f"{_ITEM}</channel></rss>",
}
STATES = {
    "states": "__AAA__=(function(){return [",
    "quotes in quotes": "__AAA__={a:\"',b:'\",",
    "names of one object": ("(function(a){return [", "a,", "]}({}))"),
    "names of one text": ("(function(a){return [", "{title:a,body:a},", f"]}}('{'x' * SIZE}'))"),
    "functions": "(function(a){",
    "functions in lists": ("[", "{a:function(){},b:'", ""),
    "comments": ("{a:function(){", "/*", ""),
    "escapes": "['\\",
    "templates in a template without end": ("{a:function(){`", "\\`", ""),
    "calls of calls": ("{a:b()", "()", "}"),
    "quotes in a text without end": ('{a:function(){"', '\\"', ""),
}
SELECTORS = ["a:has(~ b)", "a ~ a ~ a ~ b", "div div a.x", "a:nth-last-child(3n of b ~ a)"]


@cache
def page_reader() -> PageReader:
    reader = packaged_reader()
    reader.read(RawPage(text="Anna Berg kam am 1. Mai 2026 nach Jena.", lang="de"))
    return reader


@cache
def list_reader() -> ListingReader:
    words = ListingWords.from_languages(load_reference().languages)
    return ListingReader(words, lambda _: True)


def read_text(unit: str, characters: int, lang: str = "de") -> None:
    text = "Ein Satz zu Beginn. " + unit * (characters // len(unit))
    page_reader().read(RawPage(text=text, url="https://a.example/1", lang=lang))


def read_parted_text(unit: str, characters: int) -> None:
    begin = "Das Kupferforum fand am 5. Mai 2026 in Jena statt, und "
    text = begin + unit * (characters // len(unit)) + "Anna Berg kam aus Oslo."
    page_reader().read(RawPage(text=text, url="https://a.example/1", lang="de"))


def read_list(parts: tuple[str, str, str], characters: int, links: str | None = None) -> None:
    begin, unit, end = parts
    units = (unit.replace("#", str(n)) for n in range(characters // len(unit)))
    body = (begin + "".join(units) + end).encode()
    list_reader().read(body, "https://a.example/news", "text/html", links=links)


@pytest.fixture(scope="module", autouse=True)
def _without_garbage() -> None:
    """No search for cycles within a measure goes through what was there before."""
    gc.collect()
    gc.freeze()


def grows_straight(read: Callable[[int], object]) -> str | None:
    """None, or what it took: of processor time, which other programs hardly change.

    What grows too fast does so each time; a busy machine, or the worker's own garbage, does not.
    """
    large = _seconds(read, 4 * SIZE)
    if large < 8 * FAIREST:  # whatever the smaller one takes
        return None
    small = _seconds(read, SIZE)
    if large >= 8 * max(small, FAIREST):
        large = min(large, _seconds(read, 4 * SIZE))
    return None if large < 8 * max(small, FAIREST) else f"{small:.2f} s, then {large:.2f} s"


def must_grow_straight(read: Callable[[int], object], toll: Toll) -> None:
    """Judge it by the time that it takes at two sizes, and note how long somebody waits."""
    with toll.waiting():
        complaint = grows_straight(read)
    toll.answered_rightly(complaint is None, complaint)


def _seconds(read: Callable[[int], object], size: int) -> float:
    begin = time.process_time()
    with deadline(60, of_processor_time=True):
        read(size)
    return time.process_time() - begin


@pytest.mark.fault("patterns")
@pytest.mark.parametrize("kind", AMID)
def test_reading_what_parts_a_sentence_grows_with_its_length(kind: str, toll: Toll) -> None:
    page_reader()
    must_grow_straight(lambda size: read_parted_text(AMID[kind], size), toll)


@pytest.mark.fault("patterns")
@pytest.mark.parametrize("kind", TEXTS)
def test_reading_a_text_grows_with_its_length(kind: str, toll: Toll) -> None:
    page_reader()
    must_grow_straight(lambda size: read_text(TEXTS[kind], size), toll)


@pytest.mark.fault("patterns")
@pytest.mark.parametrize(("lang", "unit"), DAYS)
def test_reading_one_sentence_of_days_grows_with_its_length(
    lang: str, unit: str, toll: Toll
) -> None:
    page_reader()
    must_grow_straight(lambda size: read_text(unit, size // 2, lang), toll)


@pytest.mark.fault("patterns")
@pytest.mark.parametrize("kind", LISTS)
def test_reading_a_list_grows_with_its_length(kind: str, toll: Toll) -> None:
    list_reader()
    must_grow_straight(lambda size: read_list(LISTS[kind], size), toll)


@pytest.mark.fault("patterns")
def test_stripping_a_page_grows_with_its_boilerplate(toll: Toll) -> None:
    def read(characters: int) -> None:
        boxes = "<nav>x</nav>\n" * (characters // 3)
        tree = lxml.html.document_fromstring(f"<main><p>Text</p>{boxes}</main>")
        body._strip(tree, frozenset(tree.iter("nav")))

    must_grow_straight(read, toll)


@pytest.mark.fault("patterns")
def test_finding_menus_grows_with_the_page(toll: Toll) -> None:
    words = ListingWords.from_languages(load_reference().languages)

    def read(characters: int) -> None:
        anchors = "".join(f'<a href="/?s={n}">Skyrius</a>' for n in range(characters // 16))
        html = f"<div>{anchors}</div>".encode()
        page = ParsedPage.from_bytes(html, "https://a.example/", "text/html; charset=utf-8")
        assert menu_links(page, (), words, lambda _: True)

    must_grow_straight(read, toll)


@pytest.mark.fault("patterns")
def test_finding_the_day_that_links_lead_to_grows_with_the_page(toll: Toll) -> None:
    def read(characters: int) -> None:
        links = "".join(
            f'<li><a href="/2031/{n % 12 + 1}/{n % 28 + 1}/">x</a>' for n in range(characters // 32)
        )
        elements = HtmlDocument(f"<html><body><ul>{links}</ul></body></html>").elements
        assert linked_day(elements, "https://a.example/1") is None

    must_grow_straight(read, toll)


@pytest.mark.fault("patterns")
@pytest.mark.parametrize("kind", FEEDS)
def test_reading_a_feed_grows_with_its_length(kind: str, toll: Toll) -> None:
    def read(characters: int) -> None:
        feed = FEEDS[kind].replace("#", "<" * characters).replace("~", "\n" * characters)
        content = read_feed(feed.encode(), "https://a.example/feed")
        assert len(content.links) == 1
        assert len(content.articles) <= 1

    must_grow_straight(read, toll)


@pytest.mark.fault("patterns")
@pytest.mark.parametrize("kind", STATES)
def test_reading_the_state_of_an_application_grows_with_its_length(kind: str, toll: Toll) -> None:
    given = STATES[kind]
    begin, unit, end = ("", given, "") if isinstance(given, str) else given

    def read(characters: int) -> None:
        state = f"__AAA__={begin}{unit * (characters // len(unit))}{end}"
        find_embedded_article(f"<body><script>{state}</script>", "https://a.example/1")

    must_grow_straight(read, toll)


@pytest.mark.fault("patterns")
def test_finding_sentences_grows_with_the_text(toll: Toll) -> None:
    must_grow_straight(lambda size: Sentences("Ende." + " " * size).around(0, 4), toll)


@pytest.mark.fault("patterns")
@pytest.mark.parametrize("links", SELECTORS)
def test_selecting_links_grows_with_the_page(links: str, toll: Toll) -> None:
    list_reader()
    must_grow_straight(lambda size: read_list(LISTS["pages"], size, links), toll)


@pytest.mark.fault("patterns")
def test_reading_links_of_one_item_grows_with_the_page(toll: Toll) -> None:
    def read(characters: int) -> None:
        names = "a " * (characters // 16)
        html = f"<h1>Links</h1><p class='{names}'>{'<a>x</a>' * (characters // 8)}</p>"
        page_reader().read(RawPage(html=html, url="https://a.example/1"))

    page_reader()
    must_grow_straight(read, toll)
