from __future__ import annotations

import pytest

from crawler.discovery.language_fronts import language_fronts
from crawler.discovery.listing_words import ListingWords
from crawler.discovery.listings.soup import ParsedPage
from indexer.records.reference import load_reference

NAMES = ListingWords.from_languages(load_reference().languages).language_names
HOME = "https://agency.example/"
TEXT = "<p>A survey of the deposits in the west of the country was shown yesterday</p>"


def fronts(
    html: str, languages: tuple[str, ...] = ("ru", "kk", "en"), url: str = HOME
) -> list[str]:
    def owned(address: str) -> bool:
        return address.startswith(HOME)

    page = ParsedPage.from_bytes(html.encode(), url, "text/html; charset=utf-8")
    found = language_fronts(page, languages, owned, NAMES)
    return [address.removeprefix(HOME) for address in found]


@pytest.mark.parametrize(
    ("address", "front"),
    [
        ("/en/", "en/"),
        ("/kz", "kz"),
        ("/kaz/index.php", "kaz/index.php"),
        ("/index.php?lang=en", "index.php?lang=en"),
        ("/?site_lang=kk", "?site_lang=kk"),
    ],
)
def test_an_address_of_which_only_the_language_is_left(address: str, front: str) -> None:
    assert fronts(f'<body><p><a href="{address}">ABC</a></p></body>') == [front]


@pytest.mark.parametrize(
    "address",
    [
        "/en/news",
        "/index.php?option=news&lang=en",
        "/index.php?lang=en&id=4",
        "/?q=en",
        "/en-masse-new-drill-rigs/",
        "/de/",
        "https://en.other.example/en/",
        "/index.php",
    ],
)
def test_no_front(address: str) -> None:
    assert fronts(f'<body><p><a href="{address}">Ores</a></p></body>') == []


@pytest.mark.parametrize("label", ["English", "ENG", "en"])
def test_a_link_that_is_called_by_a_language(label: str) -> None:
    html = f'<p><b>RU</b> | <a href="/index.php?id=3&amp;lang=en">{label}</a></p>'
    assert fronts(f"<body>{html}</body>") == ["index.php?id=3&lang=en"]


@pytest.mark.parametrize(
    "label", ["Монголия", "Монголын", "Қазақстан", "Deutschland", "O‘zbekiston"]
)
def test_a_country_is_no_language(label: str) -> None:
    html = f'<body><p><b>RU</b> <a href="/section">{label}</a></p></body>'
    assert fronts(html, ("ru", "mn", "kk", "de", "uz")) == []


@pytest.mark.parametrize("label", ["IT", "UK", "Fin", "Mon", "Spa", "it-news"])
def test_a_short_word_is_a_language_beside_another_only(label: str) -> None:
    html = f'<ul><li><a href="/s">{label}</a></li> <li><a href="/t">{{}}</a></li></ul>'
    known = ("it", "uk", "fi", "mn", "es", "ru")
    assert fronts(html.format("Mining"), known) == []
    assert fronts(html.format(label), known) == []
    assert fronts(f'<a href="/s">{label}</a>', known) == []


@pytest.mark.parametrize("other", ['<a href="/ru/">Рус</a>', "RU", "<b>Русский</b>"])
@pytest.mark.parametrize(
    "wrapped", ["{} {}", "{} | {}", "<ul><li>{}</li>\n<li><i>{}</i></li></ul>"]
)
def test_short_names_in_a_switch_of_languages(other: str, wrapped: str) -> None:
    switch = wrapped.format(other, '<a href="/s">Қаз</a>')
    assert "s" in fronts(f"<div>{TEXT}<div>{switch}</div></div>", ("ru", "kk"))


def test_a_whole_name_goes_before_a_short_one() -> None:
    html = '<p><a href="/fin">Fin</a> <a href="/r">Рус</a></p><p><a href="/suomi">Suomi</a></p>'
    assert fronts(f"<body>{html}</body>", ("fi", "ru")) == ["suomi", "r"]


