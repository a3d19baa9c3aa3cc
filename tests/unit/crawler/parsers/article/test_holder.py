"""What stands in one element with the text of an article."""

from __future__ import annotations

import lxml.html
import pytest

from crawler.parsers.article.body import read_candidates
from crawler.parsers.article.holder import fill_holder

TOLD = "The jury of the contest looked at three tasks below ground and at one above it."
CASES = {
    "a list behind a heading, and a last sentence": (
        (
            f"<div><p>{TOLD}</p><h3>Programme</h3><ul><li>Arrival</li><li>Talks</li></ul>"
            "<p>The fee is 60 euros.</p></div><p>Imprint</p>"
        ),
        ["Programme", "Arrival", "Talks", "The fee is 60 euros."],
    ),
    "paragraphs in boxes made alike, one with a list": (
        (
            f"<div><div class=t>{TOLD}</div><div class=t><b>Winners:</b><ul><li>Ana</li></ul></div>"
            "<div class=t>They won a car.</div></div><div class=share>Tell others</div>"
        ),
        ["Winners:", "Ana", "They won a car."],
    ),
    "points above the text": (
        f"<h1>Found</h1><div><h3>In short</h3><ul><li>41 m of ore</li></ul><p>{TOLD}</p></div>",
        ["In short", "41 m of ore"],
    ),
    "questions": (
        (
            f"<div><p>Who pays?</p><p>{TOLD}</p><p>What of it?</p><p>Nobody does.</p>"
            "<p>It is free.</p></div>"
        ),
        ["What of it?", "Nobody does.", "It is free."],
    ),
    "a sentence behind a quotation": (
        f"<div><blockquote><p>{TOLD}</p></blockquote><p>It opens in May.</p></div><p>Menu</p>",
        ["It opens in May."],
    ),
    "cards behind the text": (
        f"<div><p>{TOLD}</p><h3>More</h3><div class=card><h4>Ore</h4><p>Found.</p></div></div>",
        [],
    ),
    "a heading with a list at the end": (
        f"<div><p>{TOLD}</p><h2>Archive</h2><ul><li>May</li><li>June</li></ul></div>",
        [],
    ),
    "a line that is made otherwise": (
        f"<div><p>{TOLD}</p><div class=foot>The page was read 300 times.</div></div>",
        [],
    ),
    "links behind the text": (
        f"<div><p>{TOLD}</p><p><a href=/a>Another story of the week</a></p><p>Print</p></div>",
        [],
    ),
    "cells of a layout": (
        (
            f"<table><tr><td>Menu<br><br>Rates</td><td>{TOLD}<ul><li>Gate</ul>"
            "It opens in May.<br><br>Come.</td><td>Weather</td></tr></table>"
        ),
        ["Gate", "It opens in May."],
    ),
    "a table of facts above the text": (
        f"<div><table><tr><td>Place<td>Riga</table><p>{TOLD}</p><p>Register at the gate.</p></div>",
        ["Register at the gate."],
    ),
}


@pytest.mark.parametrize(("markup", "expected"), CASES.values(), ids=CASES)
def test_what_is_added(markup: str, expected: list[str]) -> None:
    tree = lxml.html.document_fromstring(f"<body><div><p>Before</p></div>{markup}</body>")
    blocks = read_candidates(tree)
    chosen = [block.text == TOLD for block in blocks]
    assert any(chosen)
    taken = fill_holder(blocks, chosen)
    added = [b.text for b, was, now in zip(blocks, chosen, taken, strict=True) if now and not was]
    assert added == expected


def test_nothing_is_added_where_no_element_holds_most_of_the_text() -> None:
    boxes = "".join(f"<div><p>{TOLD}</p><p>Short.</p></div>" for _ in range(3))
    blocks = read_candidates(lxml.html.document_fromstring(f"<body>{boxes}</body>"))
    chosen = [block.text == TOLD for block in blocks]
    assert fill_holder(blocks, chosen) == chosen


def test_nothing_is_added_to_a_text_all_of_which_leads_elsewhere() -> None:
    linked = f'<p><a href="/a">The jury of the contest in the old salt works</a> {TOLD}</p>'
    blocks = read_candidates(lxml.html.document_fromstring(f"<body><div>{linked * 3}</div></body>"))
    chosen = [True] * len(blocks)
    assert fill_holder(blocks, chosen) == chosen


def test_without_a_text_nothing_is_added() -> None:
    blocks = read_candidates(lxml.html.document_fromstring("<body><p>One</p><p>Two</p></body>"))
    assert fill_holder(blocks, [False, False]) == [False, False]
