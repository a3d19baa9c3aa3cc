"""Pages that stand inside a box which by its markup is no article."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from crawler.parsers.article import ArticleDraft

Read = Callable[..., ArticleDraft]

PARAGRAPHS = (
    "The survey opened its new core store on Monday, after the boxes had waited for eleven years.",
    "Drillers brought lithium, tungsten and much granite, which their chief calls company.",
    "Whoever wants to see a core may come on Thursdays, if somebody wrote down which one it is.",
)
ARTICLE = "<h1>Core store opens</h1>" + "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
SHARE = "Tell your friends, your colleagues and everybody else you know about this page of ours"
MENU = "<ul>" + "".join(f'<li><a href="/{n}">Item {n}</a></li>' for n in range(12)) + "</ul>"


@pytest.mark.parametrize(
    "body",
    [
        f'<nav class="navbar">{MENU}<div>{ARTICLE}</div>',
        f'<nav class="a"><nav class="b"><nav class="c">{MENU}{ARTICLE}</nav></nav></nav>',
        f"<button>Menu<div>{ARTICLE}</div>",
        f'<div class="widget Blog" id="Blog1">{ARTICLE}</div><div class="widget">{MENU}</div>',
        f'<div class="newsletter-cms">{ARTICLE}</div>',
        f'<div hidden id="S:1">{ARTICLE}</div>',
        f'<aside>{ARTICLE}<div class="share-buttons"><p>{SHARE}</p></div></aside>',
    ],
    ids=["nav", "navs", "button", "widget", "newsletter", "streamed", "aside"],
)
def test_a_box_that_holds_the_page_is_opened(read: Read, body: str) -> None:
    assert read(f"<html><body>{body}</body></html>").text.split("\n\n") == list(PARAGRAPHS)


def test_a_thread_of_comments_stays_out_however_long(read: Read) -> None:
    others = "".join(
        f"<p>Number {n} of those who had something to say about it, and said it at great length "
        "without coming to any point at all.</p>"
        for n in range(30)
    )
    text = read(
        f"<html><body><main><h1>Open thread</h1><p>{PARAGRAPHS[0]}</p></main>"
        f'<section class="comments">{others}</section></body></html>'
    ).text
    assert text == PARAGRAPHS[0]
