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
        f'<div class="locked" style="display:none;">{ARTICLE}</div>{MENU}',
    ],
    ids=["nav", "navs", "button", "widget", "newsletter", "streamed", "aside", "hidden"],
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


QUESTIONS = (
    ("Who may apply?", "Firms that mine or refine tin in one of the nine districts may apply."),
    ("What is paid?", "The fund pays half of what a pilot costs, and nothing of what it earns."),
    ("Until when?", "Whatever reaches the office by the last Friday of May counts as in time."),
    ("Who decides?", "A jury of five decides, none of whom may ever have owned a mine or share."),
)


def _folds(element: str, number: int = 4) -> str:
    """Answers that unfold below their questions."""
    return "".join(
        f'<div class="item"><button>{question}</button><h3>{question}</h3>'
        f"<{element}><p>{answer}</p></div></div>"
        for question, answer in QUESTIONS[:number]
    )


@pytest.mark.parametrize(
    "element",
    [
        'div class="panel" role="region" style="display: none;"',
        'div class="answer" hidden',
        'div style="overflow:hidden;height:0;visibility:hidden"',
    ],
)
def test_answers_that_unfold_are_text_where_they_are_much_of_it(read: Read, element: str) -> None:
    text = read(f"<html><body><main>{ARTICLE}{_folds(element)}</main></body></html>").text
    assert [answer for _, answer in QUESTIONS if answer not in text] == []
    assert PARAGRAPHS[0] in text


def test_what_is_hidden_in_an_answer_stays_hidden(read: Read) -> None:
    within = f"</p><p hidden>{SHARE}</p></div>"
    folds = _folds('div class="panel" hidden').replace("</p></div>", within, 1)
    text = read(f"<html><body><main>{ARTICLE}{folds}</main></body></html>").text
    assert QUESTIONS[0][1] in text
    assert SHARE not in text


@pytest.mark.parametrize(
    ("element", "number"),
    [
        ('div class="modal-body" hidden', 4),
        ('div class="mega-menu" hidden', 4),
        ('div class="comment" hidden', 4),
        ('div class="panel" hidden', 2),
    ],
    ids=["profiles of people", "menu", "comments", "too few"],
)
def test_other_hidden_boxes_stay_out(read: Read, element: str, number: int) -> None:
    text = read(f"<html><body><main>{ARTICLE}{_folds(element, number)}</main></body></html>").text
    assert text.split("\n\n")[:3] == list(PARAGRAPHS)
    assert not any(answer in text for _, answer in QUESTIONS)


def test_few_hidden_lines_beside_a_long_text_stay_out(read: Read) -> None:
    long = "".join(f"<p>Note {n}: {text}</p>" for n in range(8) for text in PARAGRAPHS)
    folds = _folds('div class="panel" hidden')
    text = read(f"<html><body><main>{ARTICLE}{long}{folds}</main></body></html>").text
    assert not any(answer in text for _, answer in QUESTIONS)


def test_a_hidden_copy_beside_the_article_is_not_read(read: Read) -> None:
    answers = "".join(f"<p>{answer}</p>" for _, answer in QUESTIONS)
    copy = f'<div style="display:none" itemscope>{ARTICLE}{answers}</div>'
    text = read(f"<html><body><main>{ARTICLE}</main>{copy}</body></html>").text
    assert text.split("\n\n") == list(PARAGRAPHS)