def test_a_language_has_its_own_name_and_endings() -> None:
    html = '<p><a href="/k.php">Қазақша</a> <a href="/r.php">Рус</a></p>'
    assert fronts(TEXT + html, ("ru", "kk")) == ["k.php", "r.php"]


@pytest.mark.parametrize("label", ["English mines", "Englisch lernen", "E", "Germany"])
def test_a_link_with_the_name_of_a_language_in_it_is_none(label: str) -> None:
    assert fronts(f'<body><p><a href="/page-7">{label}</a></p></body>', ("en", "de")) == []


def test_an_address_goes_before_a_label() -> None:
    html = '<body><p><a href="/project/english">English</a> <a href="/en/">EN</a></p></body>'
    assert fronts(html) == ["en/"]


def test_the_head_states_a_front_whose_address_names_no_language() -> None:
    html = (
        '<html lang="ru"><head><link rel="alternate" hreflang="en" href="/welcome">'
        '<link rel="alternate" hreflang="ru" href="/start">'
        '<link rel="alternate" hreflang="x-default" href="/start"></head></html>'
    )
    assert fronts(html) == ["welcome"]


def test_a_template_may_state_a_language_that_the_page_is_not_in() -> None:
    switch = '<a href="/mn">МН</a><a href="/en">EN</a>'
    text = "Ордын судалгааны дүнг өчигдөр танилцууллаа"
    html = f'<html lang="en"><body>{switch}<p>{text}</p></body></html>'
    assert fronts(html, ("mn", "en")) == ["mn", "en"]
    text = "A survey of the deposits in the west of the country"
    html = f'<html lang="en"><body>{switch}<p>{text}</p></body></html>'
    assert fronts(html, ("mn", "en")) == ["mn"]


def test_a_page_is_no_front_in_the_language_of_its_text() -> None:
    switch = '<a href="/english">English</a> <a href="/deutsch">Deutsch</a>'
    html = f'<html lang="de"><body>{switch}{3 * TEXT}</body></html>'
    assert fronts(html, ("de", "en")) == ["deutsch"]


def test_one_front_of_a_language_and_none_of_the_language_of_the_page() -> None:
    html = (
        '<html lang="ru"><a href="/ru/">Рус</a><a href="/en/">Eng</a><a href="/en">Eng</a></html>'
    )
    assert fronts(html) == ["en/"]


@pytest.mark.parametrize(
    ("page", "address", "found"),
    [
        ("portal/mines?lang=ru", "portal/mines?lang=kk", True),
        ("portal/mines", "portal/mines?lang=kk", True),
        ("portal/mines?id=4&lang=ru", "portal/mines?lang=kk&id=4", True),
        ("ru/home/", "kk/home/", True),
        ("portal/mines?lang=ru", "portal/mines?lang=kk&id=4", False),
        ("portal/mines?lang=ru", "portal/news?lang=kk", False),
        ("portal/mines", "portal/mines?page=kk", False),
        ("mines/start/", "kk/start/", False),
        ("ru/home/", "kk/news/", False),
        ("ru/home/", "kk/home/?id=4", False),
    ],
)
def test_an_address_that_differs_from_the_page_in_the_language_alone(
    page: str, address: str, *, found: bool
) -> None:
    html = f'<html lang="ru"><body><a href="/{address}">ABC</a></body></html>'
    assert fronts(html, url=HOME + page) == ([address] if found else [])


@pytest.mark.parametrize("indent", [" " * 4, "\n" + " " * 60])
def test_what_indents_a_link_is_none_of_its_label(indent: str) -> None:
    html = (
        f'<body><div><a href="/p.php?n=3">{indent}English{indent}</a></div>'
        f'<div><span>{indent}RU{indent}</span><a href="/k.php">{indent}KK{indent}</a></div></body>'
    )
    assert fronts(html) == ["p.php?n=3", "k.php"]
