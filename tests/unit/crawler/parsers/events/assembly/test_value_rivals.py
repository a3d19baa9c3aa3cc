"""What models say of a value beside the others of the page."""

from __future__ import annotations

from dataclasses import replace

from crawler.parsers.events.assembly.event_values import EventParticipants, EventValues
from crawler.parsers.events.assembly.value_rivals import ORGANISERS, PARTICIPANTS, ValueRivals
from crawler.parsers.events.candidates.coreference import EventMentions
from crawler.parsers.events.page.found_value import FoundValue
from crawler.parsers.events.people.persons import EventPerson
from tests.unit.crawler.parsers.events.assembly.test_event_values import VALUES, found


def _body(name: str, odds: float | None) -> FoundValue[str]:
    return replace(found(name), odds=odds)


def _event(organisers: dict[str, float | None], participants: dict[str, float]) -> EventValues:
    return replace(
        VALUES,
        organisers=[_body(*each) for each in organisers.items()],
        participants=EventParticipants(
            organisations=[_body(*each) for each in participants.items()]
        ),
        people=[EventPerson(found("Petra Gros"), organisation=found("Zinn AG"))],
    )


FIRST, SECOND = EventMentions([]), EventMentions([])
RIVALS = ValueRivals(
    [
        (FIRST, _event({"Zinn AG": 2.0, "Erzbund": -0.5}, {"Zinn AG": 1.0})),
        (SECOND, _event({"Zinn AG": 3.0, "Haus Jena": None}, {})),
    ]
)


def test_a_value_is_told_beside_the_others_of_its_field() -> None:
    measured = RIVALS.measure(FIRST, ORGANISERS, _body("Erzbund", -0.5))
    assert measured["rival.lead"] == -2.5
    assert measured["rival.best"] == 2.0
    assert measured["rival.rank"] == measured["rival.chosen"] == 1
    assert not measured["rival.employs"]
    assert RIVALS.measure(FIRST, ORGANISERS, _body("Zinn AG", 2.0))["rival.lead"] == 2.5


def test_a_value_is_told_beside_itself_at_another_event_and_in_another_role() -> None:
    measured = RIVALS.measure(FIRST, ORGANISERS, _body("Zinn AG", 2.0))
    assert (measured["rival.events"], measured["rival.event"]) == (1, 1.0)
    assert (measured["rival.role"], measured["rival.role_some"]) == (-1.0, 1.0)
    assert measured["rival.employs"]
    taking_part = RIVALS.measure(FIRST, PARTICIPANTS, _body("Zinn AG", 1.0))
    assert (taking_part["rival.role"], taking_part["rival.role_any"]) == (1.0, 2.0)
    assert "rival.role_some" not in RIVALS.measure(FIRST, ORGANISERS, _body("Erzbund", -0.5))


def test_of_a_value_that_no_model_judged_nothing_else_is_told() -> None:
    assert RIVALS.measure(SECOND, ORGANISERS, _body("Haus Jena", None)) == {"rival.employs": False}
