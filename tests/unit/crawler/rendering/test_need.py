"""Which pages say nothing until their scripts have run."""

from __future__ import annotations

import time

import pytest

from crawler.rendering.need import LONGEST, why_rendering, word_count
from tests.e2e.newsroom import article, html_page

SCRIPTS = '<script src="/static/runtime.js"></script><script src="/static/main.js"></script>'
MENU = "".join(f'<a href="/{n}">Rubrik Nummer {n}</a> ' for n in range(20))


def shell(inner: str) -> str:
    return f"<!doctype html><html><head><title>Portal</title></head><body>{inner}</body></html>"


@pytest.mark.parametrize(
    ("inner", "reason"),
    [
        (f'<div id="root"></div>{SCRIPTS}', "its root element is empty"),
        (f"<header>{MENU}</header><div id=__nuxt>\n</div>{SCRIPTS}", "its root element is empty"),
        (f"<app-root></app-root>{SCRIPTS}", "its root element is empty"),
        (f'<div class="a" id="app"><!-- here --></div>{SCRIPTS}', "its root element is empty"),
        (
            f"<noscript>Bitte JavaScript einschalten.</noscript><main>{MENU}</main>{SCRIPTS}",
            "it asks for JavaScript",
        ),
        (f"<main>Bitte warten</main>{SCRIPTS}", "it is scripts and next to no text"),
        (
            f"<main>Bitte warten</main><script>{'let a = 1;' * 500}</script>",
            "it is scripts and next to no text",
        ),
    ],
)
def test_shells_of_applications(inner: str, reason: str) -> None:
    assert why_rendering(shell(inner)) == reason


@pytest.mark.parametrize(
    "html",
    [
        article("Kupfer"),
        article("Kupfer").replace("<body>", f"<body><noscript>JavaScript</noscript>{SCRIPTS}"),
        html_page("Kurz", "<p>Die Sitzung entfällt.</p>"),
        shell('<div id="root"></div>'),  # no script would ever fill it
        shell(f'<div id="map"></div><p>{"Das Bergwerk fördert Kupfer. " * 20}</p>{SCRIPTS}'),
        "",
    ],
    ids=["article", "with scripts", "short", "no script", "with a map", "nothing"],
)
def test_pages_that_have_their_text(html: str) -> None:
    assert why_rendering(html) is None


def test_an_article_beside_an_empty_root_has_its_text() -> None:
    body = "<p>" + "Das Bergwerk fördert Kupfer. " * 150 + "</p>"
    assert why_rendering(shell(f'{body}<div id="app"></div>{SCRIPTS}')) is None


def test_words_of_scripts_styles_and_comments_are_not_counted() -> None:
    assert word_count("<p>Zwei Worte<!-- drei --><style>vier</style><script>fünf") == 2
    assert word_count("a < b und <b>mehr</b>") == 2


@pytest.mark.parametrize("piece", ["<script", "<", "<div id='root'>", "<!--", "</", "<a " * 3])
def test_hostile_markup_costs_no_more_than_other_pages(piece: str) -> None:
    page = piece * (LONGEST // len(piece))
    began = time.process_time()
    why_rendering(page)
    assert time.process_time() - began < 20  # of CPU; quadratic it would be hours
