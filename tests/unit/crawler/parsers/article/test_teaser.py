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
