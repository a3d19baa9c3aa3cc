"""Real and made-up pages with their authors: what authors are learnt from, and scored on.

The articles of a folder laid out as `wcxb-dev` have a line of authors as a person wrote it down;
the made-up sites of `tests.sites` have bylines in three languages and the ways of twelve systems.
Of a folder laid out as `htmldate-half` nobody labelled the authors.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from benchmarks.labelled_kinds import made_up_pages, unpack
from crawler.parsers.article.authorship.marks import name_key
from indexer.records.site import host
from tests.quality.held_out import hosts_aside

_BETWEEN = re.compile(r"\s*[,;|/&]\s*|\s+(?:and|with)\s+")
_DEGREE = re.compile(r"(?=.*[A-Z])[A-Z]{1,7}|(?:[A-Z][A-Za-z]?\.)+(?: [A-Z]+)?|Ph\.?D\.?|Esq\.?")
"""Behind a name: `MD`, `Ph.D.`, `M.D. FACLM`."""
_BEFORE = re.compile(r"(?:(?:Dr|Prof|Professor)\.? )+(?=\S+ \S)")


@dataclass(frozen=True, slots=True)
class AuthoredPage:
    """A page as it was served."""

    url: str
    authors: frozenset[str] | None
    """Keys of the names; empty where the label says that the page tells none, None: no label."""
    group: str
    """What has to be learnt from or judged as a whole: a host, or the system of made-up sites."""
    aside: bool
    """It is scored and never read: its host is one of a third of them."""
    html: Callable[[], str]
    """Reads its markup."""


def authored_pages(corpus: Path) -> Iterator[AuthoredPage]:
    """The articles of a corpus, in its order."""
    rows = list(_rows(corpus))
    hidden = hosts_aside(url for url, _, _ in rows)
    for url, authors, path in rows:
        name = host(url)
        yield AuthoredPage(url, authors, name, name in hidden, partial(unpack, path))


def made_up_authors() -> Iterator[AuthoredPage]:
    """The articles of the made-up sites."""
    for page in made_up_pages():
        if page.kind == "article":
            keys = frozenset(map(name_key, page.authors))
            yield AuthoredPage(page.url, keys, page.group, page.aside, page.html)


def names_in_label(label: str) -> frozenset[str]:
    """The names of a line of authors, without degrees."""
    pieces = _BETWEEN.split(label)
    rest = [piece.removeprefix("and ") for piece in pieces[1:]]
    names = pieces[:1] + [piece for piece in rest if not _DEGREE.fullmatch(piece)]
    return frozenset(name_key(_BEFORE.sub("", name)) for name in names) - {""}


def _rows(corpus: Path) -> Iterator[tuple[str, frozenset[str] | None, Path]]:
    """Address, authors and file of each article."""
    html = corpus / "html"
    labels = corpus / "labels.jsonl"
    if labels.exists():
        for line in labels.read_text("utf-8").split("\n")[:-1]:
            row = json.loads(line)
            yield row["url"], None, html / row["file"]
        return
    packed = (corpus / "ground-truth.jsonl.gz").read_bytes()
    for line in gzip.decompress(packed).decode("utf-8").split("\n"):
        row = json.loads(line) if line else {}
        if row.get("url") and row["_internal"]["page_type"]["primary"] == "article":
            label = row["ground_truth"].get("author") or ""
            yield row["url"], names_in_label(label), html / f"{row['file_id']}.html.gz"
