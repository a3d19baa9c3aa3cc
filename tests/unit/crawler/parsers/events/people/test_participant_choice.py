import pytest

from crawler.parsers.events.candidates.coreference import EventMentions
from crawler.parsers.events.candidates.event_sentences import EventSentences
from crawler.parsers.events.candidates.value_choice import OF_EVENT
from crawler.parsers.events.people.participant_choice import ParticipantChoice
from crawler.parsers.events.trained.joint_model import JointModel, RoleModels
from crawler.parsers.events.trained.linear_model import LinearModel
from tests.event_texts import annotate, event_reader

TEXT = "Das Zinnforum hat Freunde. Rund 90 Kumpel aus Norwegen und Polen tranken 3000 Becher Bier."


def _choice(text: str = TEXT) -> tuple[ParticipantChoice, EventMentions]:
    page = annotate(text, "de")
    event = EventMentions([event_reader().candidates(page)[0]])
    reader = event_reader().participant_reader(page)
    return ParticipantChoice(page, reader, [event], EventSentences(page, [event])), event


def _models(stage: str, weights: dict[str, float]) -> RoleModels:
    return {stage: {OF_EVENT: JointModel(LinearModel(weights, 1.0))}}


def test_without_a_model_the_rules_count() -> None:
    choice, event = _choice()
    assert choice.choose_counts({}) == {event: None}
    assert choice.choose_countries({}) == {event: []}


def test_an_event_gets_the_number_that_the_model_is_surest_of() -> None:
    choice, event = _choice()
    count = choice.choose_counts(_models("counts", {"is.hedged": 3.0}))[event]
    assert count is not None
    assert (count.number.value, count.approximate) == (90, True)
    many = choice.choose_counts(_models("counts", {"number.log": 3.0, "is.hedged": -3.0}))[event]
    assert many is not None
    assert many.number.value == 3000


@pytest.mark.parametrize(
    ("counted", "measures"),
    [
        ("40 Zechen", {"noun.crowd"}),
        ("40 Forschungsprojekte", {"noun.thing", "noun.thing_first"}),
        ("40 lange Vorträge", {"noun.thing"}),
        ("40 Sprengmeisterinnen", {"noun.ending", "noun.ending_near"}),
        ("40 mutige Steigerinnen", {"noun.ending_near"}),
        ("40 Sprengberechtigte", {"noun.ending", "noun.ending_near"}),
        ("40 Teilnehmer", {"noun.person"}),
        ("40 Zechenvorstände", set()),
    ],
)
def test_what_is_counted_is_told_for_people_or_things(counted: str, measures: set[str]) -> None:
    choice, _ = _choice(f"Das Zinnforum hat Freunde. Dort gab es {counted} wie nie zuvor.")
    told = {"noun.crowd", "noun.person", "noun.thing", "noun.thing_first"}
    told |= {"noun.ending", "noun.ending_near"}
    ((_, _, measured),) = choice.measure_counts().measure()
    assert told & measured.keys() == measures


def test_no_model_takes_things_for_people() -> None:
    choice, event = _choice("Das Zinnforum hat Freunde. Dort gab es 40 Forschungsprojekte.")
    assert choice.choose_counts(_models("counts", {"bias": 5.0})) == {event: None}


def test_an_event_gets_further_countries() -> None:
    choice, event = _choice()
    countries = choice.choose_countries(_models("countries", {"row.two": 3.0}))[event]
    assert [(c.value, c.rule) for c in countries] == [
        ("NO", "participants.countries-trained"),
        ("PL", "participants.countries-trained"),
    ]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Das Zinnforum tagte. Anbieter aus Chile und Peru kamen.", ["CL", "PE"]),
        ("Das Zinnforum tagte. Deutschland bezieht Lithium aus Chile und Peru.", []),
        ("Das Zinnforum tagte. Chile und Peru sparen.", []),
        ("Das Zinnforum tagte. Er hat Werke in Chile und Peru.", []),
    ],
)
def test_where_goods_come_from_takes_no_part(text: str, codes: list[str]) -> None:
    choice, event = _choice(text)
    countries = choice.choose_countries(_models("countries", {"row.two": 3.0}))[event]
    assert [c.value for c in countries] == codes


@pytest.mark.parametrize(
    "text",
    ["The forum was the 67th of its kind.", "Delegates from 31 countries came to the forum."],
)
def test_sessions_and_countries_are_no_people(text: str) -> None:
    page = annotate(text, "en")
    event = EventMentions([event_reader().candidates(page)[0]])
    reader = event_reader().participant_reader(page)
    choice = ParticipantChoice(page, reader, [event], EventSentences(page, [event]))
    assert list(choice.measure_counts().measure()) == []


def test_a_number_that_the_model_nearly_chooses_is_doubtful() -> None:
    choice, event = _choice()
    count = choice.choose_counts(_models("counts", {"is.hedged": 0.5}))[event]
    assert count is not None
    assert (count.number.value, count.number.doubtful) == (90, True)
    assert choice.choose_counts(_models("counts", {"bias": -3.0}))[event] is None
