"""What a search store keeps, replaces and forgets."""

from __future__ import annotations

import dataclasses

from indexer.erasure.retention import without_text
from indexer.records.document import (
    Commodity,
    Event,
)
from indexer.stores.base import SearchRequest, Store
from tests.contract.stores.samples import document, found


def test_a_written_document_is_found_at_once(store: Store) -> None:
    store.write([document("Sitzung der Rohstoff-Dialogplattform in Astana")])
    assert found(store, "Rohstoffdialog") == ["0"]
    assert found(store, "Astana Kupfer") == []


def test_the_highest_revision_wins(store: Store) -> None:
    first = document("alte Fassung")
    second = dataclasses.replace(document("neue Fassung"), revision=2)
    store.write([second])
    store.write([first])
    assert found(store, "neue") == ["0"]
    assert found(store, "alte") == []
    assert store.revisions() == {first.id: 2}
    store.write([first, dataclasses.replace(second, revision=3), second])
    assert store.revisions() == {first.id: 3}
    assert dict(store.iter_revisions()) == {first.id: 3}
    assert list(store.damage()) == []


def test_writing_twice_changes_nothing(store: Store) -> None:
    store.write([document("Fassung")])
    store.write([document("Fassung")])
    assert found(store, "*") == ["0"]


def test_deleted_documents_are_gone(store: Store) -> None:
    store.write([document("eins", number=1), document("zwei", number=2)])
    store.delete([document("", number=1).id, document("", number=9).id])
    assert found(store, "*") == ["2"]
    assert list(store.revisions()) == [document("", number=2).id]


def test_what_was_deleted_for_good_is_found_when_it_comes_back(store: Store) -> None:
    page = document("eins", number=1)
    store.write([dataclasses.replace(page, revision=3), document("zwei", number=2)])
    store.delete([page.id, document("", number=9).id], for_good=True)
    assert found(store, "*") == ["2"]
    store.write([page])
    assert found(store, "eins") == ["1"]
    assert store.revisions() == {page.id: 1, document("", number=2).id: 1}


def test_an_empty_title_is_none(store: Store) -> None:
    store.write([document("Erz", title="")])
    assert store.search(SearchRequest("Erz")).hits[0].title is None


def test_an_empty_store_answers(store: Store) -> None:
    assert store.days("country", ["KZ"]) == {}
    answer = store.search(SearchRequest("lithium", facets=True))
    assert (answer.total, answer.hits, answer.next) == (0, (), None)
    assert store.revisions() == {}


def test_half_characters_of_a_page_are_shown_as_replaced_in_their_place(store: Store) -> None:
    store.write([document("Kupfer \ud83d aus Erz", title="Halb \udfff")])
    (hit,) = store.search(SearchRequest("Erz")).hits
    (passage,) = hit.passages
    assert (hit.title, passage.text) == ("Halb \ufffd", "Kupfer \ufffd aus Erz")
    assert [passage.text[start:end] for start, end in passage.marks] == ["Erz"]


def test_a_text_that_may_no_longer_be_kept_is_not_found_but_what_it_named_is(store: Store) -> None:
    whole = document(
        "Das Zuschlagwerk verarbeitet Lithium.",
        title="Meldung aus Almaty",
        teaser="Kurz gesagt: Zuschlag.",
        commodities=(Commodity("lithium", "Lithium", "Lithium"),),
        events=(Event("Rohstofftag", start="2026-05-03"),),
    )
    store.write([whole])
    assert found(store, "Zuschlagwerk") == found(store, "Zuschlag") == ["0"]
    left = dataclasses.replace(whole, revision=2, page=without_text(whole.page))
    store.write([left])
    for query in ("Zuschlagwerk", "Zuschlag", "verarbeitet"):
        assert found(store, query) == []
    for query in ("Almaty", "commodity:lithium", "event_date:2026-05", "has:event"):
        assert found(store, query) == ["0"]
    (hit,) = store.search(SearchRequest("commodity:lithium")).hits
    assert not any("Zuschlag" in p.text or "verarbeitet" in p.text for p in hit.passages)
    store.delete([whole.id])
    assert found(store, "Almaty") == []
    assert whole.id not in store.revisions()
