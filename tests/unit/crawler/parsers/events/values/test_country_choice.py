"""In which country an event is whose place says none."""

from __future__ import annotations

from collections.abc import Mapping

from crawler.parsers.events.candidates.coreference import EventMentions
from crawler.parsers.events.candidates.selection import find_events
from crawler.parsers.events.candidates.value_choice import OF_EVENT
from crawler.parsers.events.trained.joint_model import JointModel
from crawler.parsers.events.trained.linear_model import LinearModel
from crawler.parsers.events.values.country_choice import STAGE, CountryChoice
from crawler.parsers.events.values.place_mentions import PlaceMentions
from indexer.records.reference import load_reference
from tests.event_texts import annotate, event_reader

TEXT = (
    "Das Zinnforum fand am 5. Mai 2031 im Haus der Erze statt. Aus Oslo kamen 40 Gäste, weitere aus"
    " Bergen in Norwegen. Der Verband dankt der kasachischen Botschaft."
)


def _choice(text: str = TEXT, known: str | None = None) -> tuple[EventMentions, CountryChoice]:
    page = annotate(text, "de", "2031-05-08")
    event = find_events(page, event_reader().candidates(page))[0]
    return event, CountryChoice(page, PlaceMentions(load_reference(), page), {event: known})


def _model(**weights: float) -> Mapping[str, Mapping[str, JointModel]]:
    return {STAGE: {OF_EVENT: JointModel(LinearModel(weights, 0.0))}}


def test_the_countries_of_towns_peoples_and_of_the_language_are_measured() -> None:
    event, choice = _choice()
    measured = {code: measures for of, code, measures in choice.measure() if of is event}
    assert {"NO", "KZ", "DE"} <= measured.keys()
    assert measured["NO"]["share.country"] == 1.0
    assert measured["KZ"]["share.people"] == 1.0
    assert measured["DE"]["home"] == 1.0


def test_the_likeliest_country_is_given_with_where_it_is_named() -> None:
    event, choice = _choice()
    country = choice.choose(_model(**{"share.people": 2.0, "bias": -1.0}))[event]
    assert (country.value, TEXT[country.start : country.end]) == ("KZ", "kasachischen")
    assert country.inferred
    country = choice.choose(_model(home=2.0, bias=-1.0))[event]
    assert TEXT[country.start : country.end].endswith("Zinnforum")


def test_none_is_given_without_a_model_or_where_none_is_likely() -> None:
    event, choice = _choice()
    assert choice.choose({}) == {}
    assert event not in choice.choose(_model(bias=-1.0))


def test_an_event_with_a_country_keeps_it() -> None:
    _, choice = _choice(known="NO")
    assert choice.choose(_model(bias=5.0)) == {}
    assert list(choice.measure()) == []


def test_a_page_that_names_no_place_has_the_countries_of_its_language_alone() -> None:
    _, choice = _choice("Das Zinnforum fand am 5. Mai 2031 statt. Viele Gäste kamen dazu.")
    assert {code for _, code, _ in choice.measure()} == {"DE", "AT", "CH"}


def test_nothing_tells_which_of_two_parties_an_event_was_held_in() -> None:
    event, choice = _choice()
    model = _model(**{"share.people": 2.0, "bias": -1.0})
    assert event not in choice.choose(model, {event: ["KZ", "NO"]})
    assert choice.choose(model, {event: ["KZ"]})[event].value == "KZ"
