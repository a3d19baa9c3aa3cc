"""What every search store must do; each case runs against each store."""

from __future__ import annotations

import dataclasses
import random
import struct
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from benchmarks.documents import DocumentMaker, Vocabulary
from indexer.erasure.retention import without_text
from indexer.query import QueryCompiler, parse_query
from indexer.query.compiled import CompiledNode
from indexer.query.evaluator import PageView, holds, matches
from indexer.query.fields import FACETS
from indexer.query.same_passage import decide, has_same_passage
from indexer.query.topics import Topic
from indexer.records.document import (
    Commodity,
    Event,
    Mention,
    Page,
    Person,
    Place,
    StoredDocument,
    document_id,
)
from indexer.records.errors import QueryError
from indexer.records.reference import load_reference
from indexer.stores import embedded
from indexer.stores.base import SORTS, FacetValue, SearchRequest, Sort, Store
from indexer.stores.cursor import encode_cursor
from indexer.stores.elastic import store as elastic_store
from indexer.stores.entry import make_entry
from indexer.stores.facets import most_values
from indexer.stores.prepared import FindViews
from indexer.stores.request_checks import restrict
from tests.contract.every_store import KINDS, StorePlace

REFERENCE = load_reference()
TOPIC = Topic(
    "cluster",
    "Clusters",
    {"de": ("Clusterstrategie", '"Cluster Politik"'), "ru": ("кластер*",)},
    {"en": ("Kupferprojekt",)},
)


def random_topics(number: int) -> dict[str, Topic]:
    """Topics whose terms ask for words beside each other, and exclude others."""
    chance = random.Random(5)
    maker = DocumentMaker(REFERENCE, Vocabulary.of(60), length=25)

    def word() -> str:
        return maker.word(chance.choice(("de", "en", "ru")))

    def term() -> str:
        return chance.choice(
            (
                word(),
                f"{word()} AND {word()}",
                f"{word()} -{word()}",
                f"({word()} OR {word()}) AND NOT ({word()} AND {word()})",
                f"commodity:lithium AND {word()}",
                f"{word()} AND (kind:event OR lang:de)",
            )
        )

    return {
        f"random-{n}": Topic(
            f"random-{n}",
            f"Topic {n}",
            {"de": tuple(term() for _ in range(chance.randint(1, 4)))},
            {"de": tuple(term() for _ in range(chance.randint(0, 3)))},
            within="sentence" if n % 4 == 3 else "passage",
        )
        for n in range(number)
    }


TOPICS = random_topics(20)
COMPILER = QueryCompiler(REFERENCE, {"cluster": TOPIC, **TOPICS})


@pytest.fixture(params=KINDS)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    made = StorePlace(request.param, request, tmp_path, COMPILER).open()
    yield made
    made.close()


def document(
    text: str, lang: str | None = "de", *, number: int = 0, **page: object
) -> StoredDocument:
    url = f"https://example.org/{number}"
    given: dict[str, object] = {"title": "Meldung", **page}
    return StoredDocument(
        document_id(url),
        url,
        "example",
        1,
        datetime(2026, 1, 1, tzinfo=UTC),
        Page(url=url, text=text, lang=lang, **given),  # type: ignore[arg-type]
    )


def float_bits(number: str) -> int:
    return int.from_bytes(struct.pack(">d", float(number)))


def found(store: Store, query: str, **request: object) -> list[str]:
    result = store.search(SearchRequest(query, limit=0, **request))  # type: ignore[arg-type]
    assert result.total == len(result.hits)
    return [hit.url.rsplit("/", 1)[1] for hit in result.hits]


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


def test_no_phrase_reaches_from_one_passage_into_the_next(store: Store) -> None:
    store.write([document("rote Erde\n\nblauer Himmel", title="grün", teaser="rote Seltene")])
    assert found(store, '"rote Erde"') == ["0"]
    assert found(store, '"Erde blauer"') == []
    assert found(store, '"Seltene rote"') == []


def test_title_and_text_are_fields_of_their_own(store: Store) -> None:
    store.write([document("Kupfer", title="Zink", teaser="Nickel")])
    assert found(store, "title:Zink text:Kupfer text:Nickel") == ["0"]
    assert found(store, "title:Kupfer OR text:Zink") == []


@pytest.mark.parametrize(
    ("lang", "name", "text", "word"),
    [
        ("uk", "українська", "Служба видала мапу родовищ", "родовищ"),
        ("pl", "polski", "Służba wydała mapę złóż", "złóż"),
        ("cs", "čeština", "Služba vydala mapu ložisek", "ložisek"),
        ("tr", "Türkçe", "Kurum yatakların haritasını yayımladı", "haritasını"),
        ("it", "italiano", "La mappa dei giacimenti è uscita", "giacimenti"),
        ("es", "español", "El mapa de yacimientos salió en marzo", "yacimientos"),
        ("sv", "svenska", "Kartan över fyndigheter är här", "fyndigheter"),
        ("fi", "suomi", "Kartta esiintymistä julkaistiin", "esiintymistä"),
    ],
)
def test_a_document_in_a_language_without_stems_is_found_as_it_is_written(
    store: Store, lang: str, name: str, text: str, word: str
) -> None:
    store.write([document(text, lang, title=None), document(text, "en", number=1, title=None)])
    assert found(store, f"{word} lang:{name}") == ["0"]
    assert found(store, f'"{text}" lang:{lang}') == ["0"]


