from __future__ import annotations

from dataclasses import replace

from indexer.records.document import Event, Mention, Page, Place
from indexer.records.reference import load_reference
from indexer.stores.base import FacetValue
from search_api.language import speaking
from search_api.pages.record import EVIDENCE_LIMIT, Names, RecordReader, Row, at_a_glance
from tests.web.sample_site import EVENT_PAGE

NAMES = Names(None)


def shown(row: Row) -> list[tuple[str, bool, str]]:
    return [
        (e.part, e.inferred, "|".join(s.text for s in e.segments if s.marked)) for e in row.evidence
    ]


def rows(page: Page, event: int = 0) -> dict[str, Row]:
    return {row.label: row for row in RecordReader(page, NAMES).events()[event].rows}


def test_each_value_of_an_event_shows_its_sentence() -> None:
    found = rows(EVENT_PAGE)
    assert found["Date"].value == "14–15 May 2024"
    assert shown(found["Date"]) == [("text", False, "14. und 15. Mai 2024")]
    assert found["Country"].value == "Kazakhstan"
    assert shown(found["Country"]) == [("text", True, "Karaganda")]
    assert found["Participants"].value == "about 60"
    assert found["Number in the series"].value == "3"


def test_a_person_is_one_row_with_all_its_places() -> None:
    person = rows(EVENT_PAGE)["Person"]
    assert person.value.startswith("Paula Sandberg, Leiterin")
    assert shown(person) == [
        (
            "text",
            False,
            "Paula Sandberg|Leiterin des Referats Lagerstätten|Institut für Erzkunde",
        )
    ]


def test_each_item_of_a_list_has_its_own_place() -> None:
    record = RecordReader(EVENT_PAGE, NAMES).events()[0]
    countries = [row for row in record.rows if row.label == "Country taking part"]
    assert [row.value for row in countries] == ["Kazakhstan", "Mongolia", "Germany"]
    assert [shown(row)[0][2] for row in countries] == ["Kasachstan", "Mongolei", "Deutschland"]


def test_items_with_numbered_mentions_are_found_by_their_number() -> None:
    text = "Es luden ein: Haus Nord und Haus Süd."
    organiser = [
        Mention(f"events[0].organisers[{i}]", "text", s, s + 8, text[s : s + 8], "other")
        for i, s in enumerate((14, 28))
    ]
    event = replace(EVENT_PAGE.events[0], organisers=("Haus Nord", "Haus Süd"))
    page = replace(EVENT_PAGE, text=text, events=(event,), mentions=tuple(organiser))
    found = [r for r in RecordReader(page, NAMES).events()[0].rows if r.label == "Organiser"]
    assert [shown(r)[0][2] for r in found] == [m.surface for m in organiser]


def test_the_second_event_takes_no_place_of_the_first() -> None:
    found = rows(EVENT_PAGE, 1)
    assert found["Date"].value == "autumn 2025"
    assert shown(found["City"]) == [("text", False, "Darchan")]
    assert found["Status"].evidence == ()


def test_a_value_named_everywhere_shows_a_few_sentences() -> None:
    text = " ".join(f"Satz {i} nennt Lithium hier." for i in range(10, 20))
    mentions = []
    at = text.find("Lithium")
    while at >= 0:
        mentions.append(Mention("commodities", "text", at, at + 7, "Lithium", "lithium"))
        at = text.find("Lithium", at + 1)
    page = replace(EVENT_PAGE, text=text, mentions=tuple(mentions))
    row = next(r for r in RecordReader(page, NAMES).concepts() if r.label == "Commodity")
    assert len(row.evidence) == EVIDENCE_LIMIT
    assert row.more == 10 - EVIDENCE_LIMIT


def test_tables_give_ids_their_names() -> None:
    names = Names(load_reference())
    assert names.of("strategies", "kz-2050") == "Kazakhstan-2050"
    assert names.of("strategies", "Erze 2040") == "Erze 2040"
    assert names.of("authors", "kz-2050") == "kz-2050"


