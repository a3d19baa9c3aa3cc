from __future__ import annotations

from collections.abc import Iterator

import pytest

from crawler.parsers.article.blocks import TextBlock, read_blocks
from crawler.parsers.article.boilerplate import is_hidden
from crawler.parsers.article.copies import without_copies
from crawler.parsers.html import HtmlDocument

METALS = ("tin", "zinc", "lead", "copper", "nickel", "cobalt")
TEXT = [
    f"<p>In its {metal} shaft the survey has drilled through three hundred metres of grey slate and"
    " some clay, and found a vein that nobody had put on any map before.</p>"
    for metal in METALS
]
SHORT, OWN = (
    "<h2>Depth</h2>",
    "<p>Ask the survey in Almaty for a copy of all eight of its maps.</p>",
)


def kept(*pieces: str) -> list[str]:
    """The beginnings of the blocks that stay, all of which were chosen."""
    tree = HtmlDocument(f"<html><body>{''.join(pieces)}</body></html>").tree
    blocks = read_blocks(tree, is_hidden)
    stays = without_copies(blocks, [True] * len(blocks))
    return [block.text for block, yes in zip(blocks, stays, strict=True) if yes]


@pytest.mark.parametrize("times", [2, 3])
def test_a_text_that_is_shown_again_is_kept_once(times: int) -> None:
    text = [*TEXT[:3], SHORT, *TEXT[3:]]
    assert kept(*text * times) == kept(*text)
    assert kept(SHORT, *text, OWN, *text) == kept(SHORT, *text, OWN)


@pytest.mark.parametrize("times", [2, 3])
def test_a_whole_text_is_kept_once_below_its_teasers(times: int) -> None:
    teasers = [OWN, OWN.replace("eight", "six"), OWN, OWN.replace("eight", "ten")]
    assert kept(*teasers, *TEXT * times) == kept(*teasers, *TEXT)


@pytest.mark.parametrize(
    "pieces",
    [
        [*TEXT, *TEXT[3:]],  # it ends likewise, and begins otherwise
        [*TEXT, *TEXT[:3]],  # a summary
        [*TEXT, *reversed(TEXT)],
        [*TEXT, *(piece for each in TEXT for piece in (each, OWN, f"{OWN[:-4]} Again.</p>"))],
        [*TEXT, SHORT, OWN, SHORT, OWN],
    ],
)
def test_what_merely_comes_again_stays(pieces: list[str]) -> None:
    assert len(kept(*pieces)) == len(pieces)


def test_what_a_copy_has_of_its_own_stays() -> None:
    found = kept(*TEXT, *TEXT[:3], OWN, "<h2>Own</h2>", *TEXT[3:])
    assert found == [*kept(*TEXT), *kept(OWN, "<h2>Own</h2>")]


def test_a_page_of_many_copies_is_counted_once() -> None:
    class Counted(list[TextBlock]):
        passes = 0

        def __iter__(self) -> Iterator[TextBlock]:
            self.passes += 1
            return super().__iter__()

    page = HtmlDocument(f"<html><body>{''.join(TEXT) * 20}</body></html>")
    blocks = Counted(read_blocks(page.tree, is_hidden))
    without_copies(blocks, [True] * len(blocks))
    assert blocks.passes <= 2