def test_words_in_the_title_count_more(store: Store) -> None:
    store.write(
        [
            document("Bericht über Wasserwege und Handel", number=1, title="Häfen"),
            document("Bericht über Häfen und Handel", number=2, title="Wasserwege"),
        ]
    )
    assert found(store, "Häfen") == ["1", "2"]


def test_event_dates_are_compared_event_by_event(store: Store) -> None:
    """A document with events in May and September has none in July or from May to September."""
    events = (
        Event("eins", start="2015-05-03", end="2015-05-05"),
        Event("zwei", start="2015-09", status="cancelled"),
    )
    store.write([document("x", events=events)])
    assert found(store, "event_date:2015-07") == []
    assert found(store, "event_date:[2015-05-06 TO 2015-08-31]") == []
    for query in ("2015-05", "2015-05-04", "2015-09-30", "2015-autumn", "2015"):
        assert found(store, f"event_date:{query}") == ["0"], query
    assert found(store, "event_date:[* TO 2015-05-03]") == ["0"]
    assert found(store, "event_date:[2015-09-30 TO *] status:cancelled has:event") == ["0"]


def test_beside_sure_yes_only_what_events_surely_state_answers(store: Store) -> None:
    text = "Forum Erz in Astana\n\nEs kam Anna Berg von der Kammer Nord"
    person = Person("Anna Berg", organisation="Kammer Nord")
    event = Event(
        "Forum Erz",
        series="Forum Erz",
        status="held",
        start="2026-03-03",
        end="2026-03-05",
        place=Place(city="Astana", country="KZ"),
        persons=(person,),
    )

    def stated(path: str, surface: str, value: str, sure: float) -> Mention:
        at = text.index(surface)
        return Mention(f"events[0].{path}", "text", at, at + len(surface), surface, value, sure)

    def telling(sure: Mapping[str, float]) -> tuple[Mention, ...]:
        return (
            stated("name", "Forum Erz", "Forum Erz", sure.get("name", 0.7)),
            stated("series", "Forum Erz", "Forum Erz", sure.get("series", 0.7)),
            stated("start", "Erz", "2026-03-03", sure.get("start", 0.7)),
            stated("end", "Erz", "2026-03-05", sure.get("end", 0.7)),
            stated("place.city", "Astana", "Astana", sure.get("city", 0.7)),
            stated("place.country", "Astana", "KZ", sure.get("city", 0.7)),
            stated("persons[0].name", "Anna Berg", "Anna Berg", sure.get("person", 0.7)),
            stated("persons[0].organisation", "Kammer Nord", "Kammer Nord", 0.7),
            Mention("places", "text", 13, 19, "Astana", "astana", 0.95),
            Mention("persons", "text", 29, 38, "Anna Berg", "Anna Berg", 0.95),
        )

    readings = (
        {"name": 0.9, "city": 0.95},
        {"series": 0.9, "start": 0.99},
        {"start": 0.9, "end": 0.9, "person": 0.9},
        {},
    )
    store.write(
        [
            document(text, number=n, events=(event,), mentions=telling(sure))
            for n, sure in enumerate(readings)
        ]
    )
    every = ["0", "1", "2", "3"]
    for query, answers in {
        "sure:yes": ["0"],
        "Astana sure:yes": ["0"],
        "event:Forum sure:yes": ["0"],
        "status:held sure:yes": ["0"],
        'series:"Forum Erz" sure:yes': ["1"],
        "event_date:2026-03-03 sure:yes": ["1", "2"],
        "event_date:[2026-03-04 TO 2026-04] sure:yes": ["2"],
        "event_month:2026-03 sure:yes": ["1", "2"],
        "place:Astana sure:yes": ["0"],
        "place:asta* sure:yes": ["0"],
        "country:KZ sure:yes": ["0"],
        "person:Berg sure:yes": ["2"],
        'person:"Анна Берг" sure:yes': ["2"],
        'organisation:"Kammer Nord" sure:yes': [],
        "has:date sure:yes": ["1", "2"],
        "has:person sure:yes": ["2"],
        "(person:Berg OR place:Astana) sure:yes": ["0", "2"],
        "(person:Berg sure:yes) OR (place:Astana sure:yes)": ["0", "2"],
        "(person:Berg sure:yes) place:Astana": ["2"],
        "(person:Berg OR Kammer) sure:yes": ["0", "2"],
        "Kammer (person:Berg OR Anna) sure:yes": ["0", "2"],
        "sure:yes sure:yes": ["0"],
        "sure:yes -person:Berg": [],
        "-sure:yes": ["1", "2", "3"],
        'NOT (series:"Forum Erz" sure:yes)': ["0", "2", "3"],
    }.items():
        assert sorted(found(store, query)) == answers, query
        without = query.replace("-sure:yes", "*").replace("sure:yes", "").strip()
        if "-person" not in query and "NOT" not in query:
            assert sorted(found(store, without or "*")) == every, without
    passage = store.search(SearchRequest("place:Astana sure:yes")).hits[0].passages[0]
    assert passage.marks == ((13, 19),)


