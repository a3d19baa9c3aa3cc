"""Corpora of real pages: each a folder with packed pages in `html` and an index of its own kind.

| index | corpus |
| --- | --- |
| `labels.jsonl` | `htmldate-half`, `paging-half`: articles, their day of publication |
| `ground-truth.jsonl.gz` | `wcxb-dev`: type, text, authors and day of each page |
| `ground-truth.json` | `article-extraction-benchmark`: articles, their text |
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class CorpusPage:
    """A page as its corpus labels it; None where nobody labelled that."""

    url: str | None
    file: Path
    """The page as it was served, packed with gzip."""
    type: str = "article"
    text: str | None = None
    """The article's."""
    authors: str | None = None
    """A line as a person wrote it down; empty where the page tells none."""
    day: str | None = None
    """Day of publication, perhaps a month."""

    def body(self) -> bytes:
        """The page as it was served."""
        return gzip.decompress(self.file.read_bytes())

    def markup(self) -> str:
        """The same as text."""
        return self.body().decode("utf-8", "replace")


def corpus_pages(corpus: Path) -> Iterator[CorpusPage]:
    """The pages of a corpus, in the order of its index; none where it has no index."""
    html = corpus / "html"
    for row in _lines(corpus / "labels.jsonl"):
        if "file" in row:
            yield CorpusPage(row.get("url"), html / row["file"], day=row.get("date"))
    for row in _lines(corpus / "ground-truth.jsonl.gz"):
        truth = row.get("ground_truth", {})
        yield CorpusPage(
            row.get("url"),
            html / f"{row['file_id']}.html.gz",
            row.get("_internal", {}).get("page_type", {}).get("primary", "article"),
            truth.get("main_content"),
            truth.get("author") or "",
            (truth.get("publish_date") or "")[: len("2015-06-09")] or None,
        )
    texts = corpus / "ground-truth.json"
    if texts.exists():
        for key, row in json.loads(texts.read_text("utf-8")).items():
            yield CorpusPage(row.get("url"), html / f"{key}.html.gz", text=row.get("articleBody"))


def addressed_pages(corpus: Path) -> Iterator[tuple[str, CorpusPage]]:
    """Those whose address is known, with it."""
    for page in corpus_pages(corpus):
        if page.url:
            yield page.url, page


def _lines(index: Path) -> Iterator[dict[str, Any]]:
    """The rows of an index of lines, packed or not; none where there is no such file."""
    if not index.exists():
        return
    content = index.read_bytes()
    plain = gzip.decompress(content) if index.suffix == ".gz" else content
    # Not `splitlines`: it would part texts at other signs.
    yield from (json.loads(line) for line in plain.decode("utf-8").split("\n") if line)
