"""Real pages whose kind and text are labelled, or known: what is learnt from, and scored on.

`wcxb-dev` (Foley, Web Content eXtraction Benchmark, 2026) has pages of seven types;
`htmldate-half` and `article-extraction-benchmark` are news, so that all their pages are articles.
The made-up sites of `tests.sites` show what else stands on the sites of associations and
ministries: members, imprint, results of a search, lists in twelve systems and three languages.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from benchmarks.pages.corpora import addressed_pages
from crawler.parsers.html import HtmlDocument
from indexer.records.site import host
from tests.loopback.site import LoopbackSite
from tests.quality.held_out import hosts_aside
from tests.sites.site import SITES
from tests.sites.site import aside as sites_aside

OF_A_SORT = 6
"""Pages that are taken of each sort of a made-up site."""
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
    group: str
    """What has to be learnt from or judged as a whole: a host, or the system of made-up sites."""
    aside: bool
    """It is scored and never read: its host is one of a third of them."""
    html: Callable[[], str]
    """Reads its markup."""
    text: str | None = None
    """The article's, as labelled; None where nobody labelled it."""
    file: Path | None = None
    """Where the page of a corpus lies, packed with gzip."""
    published: str | None = None
    """Day of publication, where it is known."""
    authors: tuple[str, ...] = ()
    """As labelled on the made-up sites."""


def labelled_pages(corpus: Path) -> Iterator[LabelledPage]:
    """The pages of a corpus, in its order."""
    pages = list(addressed_pages(corpus))
    hidden = hosts_aside(url for url, _ in pages)
    for url, page in pages:
        known = KINDS.get(page.type, "not-an-article")
        name = host(url)
        yield LabelledPage(
            url, known, page.type, name, name in hidden, page.markup, page.text, page.file
        )


def made_up_pages(of_a_sort: int = OF_A_SORT) -> Iterator[LabelledPage]:
    """So many pages of each sort of every made-up site, on their second night."""
    hidden = sites_aside()
    for site in SITES:
        home = f"https://www.{site.name}.example"
        sorts: Counter[str] = Counter()
        with LoopbackSite() as server:
            site.serve(server, 2)
            for page in site.pages(2):
                sorts[page.template] += 1
                if sorts[page.template] > of_a_sort:
                    continue
                body = server.body(page.path).replace(server.url.encode(), home.encode())
                yield LabelledPage(
                    home + page.path,
                    "article" if page.truth.news else page.truth.kind,
                    f"made-up {page.template}",
                    site.system.name,
                    site.name in hidden,
                    partial(_decode, body),
                    "\n\n".join(page.truth.paragraphs) if page.truth.news else None,
                    published=page.truth.published,
                    authors=page.truth.authors,
                )


def fold_of(group: str, folds: int) -> int:
    """A number that parts what is learnt from; by another hash than that by which hosts are set
    aside.
    """
    return int(hashlib.sha256(f"fold {group}".encode()).hexdigest(), 16) % folds


def _decode(body: bytes) -> str:
    return HtmlDocument.from_bytes(body).markup
