"""The metric of article text, and the child that reads the pages."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from benchmarks.crawl.article_pages import article_pages
from benchmarks.measuring.peers import Peers
from benchmarks.measuring.table import Table
from benchmarks.pages import text


def test_right_texts_score_one() -> None:
    score = text.score_texts(
        [("eins zwei drei vier fünf", "Eins? nein: eins zwei drei vier fünf"[12:])]
    )
    assert (score.f1, score.exact) == (1.0, 1.0)


def test_half_of_a_text_costs_recall_and_more_than_it_costs_precision() -> None:
    right = "a b c d e f g h"
    half = text.score_texts([(right, "a b c d e")])
    more = text.score_texts([(right, right + " i j")])
    assert (half.precision, half.recall, half.exact) == (1.0, 2 / 5, 0)
    assert (more.precision, more.recall) == (5 / 7, 1.0)


def test_a_page_without_text_costs_recall_only() -> None:
    score = text.score_texts([("a b c d", ""), ("a b c d", "a b c d")])
    assert (score.precision, score.recall) == (1.0, 0.5)


@pytest.mark.endurance
def test_our_readers_are_measured_on_a_labelled_folder(tmp_path: Path) -> None:
    (tmp_path / "html").mkdir()
    truth = {}
    for page in article_pages(0, 2):
        name = page.path.rpartition("/")[2].removesuffix(".html")
        (tmp_path / "html" / f"{name}.html.gz").write_bytes(gzip.compress(page.html))
        truth[name] = {"url": f"https://example.org{page.path}", "articleBody": "Wort " * 9}
    (tmp_path / "ground-truth.json").write_text(json.dumps(truth))
    section = text.benchmark(tmp_path, None, Peers(tmp_path / "cache", install=False), quick=True)
    table, dates = section.parts
    assert isinstance(table, Table)
    assert isinstance(dates, Table)
    assert [sum(map(int, row[1:])) for row in dates.rows] == [2, 2]
    assert [row[0] for row in table.rows] == list(text.OURS)
    assert all(float(row[table.columns.index("xl")]) > 0 for row in table.rows)
