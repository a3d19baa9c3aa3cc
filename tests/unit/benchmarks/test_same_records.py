"""Which pages the comparison of two versions reads, and which of its records it calls different."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from benchmarks.same_records import SHOWN, main


def lines(file: Path, *records: dict[str, object]) -> Path:
    file.write_text("".join(json.dumps(record) + "\n" for record in records))
    return file


def test_pages_are_saved_html_then_labelled_texts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    corpora, gold = tmp_path / "corpora", tmp_path / "gold"
    for name, page in (("b", b"<p>\xfc"), ("a", "<p>ö".encode())):
        (corpora / name / "html").mkdir(parents=True)
        (corpora / name / "html" / "1.gz").write_bytes(gzip.compress(page))
    gold.mkdir()
    lines(gold / "events.jsonl", {"id": "x", "text": "Erz"}, {"text": "Zinn"})
    assert main(["pages", str(corpora), str(gold)]) == 0
    assert [json.loads(line) for line in capsys.readouterr().out.splitlines()] == [
        {"id": "a/html/1.gz", "html": "<p>ö"},
        {"id": "b/html/1.gz", "html": "<p>\ufffd"},
        {"id": "events.jsonl:1", "text": "Erz"},
        {"id": "events.jsonl:2", "text": "Zinn"},
    ]


def test_equal_outputs_differ_nowhere(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = lines(tmp_path / "before", {"id": "a", "title": "Erz"})
    after = lines(tmp_path / "after", {"id": "a", "title": "Erz"})
    assert main(["compare", str(before), str(after)]) == 0
    assert capsys.readouterr().out == "1 records, 0 differ\n"


def test_a_difference_names_the_page_and_the_keys(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = lines(
        tmp_path / "before",
        {"id": "a", "title": "Erz", "text": "x", "lang": None},
        {"id": "b", "title": "Zinn", "text": "y"},
        {"id": "c"},
        {"id": "d"},
    )
    after = lines(
        tmp_path / "after",
        {"id": "a", "title": "Erze", "text": "", "lang": None},
        {"id": "b", "text": "y", "title": "Zinn"},
        {"id": "c"},
    )
    assert main(["compare", str(before), str(after)]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "a: text, title",
        "b: same values, other bytes",
        "only before: d",
        "4 records, 3 differ",
    ]


def test_the_count_is_whole_where_not_every_page_is_shown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = lines(tmp_path / "before")
    after = lines(tmp_path / "after", *(dict[str, object](id=str(n)) for n in range(SHOWN + 5)))
    assert main(["compare", str(before), str(after)]) == 1
    *shown, count = capsys.readouterr().out.splitlines()
    assert shown == [f"only after: {n}" for n in range(SHOWN)]
    assert count == f"{SHOWN + 5} records, {SHOWN + 5} differ"


def test_anything_else_is_told_how_it_is_called() -> None:
    with pytest.raises(SystemExit, match="usage:"):
        main([])
