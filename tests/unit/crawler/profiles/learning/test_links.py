from __future__ import annotations

import pytest

from crawler.parsers.html import HtmlDocument
from crawler.profiles.learning.links import EntryLink, read_links

LIST = "https://erz.example.org/news/"


def links(html: str) -> list[EntryLink]:
    return list(read_links(HtmlDocument(html).tree, LIST))


@pytest.mark.parametrize(
    "entry",
    [
        "<li><time>{day}</time><h3><a href={n}>Copper number {n}</a></h3><p>Teaser</p></li>",
        "<li><a href={n}><img></a><a href={n}>Copper number {n}</a><i>{day}</i></li>",
        "<b>{day}</b> <a href={n}>Copper number {n}</a><br>",
        "{day}: <a href={n}>Copper number {n}</a><br>",
        "<a href={n}>Copper number {n}</a> ({day})<br>",
        "<tr><td>{day}<td><a href={n}>Copper number {n}</a></tr>",
    ],
)
def test_the_date_of_an_entry_is_the_one_that_stands_at_it(entry: str) -> None:
    days = {n: f"1{n}.03.2026" for n in range(3)}
    rows = "".join(entry.format(n=n, day=day) for n, day in days.items())
    box = f"<table>{rows}</table>" if "<tr>" in entry else f"<div>{rows}</div>"
    said = {link.url: (link.words, link.date) for link in links(box) if link.words}
    assert said == {f"{LIST}{n}": (("copper", "number", str(n)), day) for n, day in days.items()}


def test_links_to_nowhere_and_to_the_page_itself_are_none() -> None:
    html = (
        f'<a href="#top">Up</a><a href="javascript:x()">Do</a><a href="{LIST}#a">Here</a><a>No</a>'
    )
    assert links(html + '<a href="http://[::1">Broken</a>') == []
    assert list(read_links(HtmlDocument("<a href=1>One</a>").tree, None)) == []