def test_partial_publication_dates_overlap(store: Store) -> None:
    store.write(
        [
            document("a", number=1, published="2015-06"),
            document("b", number=2, published="2015-07-01"),
            document("c", number=3),
        ]
    )
    assert found(store, "published:2015-06-30") == ["1"]
    assert sorted(found(store, "published:2015")) == ["1", "2"]
    assert found(store, "published:[2015-07 TO *]") == ["2"]
    assert found(store, "*", published_from="2015-07") == ["2"]
    assert found(store, "*", published_to="2015-06-15") == ["1"]
    assert found(store, "*", sort="newest") == ["2", "1", "3"]


def test_event_date_sorts_by_the_latest_event_and_undated_documents_come_last(store: Store) -> None:
    early = (Event("a", start="2014"), Event("b", start="2016-02"))
    store.write(
        [
            document("a", number=1),
            document("b", number=2, events=early),
            document("c", number=3, events=(Event("c", start="2015-12-31"),)),
        ]
    )
    assert found(store, "*", sort="event_date") == ["2", "3", "1"]


def test_a_hit_shows_its_main_event_or_the_one_that_it_is_sorted_by(store: Store) -> None:
    place = Place(city="Astana", country="KZ")
    events = (
        Event("Herbsttreffen", "upcoming", start="2027-10", place=place),
        Event("Frühjahrstreffen", "main", start="2026-03-03", end="2026-03-04"),
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
        },
        "2": None,
    }
    first, second = store.search(SearchRequest("a", "event_date")).hits
    assert first.event is not None
    assert (first.event.name, first.event.city) == ("Herbsttreffen", "Astana")
    assert second.event is None


def test_persons_series_years_and_months_of_events_are_facets(store: Store) -> None:
    events = (
        Event(
            "7. Erztag", series="Erztag", start="2026-03-03", persons=(Person("Ира Ли", "Рук."),)
        ),
        Event("Treffen", start="2026"),
    )
    mention = Mention("persons", "text", 0, 9, "Anna Berg", "Anna Berg")
    store.write(
        [
            document(
                "Anna Berg", number=1, events=events, published="2026-01", mentions=(mention,)
            ),
            document("Anna Berg", number=2, published="undated"),
        ]
    )
    facets = store.search(SearchRequest("Anna", facets=True)).facets
    assert {f: [v.label for v in facets[f]] for f in ("person", "series", "year")} == {
        "person": ["Anna Berg", "Ира Ли"],
        "series": ["Erztag"],
        "year": ["2026"],
    }
    assert [v.value for v in facets["event_month"]] == ["2026-03"]
    assert found(store, "event_month:2026-03 year:2026") == ["1"]
    assert found(store, "Anna", filters={"person": ("Ира Ли",)}) == ["1"]


def named(number: int, lang: str, field: str, text: str) -> StoredDocument:
    mention = Mention(field, "text", 0, len(text), text, text)
    return document(text, lang, number=number, mentions=(mention,))


def test_names_are_one_value_in_all_scripts_cases_and_languages(store: Store) -> None:
    store.write(
        [
            named(1, "ru", "persons", "Аскар Токобаев"),
            named(2, "de", "persons", "Askar Tokobajew"),
            named(3, "en", "persons", "Askar Tokobajew"),
            named(4, "ru", "strategies", "стратегию развития кластеров"),
            named(5, "ru", "strategies", "стратегия развития кластеров"),
            named(6, "de", "strategies", "Nationale Clusterstrategie Kasachstans"),
            named(7, "ru", "strategies", "национальной кластерной стратегии"),
            named(8, "ru", "organisations", "Института геологии"),
            named(9, "ru", "strategies", "стратегия развития кластеров"),
        ]
    )
    result = store.search(SearchRequest("*", facets=True))
    people, strategies = result.facets["person"], result.facets["strategy"]
    assert [(v.label, v.count) for v in people] == [("Askar Tokobajew", 3)]
    assert (strategies[0].label, strategies[0].count) == ("стратегия развития кластеров", 3)
    assert "kz-cluster" in [v.value for v in strategies]
    for field in ("person", "strategy", "organisation"):
        assert store.values(field) == result.facets[field]
        for value in result.facets[field]:
            assert len(found(store, "*", filters={field: (value.value,)})) == value.count
            assert len(found(store, "*", filters={field: (value.label,)})) == value.count
    chosen = store.search(
        SearchRequest("*", filters={"person": ("Tokobayev Askar", "Аскар Токобаев")})
    ).chosen
    assert chosen == {"person": (people[0].value,)}


