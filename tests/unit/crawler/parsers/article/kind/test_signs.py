"""Pages of programs that make documentation and threads are no articles, however much prose."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from crawler.parsers.article import ArticleDraft
from crawler.parsers.article.kind.signs import sort_of

Read = Callable[..., ArticleDraft]

SENTENCES = [
    "The reader takes the name of a table and gives its rows in the order of the file.",
    "A second argument says how many rows are taken, and the default is to take all of them.",
    "Where the file does not exist an error names the folder in which it was looked for.",
    "Options that were given on the command line win over those of the file of settings.",
]
SECTIONS = "".join(
    f'<section id="s{n}"><h2>Part {n}<a class="headerlink" href="#s{n}">¶</a></h2>'
    f"<p>{text}</p></section>"
    for n, text in enumerate(SENTENCES)
)
TREE = "".join(
    f'<li class="toctree-l1"><a href="../{name}.html">{name.title()}</a></li>'
    for name in ("installation", "tutorial", "guide", "reference", "changes")
)
SPHINX = f"""<!DOCTYPE html><html lang="en"><head><title>Reading tables — ores 2.1</title>
<link rel="stylesheet" href="../_static/pygments.css"><script src="../_static/doctools.js"></script>
<link rel="next" title="Writing tables" href="writing.html"></head><body><div class="document">
<div class="body" role="main"><h1>Reading tables</h1>{SECTIONS}</div><div class="sphinxsidebar">
<h3>Navigation</h3><ul>{TREE}</ul></div></div><div class="footer">Powered by
<a href="https://www.sphinx-doc.org/">Sphinx</a> |
<a href="../_sources/tables.rst.txt">Page source</a></div></body></html>"""
MKDOCS = f"""<!doctype html><html lang="en"><head><title>Reading tables - Ores</title>
<meta name="generator" content="mkdocs-1.5.3, mkdocs-material-9.4.2"></head><body><header>
<nav><a href="..">Ores</a></nav></header><nav class="md-nav"><ul>{TREE}</ul></nav><article
class="md-content__inner"><a href="https://git.example/ores/edit/main/docs/tables.md">Edit</a>
<h1>Reading tables</h1>{SECTIONS}</article><footer><a href="../tutorial/" rel="prev">Tutorial</a>
</footer></body></html>"""


def test_the_link_of_a_heading_to_itself_is_no_part_of_the_title(read: Read) -> None:
    html = SPHINX.replace("tables</h1>", 'tables<a class="headerlink" href="#t">¶</a></h1>')
    assert read(html, None).title == "Reading tables"


def posts(pattern: str) -> str:
    return "".join(
        pattern.format(n=n, text=f"{text} {SENTENCES[0]}") for n, text in enumerate(SENTENCES)
    )


PROSILVER = (
    """<!DOCTYPE html><html lang="en"><head><title>Reader stops - Diggers</title>
<link href="./styles/prosilver/theme/stylesheet.css" rel="stylesheet"></head>
<body id="phpbb" class="section-viewtopic"><h1>Diggers</h1>
<h2 class="topic-title"><a href="./viewtopic.php?t=44">Reader stops after a while</a></h2>"""
    + posts(
        '<div id="p{n}" class="post"><dl class="postprofile"><dt><a class="username">digger{n}</a>'
        "</dt><dd>Joined: 12 March 2018</dd></dl><div class=postbody><p class=author>by digger{n} »"
        " <time>1{n} March 2024</time></p><div class=content>{text}</div></div></div>"
    )
    + '<div class="copyright">Powered by <a href="https://www.phpbb.com/">phpBB</a></div></body>'
)
SUBSILVER = (
    """<html><head><title>Diggers :: View topic - Reader stops after a while</title>
<link rel="stylesheet" href="templates/subSilver/subSilver.css"></head><body><table><tr><td>
<a class="maintitle" href="viewtopic.php?t=44">Reader stops after a while</a></td></tr></table>
<table class="forumline"><tr><th>Author</th><th>Message</th></tr>"""
    + posts(
        "<tr><td><b>digger{n}</b><br>Joined: 12 Mar 2018</td><td><table><tr><td>"
        "Posted: 1{n} Mar 2024</td></tr><tr><td><span class=postbody>{text}</span></td></tr>"
        "</table></td></tr>"
    )
    + '</table><p>Powered by <a href="http://www.phpbb.com/">phpBB</a></p></body></html>'
)


@pytest.mark.parametrize("url", ["https://www.ores.example/tables.html", None])
@pytest.mark.parametrize("html", [SPHINX, MKDOCS], ids=["Sphinx", "MkDocs"])
def test_documentation_is_no_article(read: Read, html: str, url: str | None) -> None:
    assert read(html, url).kind == "not-an-article"


@pytest.mark.parametrize("url", ["https://www.diggers.example/viewtopic.php?f=3&t=44", None])
@pytest.mark.parametrize("html", [PROSILVER, SUBSILVER], ids=["prosilver", "subSilver"])
def test_a_thread_is_no_article(read: Read, html: str, url: str | None) -> None:
    assert read(html, url).kind in {"not-an-article", "listing"}


def test_news_about_a_program_is_an_article(read: Read) -> None:
    text = "".join(f"<p>{sentence} {SENTENCES[0]}</p>" for sentence in SENTENCES)
    html = (
        '<html lang="en"><head><title>Sphinx 9 is out | Reef</title></head><body><article>'
        f'<h1>Sphinx 9 is out</h1><p class="date">12 March 2024</p>{text}<p>The program is at '
        '<a href="https://www.sphinx-doc.org/">its own site</a>.</p></article></body></html>'
    )
    assert read(html, "https://www.reef.example/news/sphinx-9-is-out").kind == "article"


@pytest.mark.parametrize(
    ("signs", "sort"),
    [
        ({}, "silent"),
        ({"dated": 1}, "named"),
        ({"dated": 1, "links.edit": 1}, "documentation"),
        ({"software.documentation": 2, "links.edit": 1}, "documentation, several signs"),
        ({"address.section.learning": 1, "address.word.learning": 1}, "silent"),
        ({"address.section.learning": 1, "links.edit": 1}, "documentation, several signs"),
        ({"address.section.documentation": 1}, "documentation"),
        ({"address.section.documentation": 1, "dated": 1, "dated.stated": 1}, "named"),
        ({"address.section.service": 1, "authors": 2}, "service"),
        ({"address.section.service": 1, "address.section.news": 1}, "silent"),
        ({"address.section.forum": 1, "dated": 1}, "named"),
        ({"schema.article": 1, "software.forum": 1}, "article"),
        ({"software.forum": 1, "schema.offer": 3}, "thread"),
    ],
)
def test_sorts_of_pages_are_told_by_their_signs(signs: dict[str, float], sort: str) -> None:
    class Measured(dict[str, float]):
        def __missing__(self, name: str) -> float:
            return 0.0

    assert sort_of(Measured(signs)) == sort
