from dataclasses import replace

import pytest

from crawler.parsers.events.candidates.verb_events import VerbEventFinder
from crawler.parsers.events.page.clauses import ClauseFinder
from tests.event_texts import annotate, event_reader, text_page


def names(lang: str, text: str) -> list[str]:
    page = annotate(text, lang)
    finder = VerbEventFinder(page.vocabulary, ClauseFinder(page.vocabulary))
    return [
        page.cut(c.sentence.part, c.name.start, c.name.end)
        for c in finder.find(page, page.sentences[0], [])
    ]


@pytest.mark.parametrize(
    ("lang", "text", "name"),
    [
        pytest.param(
            "en",
            "President Anna Berg visited Oslo on 5 May 2031.",
            "Anna Berg visited Oslo",
            id="journey",
        ),
        pytest.param(
            "en",
            "Anna Berg visited the plant near Oslo and said that the new line is wanted most by"
            " the firms in Norway.",
            "Anna Berg visited the plant near Oslo",
            id="what the traveller said",
        ),
        pytest.param(
            "ru",
            "Министр Иван Петров посетил Ош 5 мая 2031 года.",
            "Иван Петров посетил Ош",
            id="russian journey",
        ),
        pytest.param(
            "en",
            "Minister Anna Berg received Ambassador Tom Hill in Oslo on 5 May 2031.",
            "Anna Berg received Ambassador Tom Hill in Oslo",
            id="reception",
        ),
        pytest.param(
            "de",
            "Am 5. Mai 2031 trafen sich 40 Fachleute in Bonn, um über Zinn zu reden.",
            "trafen sich 40 Fachleute in Bonn",
            id="assembly",
        ),
        pytest.param(
            "de",
            "Rund 40 Fachleute aus vier Ländern berieten am 5. Mai 2031 in Bonn über Zinn.",
            "40 Fachleute aus vier Ländern berieten",
            id="assembly before its verb",
        ),
    ],
)
def test_verb_is_an_event(lang: str, text: str, name: str) -> None:
    assert names(lang, text) == [name]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        pytest.param("en", "President Anna Berg visited them yesterday.", id="no place"),
        pytest.param("en", "They visited Oslo on 5 May 2031.", id="nobody"),
        pytest.param("de", "Im Mai 2031 trafen sich 40 Fachleute in Bonn.", id="no day"),
        pytest.param("de", "Am 5. Mai 2031 trafen sich die Wege in Bonn.", id="no people"),
    ],
)
def test_verb_is_no_event(lang: str, text: str) -> None:
    assert names(lang, text) == []


def test_clause_with_a_head_has_its_event_already() -> None:
    page = annotate("President Anna Berg visited Oslo on 5 May 2031.", "en")
    finder = VerbEventFinder(page.vocabulary, ClauseFinder(page.vocabulary))
    (found,) = finder.find(page, page.sentences[0], [])
    assert finder.find(page, page.sentences[0], [found]) == []


def test_a_teaser_in_a_list_makes_the_list_no_event() -> None:
    teaser = "Rund 40 Fachleute berieten am 5. Mai 2031 in Bonn über Zinn."
    page = text_page(teaser, "de", title="Themenseite: Zinn")
    assert [event.start for event in event_reader().find(page)[0]] == ["2031-05-05"]
    assert event_reader().find(replace(page, kind="listing"))[0] == ()


@pytest.mark.parametrize(
    ("lang", "text", "wanted"),
    [
        (
            "ru",
            "Студенты Горного университета посетили Северный ГОК.",
            ["Студенты Горного университета посетили Северный ГОК"],
        ),
        (
            "en",
            "Miners from Osh visited the Geological Survey of Finland.",
            ["Miners from Osh visited the Geological Survey of Finland"],
        ),
        ("ru", "Студенты посетили лекции.", []),
        ("de", "5.000 Schüler besuchten 2030 die Bergakademie Freiberg.", []),
        ("en", "Miners from Osh praised the Geological Survey of Finland.", []),
    ],
)
def test_people_without_names_visit_a_body(lang: str, text: str, wanted: list[str]) -> None:
    assert names(lang, text) == wanted
