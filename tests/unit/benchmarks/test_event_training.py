"""Training the models of events."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.event_training import (
    Sample,
    average_precision,
    choose_threshold,
    fit,
    logistic,
)

SAMPLES = [
    Sample(f"{page}.example", {"bias": 1.0, "day": float(answer), "noise": page % 3.0}, answer)
    for page in range(30)
    for answer in (True, False)
]


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


def test_what_rules_give_counts_for_the_precision_of_the_model() -> None:
    wrong = [
        Sample(f"{page}.example", {"bias": 1.0, "day": 1.0}, False, given=True) for page in range(9)
    ]
    lenient, strict = (
        fit("event", [*SAMPLES, *given], SAMPLES[:10])["threshold"] for given in ((), wrong)
    )
    assert strict > lenient


def test_further_samples_teach_but_choose_no_threshold() -> None:
    further = [Sample("", {"bias": 1.0, "day": 1.0, "noise": 1.0}, answer=False)] * 5
    plain, taught = (
        fit("event", SAMPLES, SAMPLES[:10]),
        fit("event", SAMPLES, SAMPLES[:10], further),
    )
    assert taught["weights"]["noise"] < plain["weights"]["noise"]


@pytest.mark.parametrize(("odds", "precision"), [([3, 2, 1], 1.0), ([1, 3, 2], 0.5)])
def test_average_precision_is_1_where_right_answers_come_first(
    odds: list[float], precision: float
) -> None:
    answers = np.array([1.0, 0.0, 0.0]) if precision == 1 else np.array([0.0, 0.0, 1.0])
    assert average_precision(np.array(odds, dtype=float), answers) == precision
