"""The confidence of values: a model over their measures, and what holds without it."""

from __future__ import annotations

import pytest

from crawler.parsers.events.assembly.confidence import SURE, UNJUDGED, judge_confidence
from crawler.parsers.events.trained.linear_model import LinearModel

MODEL = LinearModel({"bias": 1.0, "field.start": 2.0, "odds.0": 1.5}, 0.0)


@pytest.mark.parametrize(
    ("measures", "confidence"),
    [
        ({"bias": 1.0, "field.start": 1.0}, 0.95),
        ({"bias": 1.0, "field.start": 1.0, "odds.0": -2.0}, 0.5),
        ({"bias": 1.0, "field.status": 1.0}, UNJUDGED),
    ],
)
def test_a_value_is_as_sure_as_its_measures(measures: dict[str, float], confidence: float) -> None:
    assert judge_confidence(measures, MODEL) == confidence


def test_without_a_model_nothing_is_sure() -> None:
    assert judge_confidence({"bias": 1.0, "field.start": 1.0}, None) == UNJUDGED < SURE
