"""AMP and print versions and mirrors folded into the document that they show, where the text says so."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa

from crawler.variants import main_address, mirrored
from indexer import database as db
from indexer.document import Page, document_id
from indexer.documents import current_documents
from indexer.source import Source
from indexer.text.passages import passages

ALIKE = 0.6
"""Share of the shorter page's paragraphs that the longer one has too: headers and hints differ."""
FEWEST = 2
"""Paragraphs in common from which two addresses are one page."""


def document_shown(
    connection: sa.Connection, source: Source | None, url: str, page: Page
) -> str | None:
    """Canonical address of the known document that is shown under `url` as well; None if none is.

    An address that is a document of its own stays one.
    """
    if source is None or not page.text or _known(connection, url) is not None:
        return None
    for candidate in _candidates(source, url):
        known = _known(connection, candidate)
        if known is not None and is_same_text(known, page):
            return candidate
    return None


def is_same_text(one: Page, other: Page) -> bool:
    """Whether two pages have most of their paragraphs in common."""
    first, second = _paragraphs(one), _paragraphs(other)
    common = len(first & second)
    return common >= FEWEST and common >= ALIKE * min(len(first), len(second))


def _candidates(source: Source, url: str) -> Iterator[str]:
    main = main_address(url)
    if main is not None:
        yield main
    yield from mirrored(source, main or url)


def _paragraphs(page: Page) -> set[str]:
    return {p.fingerprint for p in passages(page) if p.part == "text"}


def _known(connection: sa.Connection, url: str) -> Page | None:
    query = current_documents().where(db.document.c.id == document_id(url))
    row = connection.execute(query).one_or_none()
    return Page.from_json(row.page) if row is not None else None
