"""The reader over the packaged tables, and short views of what it finds."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from crawler.parsers.entities import EntityReader
from indexer.records.document import Mention
from indexer.records.reference import Reference, load_reference
from tests.event_texts import entity_reader

Finder = Callable[..., list[tuple[str, str]]]


@pytest.fixture(scope="session")
def reference() -> Reference:
    return load_reference()


@pytest.fixture(scope="session")
def reader() -> EntityReader:
    return entity_reader()


@pytest.fixture(scope="session")
def find(reader: EntityReader) -> Finder:
    """`find(text, lang, field)` → (surface, value) of the mentions of a field."""

    def found(text: str, lang: str | None, field: str) -> list[tuple[str, str]]:
        mentions: list[Mention] = reader.find("text", text, lang)
        assert all(text[m.start : m.end] == m.surface for m in mentions)
        return [(m.surface, str(m.value)) for m in mentions if m.field == field]

    return found
