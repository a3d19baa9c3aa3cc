"""Which blocks are the article's."""

from __future__ import annotations

import json

import lxml.html
import pytest

from crawler.parsers.article.blocks import TextBlock, read_blocks
from crawler.parsers.article.choice import PARAMETERS, measure_all, revise, revise_other
from crawler.parsers.article.choice.choice import FEWEST

PARAGRAPHS = [
    f"Paragraph {number} of the report tells, in some detail, what was found in the {place}, and "
    "what the company that holds the licence means to do about it in the years to come."
    for number, place in enumerate(("north", "south", "east", "west", "centre", "harbour") * 3)
]
LINKS = [f"Another headline about place number {number}" for number in range(FEWEST)]


def page_blocks(tag: str, links: list[str]) -> list[TextBlock]:
    cards = "".join(f'<li class="card"><h3><a href="/{t}">{t}</a></h3></li>' for t in links)
    text = "".join(f"<{tag}>{p}</{tag}>" for p in PARAGRAPHS)
    html = (
        f"<html><body><h1>What was found</h1><div>{text}</div><h2>Other news</h2>"
        f'<ul class="related-list">{cards}</ul></body></html>'
    )
    return read_blocks(lxml.html.document_fromstring(html), lambda element: False)


@pytest.mark.parametrize("tag", ["p", "div"])
def test_links_that_rules_take_for_text_are_left_out(tag: str) -> None:
    blocks = page_blocks(tag, LINKS)
    voted = [block.text in PARAGRAPHS for block in blocks]
    chosen = revise(blocks, voted, [True] * len(blocks))
    kept = {b.text for b, yes in zip(blocks, chosen, strict=True) if yes}
    assert kept >= set(PARAGRAPHS)
    assert not kept & set(LINKS)


def test_a_paragraph_that_rules_leave_out_is_taken_with_those_made_alike() -> None:
    blocks = page_blocks("p", LINKS)
    ruled = [block.text in PARAGRAPHS and block.text != PARAGRAPHS[2] for block in blocks]
    assert revise(blocks, ruled, ruled)[[b.text for b in blocks].index(PARAGRAPHS[2])]


def test_posts_that_an_article_would_not_have_are_text_of_a_page_that_is_none() -> None:
    posts = "".join(
        f'<div class="message"><h4>reader{number}</h4><div class="post">{post}</div></div>'
        for number, post in enumerate(PARAGRAPHS)
    )
    tree = lxml.html.document_fromstring(f"<html><body><h1>What next?</h1>{posts}</body></html>")
    blocks = read_blocks(tree, lambda element: False)
    chosen = [block.text == PARAGRAPHS[0] for block in blocks]
    taken = {b.text for b, yes in zip(blocks, revise_other(blocks, chosen), strict=True) if yes}
    assert taken >= set(PARAGRAPHS)


def test_a_page_of_few_blocks_is_left_to_rules() -> None:
    blocks = page_blocks("p", [])
    assert len(blocks) < FEWEST
    ruled = [block.tag == "h1" for block in blocks]
    assert revise(blocks, ruled, ruled) == ruled
    assert revise_other(blocks, ruled) == ruled


def test_a_page_without_blocks_has_no_article() -> None:
    assert revise([], [], []) == []


def test_the_parameters_ask_for_measures_that_there_are() -> None:
    blocks = page_blocks("p", LINKS)
    parameters = json.loads(PARAMETERS.read_text("utf-8"))
    assert parameters["measures"] == list(measure_all(blocks, [False] * len(blocks)))