def test_what_is_said_of_raw_materials_is_found_in_all_languages(store: Store) -> None:
    """What was asked for comes first."""
    said = {
        1: ("de", "Die Lithiumförderung im Oberrheingraben ruht."),
        2: ("en", "They stopped lithium mining in the east."),
        3: ("ru", "Добыча лития на востоке остановлена."),
        4: ("en", "Lithium is in short supply. The mining museum is open."),
    }
    store.write([document(text, lang, number=n) for n, (lang, text) in said.items()])
    assert found(store, "Lithiumförderung")[0] == found(store, "Lithiumförderung lang:de")[0]
    assert set(found(store, "добыча лития")) == set(found(store, "Lithiumförderung"))
    assert len(found(store, "Lithiumförderung")) == 3
    assert len(found(store, "lithium mining")) == 4
    assert found(store, "-Lithiumförderung") == found(store, "museum")


def test_a_person_is_asked_for_in_any_script(store: Store) -> None:
    store.write([named(1, "ru", "persons", "Аскар Токобаев"), document("Токобаев", number=2)])
    for query in ("person:Tokobajew", 'person:"Askar Tokobayev"', "person:Токобаев"):
        assert found(store, query) == ["1"]
    passage = store.search(SearchRequest('person:"Askar Tokobayev"')).hits[0].passages[0]
    assert passage.marks == ((0, 14),)


def test_who_is_named_by_an_initial_counts_as_the_person_named_in_full(store: Store) -> None:
    key = COMPILER.naming.value("person", "A. Weber")
    short = dataclasses.replace(
        named(1, "de", "persons", "A. Weber"), full_names={key: "Anna Weber"}
    )
    others = [named(2, "de", "persons", "Anna Weber"), named(3, "de", "persons", "A. Weber")]
    for written in (short, *others):
        store.write([written])
    people = store.search(SearchRequest("*", facets=True)).facets["person"]
    assert [(v.label, v.count) for v in people] == [("Anna Weber", 2), ("A. Weber", 1)]
    assert store.values("person") == people
    anna, initial = (value.value for value in people)
    assert sorted(found(store, "*", filters={"person": (anna,)})) == ["1", "2"]
    assert found(store, "*", filters={"person": (initial,)}) == ["3"]
    assert sorted(found(store, 'person:"Anna Weber"')) == ["1", "2"]
    assert sorted(found(store, 'person:"A. Weber"')) == ["1", "3"]
    marked = store.search(SearchRequest('person:"Anna Weber"')).hits
    assert all(hit.passages[0].marks for hit in marked)


def test_bodies_and_persons_of_events_are_values(store: Store) -> None:
    person = Person("Ира Ли", organisation="Палата геологии")
    event = Event("Форум", organisers=("BGR",), persons=(person,))
    store.write([document("Text", events=(event,))])
    facets = store.search(SearchRequest("*", facets=True)).facets
    assert {v.label for v in facets["organisation"]} == {
        "Federal Institute for Geosciences and Natural Resources",
        "Палата геологии",
    }


def test_every_value_of_a_field_is_told_for_news(store: Store) -> None:
    assert list(store.values("country")) == []
    store.write(
        [
            document("a", number=1, countries=("KZ", "DE")),
            document("b", number=2, countries=("KZ",)),
            document("c", number=3, countries=("MN",), kind="listing"),
        ]
    )
    assert [(v.value, v.label, v.count) for v in store.values("country")] == [
        ("KZ", "Kazakhstan", 2),
        ("DE", "Germany", 1),
    ]


def test_without_words_the_newest_come_first(store: Store) -> None:
    days = ("2015-01-02", "2016-01-01", "2014")
    store.write([document("a", number=n, published=day) for n, day in enumerate(days)])
    assert found(store, "source:example") == ["1", "0", "2"]
    assert store.search(SearchRequest("*")).hits[0].score is None


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
    page = {"commodities": (Commodity("lithium", "lithium", "weiße Gold"),), "mentions": (mention,)}
    store.write([document(text, **page)])
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


@pytest.mark.parametrize("sort", SORTS)
def test_pages_of_an_answer_join_without_gap_or_repetition(store: Store, sort: str) -> None:
    maker = DocumentMaker(REFERENCE, Vocabulary.of(30), length=20)
    store.write(list(maker.documents(40)))
    whole = found(store, "*", sort=sort)
    paged: list[str] = []
    cursor = None
    while True:
        answer = store.search(SearchRequest("*", sort, 7, cursor))  # type: ignore[arg-type]
        assert answer.total == 40
        paged += [hit.url.rsplit("/", 1)[1] for hit in answer.hits]
        cursor = answer.next
        if cursor is None:
            break
    assert paged == whole


