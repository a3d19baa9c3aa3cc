"""Corpora are read by whichever index they have."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks.pages.corpora import CorpusPage, addressed_pages, corpus_pages

URL = "https://ministry.example/1"


def packed(corpus: Path, *rows: dict[str, Any]) -> None:
    lines = "".join(f"{json.dumps(row)}\n" for row in rows)
    (corpus / "ground-truth.jsonl.gz").write_bytes(gzip.compress(lines.encode()))


def row(**truth: str) -> dict[str, Any]:
    kind = {"page_type": {"primary": "forum"}}
    return {"url": URL, "file_id": "a", "_internal": kind, "ground_truth": truth}


def test_an_index_of_lines(tmp_path: Path) -> None:
    lines = [{"url": URL, "file": "a.html.gz", "date": "2031-05"}, {"url": URL}]
    (tmp_path / "labels.jsonl").write_text("".join(f"{json.dumps(one)}\n" for one in lines))
    found = [*corpus_pages(tmp_path)]
    assert found == [CorpusPage(URL, tmp_path / "html" / "a.html.gz", day="2031-05")]


def test_an_index_of_packed_lines(tmp_path: Path) -> None:
    told = row(main_content="Ein\x85Schacht", author="A. Berg", publish_date="2031-05-02T10:00")
    packed(tmp_path, told, row())
    file = tmp_path / "html" / "a.html.gz"
    assert [*corpus_pages(tmp_path)] == [
        CorpusPage(URL, file, "forum", "Ein\x85Schacht", "A. Berg", "2031-05-02"),
        CorpusPage(URL, file, "forum", None, "", None),
    ]


def test_an_index_of_texts(tmp_path: Path) -> None:
    (tmp_path / "ground-truth.json").write_text(
        json.dumps({"a": {"url": URL, "articleBody": "Ein Schacht"}})
    )
    file = tmp_path / "html" / "a.html.gz"
    assert [*corpus_pages(tmp_path)] == [CorpusPage(URL, file, text="Ein Schacht")]


@pytest.mark.parametrize("url", [None, ""])
def test_pages_without_an_address_are_left_out_where_it_is_asked_for(
    tmp_path: Path, url: str | None
) -> None:
    packed(tmp_path, {**row(), "url": url})
    assert len([*corpus_pages(tmp_path)]) == 1
    assert [*addressed_pages(tmp_path)] == []


def test_a_page_is_unpacked(tmp_path: Path) -> None:
    page = CorpusPage(URL, tmp_path / "a.html.gz")
    page.file.write_bytes(gzip.compress(b"<p>\xff"))
    assert (page.body(), page.markup()) == (b"<p>\xff", "<p>\N{REPLACEMENT CHARACTER}")
