"""Lines at the end of a text that lead to other pages of the site."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import pytest

from crawler.parsers.article.blocks import TextBlock, read_blocks
from crawler.parsers.article.boilerplate_lines import BoilerplateLines
from crawler.parsers.article.page_words import PageWords
from crawler.parsers.html import HtmlDocument
from indexer.records.reference import load_reference

TOLD = "The pit was closed in autumn, and the men who worked there went to the one in the north."


@cache
def judge() -> BoilerplateLines:
    return BoilerplateLines(PageWords(load_reference().languages))


def blocks_of(markup: str) -> Sequence[TextBlock]:
    return read_blocks(HtmlDocument(f"<body>{markup}</body>").tree, lambda _: False)


@pytest.mark.parametrize(
    ("last", "kept"),
    [
        ('<small>12 May 2031</small> <a href="/2">The slag heap of Orla is moved</a>', False),
        ('<a href="/2">Открыта новая обогатительная фабрика</a> (12 мая 2031 г.)', False),
        ('<a href="/2">12 May 2031</a> was the day on which the mill was sold', True),
        ('The mill was sold on 12 May 2031, says the <a href="/2">owner of Orla</a>', True),
        ('Anyone may come on 12 May: <a href="/2">the registration of the day</a> is open', True),
    ],
    ids=["day before", "day behind", "only the day leads", "sentence", "no year"],
)
def test_headlines_of_other_pages_with_their_days_are_no_end_of_a_text(
    last: str, kept: bool
) -> None:
    blocks = blocks_of(f"<p>{TOLD}</p><div>{last}</div><div>{last}</div>")
    assert judge().tail_start(blocks) == (3 if kept else 1)
    (block,) = blocks_of(f"<div>{TOLD}<br>{last}</div>")
    assert len(judge().strip_tail(block).lines) == 1 + kept
