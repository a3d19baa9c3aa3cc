"""Where trafilatura alone would lose the text, or part of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from crawler.parsers.article import ArticleDraft, body
from crawler.parsers.article.boilerplate import find_boilerplate
from crawler.parsers.html import HtmlDocument
from tests.unit.crawler.parsers.article.test_swallowed import ARTICLE, PARAGRAPHS

Read = Callable[..., ArticleDraft]


@pytest.mark.parametrize("hyphen", ["\u00ad", "&shy;", "&#173;", "&#xAD;"])
def test_soft_hyphens_part_no_words(read: Read, hyphen: str) -> None:
    parted = ARTICLE.replace("lithium", f"li{hyphen}thi{hyphen}um")
    assert read(f"<html><body>{parted}</body></html>").text.split("\n\n") == list(PARAGRAPHS)


def test_what_a_program_says_in_its_comments_is_no_box() -> None:
    listing = '<pre><code>drill(3)\n<span class="hljs-comment"># the third hole</span></code></pre>'
    assert not find_boilerplate(HtmlDocument(f"<html><body>{listing}</body></html>").tree)


def test_a_stub_of_the_fast_mode_is_read_in_full(
    read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever makes the fast mode stop early, the full mode is asked and the longer text kept."""
    asked = []
    extracted = body.bare_extraction

    def stopping_early(tree, *, options):  # type: ignore[no-untyped-def]
        asked.append(options.fast)
        document = extracted(tree, options=options)
        if options.fast:
            document.text = document.text.split("\n")[0]
        return document

    monkeypatch.setattr(body, "bare_extraction", stopping_early)
    longer = "".join(
        f"<p>{' '.join(f'Layer{n}of{depth}' for depth in range(20))}.</p>" for n in range(15)
    )
    text = read(f"<html><body><article>{longer}</article></body></html>").text
    assert asked == [True, False]
    assert text.count("\n\n") == 14
