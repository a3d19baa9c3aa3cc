"""Every commodity and country is found in each language by its names in the others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from crawler.parsers.raw_page import RawPage
from indexer.query import QueryCompiler
from indexer.records.document import StoredDocument, document_id
from indexer.records.reference import Reference, load_reference
from indexer.stores.base import SearchRequest
from indexer.stores.embedded import EmbeddedStore
from tests.page_reader import packaged_reader

pytestmark = pytest.mark.slow

SENTENCES = {
    "en": "The report deals with {}. Three companies took part in the survey.",
    "de": "Im Bericht geht es um {}. Drei Unternehmen nahmen an der Umfrage teil.",
    "ru": "Доклад посвящён теме: {}. В опросе участвовали три компании.",
    "kk": "Баяндама тақырыбы: {}. Сауалнамаға үш компания қатысты.",
    "ky": "Баяндаманын темасы: {}. Сурамжылоого үч компания катышты.",
    "uz": "Maʼruza mavzusi: {}. Soʻrovda uchta kompaniya qatnashdi.",
    "tg": "Мавзӯи маърӯза: {}. Дар пурсиш се ширкат иштирок карданд.",
    "mn": "Илтгэлийн сэдэв: {}. Санал асуулгад гурван компани оролцов.",
    "fr": "Le rapport traite de {}. Trois entreprises ont participé à l'enquête.",
    "native": "{}.",
}

Names = Mapping[str, tuple[str, ...]]


def tables(reference: Reference) -> Iterator[tuple[str, str, Names]]:
    """Field, id and names of everything that is looked for."""
    for commodity in reference.commodities.values():
        yield "commodity", commodity.id, commodity.names
    for place in reference.places.values():
        if place.kind == "country":
            yield "country", place.country or place.id.upper(), place.names


def ambiguous(reference: Reference) -> set[str]:
    """Labels that are ordinary words too: as a query they stand for themselves."""
    return {
        label.casefold()
        for words in reference.languages.values()
        for label in words.get("search", {}).get("ambiguous_labels", ())
    }


@dataclass
class Library:
    """One page for each name of each concept, and the store that holds them."""

    reference: Reference
    store: EmbeddedStore
    pages: dict[tuple[str, str], dict[str, str]]
    """Field and id → document → the name that stands on it."""

    def found(self, query: str) -> set[str]:
        hits = self.store.search(SearchRequest(query, limit=0)).hits
        return {str(hit.id) for hit in hits}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    reference = load_reference()
    reader = packaged_reader()
    store = EmbeddedStore(
        tmp_path_factory.mktemp("index"), QueryCompiler(reference, {}), writable=True
    )
    pages: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    documents = []
    for field, identifier, names in tables(reference):
        for language, labels in names.items():
            for label in labels:
                url = f"https://example.org/{field}/{identifier}/{language}/{label}"
                given = language if language != "native" else None
                raw = RawPage(text=SENTENCES[language].format(label), url=url, lang=given)
                page = reader.read_draft(raw)  # no event is asked for
                key = document_id(url)
                documents.append(
                    StoredDocument(key, url, "test", 1, datetime(2026, 1, 1, tzinfo=UTC), page)
                )
                pages[field, identifier][key] = f"{language}: {label}"
    store.write(documents)
    yield Library(reference, store, pages)
    store.close()


def test_by_id(library: Library) -> None:
    missed = [
        f"{field}:{identifier} on {pages[key]}"
        for (field, identifier), pages in library.pages.items()
        for key in pages.keys() - library.found(f"{field}:{identifier}")
    ]
    unsure = ambiguous(library.reference)
    assert [m for m in missed if m.split(": ", 1)[1].casefold() not in unsure] == []


def test_by_the_names_in_all_languages(library: Library) -> None:
    unsure = ambiguous(library.reference)
    missed = []
    for field, identifier, names in tables(library.reference):
        pages = library.pages[field, identifier]
        wanted = {k: n for k, n in pages.items() if n.split(": ", 1)[1].casefold() not in unsure}
        for label in {label for labels in names.values() for label in labels}:
            if label.casefold() in unsure:
                continue
            quoted = label.replace('"', "")
            lost = wanted.keys() - library.found(f'"{quoted}"')
            missed += [f"{label!r} does not find {wanted[key]!r}" for key in lost]
    assert sorted(missed) == []


def test_the_tables_are_covered(library: Library) -> None:
    assert sum(len(pages) for pages in library.pages.values()) > 1_000
    assert {field for field, _ in library.pages} == {"commodity", "country"}
