"""Real and made-up pages with their authors: what authors are learnt from, and scored on.

The articles of a folder laid out as `wcxb-dev` have a line of authors as a person wrote it down;
the made-up sites of `tests.sites` have bylines in three languages and the ways of twelve systems.
Of a folder laid out as `htmldate-half` nobody labelled the authors.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.pages.corpora import addressed_pages
from benchmarks.pages.labelled_kinds import made_up_pages
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
    pages = [(url, page) for url, page in addressed_pages(corpus) if page.type == "article"]
    hidden = hosts_aside(url for url, _ in pages)
    for url, page in pages:
        name = host(url)
        authors = None if page.authors is None else names_in_label(page.authors)
        yield AuthoredPage(url, authors, name, name in hidden, page.markup)


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
