from dataclasses import replace

import pytest

from crawler.parsers.events.candidates.choice_measures import ChoiceMeasures, ValueMention
from crawler.parsers.events.candidates.coreference import EventMentions
from crawler.parsers.events.candidates.value_choice import (
    OF_EVENT,
    Odds,
    choose_several,
    judge,
    judge_values,
    model_of,
    with_odds,
)
from crawler.parsers.events.page.found_value import FoundValue
from crawler.parsers.events.trained.joint_model import JointModel
from crawler.parsers.events.trained.linear_model import LinearModel
from indexer.records.document import Mention
from tests.event_texts import annotate, event_reader


def _measured(ruled: tuple[str, ...]) -> ChoiceMeasures:
    page = annotate("Das Zinnforum war am 4. Mai in Jena.", "de", "2031-05-02")
    (event,) = (EventMentions([c]) for c in event_reader().candidates(page))
    values = [
        ValueMention(page.sentences[0], Mention("x", "text", 4, 7, v, v), v, {f"is.{v}": 1.0})
        for v in ("a", "b")
    ]
    return ChoiceMeasures([event], values, {event: ruled})


def _model(weights: dict[str, float], threshold: float) -> JointModel:
    return JointModel(LinearModel(weights, threshold))


@pytest.mark.parametrize(
    ("weights", "threshold", "ruled", "chosen"),
    [
        ({"is.a": 3.0}, 0.0, (), ["a"]),
        ({"is.a": 3.0}, 4.0, (), []),
        ({"is.a": 3.0}, 0.0, ("b",), ["a"]),
        ({"is.a": 3.0, "is.b": 2.5}, 0.0, ("b",), []),
        ({"is.a": 3.0}, 0.0, ("a",), []),
    ],
)
def test_another_value_than_that_of_the_rules_must_be_surer(
    weights: dict[str, float], threshold: float, ruled: tuple[str, ...], chosen: list[str]
) -> None:
    (found,) = judge_values(_measured(ruled), _model(weights, threshold)).values()
    assert [value.value for value in (found.other,) if value] == chosen


@pytest.mark.parametrize(
    ("weights", "other", "is_doubted"),
    [
        ({"is.b": -2.0}, None, True),
        ({"is.b": -0.5}, None, False),
        ({"is.a": 3.0, "is.b": -2.0}, "a", False),
    ],
)
def test_a_value_of_the_rules_that_is_unlikely_is_doubted(
    weights: dict[str, float], other: str | None, *, is_doubted: bool
) -> None:
    (found,) = judge_values(_measured(("b",)), _model(weights, 0.5)).values()
    assert (found.other and found.other.value, found.is_doubted) == (other, is_doubted)


def test_the_only_value_of_an_event_is_not_doubted() -> None:
    measured = _measured(("a", "b"))
    (found,) = judge_values(measured, _model({"is.a": -3.0, "is.b": -3.0}, 0.5)).values()
    assert not found.is_doubted


@pytest.mark.parametrize(
    ("ruled", "of_rules"), [((), None), (("b",), Odds(1.0, -0.5)), (("a",), Odds(1.5, 0.5))]
)
def test_odds_are_told_above_the_threshold_and_above_the_next_value(
    ruled: tuple[str, ...], of_rules: Odds | None
) -> None:
    model = _model({"is.a": 2.5, "is.b": 2.0}, 1.0)
    (found,) = judge_values(_measured(ruled), model).values()
    assert (found.odds, found.odds_of_rules) == (Odds(1.5, 0.5), of_rules)


def test_values_carry_their_odds() -> None:
    found = FoundValue("Jena", "text", 0, 4, "placing.town")
    assert with_odds(found, Odds(1.5, 0.5)) == replace(found, odds=1.5, lead=0.5)
    assert with_odds(found, None) is found
    assert with_odds(None, Odds(1.5, 0.5)) is None


@pytest.mark.parametrize(
    ("threshold", "ruled", "further"),
    [(2.0, (), ["a", "b"]), (2.7, (), ["a"]), (2.0, ("a",), ["b"])],
)
def test_further_values_stand_beside_those_of_the_rules(
    threshold: float, ruled: tuple[str, ...], further: list[str]
) -> None:
    model = _model({"is.a": 3.0, "is.b": 2.5}, threshold)
    (found,) = choose_several(judge(_measured(ruled), model), model.threshold).values()
    assert [value.value for value in found.further] == further
    assert not found.doubted


@pytest.mark.parametrize(("odds", "doubted"), [(-1.5, ["a"]), (-0.5, [])])
def test_an_unlikely_value_of_the_rules_is_doubted(odds: float, doubted: list[str]) -> None:
    model = _model({"is.a": odds, "is.b": -3.0}, 0.0)
    (found,) = choose_several(judge(_measured(("a",)), model), model.threshold).values()
    assert [value.value for value in found.doubted] == doubted
    assert not found.further


def test_a_kind_may_have_no_model() -> None:
    model = _model({}, 0.0)
    assert model_of({"counts": {OF_EVENT: model}}, "counts") is model
    assert model_of({}, "counts") is None


@pytest.mark.parametrize(
    ("threshold", "ruled", "nearly"),
    [(3.5, (), "a"), (2.5, (), None), (5.0, (), None), (3.5, ("b",), None)],
)
def test_a_value_just_below_the_threshold_is_nearly_chosen_where_rules_give_none(
    threshold: float, ruled: tuple[str, ...], nearly: str | None
) -> None:
    model = _model({"is.a": 3.0, "is.b": 1.0}, threshold)
    (found,) = judge_values(_measured(ruled), model).values()
    assert (found.nearly and found.nearly.value) == nearly


@pytest.mark.parametrize(
    ("threshold", "ruled", "nearly"),
    [(3.5, (), ["a", "b"]), (2.7, (), ["b"]), (3.5, ("a",), ["b"]), (6.0, (), [])],
)
def test_of_several_values_each_may_be_nearly_chosen(
    threshold: float, ruled: tuple[str, ...], nearly: list[str]
) -> None:
    model = _model({"is.a": 3.0, "is.b": 2.5}, threshold)
    (found,) = choose_several(judge(_measured(ruled), model), model.threshold).values()
    assert [value.value for value in found.nearly] == nearly
