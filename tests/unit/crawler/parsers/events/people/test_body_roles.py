"""Roles of bodies by models: who gets which, at which event, and for which person."""

from __future__ import annotations

from crawler.parsers.events.candidates.coreference import EventMentions
from crawler.parsers.events.page.annotated_page import AnnotatedPage
from crawler.parsers.events.page.found_value import FoundValue
from crawler.parsers.events.people.body_roles import (
    ROLES,
    judge_bodies,
    without_bodies,
)
from crawler.parsers.events.trained.joint_model import JointModel
from crawler.parsers.events.trained.linear_model import LinearModel
from tests.event_texts import annotate, event_reader

TEXT = (
    "Das Kupferforum am 4. Mai richtete die Erzbund AG aus.\n\n"
    "Zur Konferenz am 9. Juni kam die Silberbank AG mit Prof. Karin Brandner.\n"
)
ALWAYS = JointModel(LinearModel({"bias": 1.0}, 0.0))
NEVER = JointModel(LinearModel({"bias": -2.0}, 0.0))


def _models(**roles: JointModel) -> dict[str, dict[str, JointModel]]:
    """Both stages: the first one judges alike, the second one as given."""
    return {
        "bodies": dict.fromkeys(ROLES, ALWAYS),
        "neighbours": dict.fromkeys(ROLES, NEVER) | roles,
    }


def _page(text: str = TEXT) -> tuple[AnnotatedPage, list[EventMentions]]:
    page = annotate(text, "de", "2031-05-02")
    return page, [EventMentions([c]) for c in event_reader().candidates(page)]


def test_no_model_no_role() -> None:
    page, events = _page()
    assert not judge_bodies(page, events, [], {}).bodies
    assert not judge_bodies(page, [], [], _models(organiser=ALWAYS)).bodies


def test_bodies_with_another_role_are_left_out() -> None:
    bodies = [FoundValue(name, "text", 0, 5, "organisers.trained") for name in ("A AG", "B AG")]
    assert without_bodies([*bodies, bodies[0]], bodies[1:]) == bodies[:1]


def test_the_second_stage_reads_what_the_first_says_of_the_others() -> None:
    page, events = _page()
    first = JointModel(LinearModel({"bias": -5.0, "page.first": 10.0}, 0.0))
    second = JointModel(LinearModel({"page.organiser.most": 20.0}, 0.0))
    models = {"bodies": dict.fromkeys(ROLES, first)}
    models["neighbours"] = dict.fromkeys(ROLES, NEVER) | {"organiser": second}
    odds = judge_bodies(page, events, [], models).odds["organiser"]
    assert odds[1] > odds[0]