@pytest.mark.parametrize("sort", SORTS)
def test_a_page_that_ends_with_the_last_hit_has_none_after_it(store: Store, sort: Sort) -> None:
    store.write([document("Erz", number=n) for n in range(4)])
    assert store.search(SearchRequest("Erz", sort, 4)).next is None
    first = store.search(SearchRequest("Erz", sort, 2))
    last = store.search(SearchRequest("Erz", sort, 2, first.next))
    assert len({hit.id for hit in (*first.hits, *last.hits)}) == 4
    assert last.next is None


@pytest.mark.parametrize("cursor", ["", "x", "###", "WzEsICJhYmMiXQ", "bnVsbA"])
def test_a_foreign_cursor_is_refused(store: Store, cursor: str) -> None:
    with pytest.raises(QueryError) as caught:
        store.search(SearchRequest("*", cursor=cursor))
    assert caught.value.reason == "bad-cursor"


@pytest.mark.parametrize("place", [2**63, float_bits("nan") << 64])
@pytest.mark.parametrize("sort", SORTS)
def test_a_cursor_with_a_place_that_no_hit_has_is_refused(
    store: Store, sort: Sort, place: int
) -> None:
    store.write([document("Erz")])
    cursor = encode_cursor(SearchRequest("Erz", sort), place)
    with pytest.raises(QueryError) as caught:
        store.search(SearchRequest("Erz", sort, cursor=cursor))
    assert caught.value.reason == "bad-cursor"


def test_a_cursor_of_another_query_is_refused(store: Store) -> None:
    store.write([document("a", number=1), document("a", number=2)])
    cursor = store.search(SearchRequest("a", limit=1)).next
    with pytest.raises(QueryError):
        store.search(SearchRequest("*", limit=1, cursor=cursor))


def test_filters_narrow_and_an_unknown_one_is_an_error(store: Store) -> None:
    store.write([document("a", number=1), document("a", "ru", number=2)])
    assert found(store, "a", filters={"lang": ("ru", "en")}) == ["2"]
    assert found(store, "a", filters={"lang": ("ru",), "kind": ("event",)}) == []
    with pytest.raises(QueryError) as caught:
        store.search(SearchRequest("a", filters={"langs": ("ru",)}))
    assert "did you mean 'lang'" in caught.value.message


@pytest.mark.parametrize(
    ("query", "filters", "expected"),
    [
        ("Erz", {}, ["article", "event", "paywalled"]),
        ("text:Erz NOT Gold", {"lang": ("de",)}, ["article", "event", "paywalled"]),
        ("Erz kind:listing", {}, ["listing"]),
        ("Erz NOT kind:article", {}, ["event", "listing", "not-an-article", "paywalled"]),
        ("Erz (kind:event OR kind:not-an-article)", {}, ["event", "not-an-article"]),
        ("Erz", {"kind": ("listing", "article")}, ["article", "listing"]),
        ("* lang:de", {}, ["article", "event", "paywalled"]),
        ("*", {}, ["article", "event", "listing", "not-an-article", "paywalled"]),
        ("NOT Gold", {}, ["article", "event", "paywalled"]),
    ],
)
def test_pages_that_are_no_news_are_found_on_request(
    store: Store, query: str, filters: dict[str, tuple[str, ...]], expected: list[str]
) -> None:
    kinds = ("article", "event", "listing", "not-an-article", "paywalled")
    store.write([document("Erz", number=n, kind=kind) for n, kind in enumerate(kinds)])
    result = store.search(SearchRequest(query, limit=0, filters=filters, facets=True))
    assert sorted(hit.kind for hit in result.hits) == expected
    counted = {value.value: value.count for value in result.facets["kind"]}
    assert counted == dict.fromkeys(expected if "kind:" in query else kinds, 1)
    assert result.total == len(expected)


@pytest.mark.parametrize(
    ("query", "filters", "position"),
    [("source:a\ud800", {}, 8), ("Erz", {"lang": ("de", "\ud800")}, 0)],
    ids=["query", "filter"],
)
def test_half_characters_are_told_as_a_mistake_of_the_query(
    store: Store, query: str, filters: dict[str, tuple[str, ...]], position: int
) -> None:
    with pytest.raises(QueryError) as caught:
        store.search(SearchRequest(query, filters=filters))
    assert (caught.value.reason, caught.value.position) == ("half-character", position)


def test_an_empty_title_is_none(store: Store) -> None:
    store.write([document("Erz", title="")])
    assert store.search(SearchRequest("Erz")).hits[0].title is None


