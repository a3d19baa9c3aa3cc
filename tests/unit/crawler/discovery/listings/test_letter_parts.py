"""Lists in parts by letter, made up."""

from __future__ import annotations

from string import ascii_lowercase

import pytest
from bs4 import BeautifulSoup

from crawler.discovery.listings.letter_parts import letter_parts
from indexer.records.urls import site

HOST = "https://www.example.org"


def parts(html: str, page: str) -> list[str]:
    soup = BeautifulSoup(f"<body>{html}</body>", "lxml")
    found = letter_parts(soup, HOST + page, HOST + page, lambda u: site(u) == "www.example.org")
    return [url.removeprefix(HOST) for url in found]


def row(address: str, letters: str = ascii_lowercase[:8]) -> str:
    return " | ".join(f'<a href="{address.format(x)}">{x.upper()}</a>' for x in letters)


@pytest.mark.parametrize(
    ("address", "page", "first"),
    [
        ("/members/{}", "/members", "/members/a"),
        ("/members/{}.html", "/members/c.html", "/members/a.html"),
        ("/members?letter={}", "/members", "/members?letter=a"),
        ("/members.php?l={}&lang=en", "/members.php?lang=en", "/members.php?l=a&lang=en"),
        ("/members/letter-{}/", "/members/index.html", "/members/letter-a/"),
    ],
)
def test_a_row_of_letters_leads_to_the_parts_of_a_list(address: str, page: str, first: str) -> None:
    found = parts(row(address), page)
    assert len(found) == len(ascii_lowercase[:8])
    assert found[0] == first


def test_letters_of_any_alphabet_count() -> None:
    found = parts(row("/chleny?b={}", "абвгде"), "/chleny")
    assert len(found) == len("абвгде")


@pytest.mark.parametrize(
    "html",
    [
        row("/glossary/{}"),
        row("https://other.example/members/{}"),
        row("#{}"),
        row("/members/{}", "abc"),
        row("/members/topics", "abcdefgh"),
        row("/members?size={}", "aaaaaaaa"),
        "",
    ],
)
def test_other_letters_are_no_parts_of_it(html: str) -> None:
    assert parts(html, "/members") == []
