"""What is measured of a value: how it was read, how far its event is, what else is near."""

from __future__ import annotations

import math
from collections.abc import Mapping

from crawler.parsers.events.assembly.event_values import field_of
from tests.event_texts import event_reader, text_page

ONE = (
    "The 5th Mining Forum took place in Berlin on 4 May 2031. It was organised by the Chamber of"
    " Mines."
)
TWO = (
    ONE + " The 6th Mining Forum will take place in Vienna on 7 June 2032. Anna Weber, director"
    " of the Chamber of Mines, will speak there."
)


def _measures(text: str) -> dict[str, Mapping[str, float]]:
    """Measures by number of the event and path of the value."""
    return {
        f"{number} {path}": measures
        for number, one in enumerate(event_reader().assemble(text_page(text, "en", "2031-06-01")))
        for (path, _), measures in zip(one.evidence, one.measures, strict=True)
    }


def test_every_value_has_measures_of_field_rule_and_event() -> None:
    start = _measures(ONE)["0 start"]
    assert start["field.start"] == start["rule.start.dating.ranked"] == 1.0
    assert start["rank.dating.ranked"] > 0.5
    assert start["event.day"] == start["event.town"] == 1.0
    assert start["odds.4"] <= 0.0


def test_the_distance_to_the_event_is_counted_in_sentences() -> None:
    measured = _measures(ONE)
    assert measured["0 place.city"]["sentences.0"] == 1.0
    assert measured["0 organisers"]["sentences.1"] == 1.0


def test_another_event_that_is_nearer_is_a_measure() -> None:
    measured = _measures(TWO)
    assert "other.inside" not in measured["0 place.city"]
    assert measured["0 place.city"]["page.events"] > 0
    persons = [m for path, m in measured.items() if path.endswith(".name") and "persons" in path]
    assert persons
    assert all("page.events" in m for m in persons)
    assert measured["1 name"]["event.second"] == 1.0


def test_what_else_may_be_the_value_is_a_measure() -> None:
    alone, beside = _measures(ONE)["0 start"], _measures(TWO)["0 start"]
    assert alone["rivals.none"] == 1.0
    assert "rivals.none" not in beside
    assert beside["rivals.page"] > 0
    assert "rivals.here" not in beside
    both = _measures("The 5th Mining Forum of 4 May 2031 followed that of 3 June 2028.")
    assert both["0 start"]["rivals.here"] == 0.25


def test_what_the_models_of_bodies_and_persons_say_is_a_measure() -> None:
    measured = _measures(TWO)
    assert _measures(ONE)["0 organisers"]["model.judged"] == 1.0
    name, role = (measured[f"1 persons[0].{field}"] for field in ("name", "role"))
    assert name["model.odds"] == name["person.odds"] == role["person.odds"] != 0
    assert "model.judged" not in role
    assert "person.judged" not in measured["0 start"]


def test_what_the_models_of_days_and_towns_say_is_a_measure_and_what_lies_between_values() -> None:
    measured = _measures(ONE)
    for path in ("0 start", "0 place.city", "0 place.country"):
        assert measured[path]["model.judged"] == 1.0
        assert measured[path]["model.lead"] == 5.0
    assert "model.lead" not in measured["0 organisers"]


def test_what_models_say_of_an_event_is_measured_of_all_its_values() -> None:
    measured = _measures(ONE)
    odds = [values["model.odds"] for values in measured.values() if "model.odds" in values]
    least = min(odds)
    assert {values["models.least"] for values in measured.values()} == {least}
    assert all(least < values["models.mean"] < max(odds) for values in measured.values())


def test_what_else_stands_in_the_sentence_of_a_value_is_counted() -> None:
    city, organiser = (_measures(ONE)[f"0 {path}"] for path in ("place.city", "organisers"))
    assert city["sentence.dates"] == city["sentence.places"] == city["sentence.own"] == 1.0
    assert 0 < city["sentence.at"] < 1
    assert "sentence.own" not in organiser
    assert organiser["sentence.since"] == math.log(2)
    assert organiser["sentence.organisations"] == 1.0


def test_what_the_page_says_again_is_a_measure() -> None:
    once, twice = _measures(ONE)["0 organisers"], _measures(TWO)["0 organisers"]
    assert "value.again" not in once
    assert twice["value.again"] == twice["value.most"] == 1.0


def test_what_an_event_is_told_with_is_measured_of_all_its_values() -> None:
    for path in ("start", "organisers"):
        measured = _measures(ONE)[f"0 {path}"]
        assert measured["event.first"] == measured["event.ordinal"] == 1.0
        assert measured["event.organisers"] == 0.25
        assert "event.persons" not in measured


def test_values_of_a_list_are_counted() -> None:
    two = "The 5th Mining Forum took place on 4 May 2031. It was organised by the {}."
    one = _measures(two.format("Chamber of Mines"))["0 organisers"]
    assert "value.number" not in one
    both = _measures(two.format("Chamber of Mines and the Tin Association"))["0 organisers"]
    assert both["value.number"] > 0


def test_the_number_of_a_person_is_no_field() -> None:
    assert field_of("persons[3].role") == "persons.role"
    assert field_of("place.city") == "place.city"


def test_how_often_the_words_of_a_value_stand_there_and_what_is_beside_them_is_measured() -> None:
    once, twice = _measures(ONE)["0 organisers"], _measures(TWO)["0 organisers"]
    assert "words.again" not in once
    assert twice["words.again"] > 0
    assert once["behind.end"] == once["words.opening"] == once["words.closing"] == 1.0
    town = _measures(ONE)["0 place.city"]
    assert town["behind.small"] == 1.0
    assert not {"behind.end", "behind.capital", "before.line", "before.capital"} & town.keys()


def test_what_several_events_of_a_page_are_given_is_a_measure() -> None:
    again = TWO.replace("Vienna", "Berlin")
    assert "value.events" not in _measures(TWO)["0 place.city"]
    assert _measures(again)["0 place.city"]["value.events"] == math.log(2)


def test_how_exact_a_first_day_is_and_how_far_ahead_are_measures() -> None:
    held, planned = (_measures(TWO)[f"{number} start"] for number in (0, 1))
    assert held["event.exact"] == planned["event.exact"] == 1.0
    assert held["event.ahead"] < 0 < planned["event.ahead"]
    assert _measures(ONE.replace("4 May ", "May "))["0 start"]["event.exact"] == 0.7


def test_a_body_that_a_value_is_or_runs_over_is_a_measure() -> None:
    measured = _measures(ONE)
    assert measured["0 organisers"]["is.body"] == measured["0 organisers"]["is.whole_body"] == 1.0
    assert "is.body" not in measured["0 place.city"]
