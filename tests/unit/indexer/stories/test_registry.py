"""Stories of documents over several nights: joined, kept, and without an encoder."""

from __future__ import annotations

import sqlalchemy as sa

from indexer.database import tables
from indexer.documents.queries import current_documents, iter_documents
from indexer.meaning.packing import ENCODER_VERSION
from indexer.records.document import DocumentId, Page, StoredDocument
from indexer.stories.registry import enter_stories
from tests.unit.indexer.record import Record
from tests.word_encoder import BrokenEncoder, WordEncoder

ENCODER = WordEncoder(
    {"erz": "ore", "quert": "crosses", "das": "the", "meer": "sea", "mit": "with", "zug": "train"}
)
GERMAN = Page(None, lang="de", title="Erz quert das Meer", text="34 Wagen. Mit Zug, das Erz.")
ENGLISH = Page(None, lang="en", title="Ore crosses the sea", text="34 Wagen. With train, the ore.")
OTHER = Page(None, lang="en", title="A museum opens", text="There are 12 new paintings.")


def night(record: Record, **pages: Page) -> None:
    """What is read from the sites of that name."""
    record.next_night()
    for site in pages:
        record.fetch_from(url(site))
    record.read(*pages.values())


def url(site: str) -> str:
    return f"https://{site}.example/news"


def stories(record: Record) -> dict[str, str]:
    """Site → site that told its story first."""
    found = list(iter_documents(record.connection, current_documents()))
    sites = {row.id: row.url.removeprefix("https://").partition(".")[0] for row in found}
    return {sites[row.id]: sites[DocumentId(row.story or row.id)] for row in found}


def documents(record: Record) -> dict[str, StoredDocument]:
    found = iter_documents(record.connection, current_documents())
    return {document.url: document.to_store() for document in found}


def test_a_translation_joins_the_story_that_came_first(record: Record) -> None:
    night(record, one=GERMAN, two=OTHER)
    assert enter_stories(record.connection, ENCODER) == 2
    night(record, three=ENGLISH)
    assert enter_stories(record.connection, ENCODER) == 1
    assert stories(record) == {"one": "one", "two": "two", "three": "one"}


def test_what_was_looked_at_is_not_looked_at_again(record: Record) -> None:
    night(record, one=GERMAN)
    encoder = WordEncoder()
    assert [enter_stories(record.connection, encoder) for _ in range(2)] == [1, 0]
    encoded = encoder.encoded
    night(record, one=OTHER)
    assert enter_stories(record.connection, encoder) == 1
    assert encoder.encoded > encoded


def test_vectors_and_story_come_with_the_document(record: Record) -> None:
    night(record, one=GERMAN)
    assert documents(record)[url("one")].story is None
    enter_stories(record.connection, ENCODER)
    document = documents(record)[url("one")]
    assert document.story == document.id
    assert document.vectors[0].vector == ENCODER.encode([f"{GERMAN.title}\n{GERMAN.text}"])[0]
    old = sa.update(tables.document_story).values(encoder=ENCODER_VERSION - 1)
    record.connection.execute(old)
    assert documents(record)[url("one")].vectors == ()
    assert enter_stories(record.connection, ENCODER) == 1


def test_without_an_encoder_there_are_stories_and_later_vectors(record: Record) -> None:
    night(record, one=GERMAN, two=ENGLISH)
    assert enter_stories(record.connection, None) == 2
    assert enter_stories(record.connection, None) == 0
    assert stories(record) == {"one": "one", "two": "two"}
    assert enter_stories(record.connection, ENCODER) == 2
    assert documents(record)[url("two")].vectors


def test_a_shared_story_is_kept_whatever_a_page_says_later(record: Record) -> None:
    night(record, one=GERMAN, two=ENGLISH)
    enter_stories(record.connection, ENCODER)
    night(record, two=OTHER)
    enter_stories(record.connection, ENCODER)
    assert stories(record) == {"one": "one", "two": "one"}


def test_pages_that_tell_no_news_and_empty_ones_are_stories_of_their_own(record: Record) -> None:
    listing = Page(None, lang="de", title=GERMAN.title, text=GERMAN.text, kind="listing")
    night(record, one=GERMAN, two=listing, three=Page(None, lang="de"))
    assert enter_stories(record.connection, ENCODER) == 3
    assert stories(record) == {"one": "one", "two": "two", "three": "three"}
    assert enter_stories(record.connection, ENCODER) == 0


def test_a_run_that_is_stopped_goes_on_later(record: Record) -> None:
    night(record, one=GERMAN)
    assert enter_stories(record.connection, ENCODER, stopped=lambda: True) == 0
    assert enter_stories(record.connection, ENCODER) == 1


def test_an_encoder_that_fails_leaves_stories_to_words_until_it_works_again(record: Record) -> None:
    night(record, one=GERMAN, two=ENGLISH)
    assert enter_stories(record.connection, BrokenEncoder()) == 2
    assert stories(record) == {"one": "one", "two": "two"}
    assert enter_stories(record.connection, ENCODER) == 2
