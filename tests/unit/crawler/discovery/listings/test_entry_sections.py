from __future__ import annotations

import pytest

from crawler.discovery.listings.entry_sections import entry_sections
from crawler.discovery.listings.soup import ParsedPage
from indexer.frontier.port import Link

HOME = "https://www.example.org/"


def sections(menu: str, *entries: str) -> list[str]:
    anchors = "".join(
        f'<h3><a href="/{e}">A headline of some length about tin</a></h3>' for e in entries
    )
    page = f"<html><body><ul>{menu}</ul>{anchors}</body></html>".encode()
    parsed = ParsedPage.from_bytes(page, HOME, "text/html")
    links = [Link(HOME + entry) for entry in entries]
    found = entry_sections(parsed, links, lambda url: url.startswith(HOME))
    return [address.removeprefix(HOME) for address in found]


@pytest.mark.parametrize(
    ("menu", "entries", "found"),
    [
        (
            "<a href=/noticias>Notícias</a><a href=/equipe>Equipe</a>",
            ["noticias/a", "noticias/b"],
            ["noticias"],
        ),
        ("<a href=/noticias>Notícias</a>", ["noticias/a"], []),
        ("<a href=/noticias>Notícias</a>", ["a", "b"], []),
        # the list has the end of a file, or its folder a name in the singular
        (
            "<a href=/aktuelles.html>Was es gibt</a>",
            ["aktuelles/a.html", "aktuelles/b.html"],
            ["aktuelles.html"],
        ),
        ("<a href=/termine.html>Wann</a>", ["termin/a.html", "termin/b.html"], ["termine.html"]),
        ("<a href=/notice>N</a>", ["notices/7", "notices/8"], ["notice"]),
        ("<a href=/hand>H</a>", ["handlung/7", "handlung/8"], []),
        # a year is a part of its list
        (
            "<a href=/press/2031>2031</a><a href=/press/>P</a>",
            ["press/2031/a", "press/2031/b"],
            ["press/"],
        ),
        # the nearest folder counts, and the list with most entries comes first
        (
            "<a href=/en>English</a><a href=/en/prensa>P</a><a href=/agenda/index.php>A</a>",
            ["agenda/1", "agenda/2", "en/prensa/a", "en/prensa/b", "en/prensa/c"],
            ["en/prensa", "agenda/index.php"],
        ),
        # no lists: other sites, files, headlines, what asks for something
        ("<a href=https://other.example/noticias>N</a>", ["noticias/a", "noticias/b"], []),
        ("<a href=/noticias.pdf>N</a>", ["noticias/a", "noticias/b"], []),
        ("<a href=/noticias?tag=3>N</a>", ["noticias/a", "noticias/b"], []),
        (
            "<a href=/noticias>The survey tells of a report on the tin of the north</a>",
            ["noticias/a", "noticias/b"],
            [],
        ),
    ],
)
def test_lists_by_the_addresses_of_their_entries(
    menu: str, entries: list[str], found: list[str]
) -> None:
    assert sections(menu, *entries) == found
