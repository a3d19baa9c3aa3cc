"""Names that languages put word by word, beside near twins."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from indexer.query import QueryCompiler
from indexer.query.concepts import concepts_of
from indexer.query.naming import NamesOfPage, Naming, NamingInFull
from indexer.query.record import record_of
from indexer.records.document import DocumentId, Event, Page, Place, StoredDocument
from indexer.records.reference import load_reference
from indexer.stores.base import FacetValue

REFERENCE = load_reference()
NAMING = Naming(concepts_of(REFERENCE))


@pytest.mark.parametrize(
    ("field", "names"),
    [
        (
            "organisation",
            (
                "Geologische Verwaltung Tadschikistans",
                "Geologischen Verwaltung Tadschikistans",
                "Geological Administration of Tajikistan",
                "Геологическое управление Таджикистана",
            ),
        ),
        (
            "organisation",
            (
                "Министерство горной промышленности Кыргызской Республики",
                "Министерства горной промышленности Кыргызстана",
                "Ministry of Mining Industry of the Kyrgyz Republic",
            ),
        ),
        (
            "organisation",
            ("Energieministerium Usbekistans", "Министерство энергетики Узбекистана"),
        ),
        ("organisation", ("Geologischer Dienst Finnlands", "Geological Survey of Finland", "gtk")),
        ("organisation", ("Kirgisischer Geologischer Dienst", "Geologischer Dienst Kirgisistans")),
        ("series", ("Antimon-Workshop", "workshop on antimony", "Workshops on Antimony")),
        (
            "series",
            (
                "Deutsch-Kirgisisches Rohstoffforum",
                "German-Kyrgyz Raw Materials Forum",
                "Германо-кыргызский сырьевой форум",
            ),
        ),
        ("series", ("Lithiumdialog", "Lithium Dialogue", "Литиевый диалог")),
    ],
)
def test_names_that_say_the_same_word_by_word_are_one_value(
    field: str, names: tuple[str, ...]
) -> None:
    (value,) = {NAMING.value(field, name) for name in names}
    assert NAMING.value(field, value) == value


@pytest.mark.parametrize(
    ("field", "names"),
    [
        ("organisation", ("Ministry of Energy of Uzbekistan", "Energieministerium Tadschikistans")),
        ("organisation", ("Geologischer Dienst Finnlands", "Geological Survey of Tajikistan")),
        (
            "organisation",
            (
                "Ministry of Energy of Uzbekistan",
                "Ministry of Energy and Mineral Resources of Uzbekistan",
                "Energieagentur Usbekistans",
                "State Ministry of Energy of Uzbekistan",
            ),
        ),
        (
            "organisation",
            ("Geologische Verwaltung Tadschikistans", "Geologischer Dienst Tadschikistans"),
        ),
        # Without a country nothing says that they are one.
        ("organisation", ("Geologische Verwaltung", "Geological Administration")),
        ("organisation", ("Bergbauministerium", "Ministry of Mining")),
        ("organisation", ("Botschaft Kasachstans", "Embassy of Kazakhstan in Germany")),
        ("series", ("Antimon-Workshop", "workshop on lithium", "antimony forum")),
        ("series", ("Bergbauforum", "mining forum")),
    ],
)
def test_names_that_differ_in_a_word_stay_apart(field: str, names: tuple[str, ...]) -> None:
    assert len({NAMING.value(field, name) for name in names}) == len(names)


def stored(page: Page, source: str = "s") -> StoredDocument:
    seen = datetime(2026, 1, 1, tzinfo=UTC)
    return StoredDocument(DocumentId("0" * 16), page.url or "", source, 1, seen, page)


def values(bodies: list[str], series: list[str], home: str | None = None) -> dict[str, set[str]]:
    naming = NamingInFull(NAMING, {}, NAMING.in_full([*bodies, *filter(None, [home])], series))
    page = NamesOfPage(naming)
    page.add("organisation", bodies)
    page.add("series", series)
    return {field: set(page.values(field)) for field in ("organisation", "series")}


def test_a_body_in_short_is_the_only_one_that_the_page_names_in_full() -> None:
    full, other = "Geologische Verwaltung Tadschikistans", "Geologische Verwaltung Usbekistans"
    assert values([full, "Geologische Verwaltung"], [])["organisation"] == {
        "tj.administration.geology"
    }
    assert len(values([full, other, "Geologische Verwaltung"], [])["organisation"]) == 3
    assert len(values([full, "Geologischer Dienst"], [])["organisation"]) == 2
    assert len(values([full, "Bergverwaltung"], [])["organisation"]) == 2


def test_a_body_in_short_is_that_whose_page_it_is() -> None:
    short = "Министерство горной промышленности"
    home = f"{short} Кыргызской Республики"
    assert values([short], [], home)["organisation"] == {"kg.ministry.industry.mining"}
    assert (
        values([short], [], "Steppe Minerals Monitor")["organisation"]
        == values([short], [])["organisation"]
    )
    twin = f"{short} Узбекистана"
    assert len(values([short, twin], [], home)["organisation"]) == 2


def test_a_series_in_short_is_that_of_the_same_holder() -> None:
    full = "Mitgliederversammlung des Verbands"
    assert len(values([], ["Mitgliederversammlung", full])["series"]) == 1
    other = "Mitgliederversammlung der Kammer"
    assert len(values([], ["Mitgliederversammlung", full, other])["series"]) == 3


@pytest.mark.parametrize(
    ("name", "countries", "value"),
    [
        ("стратегия развития кластеров", (), "kz-cluster"),
        ("стратегию развития кластеров", ("DE", "KZ"), "kz-cluster"),
        ("национальной кластерной стратегии", (), "kz-cluster"),
        ("Nationale Clusterstrategie Kasachstans", ("KG",), "kz-cluster"),
        ("cluster development strategy", ("KZ",), "kz-cluster"),
        ("national strategy for raw materials", ("DE",), "de-rohstoff-2010"),
        # Another country's, by the page or by its name, and other strategies.
        ("стратегия развития кластеров", ("KG",), None),
        ("Clusterstrategie Kirgisistans", ("KZ",), None),
        ("raw materials strategy", ("KZ", "KG"), None),
        ("стратегия развития", (), None),
        ("стратегия развития горнорудных кластеров", (), None),
        ("Energiestrategie", ("KZ",), None),
        ("Ministry of the cluster strategy", (), None),
    ],
)
def test_a_strategy_is_that_of_the_table_which_says_the_same_where_it_may_be(
    name: str, countries: tuple[str, ...], value: str | None
) -> None:
    document = stored(Page("https://a.example/", countries=countries, strategies=(name,)))
    assert [*record_of(document, naming=NAMING).values["strategy"]] == [
        value or NAMING.value("strategy", name)
    ]
    assert "kz-cluster" not in record_of(document).values["strategy"]  # without tables


def test_a_strategy_that_names_its_country_is_that_of_the_table_everywhere() -> None:
    name = "Nationale Clusterstrategie Kasachstans"
    assert NAMING.value("strategy", name) == "kz-cluster"
    assert NAMING.value("strategy", "Nationale Clusterstrategie Kirgisistans") != "kz-cluster"
    assert NAMING.value("strategy", "стратегия развития кластеров") != "kz-cluster"


@pytest.mark.parametrize(
    "told",
    [{"places": ("bishkek",)}, {"events": (Event("Treffen", place=Place(country="KG")),)}],
)
def test_where_a_page_is_about_tells_its_countries_too(told: dict[str, Any]) -> None:
    name = "стратегия развития кластеров"
    document = stored(Page("https://a.example/", strategies=(name,), **told))
    assert "kz-cluster" not in record_of(document, naming=NAMING).values["strategy"]


def test_forms_tell_their_language_where_languages_say_the_same() -> None:
    forms = ("Antimon-Workshop", "workshop on antimony")
    found = NAMING.languages("workshop.antimony", forms)
    assert "de" in found[forms[0]]
    assert found[forms[1]] == {"en"}
    assert NAMING.languages("antimonvorkshep", forms) == {}
    value = FacetValue("workshop.antimony", forms[0], 2, forms, found)
    assert value.forms_in("de") == forms
    assert value.forms_in("en") == (forms[1], forms[0])
    assert FacetValue("x", "x", 2, forms).forms_in("en") == forms


@pytest.mark.parametrize("table", ["bodies", "meetings", "plans", "subjects"])
def test_the_languages_know_the_same(table: str) -> None:
    known = [set(REFERENCE.languages[lang]["name_words"][table]) for lang in ("de", "en", "ru")]
    assert known[0] == known[1] == known[2]


def test_a_page_of_a_ministry_names_it_in_short() -> None:
    page = Page(url=None, text="x", organisations=("Ministry of Energy", "Ministry of Trade"))
    document = stored(page, source="uz")
    found = record_of(document, naming=NAMING, home="Energieministerium Usbekistans")
    assert set(found.values["organisation"]) == {"uz.ministry.energy", "ministri of trad"}
    compiler = QueryCompiler(REFERENCE, {}, homes={"uz": "Ministry of Energy of Uzbekistan"})
    assert "uz.ministry.energy" in compiler.view(document).record.values["organisation"]
