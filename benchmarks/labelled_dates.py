"""Real and made-up pages with their day of publication: what dates are learnt from, and scored on.

`htmldate-half` and the articles of `wcxb-dev` are laid out as their folders say; the made-up sites
of `tests.sites` print dates in three languages and the ways of twelve systems.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from benchmarks.labelled_kinds import made_up_pages, unpack
from indexer.records.site import host
from tests.quality.held_out import hosts_aside


@dataclass(frozen=True, slots=True)
class DatedPage:
    """A page as it was served."""

    url: str
    day: str | None
    """As labelled, perhaps a month; None where the label says that the page tells none."""
    group: str
    """What has to be learnt from or judged as a whole: a host, or the system of made-up sites."""
    aside: bool
    """It is scored and never read: its host is one of a third of them."""
    html: Callable[[], str]
    """Reads its markup."""


def dated_pages(corpus: Path) -> Iterator[DatedPage]:
    """The articles of a corpus, in its order."""
    rows = list(_rows(corpus))
    hidden = hosts_aside(url for url, _, _ in rows)
    for url, day, path in rows:
        name = host(url)
        yield DatedPage(url, day, name, name in hidden, partial(unpack, path))


def made_up_dates() -> Iterator[DatedPage]:
    """The articles of the made-up sites."""
    for page in made_up_pages():
        if page.kind == "article":
            yield DatedPage(page.url, page.published, page.group, page.aside, page.html)


def _rows(corpus: Path) -> Iterator[tuple[str, str | None, Path]]:
    """Address, day and file of each article."""
    html = corpus / "html"
    labels = corpus / "labels.jsonl"
    if labels.exists():
        for line in labels.read_text("utf-8").split("\n")[:-1]:
            row = json.loads(line)
            yield row["url"], row["date"], html / row["file"]
        return
    packed = (corpus / "ground-truth.jsonl.gz").read_bytes()
    for line in gzip.decompress(packed).decode("utf-8").split("\n"):
        row = json.loads(line) if line else {}
        truth = row.get("ground_truth", {})
        if row.get("url") and row["_internal"]["page_type"]["primary"] == "article":
            day = (truth.get("publish_date") or "")[: len("2015-06-09")]
            yield row["url"], day or None, html / f"{row['file_id']}.html.gz"
