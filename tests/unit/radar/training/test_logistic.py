"""Logistic regression over named measures."""

from __future__ import annotations

import numpy as np

from radar.training.joint_fit import Sample
from radar.training.logistic import PENALTY, logistic, matrix, solve_logistic

SAMPLES = [
    Sample(
        "train", f"{page}.example", {"bias": 1.0, "day": float(answer), "noise": page % 3.0}, answer
    )
    for page in range(30)
    for answer in (True, False)
]
ANSWERS = np.array([float(s.answer) for s in SAMPLES])


def test_what_tells_yes_from_no_gets_the_weight() -> None:
    values = np.array([[1.0, s.measures["day"], s.measures["noise"]] for s in SAMPLES])
    weights = logistic(values, ANSWERS)
    assert weights[1] > 1.0
    assert abs(weights[2]) < 0.3


def test_a_sample_that_counts_twice_is_there_twice() -> None:
    values = matrix(SAMPLES, ["bias", "noise", "missing"])
    counted = np.array([2.0 if s.answer else 1.0 for s in SAMPLES])
    twice = np.flatnonzero(ANSWERS)
    again = np.concatenate([np.arange(len(SAMPLES)), twice])
    np.testing.assert_allclose(
        logistic(values, ANSWERS, counted), logistic(values[again], ANSWERS[again]), atol=1e-9
    )


def test_a_solution_of_nearly_the_same_samples_leads_to_the_same_weights() -> None:
    values = matrix(SAMPLES, ["bias", "day", "noise"])
    most = np.arange(len(SAMPLES)) % 5 > 0
    whole = solve_logistic(values, ANSWERS)
    begun = solve_logistic(values[most], ANSWERS[most], near=whole).weights
    np.testing.assert_allclose(begun, logistic(values[most], ANSWERS[most]), atol=1e-6)
    assert np.abs(begun - whole.weights).max() > 1e-3


def test_weights_leave_no_slope() -> None:
    values = matrix(SAMPLES, ["bias", "day", "noise"])
    weights = logistic(values, ANSWERS)
    expected = 1 / (1 + np.exp(-values @ weights))
    np.testing.assert_allclose(values.T @ (ANSWERS - expected), PENALTY * weights, atol=1e-5)