def test_pages_are_found_by_when_they_were_first_seen(store: Store) -> None:
    days = [datetime(2026, 3, day, 3, 15, 7, tzinfo=UTC) for day in (1, 2, 3)]
    store.write(
        [
            dataclasses.replace(document("Erz", number=n), first_seen=seen)
            for n, seen in enumerate(days)
        ]
    )

    def numbers(query: str, **more: object) -> list[int]:
        hits = store.search(SearchRequest(query, **more)).hits  # type: ignore[arg-type]
        return sorted(int(hit.url.rpartition("/")[2]) for hit in hits)

    for number, moment in enumerate(days):
        after = moment + timedelta(seconds=1)
        assert numbers("Erz", seen_since=moment) == list(range(number, 3))
        assert numbers("Erz", seen_since=after) == list(range(number + 1, 3))
        assert numbers(f"Erz new:[{moment:%Y-%m-%dT%H:%M:%S}Z TO *]") == list(range(number, 3))
        assert numbers(f"new:[* TO {moment:%Y-%m-%dT%H:%M}]") == list(range(number + 1))
    assert numbers("new:2026-03-02") == [1]
    assert numbers("new:2026-03") == [0, 1, 2]
    assert numbers("Erz -new:2026-03-02T03:15:07Z") == [0, 2]
    assert numbers("new:2025") == []
    result = store.search(SearchRequest("Erz", seen_since=days[1], limit=1, facets=True))
    assert (result.total, result.facets["source"][0].count) == (2, 2)
    follow = SearchRequest("Erz", seen_since=days[1], limit=1, cursor=result.next)
    assert len(store.search(follow).hits) == 1
    with pytest.raises(QueryError, match="cursor"):
        store.search(dataclasses.replace(follow, seen_since=days[2]))


def test_facets_carry_labels_and_counts_over_all_hits(store: Store) -> None:
    store.write(
        [
            document("a", number=1, countries=("KZ", "DE")),
            document("a", number=2, countries=("KZ",)),
        ]
    )
    facets = store.search(SearchRequest("a", limit=1, facets=True)).facets
    counted = [(f.value, f.label, f.count) for f in facets["country"]]
    assert counted == [("KZ", "Kazakhstan", 2), ("DE", "Germany", 1)]
    assert set(facets) == set(FACETS)


def test_a_timeline_counts_the_days_of_all_hits(store: Store) -> None:
    days = ("2024-05-03", "2024-05-03", "2024-05", "2023", None, "2024-06-01")
    store.write([document("Erz", number=n, published=day) for n, day in enumerate(days)])
    store.write([document("Gold", "ru", number=9, published="2024-05-03")])
    asked = SearchRequest("Erz", limit=1, filters={"lang": ("de",)}, timeline=True)
    expected = {"2024-05-03": 2, "2024-05-01": 1, "2023-01-01": 1, "2024-06-01": 1}
    for facets in (False, True):
        found = store.search(dataclasses.replace(asked, facets=facets)).days
        assert {str(date.fromordinal(day)): n for day, n in found.items()} == expected
    assert store.search(dataclasses.replace(asked, timeline=False)).days == {}
    assert store.search(dataclasses.replace(asked, query="Zinn")).days == {}


def test_the_days_of_values_are_those_of_pages_that_tell_news(store: Store) -> None:
    store.write(
        [
            document("A", number=1, countries=("KZ", "DE"), published="2025-01-02"),
            document("B", number=2, countries=("KZ",), published="2025-01-02"),
            document("C", number=3, countries=("KZ",), published="2025-03"),
            document("D", number=4, countries=("DE",)),
            document("E", number=5, countries=("KZ",), kind="listing", published="2025-01-02"),
        ]
    )
    second, march = date(2025, 1, 2).toordinal(), date(2025, 3, 1).toordinal()
    found = store.days("country", ["KZ", "DE", "FR"])
    assert found == {"KZ": {second: 2, march: 1}, "DE": {second: 1}}
    for value, days in found.items():
        request = SearchRequest("*", news_only=True, timeline=True, filters={"country": (value,)})
        assert store.search(request).days == days
    assert store.days("country", []) == {}
    many = [f"{number}" for number in range(25)]
    assert store.days("country", [*many, "DE"]) == {"DE": {second: 1}}


def test_an_empty_store_answers(store: Store) -> None:
    assert store.days("country", ["KZ"]) == {}
    answer = store.search(SearchRequest("lithium", facets=True))
    assert (answer.total, answer.hits, answer.next) == (0, (), None)
    assert store.revisions() == {}


# -- the same answers as the reference evaluator


def random_query(chance: random.Random, maker: DocumentMaker, depth: int = 0) -> str:
    """A query of any kind that the grammar has."""
    kind = chance.random()
    if depth < 3 and kind < 0.35:
        left, right = (random_query(chance, maker, depth + 1) for _ in range(2))
        return f"({left}{chance.choice((' ', ' AND ', ' OR ', ' OR '))}{right})"
    if kind < 0.42:
        return f"-{random_leaf(chance, maker)}"
    if kind < 0.5:
        return f"({random_leaf(chance, maker)} sure:yes)"
    return random_leaf(chance, maker)


