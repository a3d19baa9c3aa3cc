"""Passages compared by meaning with what other documents say."""

from __future__ import annotations

import pytest

from indexer.records.document import Page
from indexer.stories.retellings import Retellings
from tests.unit.indexer.record import Record
from tests.word_encoder import BrokenEncoder, WordEncoder

TEXT = "Das Erz quert das Meer.\n\nEin Cluster entsteht in Aktau."


def test_a_passage_is_found_again_in_other_words(record: Record) -> None:
    encoder = WordEncoder({"erz": "ore", "quert": "crosses", "das": "the", "meer": "sea"})
    record.fetch("/a")
    record.read(Page(None, lang="de", title="Meldung", text=TEXT))
    document = record.connection.exec_driver_sql("select id from document").scalar_one()
    retellings = Retellings(record.connection, encoder)
    assert retellings.retells("The ore crosses the sea.", [document])
    encoded = encoder.encoded
    assert not retellings.retells("A law on mining is on its way.", [document])
    assert encoder.encoded == encoded + 1  # the document was not encoded again


def test_a_passage_is_encoded_and_compared_once_however_many_ask(record: Record) -> None:
    encoder = WordEncoder()
    for path in ("/a", "/b"):
        record.fetch(path)
    record.read(Page(None, lang="de", text=TEXT), Page(None, lang="de", text="Ein Gesetz gilt."))
    documents = record.connection.exec_driver_sql("select id from document order by url")
    cluster, law = documents.scalars()
    retellings = Retellings(record.connection, encoder)
    asked = "Ein Cluster entsteht in Aktau."
    assert retellings.retells(asked, [cluster])
    encoded = encoder.encoded
    assert retellings.retells(asked, [cluster])
    assert not retellings.retells(asked, [law])  # another page is another question
    assert retellings.retells(asked, [law, cluster])
    assert encoder.encoded == encoded + 1  # of the page with the law


def test_what_was_asked_is_forgotten_before_it_takes_much_room(
    record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("indexer.stories.retellings.MOST_ASKED", 2)
    encoder = WordEncoder()
    retellings = Retellings(record.connection, encoder)
    for text in ("one", "two", "three", "one"):
        assert not retellings.retells(text, [])
    assert encoder.encoded == 4


def test_without_another_document_nothing_is_known(record: Record) -> None:
    retellings = Retellings(record.connection, WordEncoder())
    assert not retellings.retells("A law.", [])
    assert not retellings.retells("A law.", ["0" * 16])


def test_where_the_encoder_fails_nothing_is_known_in_other_words(record: Record) -> None:
    record.fetch("/a")
    record.read(Page(None, lang="de", title="Meldung", text=TEXT))
    document = record.connection.exec_driver_sql("select id from document").scalar_one()
    retellings = Retellings(record.connection, BrokenEncoder())
    assert not retellings.retells("Das Erz quert das Meer.", [document])
