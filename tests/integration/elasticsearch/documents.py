"""Small documents for the tests of the cluster."""

from __future__ import annotations

from datetime import UTC, datetime

from indexer.query import QueryCompiler
from indexer.records.document import Page, StoredDocument, document_id
from indexer.records.reference import load_reference

COMPILER = QueryCompiler(load_reference(), {})


def document(number: int, text: str = "Kupfer aus Kasachstan", revision: int = 1) -> StoredDocument:
    url = f"https://example.org/{number}"
    page = Page(url=url, text=text, lang="de", title=f"Meldung {number}", published="2026-02")
    return StoredDocument(
        document_id(url), url, "example", revision, datetime(2026, 1, 1, tzinfo=UTC), page
    )
