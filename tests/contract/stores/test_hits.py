"""What a search store shows of what it finds."""

from __future__ import annotations

from benchmarks.search.documents import DocumentMaker, Vocabulary
from indexer.query import parse_query
from indexer.query.evaluator import matches
from indexer.records.document import (
    Commodity,
    Event,
    Mention,
    Place,
)
from indexer.stores.base import SearchRequest, Store
from tests.contract.stores.samples import COMPILER, REFERENCE, document, found


def test_a_hit_shows_its_main_event_or_the_one_that_it_is_sorted_by(store: Store) -> None:
    place = Place(city="Astana", country="KZ")
    events = (
        Event("Herbsttreffen", "upcoming", start="2027-10", place=place),
        Event("Frühjahrstreffen", "main", "cancelled", start="2026-03-03", end="2026-03-04"),
        Event("Treffen", "main"),
    )
    store.write([document("a", number=1, events=events), document("a", number=2)])
    by_words = store.search(SearchRequest("a")).hits
    assert {hit.url[-1]: hit.event and hit.event.to_json() for hit in by_words} == {
        "1": {
            "name": "Frühjahrstreffen",
            "start": "2026-03-03",
            "end": "2026-03-04",
            "city": None,
            "country": None,
            "status": "cancelled",
        },
        "2": None,
    }
    first, second = store.search(SearchRequest("a", "event_date")).hits
    assert first.event is not None
    assert (first.event.name, first.event.city) == ("Herbsttreffen", "Astana")
    assert second.event is None


def test_a_hit_names_its_raw_materials(store: Store) -> None:
    named = tuple(Commodity(name, name, name) for name in ("lithium", "antimony"))
    store.write([document("Erz", number=1, commodities=named), document("Erz", number=2)])
    hits = {hit.url[-1]: hit for hit in store.search(SearchRequest("Erz")).hits}
    assert set(hits["1"].commodities) == {"lithium", "antimony"}
    assert hits["2"].commodities == ()
    assert set(hits["1"].to_json()["commodities"]) == {"lithium", "antimony"}


def test_hits_carry_marked_passages(store: Store) -> None:
    long = "Einleitung ohne Belang. " * 30
    store.write([document(f"{long}Am Rande ging es um Lithiumvorkommen. {long}\n\nLithium")])
    hit = store.search(SearchRequest("lithium")).hits[0]
    assert hit.score is not None
    assert len(hit.passages) == 2
    for passage in hit.passages:
        assert len(passage.text) < 330
        assert [passage.text[a:b] for a, b in passage.marks] in (["Lithiumvorkommen"], ["Lithium"])
    by_date = store.search(SearchRequest("lithium", sort="newest")).hits[0]
    assert by_date.score is None


def test_concepts_are_marked_where_extraction_found_them(store: Store) -> None:
    text = "Das weiße Gold bleibt gefragt."
    mention = Mention("commodities", "text", 4, 14, "weiße Gold", "lithium")
    found = Commodity("lithium", "lithium", "weiße Gold")
    store.write([document(text, commodities=(found,), mentions=(mention,))])
    for query in ("литий", "commodity:Lithium"):
        passage = store.search(SearchRequest(query)).hits[0].passages[0]
        assert passage.marks == ((4, 14),)


def test_the_country_of_a_place_is_one_of_the_page_and_the_place_its_evidence(store: Store) -> None:
    text = "Die Kammer tagte in Astana."
    at = text.index("Astana")
    named = Mention("places", "text", at, at + len("Astana"), "Astana", "astana")
    abroad = Event("Sitzung", place=Place(city="Ulaanbaatar", country="MN"))
    store.write(
        [document(text, number=1, mentions=(named,)), document(text, number=2, events=(abroad,))]
    )
    (hit,) = store.search(SearchRequest("country:KZ")).hits
    assert [p.text[a:b] for p in hit.passages for a, b in p.marks] == ["Astana"]
    assert found(store, "country:MN") == ["2"]


def test_a_hit_without_words_shows_the_beginning(store: Store) -> None:
    store.write([document("Der Anfang.", teaser="Der Vorspann.")])
    assert store.search(SearchRequest("source:example")).hits[0].passages[0].text == "Der Vorspann."


def test_hits_are_explained_like_by_the_reference_evaluator(store: Store) -> None:
    maker = DocumentMaker(REFERENCE, Vocabulary.of(60), length=25)
    documents = {d.id: d for d in maker.documents(60)}
    store.write(list(documents.values()))
    for query in ("topic:cluster", "country:KZ OR commodity:lithium", "Rohstoff* -Kupfer"):
        compiled = COMPILER.compile(parse_query(query))
        for hit in store.search(SearchRequest(query, limit=0)).hits:
            explanation = matches(compiled, COMPILER.view(documents[hit.id]))
            assert explanation is not None
            marked = {p.text for p in explanation.passages}
            for passage in hit.passages:
                if passage.marks:
                    assert any(passage.text.strip("…") in text for text in marked)
