"""Logistic regression over named measures."""

from __future__ import annotations

import numpy as np

from radar.training.joint_fit import Sample
from radar.training.logistic import logistic, matrix

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
