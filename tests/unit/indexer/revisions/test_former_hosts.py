"""What was read on a host that the source has left goes on at the same path of another one."""

from __future__ import annotations

from dataclasses import replace

import pytest
import sqlalchemy as sa

from indexer.database import tables
from indexer.frontier.fetches import pending_fetches
from indexer.records.document import Page, document_id
from indexer.records.source import Source
from indexer.revisions.former_hosts import FormerHosts
from tests.unit.indexer.record import HOME, Record

NEW = "https://new.example"
PAGE = Page(url=None, title="Meldung", text="Der Schacht steht.\n\nDie Halde wächst.")
SOURCE = Source(id="partner", name="P", url=NEW, country="DE", languages=("de",))


def leads_to(record: Record, page: Page, source: Source = SOURCE, path: str = "/a") -> str | None:
    """The document to which the address on the new host leads."""
    record.fetch("/a")
    record.read(PAGE)
    record.next_night()
    record.fetch_from(NEW + path)
    (fetch,) = pending_fetches(record.connection, record.extractor, 0, 10)
    FormerHosts(record.connection).lead_here(source, fetch, page, fetch.final_url)
    address = tables.address.c
    query = sa.select(address.document).where(address.url == NEW + path)
    found: str | None = record.connection.execute(query).scalar_one()
    return found


def test_the_same_text_at_the_same_path_is_the_same_document(record: Record) -> None:
    edited = replace(PAGE, text=f"{PAGE.text}\n\nUnd sie blüht.")
    assert leads_to(record, edited) == document_id(f"{HOME}/a")
    old = sa.select(tables.address.c.url).where(tables.address.c.url == f"{HOME}/a")
    assert record.connection.execute(old).first() is None


def test_the_same_text_word_for_word_is_the_same_document_wherever_it_stands(
    record: Record,
) -> None:
    assert leads_to(record, PAGE, path="/b") == document_id(f"{HOME}/a")


def test_not_where_several_pages_had_it(record: Record) -> None:
    record.fetch("/c")
    record.read(PAGE)
    assert leads_to(record, PAGE, path="/b") is None


def test_pages_without_a_text_have_no_words_in_common(record: Record) -> None:
    record.fetch("/c")
    record.read(Page(url=None, title="Die Halde"))
    assert leads_to(record, Page(url=None, title="Das Grubenfest"), path="/b") is None


@pytest.mark.parametrize(
    ("page", "source", "path"),
    [
        (replace(PAGE, text="Die Bahn rollt.\n\nDer Ofen steht."), SOURCE, "/a"),
        (replace(PAGE, text=f"{PAGE.text}\n\nUnd sie blüht."), SOURCE, "/b"),
        (replace(PAGE, published="2026-01-02"), SOURCE, "/b"),
        (PAGE, replace(SOURCE, hosts=("partner.example",)), "/a"),  # it has not left it
    ],
)
def test_anything_else_is_not(record: Record, page: Page, source: Source, path: str) -> None:
    assert leads_to(record, page, source, path) is None
