"""The passages of a page, as fingerprints: they outlast its text (`indexer.erasure.retention`)."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass

from indexer.documents.queries import CurrentDocument
from indexer.records.document import Page
from indexer.text.passages import passages


def text_hash(page: Page) -> str | None:
    """Hash (16 hex digits) of the folded words of title and text; None where there is no text."""
    found = [f"{p.part} {p.fingerprint}" for p in passages(page) if p.part != "teaser"]
    if not any(passage.startswith("text") for passage in found):
        return None
    return hashlib.blake2b("\n".join(found).encode(), digest_size=8).hexdigest()


@dataclass(frozen=True, slots=True)
class Fingerprints:
    """Fingerprints of the passages of one page."""

    kind: str
    """Kind of page."""
    passages: frozenset[str]
    """All of them."""
    title: frozenset[str]
    """Those of the title."""
    text: frozenset[str]
    """Those of the text; where it was removed, the teaser is among them."""

    @classmethod
    def of(cls, page: Page, saved: Collection[str] | None = None) -> Fingerprints:
        """Of a page; `saved`: the fingerprints that were saved when its text was removed."""
        found = passages(page)
        title = frozenset(p.fingerprint for p in found if p.part == "title")
        if saved is not None:
            return cls(page.kind, frozenset(saved), title, frozenset(saved) - title)
        text = frozenset(p.fingerprint for p in found if p.part == "text")
        return cls(page.kind, frozenset(p.fingerprint for p in found), title, text)

    @classmethod
    def of_document(cls, document: CurrentDocument) -> Fingerprints:
        """Of the current revision of a document."""
        return cls.of(document.read_page(), document.fingerprints)
