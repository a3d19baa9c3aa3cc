"""Values that a search store counts and lists."""

from __future__ import annotations

import dataclasses
import random
from datetime import date

import pytest

from benchmarks.search.documents import DocumentMaker, Vocabulary
from indexer.query.fields import FACETS
from indexer.records.document import (
    Event,
    Mention,
    Person,
)
from indexer.stores.base import SORTS, SearchRequest, Store
from indexer.stores.facets import MOST_NAMES
from tests.contract.stores.samples import (
    COMPILER,
    REFERENCE,
    assert_facets,
    by_evaluator,
    document,
    found,
    named,
    random_query,
)


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
            named(10, "ru", "strategies", "стратегия цифровой разведки"),
        ]
    )
    result = store.search(SearchRequest("*", facets=True))
    people, strategies = result.facets["person"], result.facets["strategy"]
    assert [(v.label, v.count) for v in people] == [("Askar Tokobajew", 3)]
    assert [(v.value, v.label, v.count) for v in strategies][:1] == [
        ("kz-cluster", "national cluster strategy", 5)
    ]
    assert [(v.label, v.count) for v in strategies][1:] == [("стратегия цифровой разведки", 1)]
    for field in ("person", "strategy", "organisation"):
        assert tuple(store.values(field)) == result.facets[field]
        for value in result.facets[field]:
            assert len(found(store, "*", filters={field: (value.value,)})) == value.count
            assert len(found(store, "*", filters={field: (value.label,)})) == value.count
    chosen = store.search(
        SearchRequest("*", filters={"person": ("Tokobayev Askar", "Аскар Токобаев")})
    ).chosen
    assert chosen == {"person": (people[0].value,)}


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
    assert tuple(store.values("person")) == people
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


def test_of_more_names_than_a_facet_has_all_are_called_as_pages_write_them(store: Store) -> None:
    """On one page and on several: what is counted of each name has room for others beside it."""
    persons = [f"Anna {chr(65 + n // 26)}{chr(97 + n % 26)}bert" for n in range(200)]
    text = ", ".join(persons)
    places = [text.index(person) for person in persons]
    mentions = tuple(
        Mention("persons", "text", start, start + len(person), person, person)
        for start, person in zip(places, persons, strict=True)
    )
    store.write([document(text, "de", number=1, mentions=mentions)])
    frequent = [named(number, "de", "persons", person) for number, person in enumerate(persons, 2)]
    for written in ([], frequent[150:]):
        store.write(written)
        found = store.search(SearchRequest("*", facets=True)).facets["person"]
        assert len(found) == MOST_NAMES
        assert {value.label for value in found} <= {*persons}
