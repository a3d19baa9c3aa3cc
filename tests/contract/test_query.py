"""The query language as contracts.md words it, and every label of the tables."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from indexer.query import QueryCompiler, parse_query
from indexer.query.evaluator import holds, matches
from indexer.query.fields import FIELD, HAS
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

REFERENCE = load_reference()
TOPIC = Topic("cluster-strategies", "Cluster strategies", {"de": ("Clusterstrategie",)}, {})
COMPILER = QueryCompiler(REFERENCE, {TOPIC.id: TOPIC})


def matches_page(query: str, page: Page) -> bool:
    stored = StoredDocument(
        document_id("x"), "https://example.org/x", "s", 1, datetime(2026, 1, 1, tzinfo=UTC), page
    )
    return matches(COMPILER.compile(parse_query(query)), COMPILER.view(stored)) is not None


SEED = Page(
    "https://example.org/x",
    kind="event",
    lang="de",
    title="Clusterbildung in Zentralasien",
    teaser="Deutsche und Kasachen beraten.",
    text="Die 5. Sitzung der Rohstoff-Dialogplattform fand in Astana statt.",
    published="2015-06",
    countries=("KZ",),
    places=("astana",),
    commodities=(Commodity("lithium", "lithium", "Lithium"),),
    organisations=("giz", "Musterverband e.V."),
    strategies=("kz-cluster",),
    programmes=("giz-mrdca", "ein eigenes Programm"),
    events=(
        Event(
            "5. Sitzung der Rohstoff-Dialogplattform",
            series="Rohstoff-Dialogplattform",
            status="held",
            start="2015-06-08",
            end="2015-06-09",
            place=Place(city="Astana"),
            persons=(Person("Iranom Scharchanom", name_norm="Iran Scharchan"),),
        ),
    ),
)


@pytest.mark.parametrize(
    "query",
    [
        "*",
        "Sitzung Astana",
        "Sitzung AND Astana",
        "Kupfer OR Astana",
        "Sitzung NOT Kupfer",
        "Sitzung -Kupfer",
        "(Kupfer OR Sitzung) Astana",
        '"Sitzung der Rohstoff-Dialogplattform"',
        "Dialog*",
        "Rohstoffdialog",
        "Kasachen",
        "title:Clusterbildung text:Kasachen text:Sitzung",
        "source:s lang:de kind:event status:held",
        "country:KZ country:kz country:Казахстан country:Kazakhstan",
        "place:astana place:Астана place:Nur-Sultan place:Kasachstan",
        "commodity:lithium commodity:Литий",
        'strategy:kz-cluster strategy:"национальная кластерная стратегия" strategy:giz-mrdca',
        'strategy:"eigenes Programm"',
        "organisation:giz organisation:GIZ organisation:Musterverband",
        'person:Scharchan person:"Iran Scharchan"',
        "series:Dialogplattform event:Sitzung",
        "published:2015-06 published:2015 published:2015-06-30 published:[2015-01 TO *]",
        "event_date:2015-06-09 event_date:[2015-06-09 TO 2015-07] event_date:[* TO 2015-06-08]",
        "topic:cluster-strategies OR Clusterbildung",
        "has:event has:date has:place has:person has:organisation has:commodity has:strategy",
        "-has:contact",
        "литий",
        "Republik Kasachstan",
    ],
)
def test_the_page_is_found(query: str) -> None:
    assert matches_page(query, SEED)


@pytest.mark.parametrize(
    "query",
    [
        "Sitzung Kupfer",
        "-Sitzung",
        "sitzung NOT astana",
        '"Astana Sitzung"',
        "title:Sitzung",
        "text:Clusterbildung",
        "country:KG",
        "commodity:copper",
        "status:cancelled",
        "published:2015-07",
        "event_date:2015-06-10",
        "event_date:2015-07",
        "has:contact",
        "topic:cluster-strategies",
        "source:S",
    ],
)
def test_the_page_is_not_found(query: str) -> None:
    assert not matches_page(query, SEED)


def test_the_fields_are_those_of_the_contract() -> None:
    fields = (
        "title, text, source, lang, country, place, commodity, strategy, organisation, person, "
        "series, event, kind, status, published, event_date, topic, has, "
        "year, event_month, about, story, new, sure"
    )
    assert ", ".join(FIELD) == fields
    assert (
        ", ".join(HAS) == "event, date, place, person, organisation, commodity, strategy, contact"
    )


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("titel:x", "did you mean 'title'"),
        ("(Kupfer OR (Blei)", "never closed"),
        ("Kupfer)", "never opened"),
        ("x" * 5000, "5000 characters"),
        ("(" * 5000, "5000 characters"),
        (" ".join(["a"] * 101), "100 terms"),
        ("ro*", "3 letters"),
    ],
)
def test_mistakes_are_told(query: str, told: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse_query(query) and COMPILER.compile(parse_query(query))
    assert told in caught.value.message
    assert caught.value.code == "query"


# -- every label of the tables finds what carries any other label


def labelled() -> list[object]:
    """(field of the mention, value, names by language) for commodities and countries."""
    commodities = [("commodities", c.id, c.names) for c in REFERENCE.commodities.values()]
    countries = [
        ("countries", str(p.country), p.names)
        for p in REFERENCE.places.values()
        if p.kind == "country"
    ]
    return [
        pytest.param(field, value, names, id=value)
        for field, value, names in commodities + countries
    ]


@pytest.mark.parametrize(("field", "value", "names"), labelled())
def test_a_page_with_one_name_of_a_concept_is_found_by_all_its_names(
    field: str, value: str, names: dict[str, tuple[str, ...]]
) -> None:
    """The page says one name and carries the mention that extraction gives it."""
    labels = [(lang, name) for lang, several in names.items() for name in several]
    queries = [COMPILER.compile(parse_query(f'"{name}"')) for _, name in labels]
    queries += [COMPILER.compile(parse_query(name)) for _, name in labels if "(" not in name]
    for lang, name in labels:
        mention = Mention(field, "text", 0, len(name), name, value)
        page = Page(None, lang=None if lang == "native" else lang, text=name, mentions=(mention,))
        stored = StoredDocument(
            document_id(name),
            "https://example.org/",
            "s",
            1,
            datetime(2026, 1, 1, tzinfo=UTC),
            page,
        )
        view = COMPILER.view(stored)
        for query in queries:
            assert holds(query.root, view), (query.text, name)


def test_labels_that_are_no_ordinary_words_find_pages_without_any_mention() -> None:
    """What extraction has not seen is still found by its names in other languages."""
    missed = []
    for commodity in REFERENCE.commodities.values():
        query = COMPILER.compile(
            parse_query(f"commodity:{commodity.id} OR {commodity.names['en'][0]}")
        )
        for lang in ("de", "ru"):
            page = Page(None, lang=lang, text=f"… {commodity.names[lang][0]} …")
            stored = StoredDocument(
                document_id("x"), "x", "s", 1, datetime(2026, 1, 1, tzinfo=UTC), page
            )
            if matches(query, COMPILER.view(stored)) is None:
                missed.append(commodity.names[lang][0])
    assert len(missed) < 45, missed
