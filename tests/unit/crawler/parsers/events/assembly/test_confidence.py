"""The confidence of values: a model over their measures, and what holds without it."""

from __future__ import annotations

import pytest

from crawler.parsers.events.assembly.confidence import UNJUDGED, judge_confidence
from crawler.parsers.events.trained.confidence_model import OF_VALUE, ConfidenceModel
from crawler.parsers.trees import Trees
from indexer.records.document import SURE

TREE = [[0.0, 0.5, 1.0, 2.0], [0.0], [3.0]]
FILE = {"measures": ["odds.0"], "questions": {OF_VALUE: {"trees": [TREE], "threshold": 0.0}}}
MODEL = ConfidenceModel(Trees.of(FILE, OF_VALUE), frozenset({"start"}))


@pytest.mark.parametrize(
    ("measures", "confidence"),
    [
        ({"field.start": 1.0, "odds.0": 1.0}, 0.95),
        ({"field.start": 1.0}, 0.5),
        ({"field.status": 1.0, "odds.0": 1.0}, UNJUDGED),
    ],
)
def test_a_value_is_as_sure_as_its_measures(measures: dict[str, float], confidence: float) -> None:
    other = {"field.start": 1.0}
    assert judge_confidence([measures, other], MODEL) == [confidence, 0.5]


def test_without_a_model_nothing_is_sure() -> None:
    assert judge_confidence([{"bias": 1.0, "field.start": 1.0}], None) == [UNJUDGED]
    assert UNJUDGED < SURE


def test_an_event_without_values_has_none() -> None:
    assert judge_confidence([], MODEL) == []
