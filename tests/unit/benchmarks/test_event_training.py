"""Training the models of events."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.event_training import Sample, choose_threshold, find_spans, fit, logistic

SAMPLES = [
    Sample(page, {"bias": 1.0, "day": float(answer), "noise": float(page % 3)}, answer)
    for page in range(30)
    for answer in (True, False)
]


def test_mentions_are_found_in_reading_order() -> None:
    mentions = [
        {"surface": "forum", "event": 0},
        {"surface": "forum", "event": 1},
        {"surface": "lost", "event": 2},
    ]
    assert list(find_spans("A forum, then a forum.", mentions[:1])) == [(2, 7, 0)]
    assert list(find_spans("A forum, then a forum.", mentions)) == [(2, 7, 0), (16, 21, 1)]


def test_what_tells_yes_from_no_gets_the_weight() -> None:
    values = np.array([[1.0, s.measures["day"], s.measures["noise"]] for s in SAMPLES])
    weights = logistic(values, np.array([float(s.answer) for s in SAMPLES]))
    assert weights[1] > 1.0
    assert abs(weights[2]) < 0.3


@pytest.mark.parametrize(("precision", "threshold"), [(1.0, 3.0), (0.75, 1.0), (0.5, 0.0)])
def test_the_threshold_is_the_lowest_that_keeps_the_precision(
    precision: float, threshold: float
) -> None:
    odds, answers = np.array([4.0, 3.0, 2.0, 1.0, 0.0]), np.array([1.0, 1.0, 0.0, 1.0, 0.0])
    assert choose_threshold(odds, answers, precision) == pytest.approx(threshold, abs=1e-3)


def test_the_same_samples_give_the_same_model(capsys: pytest.CaptureFixture[str]) -> None:
    first = fit("event", SAMPLES, SAMPLES[:10])
    assert first == fit("event", SAMPLES, SAMPLES[:10])
    assert "recall 1.00" in capsys.readouterr().out
