"""The history of a document: its revisions, and those of the addresses that it had before."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from indexer.database import tables
from indexer.records.document import Page
from indexer.text.passages import passages


@dataclass(frozen=True, slots=True)
class PastRevision:
    """One revision, for display."""

    url: str
    """Address at that time."""
    number: int
    """Counted at each address."""
    run: int
    created: datetime
    added: tuple[str, ...] | None
    """Passages that were new in it; None: all of them."""
    removed: tuple[str, ...]
    """Passages of the revision before that it lacks."""
    read_anew: bool
    """The page was as before, and read by a newer extractor."""
    text_removed: bool = False
    """Its text, or that of the revision before, is no longer kept: not all that changed is shown.
    """


def revisions_of(connection: sa.Connection, document: str) -> list[PastRevision]:
    """Revisions of a document and of those that moved to it, the oldest first."""
    revision, table = tables.revision.c, tables.document.c
    query = (
        sa.select(tables.revision, table.url)
        .join(tables.document, table.id == revision.document)
        .where(sa.or_(table.id == document, table.moved_to == document))
        .order_by(revision.seq)
    )
    found = []
    pages: dict[str, Page] = {}
    extractors: dict[str, int] = {}
    purged: set[str] = set()
    for row in connection.execute(query):
        page, last = Page.from_json(row.page), pages.get(row.document)
        newer = extractors.get(row.document, row.extractor) < row.extractor
        found.append(
            PastRevision(
                url=row.url,
                number=row.number,
                run=row.run,
                created=row.created,
                added=None if row.added is None else _texts(page, row.added),
                removed=_texts(last, row.removed or ()) if last is not None else (),
                read_anew=newer and not row.added and not row.removed and row.added is not None,
                text_removed=row.fingerprints is not None
                or bool(row.removed and row.document in purged),
            )
        )
        if row.fingerprints is not None:
            purged.add(row.document)
        else:
            purged.discard(row.document)
        pages[row.document], extractors[row.document] = page, row.extractor
    return found


def _texts(page: Page, fingerprints: Collection[str]) -> tuple[str, ...]:
    wanted = set(fingerprints)
    return tuple(p.text for p in passages(page) if p.fingerprint in wanted)
