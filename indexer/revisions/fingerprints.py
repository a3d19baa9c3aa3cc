"""What a reading of a page says, as fingerprints of its passages: they outlast its text
(`indexer.erasure.retention`).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from indexer.records.document import Page
from indexer.text.passages import passages


@dataclass(frozen=True, slots=True)
class Said:
    """The passages of one reading, as fingerprints."""

    kind: str
    """Kind of page."""
    passages: frozenset[str]
    """All of them."""
    title: frozenset[str]
    """Those of the title."""
    text: frozenset[str]
    """Those of the text; where it was removed, the teaser is among them."""

    @classmethod
    def of(cls, page: Page, kept: Collection[str] | None = None) -> Said:
        """What the page says; `kept`: the fingerprints that stayed when its text was removed."""
        found = passages(page)
        title = frozenset(p.fingerprint for p in found if p.part == "title")
        if kept is not None:
            return cls(page.kind, frozenset(kept), title, frozenset(kept) - title)
        text = frozenset(p.fingerprint for p in found if p.part == "text")
        return cls(page.kind, frozenset(p.fingerprint for p in found), title, text)


def said(row: sa.Row[Any]) -> Said:
    """What a revision says; `row` has its `page` and `said`."""
    return Said.of(Page.from_json(row.page), row.said)
