"""Logistic regression over named measures."""

from __future__ import annotations

import numpy as np

from radar.training.joint_fit import Sample
from radar.training.logistic import PENALTY, Numbers, SparseRows, logistic, matrix

SAMPLES = [
    Sample(
        "train", f"{page}.example", {"bias": 1.0, "day": float(answer), "noise": page % 3.0}, answer
    )
    for page in range(30)
    for answer in (True, False)
]
ANSWERS = np.array([float(s.answer) for s in SAMPLES])


def test_what_tells_yes_from_no_gets_the_weight() -> None:
    weights = logistic(SparseRows.of(SAMPLES, ["bias", "day", "noise"]), ANSWERS)
    assert weights[1] > 1.0
    assert abs(weights[2]) < 0.3


def test_weights_of_nearly_the_same_samples_lead_to_the_same_ones() -> None:
    values = SparseRows.of(SAMPLES, ["bias", "day", "noise"])
    most = np.arange(len(SAMPLES)) % 5 > 0
    whole = logistic(values, ANSWERS)
    begun = logistic(values.only(most), ANSWERS[most], near=whole)
    np.testing.assert_allclose(begun, logistic(values.only(most), ANSWERS[most]), atol=1e-6)
    assert np.abs(begun - whole).max() > 1e-3


def test_weights_leave_no_slope() -> None:
    values = matrix(SAMPLES, ["bias", "day", "noise"])
    weights = logistic(SparseRows.of(SAMPLES, ["bias", "day", "noise"]), ANSWERS)
    expected = 1 / (1 + np.exp(-values @ weights))
    np.testing.assert_allclose(values.T @ (ANSWERS - expected), PENALTY * weights, atol=1e-5)


def test_many_measures_that_hang_together_leave_no_slope() -> None:
    chance = np.random.default_rng(7)
    dense = (chance.random((300, 80)) < 0.1) * chance.random((300, 80))
    dense[:, 40:] = dense[:, :40] + 0.01 * dense[:, 40:]
    answers = (dense[:, 0] + dense[:, 1] > dense[:, 2]).astype(float)
    weights = logistic(sparse(dense), answers)
    expected = 1 / (1 + np.exp(-dense @ weights))
    np.testing.assert_allclose(dense.T @ (answers - expected), PENALTY * weights, atol=1e-5)


def test_rows_that_are_kept_are_those_of_the_matrix() -> None:
    dense = np.array([[1.0, 0.0], [0.0, 0.0], [2.0, 3.0]])
    kept = sparse(dense).only(np.array([False, True, True]))
    weights = np.array([10.0, 1.0])
    np.testing.assert_array_equal(kept.times(weights), dense[1:] @ weights)
    np.testing.assert_array_equal(kept.summed(np.array([1.0, 2.0])), dense[1:].T @ [1.0, 2.0])


def test_rows_without_measures_have_no_weights() -> None:
    assert logistic(SparseRows.of(SAMPLES, []), ANSWERS).tolist() == []


def sparse(dense: Numbers) -> SparseRows:
    row, column = np.nonzero(dense)
    return SparseRows(dense.shape[0], dense.shape[1], row, column, dense[row, column])


def test_a_measure_that_is_given_as_0_takes_no_place() -> None:
    rows = SparseRows.of(SAMPLES, ["bias", "day"])
    assert rows.number.all()
    assert len(rows.number) == len(SAMPLES) + int(ANSWERS.sum())