def test_facets_have_the_names_of_the_tables_in_the_language_of_the_page() -> None:
    values = {
        "commodity": FacetValue("lithium", "lithium", 2),
        "country": FacetValue("KZ", "Kazakhstan", 2),
        "strategy": FacetValue("kz-2050", "Kazakhstan-2050", 1),
        "person": FacetValue("ana veber", "Anna Weber", 1, ("Anna Weber", "A. Weber")),
    }
    names = Names(load_reference())
    facets = {field: (value,) for field, value in values.items()}
    assert names.in_facets(facets) == facets
    with speaking("ru"):
        shown = {field: found.label for field, (found,) in names.in_facets(facets).items()}
        assert shown["commodity"] == "литий"
        assert shown["country"] == "Казахстан"
        assert shown["strategy"] == "Казахстан-2050"
        assert shown["person"] == "Anna Weber"


def test_towns_have_the_names_of_the_tables_too() -> None:
    names = Names(load_reference())
    with speaking("ru"):
        assert names.of("places", "osh") == "Ош"
        assert names.of("places", "cholpon-ata") == "Чолпон-Ата"
        assert names.of("places", "Ak-Suu") == "Теплоключенка"
        assert names.of("places", "nowhere") == "nowhere"
        (event, _) = RecordReader(EVENT_PAGE, names).events()
        town = next(row for row in event.rows if row.label == "Город")
        assert town.value == "Караганда"


def test_an_empty_page_has_no_rows() -> None:
    reader = RecordReader(Page(url=None), NAMES)
    assert (reader.events(), reader.concepts(), reader.page_rows()) == ((),) * 3


def test_values_lead_to_their_searches() -> None:
    found = rows(EVENT_PAGE)
    assert found["Country"].address == "/?country=KZ"
    assert found["City"].address == "/?place=Karaganda"
    assert found["Series of events"].address == "/?series=Erzforum+Mittelasien"
    assert found["Organiser"].address == "/?organisation=Kammer+f%C3%BCr+Geologie"
    assert found["Person"].address == "/?person=Paula+Sandberg"
    assert found["Participants"].address is None
    named = {row.label: row for row in RecordReader(EVENT_PAGE, NAMES).concepts()}
    assert named["Commodity"].address == "/?commodity=tungsten"
    assert named["Strategy"].address == "/?strategy=Erze+2040"
    assert named["Contact"].address is None


def test_the_most_asked_for_stands_beside_the_text() -> None:
    reader = RecordReader(EVENT_PAGE, NAMES)
    first, second, named = at_a_glance(reader.events(), reader.concepts())
    assert (first.place, first.name) == ("#event-0", "Dritte Sitzung des Erzforums Mittelasien")
    assert [label for label, _ in first.values] == [
        "Date",
        "City",
        "Country",
        "Organiser",
        "Person",
    ]
    assert second.place == "#event-1"
    assert [label for label, _ in second.values] == ["Date", "City", "Country"]
    assert (named.place, named.name) == ("", "")
    values = {label: [row.value for row in found] for label, found in named.values}
    assert values["Commodity"] == ["lithium", "tungsten"]
    assert values.keys() == {"Country", "Commodity", "Strategy"}
    assert at_a_glance((), ()) == ()


def test_persons_of_no_event_are_named_and_authors_lead_to_their_searches() -> None:
    text = "Paula Sandberg, Ida Holm und Jon Beck sprachen. Von Ida Holm und Redaktion."
    named = [
        Mention("persons", "text", at, at + len(name), name, name)
        for name in ("Paula Sandberg", "Ida Holm", "Jon Beck")
        for at in (text.index(name),)
    ]
    page = replace(
        EVENT_PAGE, text=text, mentions=tuple(named), authors=("Ida Holm", "Redaktion"), contacts=()
    )
    reader = RecordReader(page, NAMES)
    persons = [row for row in reader.concepts() if row.label == "Person"]
    assert [(row.value, row.address) for row in persons] == [("Jon Beck", "/?person=Jon+Beck")]
    assert shown(persons[0]) == [("text", False, "Jon Beck")]
    authors = [row for row in reader.page_rows() if row.label == "Author"]
    assert [row.address for row in authors] == ["/?person=Ida+Holm", None]


def test_an_event_is_called_as_in_a_list() -> None:
    event = Event("dritter Workshop", series="Zinn-Workshop")
    table = Event("runder Tisch", place=Place(city="Tashkent", country="UZ"))
    page = replace(EVENT_PAGE, lang="de", events=(event, table), mentions=())
    with speaking("de"):
        found = RecordReader(page, Names(load_reference())).events()
    assert [record.name for record in found] == [
        "Dritter Workshop (Zinn-Workshop)",
        "Runder Tisch, Taschkent",
    ]
