"""The measures that pages are judged by are those that the parameters were learnt with."""

from __future__ import annotations

import json

import pytest

from crawler.parsers.article import ArticleReader
from crawler.parsers.article.kind import KindEvidence
from crawler.parsers.article.kind.judgement import PARAMETERS
from crawler.parsers.article.kind.measures import measure
from crawler.parsers.article.page_words import PageWords
from crawler.parsers.html import HtmlDocument
from indexer.records.document import Kind
from tests.page_reader import packaged_dates, packaged_words

URL = "https://www.docs.example.org/forum/threads/bohrkerne-im-archiv.417/?page=2&sort=new"
HTML = """<html><head><title>Bohrkerne im Archiv | Forum</title><meta property=og:type
content=website><meta name=generator content="Discourse 3.2">
<link rel=alternate type=application/rss+xml href=/feed><link rel=alternate
type=application/json href="/wp-json/wp/v2/posts/417"><script type=application/ld+json>
{"@type": "DiscussionForumPosting", "comment": [{"@type": "Comment"}]}</script></head>
<body class="page-template home"><nav><a href="/">Start</a></nav><h1>
Bohrkerne im Archiv</h1>
<div class="message user-post"><p>Wo liegen die Kerne aus den Bohrungen, die das Amt
im Jahr 1987 am Berg machen ließ?</p></div><div class="message user-post"><p>Im Keller der alten
Schule, und der Schlüssel kostet 5 € Pfand, zu haben beim Hausmeister in der Gasse.</p></div>
<a href="https://www.docs.example.org/forum/threads/schacht.9/">Schacht</a>
<a href="https://elsewhere.example/">Anderswo</a><ul><li>Themen<ul><li class="current">
<a href="/forum/threads/bohrkerne-im-archiv.417/">Kerne</a></li><li><a
href="https://t.me/share/url?u=1">Telegram</a></li></ul></li><li><a href="mailto:a@b.example">Post
</a></li></ul><a href="https://www.discourse.org/">Discourse</a>
<a href="https://github.com/a/b/edit/main/c.md">Ändern</a><a href="#oben">oben</a></body></html>"""


def measured(html: str, url: str | None) -> dict[str, float]:
    seen: list[KindEvidence] = []

    def judge(evidence: KindEvidence, words: PageWords) -> Kind:
        seen.append(evidence)
        return "article"

    words, dates = packaged_words(), packaged_dates()
    ArticleReader(words, dates, judge).read(HtmlDocument(html), url)
    return measure(seen[0])


@pytest.mark.parametrize("url", [URL, None, "file:letters/1.html"])
@pytest.mark.parametrize("html", [HTML, "<p>Ein Satz.</p>", "<body></body>x"])
def test_every_page_has_all_measures(html: str, url: str | None) -> None:
    found = measured(html, url)
    assert list(found) == json.loads(PARAMETERS.read_text("utf-8"))["measures"]
    assert all(isinstance(value, int | float) for value in found.values())


def test_measures_are_of_address_markup_elements_and_blocks() -> None:
    found = measured(HTML, URL)
    expected = {
        "address.depth": 3,
        "address.labels": 3,
        "address.parameters": 2,
        "address.number": 3,
        "address.slug": 2,
        "address.in_title": 1.0,
        "address.section.forum": 2,
        "address.section.documentation": 1,
        "og.website": True,
        "schema.thread": 2,
        "software.forum": 1,
        "tag.p": 2,
        "class.message": 2,
        "class.user": 2,
        "body.page": True,
        "body.home": True,
        "links": 9,
        "links.within": 1,
        "links.outside": 4 / 9,
        "links.beside": 1 / 9,
        "links.share": 1,
        "links.own.entries": 3,
        "links.own.depth": 2,
        "links.repeated": 1,
        "links.mail": 1,
        "links.edit": True,
        "links.made_with.forum": True,
        "head.feeds": 1,
        "head.record.post": True,
        "title.host": 0,
        "dated": False,
        "prices": 1,
        "places.alike": 2,
        "title.words": 3,
    }
    assert {name: found[name] for name in expected} == expected
