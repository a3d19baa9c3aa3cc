"""What queries of a search store find."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest

from indexer.records.document import (
    Event,
    Mention,
    Person,
    Place,
)
from indexer.records.errors import QueryError
from indexer.stores.base import SearchRequest, Store
from tests.contract.stores.samples import document, found, named


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

    readings: tuple[dict[str, float], ...] = (
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
    for query in ("Tokobajew", "tokobajew", "askar tokobaev", "tokobayev"):
        assert found(store, query) == ["1"]
    passage = store.search(SearchRequest('person:"Askar Tokobayev"')).hits[0].passages[0]
    assert passage.marks == ((0, 14),)


def test_an_initial_and_a_surname_find_persons_in_any_script(store: Store) -> None:
    names = {1: ("ru", "Жылдыз Оморова"), 2: ("en", "Zhyldyz Omorova"), 3: ("de", "Sara Omorowa")}
    others = {4: ("ru", "А. Оморова"), 5: ("en", "Aidai Karimova"), 6: ("de", "Dschyldys Omorowa")}
    store.write([named(n, lang, "persons", name) for n, (lang, name) in (names | others).items()])
    for query in ("Ж. Оморова", "Оморова Ж. К.", "Zh. Omorova", "J. Omorova", "Ж Оморова"):
        assert sorted(found(store, query)) == ["1", "2", "6"], query
    assert found(store, "A. Omorova") == ["4"]
    assert found(store, "A. Omorova -Оморова") == []
    assert found(store, 'person:"Ж. Оморова"') == found(store, '"Ж. Оморова"') == []


def test_without_words_the_newest_come_first(store: Store) -> None:
    days = ("2015-01-02", "2016-01-01", "2014")
    store.write([document("a", number=n, published=day) for n, day in enumerate(days)])
    assert found(store, "source:example") == ["1", "0", "2"]
    assert store.search(SearchRequest("*")).hits[0].score is None


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
