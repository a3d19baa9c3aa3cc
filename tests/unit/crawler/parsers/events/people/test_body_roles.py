"""Roles of bodies by models: who gets which, at which event, and for which person."""

from __future__ import annotations

from crawler.parsers.events.candidates.coreference import EventMentions
from crawler.parsers.events.page.annotated_page import AnnotatedPage
from crawler.parsers.events.page.found_value import FoundValue
from crawler.parsers.events.people.body_mentions import find_bodies
from crawler.parsers.events.people.body_roles import (
    ROLES,
    event_of,
    judge_bodies,
    nearest_person,
    without_bodies,
)
from crawler.parsers.events.trained.joint_model import JointModel, RoleModels
from crawler.parsers.events.trained.linear_model import LinearModel
from tests.event_texts import annotate, event_reader

TEXT = (
    "Das Kupferforum am 4. Mai richtete die Erzbund AG aus.\n\n"
    "Zur Konferenz am 9. Juni kam die Silberbank AG mit Prof. Karin Brandner.\n"
)
ALWAYS = JointModel(LinearModel({"bias": 1.0}, 0.0))
NEVER = JointModel(LinearModel({"bias": -2.0}, 0.0))


def _models(**roles: JointModel) -> RoleModels:
    """Both stages: the first one judges alike, the second one as given."""
    return {
        "bodies": dict.fromkeys(ROLES, ALWAYS),
        "neighbours": dict.fromkeys(ROLES, NEVER) | roles,
    }


def _page() -> tuple[AnnotatedPage, list[EventMentions]]:
    page = annotate(TEXT, "de", "2031-05-02")
    return page, [EventMentions([c]) for c in event_reader().candidates(page)]


def test_a_body_is_given_the_event_of_its_sentence() -> None:
    page, events = _page()
    roles = judge_bodies(page, events, [], _models(organiser=ALWAYS))
    assert [[f.value for f in roles.organisers(event)] for event in events] == [
        ["Erzbund AG"],
        ["Silberbank AG"],
    ]


def test_an_employer_goes_to_the_nearest_person() -> None:
    page, events = _page()
    roles = judge_bodies(page, events, [], _models(employer=ALWAYS))
    person = nearest_person(find_bodies(page)[1])
    assert person is not None
    found = FoundValue(person.surface, person.part, person.start, person.end, "people.title")
    employer = roles.employer(found)
    assert employer is not None
    assert (employer.value, employer.rule) == ("Silberbank AG", "people.employer-trained")


def test_the_role_most_above_its_threshold_wins() -> None:
    page, events = _page()
    models = _models(organiser=JointModel(LinearModel({"bias": 1.0}, 0.5)), participant=ALWAYS)
    roles = judge_bodies(page, events, [], models)
    assert not roles.organisers(events[0])
    assert [f.value for f in roles.participants(events[0])] == ["Erzbund AG"]


def test_who_organises_may_employ_somebody_as_well() -> None:
    page, events = _page()
    roles = judge_bodies(page, events, [], _models(organiser=ALWAYS, employer=ALWAYS))
    person = nearest_person(find_bodies(page)[1])
    assert person is not None
    found = FoundValue(person.surface, person.part, person.start, person.end, "people.title")
    assert roles.organisers(events[1])
    assert roles.employer(found) is not None


def test_no_model_no_role() -> None:
    page, events = _page()
    assert not judge_bodies(page, events, [], {}).organisers(events[0])
    assert not judge_bodies(page, [], [], _models(organiser=ALWAYS)).organisers(events[0])


def test_a_body_far_behind_belongs_to_the_event_before_it_else_to_the_first() -> None:
    page, events = _page()
    body = find_bodies(page)[1]
    assert event_of(body, events) is events[1]
    assert event_of(body, events[:1]) is events[0]
    assert event_of(body, []) is None


def test_bodies_with_another_role_are_left_out() -> None:
    bodies = [FoundValue(name, "text", 0, 5, "organisers.trained") for name in ("A AG", "B AG")]
    assert without_bodies([*bodies, bodies[0]], bodies[1:]) == bodies[:1]


def test_the_second_stage_reads_what_the_first_says_of_the_others() -> None:
    page, events = _page()
    first = JointModel(LinearModel({"bias": -5.0, "page.first": 10.0}, 0.0))
    second = JointModel(LinearModel({"page.organiser.most": 20.0}, 0.0))
    models = {"bodies": dict.fromkeys(ROLES, first)}
    models["neighbours"] = dict.fromkeys(ROLES, NEVER) | {"organiser": second}
    roles = judge_bodies(page, events, [], models)
    assert [[f.value for f in roles.organisers(event)] for event in events] == [
        [],
        ["Silberbank AG"],
    ]
