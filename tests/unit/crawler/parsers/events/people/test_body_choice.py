"""Bodies of events: those of rules, and those that models add."""

from __future__ import annotations

from collections.abc import Collection

import pytest

from crawler.parsers.events.candidates.coreference import EventMentions
from crawler.parsers.events.candidates.event_sentences import EventSentences
from crawler.parsers.events.candidates.value_choice import OF_EVENT
from crawler.parsers.events.people.body_choice import (
    ORGANISERS,
    PARTICIPANTS,
    BodyChoice,
    EventBodies,
)
from crawler.parsers.events.people.body_roles import ROLES, judge_bodies
from crawler.parsers.events.trained.joint_model import JointModel, RoleModels
from crawler.parsers.events.trained.linear_model import LinearModel
from tests.event_texts import annotate, event_reader, read_events

TEXT = (
    "Das Kupferforum am 4. Mai richtete die Erzbund AG aus.\n\n"
    "Gekommen waren die Silberbank AG und die Zinkhaus GmbH.\n\n"
    "Zur Konferenz am 9. Juni fuhr die Bleiwerk GmbH.\n"
)
UNDECIDED = JointModel(LinearModel({}, 0.0))
ROLES_OF_BODIES: RoleModels = {
    stage: dict.fromkeys(ROLES, UNDECIDED) for stage in ("bodies", "neighbours")
}


def _choose(
    weights: dict[str, dict[str, float]],
    employers: Collection[str] = (),
    roles: RoleModels = ROLES_OF_BODIES,
    text: str = TEXT,
) -> list[EventBodies]:
    page = annotate(text, "de", "2031-05-02")
    candidates = event_reader().candidates(page)
    events = [EventMentions([candidate]) for candidate in candidates]
    for event in events[1:]:
        event.second = True
    judged = judge_bodies(page, events, candidates, roles)
    places = [
        (body.mention.part, body.mention.start)
        for body in judged.bodies
        if body.mention.surface in employers
    ]
    sentences = EventSentences(page, events, candidates)
    choice = BodyChoice(page, judged, events, sentences, candidates=candidates, employers=places)
    models = {
        stage: {OF_EVENT: JointModel(LinearModel(of_stage, 0.5))}
        for stage, of_stage in weights.items()
    }
    return list(choice.choose(models).values())


def _names(bodies: EventBodies) -> tuple[list[str], list[str]]:
    return (
        [body.value for body in bodies.further_organisers],
        [body.value for body in bodies.further_participants],
    )


def test_without_models_the_rules_count() -> None:
    first, second = _choose({})
    assert [body.value for body in first.organisers] == ["Erzbund AG"]
    assert _names(first) == _names(second) == ([], [])


@pytest.mark.parametrize(
    ("title", "bodies"),
    [("Protokoll der 3. Sitzung: Arbeitskreis Zinn", ["Zinn AG"]), ("Neues vom Zinn", [])],
)
def test_bodies_of_the_line_of_those_present_took_part_where_the_page_is_minutes(
    title: str, bodies: list[str]
) -> None:
    line = f"{title}\nOrt: Rathaus\nAnwesend: Petra Gros (Zinn AG)\n\n"
    first, *_ = _choose({}, text=f"{line}Am 5. Mai 2031 fand in Jena die Zinntagung statt.")
    assert [body.value for body in first.participants] == bodies


def test_a_body_of_rules_that_the_model_doubts_is_left_out() -> None:
    first, _ = _choose({ORGANISERS: {"ruled": -2.0}})
    assert not first.organisers
    first, _ = _choose({ORGANISERS: {"ruled": -0.5}})
    assert [body.value for body in first.organisers] == ["Erzbund AG"]


def test_who_does_not_organise_may_take_part() -> None:
    first, _ = _choose({ORGANISERS: {"ruled": -2.0}, PARTICIPANTS: {"in.same": 1.0}})
    assert _names(first) == ([], ["Erzbund AG"])


def test_bodies_are_added_to_those_of_rules() -> None:
    first, second = _choose({PARTICIPANTS: {"row.several": 1.0, "before.next": 1.0, "bias": -1.0}})
    assert _names(first) == ([], ["Silberbank AG", "Zinkhaus GmbH"])
    assert {body.rule for body in first.further_participants} == {"participants.trained"}
    assert _names(second) == ([], [])


def test_bodies_tell_what_the_model_says_of_them() -> None:
    first, _ = _choose({ORGANISERS: {"ruled": 1.5}, PARTICIPANTS: {"row.several": 2.0}})
    assert [body.odds for body in first.organisers] == [1.0]
    assert {body.odds for body in first.further_participants} == {1.5}
    first, _ = _choose({})
    assert [body.odds for body in first.organisers] == [None]


@pytest.mark.parametrize(
    ("organises", "of_second"),
    [(1.8, (["Bleiwerk GmbH"], [])), (1.6, ([], ["Bleiwerk GmbH"]))],
)
def test_a_body_organises_if_that_is_clearly_likelier_and_takes_part_otherwise(
    organises: float, of_second: tuple[list[str], list[str]]
) -> None:
    first, second = _choose({ORGANISERS: {"in.same": organises}, PARTICIPANTS: {"in.same": 1.0}})
    assert (_names(first), _names(second)) == (([], []), of_second)


