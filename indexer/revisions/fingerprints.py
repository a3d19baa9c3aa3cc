"""The passages of a page, as fingerprints: they outlast its text (`indexer.erasure.retention`)."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import unquote

from indexer.documents.queries import CurrentDocument
from indexer.records.document import Page
from indexer.text.passages import folded_words, passages

FEWEST_LASTING = 5
"""Words: fewer are those of a table of numbers."""


def text_hash(page: Page) -> str | None:
    """Hash (16 hex digits) of the folded words of title and text; None where there is no text."""
    found = [f"{p.part} {p.fingerprint}" for p in passages(page) if p.part != "teaser"]
    if not any(passage.startswith("text") for passage in found):
        return None
    return hashlib.blake2b("\n".join(found).encode(), digest_size=8).hexdigest()


def lasting_text_hash(page: Page, url: str) -> str | None:
    """The same without what servers write into one answer for each request: words with a digit
    (times, numbers of errors and requests), and those of the address that was asked for. Where too
    little is left of the text, all of it counts.
    """
    address = set(folded_words(unquote(url)).split())
    said = folded_words(f"{page.part('title')} {page.part('text')}").split()
    lasting = [word for word in said if word.isalpha() and word not in address]
    if len(lasting) < min(FEWEST_LASTING, len(said) - len(lasting)) or not lasting:
        return text_hash(page)
    return hashlib.blake2b(" ".join(lasting).encode(), digest_size=8).hexdigest()


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
