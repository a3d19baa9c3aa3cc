"""Measures of the blocks of a page."""

from __future__ import annotations

import lxml.html
import numpy as np

from crawler.parsers.article.blocks import read_blocks
from crawler.parsers.article.choice.measures import MeasuredBlocks, measure

PAGE = """
<html><body><h1>Head</h1>
<div><p>Prices rose, and the mine that had been closed for years was opened again.</p>
<p>A second paragraph, of the same make and about as long, stands right behind it.</p></div>
<h2>More</h2><ul><li><a href="/a">Linked</a></li><li><a href="/b">Linked</a></li></ul>
</body></html>
"""


def measured() -> MeasuredBlocks:
    tree = lxml.html.document_fromstring(PAGE)
    return measure(read_blocks(tree, lambda element: False))


def test_each_measure_has_a_value_for_each_block() -> None:
    columns = measured().columns
    assert {len(column) for column in columns.values()} == {6}
    assert all(np.isfinite(column).all() for column in columns.values())


def test_text_tags_and_links_are_measured() -> None:
    columns = measured().columns
    assert columns["heading.level"].tolist() == [1, 0, 0, 2, 0, 0]
    assert columns["sentence"].tolist() == [0, 1, 1, 0, 0, 0]
    assert columns["linked"].tolist() == [0, 0, 0, 0, 1, 1]
    assert columns["tag.li"].tolist() == [0, 0, 0, 0, 1, 1]


def test_neighbours_are_those_before_and_behind() -> None:
    columns = measured().columns
    assert columns["heading-1"].tolist() == [-1, 1, 0, 0, 1, 0]
    assert columns["heading+1"].tolist() == [0, 0, 1, 0, 0, -1]
    assert columns["alike+1"].tolist() == [0, 1, 0, 0, 1, 0]


def test_blocks_that_share_a_place_are_summed_up() -> None:
    columns = measured().columns
    assert columns["parent.count"].tolist() == [2, 2, 2, 2, 2, 2]
    assert columns["section.linked"][4] == columns["section.linked"][5] > 0.5
    assert columns["text.count"].tolist() == [1, 1, 1, 1, 2, 2]
    assert columns["alike.prose"].tolist() == [0, 1, 1, 0, 0, 0]


def test_votes_count_for_those_made_alike() -> None:
    votes = measured().votes(np.array([0.0, 1, 0, 0, 0, 0]))
    assert votes["alike.votes"].tolist() == [0, 0.5, 0.5, 0, 0, 0]
    assert votes["parent.share"].tolist() == [0, 1, 1, 0, 0, 0]
    assert votes["position.first"].tolist() == [-1, 0, 1, 2, 3, 4]
    assert votes["vote-1"].tolist() == [-1, 0, 1, 0, 0, 0]


def test_no_vote_at_all_is_no_error() -> None:
    assert all(np.isfinite(c).all() for c in measured().votes(np.zeros(6)).values())
