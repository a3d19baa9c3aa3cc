"""Real and made-up pages with their day of publication: what dates are learnt from, and scored on.

`htmldate-half` and the articles of `wcxb-dev` are laid out as their folders say; the made-up sites
of `tests.sites` print dates in three languages and the ways of twelve systems.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.pages.corpora import addressed_pages
from benchmarks.pages.labelled_kinds import made_up_pages
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
    pages = [(url, page) for url, page in addressed_pages(corpus) if page.type == "article"]
    hidden = hosts_aside(url for url, _ in pages)
    for url, page in pages:
        name = host(url)
        yield DatedPage(url, page.day, name, name in hidden, page.markup)


def made_up_dates() -> Iterator[DatedPage]:
    """The articles of the made-up sites."""
    for page in made_up_pages():
        if page.kind == "article":
            yield DatedPage(page.url, page.published, page.group, page.aside, page.html)
