"""Whom persons work for, by a model: among bodies near them, and words that name one."""

from __future__ import annotations

import time

import pytest

from crawler.parsers.events.candidates.coreference import EventMentions
from crawler.parsers.events.candidates.event_sentences import EventSentences
from crawler.parsers.events.page.annotated_page import AnnotatedPage
from crawler.parsers.events.people.body_mentions import find_bodies
from crawler.parsers.events.people.body_roles import BodyRoles
from crawler.parsers.events.people.employer_choice import choose_employers
from crawler.parsers.events.people.employer_measures import EmployerMeasures, EmployerPair
from crawler.parsers.events.people.event_people import EventPeople
from crawler.parsers.events.people.persons import PeopleReader
from crawler.parsers.events.trained.joint_model import JointModel, RoleModels
from crawler.parsers.events.trained.linear_model import LinearModel
from tests.event_texts import annotate, event_reader, read_events

TITLE = "Zur Zinntagung kam Dr. Petra Gros, Leiterin der Erzbund AG, mit der Silberbank AG."
NEAR = "Die Zinntagung am 5. Mai besuchte Petra Gros. Die Silberbank AG hatte sie entsandt."
UNKNOWN = "Zur Zinntagung kam Dr. Petra Gros, Leiterin im Steinhaus Ruhla, aus Bonn."


def _models(threshold: float = 0.0, **weights: float) -> RoleModels:
    named = {name.replace("__", "."): weight for name, weight in weights.items()}
    return {"employers": {"of person": JointModel(LinearModel(named, threshold))}}


def _page(text: str, lang: str = "de") -> tuple[AnnotatedPage, EventPeople, BodyRoles]:
    page = annotate(text, lang, "2031-05-02")
    return page, _people(page, {}), BodyRoles(find_bodies(page))


def _people(page: AnnotatedPage, models: RoleModels) -> EventPeople:
    events = [EventMentions([c]) for c in event_reader().candidates(page)]
    bodies = BodyRoles(find_bodies(page))
    return EventPeople(page, PeopleReader(page.vocabulary), events, bodies, {}, models=models)


def _pairs(text: str, lang: str = "de") -> dict[str, EmployerPair]:
    page, people, roles = _page(text, lang)
    return {p.body.value: p for p in EmployerMeasures(page, roles, people.named).measure()}


def _chosen(text: str, models: RoleModels) -> list[str | None]:
    page, people, roles = _page(text)
    chosen = choose_employers(page, roles, people.named, models)
    return [body.value if body else None for body in chosen.values()]


def test_the_likeliest_body_above_the_threshold_is_the_employer() -> None:
    assert _chosen(TITLE, _models(rule__this=1.0)) == ["Erzbund AG"]
    assert _chosen(TITLE, _models(rule__other=1.0)) == ["Silberbank AG"]
    assert _chosen(TITLE, _models(threshold=2.0, rule__this=1.0)) == [None]
    assert _chosen(TITLE, {}) == []


def test_a_body_of_the_next_sentence_may_be_the_employer() -> None:
    assert _chosen(NEAR, _models(**{"apart.1": 1.0})) == ["Silberbank AG"]


def test_measures_say_how_a_body_stands_to_person_and_title() -> None:
    pairs = _pairs(TITLE)
    ruled, other = (pairs[name].measures for name in ("Erzbund AG", "Silberbank AG"))
    assert (ruled["rule.this"], other["rule.other"]) == (1.0, 1.0)
    assert ruled["title.near"] > other["title.near"]
    assert ruled["gap.near"] > other["gap.near"]
    assert "gap.bodies" in other
    assert "gap.bodies" not in ruled
    assert _pairs(NEAR)["Silberbank AG"].measures["apart.1"] == 1.0


def test_words_behind_a_title_may_name_a_body_that_nobody_knows() -> None:
    pairs = _pairs(UNKNOWN)
    measures = pairs["Steinhaus Ruhla"].measures
    assert measures["words.inside"] == measures["behind.end"] == 1.0
    assert "Steinhaus" in pairs
    assert not any("," in name for name in pairs)


def test_where_rules_see_an_employer_no_words_are_tried() -> None:
    assert not any("words" in pair.measures for pair in _pairs(TITLE).values())


@pytest.mark.parametrize(("threshold", "employer"), [(0.5, "Steinhaus Ruhla"), (2.0, None)])
def test_events_give_persons_the_employer_of_the_model(
    threshold: float, employer: str | None
) -> None:
    page, _, _ = _page(UNKNOWN)
    models = _models(threshold, words__inside=0.5, behind__end=0.5)
    people = _people(page, models)
    (event,) = (EventMentions([c]) for c in event_reader().candidates(page))
    (person,) = people.read(event, EventSentences(page, [event]).running())
    assert (person.organisation.value if person.organisation else None) == employer


def test_without_a_model_rules_decide() -> None:
    page, people, _ = _page(TITLE)
    (event,) = (EventMentions([c]) for c in event_reader().candidates(page))
    (person,) = people.read(event, EventSentences(page, [event]).running())
    assert person.organisation is not None
    assert (person.organisation.value, person.organisation.rule) == (
        "Erzbund AG",
        "people.employer",
    )


def test_a_sentence_of_a_thousand_persons_and_bodies_is_measured_in_time() -> None:
    row = "Dr. Petra Gros, Leiterin der Erzbund AG und der Abteilung Erz, "
    page, people, roles = _page("Zur Zinntagung kamen " + row * 1000 + "und andere.")
    start = time.process_time()
    pairs = list(EmployerMeasures(page, roles, people.named).measure())
    assert len(people.named) >= 1000
    assert len({id(pair.person) for pair in pairs}) == 200
    assert len(pairs) < 60 * 200
    assert time.process_time() - start < 10


def test_the_shipped_model_gives_an_employer_that_rules_do_not() -> None:
    text = (
        "Auf der Zinntagung am 5. Mai 2031 in Jena sprach Dr. Petra Gros, die bei der Erzbund AG"
        " den Einkauf leitet."
    )
    (named,) = _page(text)[1].named
    assert named.person.organisation is None
    (event,) = read_events(text, "de")
    assert [p.organisation for p in event.persons] == ["Erzbund AG"]


@pytest.mark.parametrize(
    "text",
    [
        "Zur Zinntagung wurde Petra Gros, Leiterin, gewählt und gefeiert.",
        "Zur Zinntagung kam Petra Gros (Leiterin) und Herr Wolf.",
    ],
)
def test_words_without_a_capital_and_words_of_address_name_no_body(text: str) -> None:
    assert not {"gewählt", "gewählt und gefeiert", "Herr", "Herr Wolf"} & set(_pairs(text))


@pytest.mark.parametrize(
    ("lang", "text", "employer"),
    [
        ("en", "Energy Minister Paul Rowe visited Ore Ltd in Leeds on 3 March 2031.", None),
        ("ru", "Министр Алексей Громов посетил АО «Медь» в Орске 3 марта 2031 года.", None),
        ("en", "Paul Rowe, director of Ore Ltd, visited Hull on 3 March 2031.", "Ore Ltd"),
        (
            "en",
            (
                "Paul Rowe, visiting professor at the University of Leeds, opened the Rare Earth "
                "Workshop in Leeds on 3 March 2031."
            ),
            "University of Leeds",
        ),
    ],
)
def test_whom_somebody_visits_does_not_employ_them(
    lang: str, text: str, employer: str | None
) -> None:
    (event,) = read_events(text, lang, "2031-03-04")
    assert [p.organisation for p in event.persons] == [employer]
