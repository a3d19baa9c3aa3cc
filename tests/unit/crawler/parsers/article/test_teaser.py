from __future__ import annotations

import pytest

from crawler.parsers.article.blocks import read_blocks
from crawler.parsers.article.body import Body
from crawler.parsers.article.boilerplate_lines import BoilerplateLines
from crawler.parsers.article.teaser import read_teaser
from crawler.parsers.article.title import Titles
from crawler.parsers.html import HtmlDocument
from tests.page_reader import packaged_words

LEAD = "The first cores of the new year lie in the hall at Barton."


@pytest.mark.parametrize("chosen", [(3, 4), (0, 3, 4)])
def test_the_lead_is_read_though_the_heading_counts_as_text(
    chosen: tuple[int, ...],
) -> None:
    tree = HtmlDocument(
        f"<h1>Cores at Barton</h1><p>9 June 2025</p><div class=teaser-text><p>{LEAD}</p></div>"
        "<p>They come from a basin in the north.</p><p>They may be seen on Monday.</p>"
    ).tree
    body = Body(tuple(read_blocks(tree, lambda _: False)), chosen)
    titles = Titles("Cores at Barton", tree.find(".//h1"), ())
    lines = BoilerplateLines(packaged_words())
    assert read_teaser(body, titles, None, lines) == LEAD


LISTED = (
    f"<p>{LEAD}</p><p>They come from a basin in the north.</p><ul>"
    + "".join(f"<li>Core {n} is of granite.</li>" for n in range(5))
    + "</ul>"
)


@pytest.mark.parametrize(
    ("text", "teaser"),
    [
        (f"<div class=body>{LISTED}</div>", None),
        (
            f"<div class=head><p>{LEAD}</p></div><div class=body>{LISTED[len(LEAD) + 7 :]}</div>",
            LEAD,
        ),
        (f"<div class=body>{LISTED.replace('<p>', '<p class=lead>', 1)}</div>", LEAD),
    ],
    ids=["made like the next", "in an element of its own", "named"],
)
def test_a_first_paragraph_stays_text_where_most_of_it_is_a_list(
    text: str, teaser: str | None
) -> None:
    tree = HtmlDocument(f"<h1>Cores at Barton</h1>{text}").tree
    blocks = tuple(read_blocks(tree, lambda _: False))
    titles = Titles("Cores at Barton", tree.find(".//h1"), ())
    body = Body(blocks, tuple(range(1, len(blocks))))
    assert read_teaser(body, titles, LEAD, BoilerplateLines(packaged_words())) == teaser


@pytest.mark.parametrize("name", ["feed__post-descr", "popup__descr descr_md"])
def test_a_lead_in_a_box_called_descr_is_the_teaser(name: str) -> None:
    tree = HtmlDocument(
        f"<h1>Cores at Barton</h1><div>2025-06-09</div><div class='{name}'>{LEAD}</div>"
        "<div class=text>They come from a basin in the north, and may be seen on Monday.</div>"
    ).tree
    body = Body(tuple(read_blocks(tree, lambda _: False)), (3,))
    titles = Titles("Cores at Barton", tree.find(".//h1"), ())
    assert read_teaser(body, titles, None, BoilerplateLines(packaged_words())) == LEAD