def random_leaf(chance: random.Random, maker: DocumentMaker) -> str:
    lang = chance.choice(("de", "en", "ru"))
    word = maker.word(lang)
    year = chance.randint(2011, 2026)
    name = chance.choice([n for p in REFERENCE.places.values() for n in p.names.get(lang, ())])
    commodity = chance.choice([n for c in REFERENCE.commodities.values() for n in c.names["ru"]])
    return chance.choice(
        (
            word,
            word,
            f'"{word} {maker.word(lang)}"',
            f"{word[:3]}*" if len(word) > 3 and word[:3].isalpha() else word,
            f"title:{word}",
            f"text:{word}",
            name.replace("(", "").replace(")", ""),
            commodity,
            f'commodity:"{commodity}"',
            f"country:{chance.choice(('KZ', 'Deutschland', 'kg'))}",
            f"lang:{lang}",
            f"kind:{chance.choice(('event', 'article'))}",
            f"status:{chance.choice(('held', 'scheduled'))}",
            f"published:{year}",
            f"published:[{year}-03 TO {year + 1}]",
            f"published:[* TO {year}-02-28]",
            f"event_date:{year}-{chance.randint(1, 12):02d}",
            f"event_date:[{year}-10-05 TO *]",
            f"has:{chance.choice(('event', 'commodity', 'person', 'place', 'strategy'))}",
            f"event:{word}",
            f"person:{maker.word(lang)}",
            "place:Astana",
            "sure:yes",
            "topic:cluster",
            "Clusterstrategie",
            "Rohstoff-Dialog",
            "source:source-07",
            "*",
        )
    )


def by_evaluator(
    request: SearchRequest, views: Sequence[PageView], without: str | None = None
) -> list[PageView]:
    query = request.query
    root = restrict(COMPILER.compile(parse_query(query)).root, request, COMPILER.naming).whole(
        without
    )
    return [view for view in views if holds(root, view)]


def test_every_store_answers_like_the_reference_evaluator(store: Store) -> None:
    """Hits, date order, facets and marks of random queries over random documents."""
    chance = random.Random(11)
    maker = DocumentMaker(REFERENCE, Vocabulary.of(60), length=25)
    documents = list(maker.documents(150))
    store.write(documents[:100])
    store.write(documents[100:])
    views = [COMPILER.view(d) for d in documents]
    keys = {view.record.id: make_entry(view) for view in views}
    not_empty = 0
    for _ in range(250):
        query = random_query(chance, maker)
        expected = [view.record for view in by_evaluator(SearchRequest(query), views)]
        not_empty += bool(expected)
        result = store.search(SearchRequest(query, "newest", 0, facets=True))
        order = sorted(expected, key=lambda d: -keys[d.id].newest)
        assert [hit.id for hit in result.hits] == [d.id for d in order], query
        events = store.search(SearchRequest(query, "event_date", 0))
        order = sorted(expected, key=lambda d: -keys[d.id].latest_event)
        assert [hit.id for hit in events.hits] == [d.id for d in order], query
        relevant = store.search(SearchRequest(query, "relevance", 0))
        assert {hit.id for hit in relevant.hits} == {d.id for d in expected}, query
        assert_facets(result.facets, SearchRequest(query), views)
    assert not_empty > 120


def assert_facets(
    facets: Mapping[str, Sequence[FacetValue]], request: SearchRequest, views: Sequence[PageView]
) -> None:
    """Each field is counted over what the evaluator finds without the field's own filter."""
    for field in FACETS:
        without = by_evaluator(request, views, without=field)
        counts = Counter(value for v in without for value in v.record.values.get(field, ()))
        counts.update(dict.fromkeys(request.filters.get(field, ()), 0))
        found = {f.value: f.count for f in facets[field]}
        left_out = [counts.pop(value) for value in {*counts} - {*found}]
        assert found == counts, (request, field)
        if left_out:  # of names, the most frequent are counted, and those chosen
            assert len(found) >= most_values(field)
            assert max(left_out) <= sorted(found.values())[-most_values(field)]


def test_facets_are_counted_without_their_own_filter_but_with_all_others(store: Store) -> None:
    """Hits, order and facets of random queries with random filters."""
    chance = random.Random(12)
    maker = DocumentMaker(REFERENCE, Vocabulary.of(40), length=20)
    documents = list(maker.documents(120))
    store.write(documents)
    views = [COMPILER.view(d) for d in documents]
    seen = {f: sorted({v for w in views for v in w.record.values.get(f, ())}) for f in FACETS}
    fields = [field for field in FACETS if seen[field]]
    for number in range(80):
        filters = {
            field: tuple(chance.sample(seen[field], min(len(seen[field]), chance.randint(1, 2))))
            for field in chance.sample(fields, chance.randint(0, 3))
        }
        query = random_query(chance, maker) if number % 2 else "*"
        sort = chance.choice(SORTS)
        request = SearchRequest(query, sort, 0, None, filters, facets=True)
        result = store.search(request)
        expected = {view.record.id for view in by_evaluator(request, views)}
        assert {hit.id for hit in result.hits} == expected, request
        assert result.total == len(expected)
        assert_facets(result.facets, request, views)
        field = chance.choice(fields)
        found = result.facets[field]
        every = [value for value in store.values(field, request) if value in found]
        assert every == list(found), (field, request)
        plain = store.search(dataclasses.replace(request, facets=False))
        assert [hit.id for hit in plain.hits] == [hit.id for hit in result.hits], request


