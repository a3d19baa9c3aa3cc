"""Real pages whose kind is labelled, or known: what a kind is told from, and scored on.

`wcxb-dev` (Foley, Web Content eXtraction Benchmark, 2026) has pages of seven types;
`htmldate-half` and `article-extraction-benchmark` are news, so that all their pages are articles.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.quality.held_out import host, hosts_aside

KINDS = {"article": "article", "listing": "listing", "collection": "listing"}
"""Kind of each type of page; the others are no articles."""


@dataclass(frozen=True, slots=True)
class LabelledPage:
    """A page as it was served."""

    url: str
    kind: str
    """`article`, `listing` or `not-an-article`."""
    type: str
    """As labelled: `forum`, `product` …"""
    path: Path
    aside: bool
    """Its host is one of the third that is scored and never read."""

    def html(self) -> str:
        """Its markup."""
        return gzip.decompress(self.path.read_bytes()).decode("utf-8", "replace")


def labelled_pages(corpus: Path) -> Iterator[LabelledPage]:
    """The pages of a corpus, in its order."""
    rows = list(_rows(corpus))
    hidden = hosts_aside(url for url, _, _ in rows)
    for url, kind, path in rows:
        yield LabelledPage(url, KINDS.get(kind, "not-an-article"), kind, path, host(url) in hidden)


def _rows(corpus: Path) -> Iterator[tuple[str, str, Path]]:
    """Address, type and file of each page that has an address."""
    html = corpus / "html"
    labels = corpus / "labels.jsonl"
    if labels.exists():
        for line in labels.read_text("utf-8").split("\n")[:-1]:
            row = json.loads(line)
            yield row["url"], "article", html / row["file"]
        return
    types = corpus / "ground-truth.jsonl.gz"
    if types.exists():
        for line in gzip.decompress(types.read_bytes()).decode("utf-8").split("\n"):
            if not line:
                continue
            row = json.loads(line)
            if row.get("url"):
                kind = row["_internal"]["page_type"]["primary"]
                yield row["url"], kind, html / f"{row['file_id']}.html.gz"
        return
    truth = json.loads((corpus / "ground-truth.json").read_text("utf-8"))
    for key, row in truth.items():
        yield row["url"], "article", html / f"{key}.html.gz"
