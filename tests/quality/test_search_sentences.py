"""Sentences in three languages are found by other forms of their words, by parts of compounds, and
in translation.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.parsers.raw_page import RawPage
from indexer.query import QueryCompiler
from indexer.records.document import StoredDocument, document_id
from indexer.records.reference import load_reference
from indexer.stores.base import SearchRequest
from indexer.stores.embedded import EmbeddedStore
from tests.page_reader import packaged_reader
from tests.yaml_files import read_yaml

SENTENCES = read_yaml(Path(__file__).with_name("search_sentences.yaml"))
CASES = [
    (lang, number, str(query), wanted)
    for lang, entries in SENTENCES.items()
    for number, entry in enumerate(entries)
    for wanted in (True, False)
    for query in entry.get("find" if wanted else "not", [])
]


@dataclass
class Shelf:
    """All sentences in one store."""

    store: EmbeddedStore

    def finds(self, query: str, url: str) -> bool:
        hits = self.store.search(SearchRequest(query, limit=0)).hits
        return url in {hit.url for hit in hits}


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    reference = load_reference()
    reader = packaged_reader()
    folder = tmp_path_factory.mktemp("index")
    store = EmbeddedStore(folder, QueryCompiler(reference, {}), writable=True)
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    documents = []
    for lang, entries in SENTENCES.items():
        for number, entry in enumerate(entries):
            url = f"https://example.org/{lang}/{number}"
            page = reader.read(RawPage(text=entry["text"], url=url, lang=lang))
            documents.append(StoredDocument(document_id(url), url, "test", 1, moment, page))
    store.write(documents)
    yield Shelf(store)
    store.close()


def test_there_are_twenty_of_each() -> None:
    assert {lang for lang, entries in SENTENCES.items() if len(entries) >= 20} == {"de", "en", "ru"}


WEAK = [
    (lang, number, str(query))
    for lang, entries in SENTENCES.items()
    for number, entry in enumerate(entries)
    for query in entry.get("weak", [])
]


@pytest.mark.xfail(strict=False, reason="known weakness of stems and compounds")
@pytest.mark.parametrize(("lang", "number", "query"), WEAK)
def test_weak_spots(shelf: Shelf, lang: str, number: int, query: str) -> None:
    assert shelf.finds(query, f"https://example.org/{lang}/{number}")


@pytest.mark.parametrize(
    ("lang", "number", "query", "wanted"),
    CASES,
    ids=[f"{lang}-{number}-{query}" for lang, number, query, _ in CASES],
)
def test_sentences(shelf: Shelf, lang: str, number: int, query: str, wanted: bool) -> None:
    url = f"https://example.org/{lang}/{number}"
    assert shelf.finds(query, url) is wanted, SENTENCES[lang][number]["text"]
