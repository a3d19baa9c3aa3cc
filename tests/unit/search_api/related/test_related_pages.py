from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType

import pytest

from indexer.events.queries import EventHistoryOf, LinkedDocument
from indexer.meaning.passages import encode_pages
from indexer.query import QueryCompiler, parse_query
from indexer.records.document import (
    Event,
    Mention,
    Page,
    Person,
    Place,
    StoredDocument,
    document_id,
)
from indexer.records.reference import load_reference
from indexer.stores.embedded import EmbeddedStore
from search_api.parameters import QUERY_LIMIT
from search_api.ports import DocumentHistory, DocumentView
from search_api.related.related_pages import RelatedPages, names_query
from tests.word_encoder import WordEncoder

SEEN = datetime(2026, 3, 1, tzinfo=UTC)
ENCODER = WordEncoder({"bergleute": "miners", "streiken": "strike", "schacht": "shaft"})
COMPILER = QueryCompiler(load_reference(), {}, ENCODER)
NOTHING: Mapping[str, str] = MappingProxyType({})
STRIKE = "Miners strike at the shaft of Ostgrube over their wages."


@pytest.fixture
def store(tmp_path: Path) -> Iterator[EmbeddedStore]:
    made = EmbeddedStore(tmp_path / "index", COMPILER, writable=True)
    yield made
    made.close()


def page(name: str, text: str, lang: str = "en", named: Mapping[str, str] = NOTHING) -> Page:
    """A page, and what it names: surface → field."""
    mentions = tuple(
        Mention(field, "text", at, at + len(surface), surface, surface)
        for surface, field in named.items()
        if (at := text.index(surface)) >= 0
    )
    return Page(f"https://{name}.example/news", lang=lang, text=text, mentions=mentions)


def stored(page: Page, story: str | None = None) -> StoredDocument:
    url = page.url or ""
    told = document_id(f"https://{story}.example/news") if story else None
    (vectors,) = encode_pages(ENCODER, [page])
    return StoredDocument(document_id(url), url, "a", 1, SEEN, page, told, vectors)


def view(document: StoredDocument, *linked: StoredDocument, meaning: bool = True) -> DocumentView:
    events = {0: EventHistoryOf("e", tuple(map(_linked, linked)))} if linked else {}
    return DocumentView(
        document.id,
        document.page,
        document.source,
        document.revision,
        SEEN,
        SEEN,
        None,
        story=document.story,
        meaning=document.vectors[0].vector if meaning else None,
        history=DocumentHistory(events=events),
    )


def _linked(document: StoredDocument) -> LinkedDocument:
    return LinkedDocument(document.id, document.url, None, None, "main", None)


def related(store: EmbeddedStore, view: DocumentView, limit: int = 9) -> list[tuple[str, str]]:
    found = RelatedPages(store).of(view, limit)
    return [(page.hit.url.split("/")[2].split(".")[0], page.relation) for page in found]


def test_story_event_and_subject_in_this_order_without_the_page_itself(
    store: EmbeddedStore,
) -> None:
    own = stored(page("own", STRIKE), "own")
    reprint = stored(page("reprint", STRIKE), "own")
    event = stored(page("event", "The hall of paintings opens on Friday."))
    german = stored(page("german", "Bergleute streiken am Schacht Ostgrube.", "de"), "german")
    again = stored(page("again", "Bergleute streiken am Schacht Ostgrube heute.", "de"), "german")
    other = stored(page("other", "The museum sells its pictures to a bank."))
    store.write([own, reprint, event, german, again, other])
    assert related(store, view(own, event)) == [
        ("reprint", "story"),
        ("event", "event"),
        ("german", "subject"),
    ]
    assert related(store, view(own, event), 2) == [("reprint", "story"), ("event", "event")]
    assert related(store, view(own, event), 1) == [("reprint", "story")]


def test_the_passage_that_is_near_is_shown(store: EmbeddedStore) -> None:
    own = stored(page("own", STRIKE))
    long = stored(page("long", f"The bank lends money to a theatre again.\n\n{STRIKE}"))
    store.write([own, long])
    (found,) = RelatedPages(store).of(view(own), 5)
    assert [passage.text for passage in found.hit.passages] == [STRIKE]


NAMED = {"Ostgrube": "places", "Paula Sandberg": "persons", "lithium": "commodities"}
NAMES = "Paula Sandberg looks for lithium in Ostgrube."


def test_without_vectors_pages_with_the_same_names_are_related(store: EmbeddedStore) -> None:
    own = stored(page("own", NAMES, named=NAMED))
    same = stored(page("same", "Паула Сандберг: литий", "ru", {"Паула Сандберг": "persons"}))
    only = stored(page("only", "Prices of lithium fall.", named={"lithium": "commodities"}))
    many = [stored(page(f"price-{n}", f"More on lithium, part {n}.")) for n in range(8)]
    store.write([replace(document, vectors=()) for document in (own, same, only, *many)])
    assert related(store, view(own, meaning=False)) == [("same", "subject")]


def test_a_page_that_names_nothing_has_no_subject(store: EmbeddedStore) -> None:
    own = stored(page("own", STRIKE))
    store.write([own, stored(page("other", STRIKE))])
    assert related(store, view(own, meaning=False)) == []


def test_a_query_for_names_is_one_that_can_be_asked() -> None:
    text = 'ОАО «Рудник» "x" ' + " ".join(f"Name{n}" * 20 for n in range(40))
    named = dict.fromkeys(text.split(), "organisations") | {"«": "organisations"}
    event = Event("Forum", series='Forum "Erze"', place=Place(city="X"), persons=(Person("A. B"),))
    made = replace(page("own", text, named=named), events=(event,))
    query = names_query(made)
    assert len(query) <= QUERY_LIMIT
    assert COMPILER.compile(parse_query(query))
    assert names_query(page("empty", "nothing")) == ""


def test_names_without_words_and_endless_names_are_left_out() -> None:
    persons = (Person("—"), Person("A" * QUERY_LIMIT), Person("Anna Weber"))
    event = Event("Forum", series="***", persons=persons)
    made = replace(page("own", "nothing"), events=(event,))
    assert names_query(made) == 'person:"Anna Weber"'