def test_the_model_is_told_whom_rules_take_for_an_employer() -> None:
    taking_part = {"row.several": 1.0, "before.next": 1.0, "bias": -1.0}
    weights = {PARTICIPANTS: taking_part | {"body.employs": -3.0}}
    first, _ = _choose(weights, employers=["Silberbank AG"])
    assert _names(first) == ([], ["Zinkhaus GmbH"])


def test_what_the_roles_say_is_measured() -> None:
    first_of_page = JointModel(LinearModel({"page.first": -9.0, "bias": 4.0}, 0.0))
    roles = {
        **ROLES_OF_BODIES,
        "bodies": dict.fromkeys(ROLES, UNDECIDED) | {"participant": first_of_page},
    }
    weights = {PARTICIPANTS: {"role.participant": 9.0, "in.same": 1.0, "bias": -2.0}}
    assert [_names(bodies)[1] for bodies in _choose(weights, roles=roles)] == [
        ["Silberbank AG", "Zinkhaus GmbH", "Bleiwerk GmbH"],
        ["Silberbank AG", "Zinkhaus GmbH", "Bleiwerk GmbH"],
    ]


@pytest.mark.parametrize(
    ("text", "organisers"),
    [
        ("Das Zinnforum am 5. Mai freut die Erzbund AG.", ["Erzbund AG"]),
        ("Das Zinnforum am 5. Mai gibt es bei der Erzbund AG.", []),
        ("Im Rahmen der Erzbund AG gibt es am 5. Mai das Zinnforum.", []),
        ("Am 5. Mai gibt es das Zinnforum „Erzbund AG“.", []),
    ],
)
def test_where_an_event_is_and_its_own_name_organise_nothing(
    text: str, organisers: list[str]
) -> None:
    first, *_ = _choose({ORGANISERS: {"bias": 1.0}}, text=text)
    assert not first.organisers
    assert _names(first)[0] == organisers


@pytest.mark.parametrize(
    ("lang", "text", "body"),
    [
        (
            "de",
            (
                "Die Zinntagung fand am 5. Mai 2031 in Jena statt. Laut einer Studie der "
                "Internationalen Energieagentur steigt der Bedarf an Zinn."
            ),
            "Internationale Energieagentur",
        ),
        (
            "en",
            (
                "The tin forum was held in Oslo on 5 May 2031. According to the International "
                "Energy Agency demand for tin rises."
            ),
            "International Energy Agency",
        ),
        (
            "ru",
            "Форум горняков прошёл 5 мая 2031 года в Оше. По данным Агентства недр спрос растёт.",
            "Агентство недр",
        ),
    ],
)
def test_a_source_has_no_part_in_an_event(lang: str, text: str, body: str) -> None:
    (event,) = read_events(text, lang, "2031-05-02")
    assert body not in (*event.organisers, *event.participants.organisations)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        (
            "de",
            (
                "Die Zinntagung fand am 5. Mai 2031 in Jena statt. Die Erzbund AG unterzeichnete "
                "ein Abkommen mit der Kupferbank AG."
            ),
        ),
        (
            "en",
            (
                "The tin forum was held in Oslo on 5 May 2031. The Norland Geological Survey "
                "signed an MoU with the Geological Survey of Ruritania."
            ),
        ),
        (
            "ru",
            (
                "Форум горняков прошёл 5 мая 2031 года в Оше. Стороны подписали соглашение с АО "
                "«Росзинк»."
            ),
        ),
    ],
)
def test_who_signs_a_paper_organises_nothing_by_that(lang: str, text: str) -> None:
    (event,) = read_events(text, lang, "2031-05-02")
    assert event.organisers == ()


HELD = "Am Zinnforum am 5. Mai 2031 in Jena nahm die Zinnwerk Nord AG teil. "
HELD_EN = "Northtin Ltd took part in the tin forum in Oslo on 5 May 2031. "


@pytest.mark.parametrize(
    ("lang", "text", "body"),
    [
        ("de", HELD + "Die Bleiwerk Süd AG war nicht vertreten.", "Bleiwerk Süd AG"),
        ("de", HELD + "Entschuldigt: Bleiwerk Süd AG", "Bleiwerk Süd AG"),
        ("en", HELD_EN + "Southlead Ltd sent apologies.", "Southlead Ltd"),
    ],
)
def test_a_body_that_was_not_there_took_no_part(lang: str, text: str, body: str) -> None:
    (event,) = read_events(text, lang)
    told = event.participants.organisations if event.participants else ()
    assert body not in (*told, *event.organisers)


def _doubtful(bodies: EventBodies) -> list[str]:
    assert all(body.doubtful for body in bodies.doubtful_organisers)
    return [body.value for body in bodies.doubtful_organisers]


def test_organisers_that_the_model_doubts_are_doubtful() -> None:
    first, _ = _choose({ORGANISERS: {"ruled": 1.0, "bias": -3.0}})
    assert _doubtful(first) == ["Erzbund AG"]
    assert _doubtful(_choose({})[0]) == []


def test_who_takes_part_rather_may_organise() -> None:
    organising, taking_part = {"in.same": 4.6, "bias": -3.0}, {"in.same": 4.0, "bias": -3.0}
    _, second = _choose({ORGANISERS: organising, PARTICIPANTS: taking_part})
    assert _doubtful(second) == ["Bleiwerk GmbH"]
