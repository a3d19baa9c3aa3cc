"""AMP and print versions and mirrors folded into the document that they show, where the text says
so.
"""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa

from crawler.discovery.variants import main_address, mirrored
from indexer.database import tables
from indexer.documents.queries import current_documents
from indexer.records.document import Page, document_id
from indexer.records.source import Source
from indexer.revisions.fingerprints import Said, said

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
        if known is not None and is_same_text(known, Said.of(page)):
            return candidate
    return None


def is_same_text(one: Said, other: Said) -> bool:
    """Whether two pages have most of their paragraphs in common."""
    common = len(one.text & other.text)
    return common >= FEWEST and common >= ALIKE * min(len(one.text), len(other.text))


def _candidates(source: Source, url: str) -> Iterator[str]:
    main = main_address(url)
    if main is not None:
        yield main
    yield from mirrored(source, main or url)


def _known(connection: sa.Connection, url: str) -> Said | None:
    query = current_documents().where(tables.document.c.id == document_id(url))
    row = connection.execute(query).one_or_none()
    return said(row) if row is not None else None