def test_chosen_values_stay_beside_their_alternatives(store: Store) -> None:
    store.write([document("Erz", lang, number=n) for n, lang in enumerate(("de", "de", "ru"))])
    filters = {"lang": ("ru", "mn")}
    facets = store.search(SearchRequest("Erz", filters=filters, facets=True)).facets
    assert [(f.value, f.count) for f in facets["lang"]] == [("de", 2), ("ru", 1), ("mn", 0)]
    assert [(f.value, f.count) for f in facets["source"]] == [("example", 1)]


def test_a_chosen_name_is_called_as_pages_write_it_however_rare_it_is(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("elastic.search", "tantivy_facets"):
        monkeypatch.setattr(f"indexer.stores.{module}.MOST_FORMS", 1)
    monkeypatch.setattr("indexer.stores.facets.MOST_NAMES", 1)
    rare = "Askar Tokobajew"
    frequent = [named(number, "de", "persons", "Anna Weber") for number in range(3)]
    store.write([*frequent, named(7, "de", "persons", rare)])
    result = store.search(SearchRequest("*", filters={"person": (rare,)}, facets=True))
    labels = [(value.label, value.count) for value in result.facets["person"]]
    assert labels == [("Anna Weber", 3), (rare, 1)]


def test_half_characters_of_a_page_are_shown_as_replaced_in_their_place(store: Store) -> None:
    store.write([document("Kupfer \ud83d aus Erz", title="Halb \udfff")])
    (hit,) = store.search(SearchRequest("Erz")).hits
    (passage,) = hit.passages
    assert (hit.title, passage.text) == ("Halb \ufffd", "Kupfer \ufffd aus Erz")
    assert [passage.text[start:end] for start, end in passage.marks] == ["Erz"]


def test_every_store_finds_topics_like_the_reference_evaluator(store: Store) -> None:
    """Their terms hold within one passage, which no engine can tell by itself."""
    maker = DocumentMaker(REFERENCE, Vocabulary.of(60), length=25)
    documents = list(maker.documents(200))
    store.write(documents)
    views = [COMPILER.view(d) for d in documents]
    told_by_passages = 0
    for name, topic in TOPICS.items():
        word = maker.word("de")
        for query in (
            f"topic:{name}",
            f"topic:{name} {word}",
            f"{word} -topic:{name}",
            f"topic:{name} OR topic:cluster",
        ):
            expected = {view.record.id for view in by_evaluator(SearchRequest(query), views)}
            for sort in SORTS:
                result = store.search(SearchRequest(query, sort, 0))
                assert {hit.id for hit in result.hits} == expected, (query, sort, topic)
        anywhere = " OR ".join(f"({term})" for term in topic.terms["de"])
        apart = by_evaluator(SearchRequest(anywhere), views)
        told_by_passages += len(apart) > len(by_evaluator(SearchRequest(f"topic:{name}"), views))
    assert told_by_passages > 5


def test_what_holds_in_passages_is_decided_once_for_each_state_of_the_index(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The pages of a result look at no document again; what is written counts at once."""
    decided: list[CompiledNode] = []

    def counted(root: CompiledNode, find: FindViews) -> CompiledNode:
        decided.extend([root] if has_same_passage(root) else [])
        return decide(root, find)

    for module in (embedded, elastic_store):
        monkeypatch.setattr(module, "decide", counted)
    texts = ["Cluster Politik in der Stadt.", "Cluster Politik, Kupferprojekt."]
    texts += ["Cluster Politik.\n\nEin Kupferprojekt."] * 3
    store.write([document(text, number=n) for n, text in enumerate(texts)])
    request = SearchRequest("topic:cluster", limit=2)
    first = store.search(request)
    second = store.search(dataclasses.replace(request, cursor=first.next))
    assert (first.total, len(second.hits), len(decided)) == (4, 2, 1)
    store.search(SearchRequest("Politik"))
    store.write([document("Cluster Politik und Kupferprojekt.", number=9)])
    assert (store.search(request).total, len(decided)) == (4, 2)
    store.write([dataclasses.replace(document(texts[2], number=9), revision=2)])
    assert (store.search(request).total, len(decided)) == (5, 3)


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
