"""Which house an event has, as a model chooses among those of the page."""

from __future__ import annotations

from crawler.parsers.events.candidates.coreference import EventMentions
from crawler.parsers.events.candidates.selection import find_events
from crawler.parsers.events.candidates.value_choice import OF_EVENT
from crawler.parsers.events.page.found_value import FoundValue
from crawler.parsers.events.trained.joint_model import JointModel
from crawler.parsers.events.trained.linear_model import LinearModel
from crawler.parsers.events.values.venue_choice import STAGE, VenueChoice
from crawler.parsers.events.values.venues import VenueReader
from tests.event_texts import annotate, event_reader

TEXT = "Das Zinnforum am 5. Mai 2031 richtete der Verband der Erze in Jena aus. Er ist alt."


def _choice(house: str | None) -> tuple[EventMentions, VenueChoice]:
    page = annotate(TEXT, "de", "2031-05-08")
    event = find_events(page, event_reader().candidates(page))[0]
    start = TEXT.find(house) if house else 0
    found = FoundValue(house, "text", start, start + len(house), "placing.venue") if house else None
    reader = VenueReader(page, lambda _: False, event_reader().taggers(page)[1])
    return event, VenueChoice(page, reader, {event: found})


def _model(**weights: float) -> dict[str, dict[str, JointModel]]:
    return {STAGE: {OF_EVENT: JointModel(LinearModel(weights, 0.0))}}


def test_a_body_may_be_the_house_where_rules_give_none() -> None:
    event, choice = _choice(None)
    assert choice.choose({})[event] is None
    house = choice.choose(_model(**{"from.body": 1.0}))[event]
    assert house is not None
    assert (house.value, house.rule) == ("Verband der Erze", "placing.venue-trained")


def test_the_house_of_rules_is_left_out_where_the_model_doubts_it() -> None:
    event, choice = _choice("Jena")
    for odds, value in ((-0.5, "Jena"), (-2.0, None)):
        house = choice.choose(_model(**{"rule.placing.venue": odds, "from.body": -3.0}))[event]
        assert (house and house.value) == value


def test_houses_are_measured_by_their_words_and_what_stands_beside_them() -> None:
    event, choice = _choice("Jena")
    measured = {v.mention.value: m for e, v, m in choice.measure().measure() if e is event}
    assert measured["Jena"]["is.town"] == 1.0
    assert measured["Verband der Erze"]["span.body"] == 1.0
    assert "is.town" not in measured["Verband der Erze"]


def test_a_town_is_no_house_however_likely() -> None:
    page = annotate("Das Zinnforum fand am 5. Mai 2031 in Halle an der Saale statt.", "de")
    event = find_events(page, event_reader().candidates(page))[0]
    reader = VenueReader(page, lambda _: False)
    choice = VenueChoice(page, reader, {event: None})
    assert choice.choose(_model(bias=5.0))[event] is None


def test_what_stands_where_a_house_may_is_measured_by_what_the_tagger_says_of_its_words() -> None:
    page = annotate("Das Zinnforum fand am 5. Mai 2031 in der Kupfertruhe in Jena statt.", "de")
    event = find_events(page, event_reader().candidates(page))[0]
    reader = VenueReader(page, lambda _: False, event_reader().taggers(page)[1])
    choice = VenueChoice(page, reader, {event: None})
    measured = {v.mention.value: m for _, v, m in choice.measure().measure()}["Kupfertruhe"]
    assert measured["from.behind"] == 1.0
    inside = [measured[f"inside.{place}"] for place in ("within", "mean", "most")]
    assert 0 < inside[0] == inside[1] == inside[2]
    assert inside[0] > measured["inside.before"] > 0
    house = choice.choose(_model(**{"from.behind": 1.0}))[event]
    assert house is not None
    assert house.value == "Kupfertruhe"


def test_a_time_is_no_house_however_likely() -> None:
    page = annotate("Zinntag\n10. März 2031, 9.30 Uhr, Suhl", "de", "2031-02-01")
    event = find_events(page, event_reader().candidates(page))[0]
    choice = VenueChoice(page, VenueReader(page, lambda _: False), {event: None})
    assert "9.30 Uhr" in {v.mention.value for _, v, _ in choice.measure().measure()}
    house = choice.choose(_model(**{"from.piece": 1.0}))[event]
    assert house is None or house.value != "9.30 Uhr"
