"""Models that answer together: what they learn, and their threshold."""

from __future__ import annotations

import numpy as np
import pytest

from radar.training.joint_fit import (
    MOST_ODDS,
    Sample,
    average_precision,
    choose_best,
    choose_threshold,
    fit,
    structure_of,
)


def _samples() -> list[Sample]:
    return [
        Sample(part, f"{part}{host}.example", {"bias": 1.0, "near": near, "word.7": 1.0}, near > 0)
        for part, hosts in (("train", 30), ("chosen-on", 5))
        for host in range(hosts)
        for near in (1.0, 0.0)
    ]


def test_the_threshold_has_the_best_f1_among_those_that_keep_the_precision() -> None:
    odds, truth = np.array([5.0, 4.0, 3.0, 2.0, 1.0]), np.array([1.0, 0.0, 1.0, 1.0, 0.0])
    assert choose_best(odds, truth, 0.7) == pytest.approx(2.0, abs=1e-3)
    assert choose_best(odds, truth, 0.9) == pytest.approx(5.0, abs=1e-3)
    assert choose_best(odds, 1 - truth, 0.9) == MOST_ODDS


def test_the_same_samples_give_the_same_models(capsys: pytest.CaptureFixture[str]) -> None:
    samples = _samples()
    fitted = fit(samples, ["near"])
    again = fit(samples, ["near"])
    assert fitted.weights["near"] > 1
    assert fitted.turns == again.turns
    threshold = choose_threshold("near", samples, fitted.odds, 0.75)
    assert fitted.written(threshold)["threshold"] == round(threshold, 4)
    assert "near: chosen-on: 10 samples, 5 yes, precision 1.00, recall 1.00" in (
        capsys.readouterr().out
    )


def test_samples_that_say_nothing_are_judged_and_teach_nothing() -> None:
    samples = _samples()
    silent = [Sample("train", "x.example", {"far": 1.0}, True, asked=False)] * 20
    fitted = fit([*samples, *silent], ["near"])
    assert "far" not in fitted.weights
    assert len(fitted.odds) == len(samples) + len(silent)


def test_trees_ask_measures_of_structure() -> None:
    assert structure_of(_samples()) == ["bias", "near"]


def test_the_linear_model_answers_alone_where_trees_have_nothing_to_ask() -> None:
    samples = _samples()
    fitted = fit(samples)
    assert all(trees == [] for _, trees in fitted.turns)
    near, far = fitted.odds[-2:]
    assert near - far == pytest.approx(fitted.weights["near"], abs=1e-3)


@pytest.mark.parametrize(("odds", "precision"), [([3, 2, 1], 1.0), ([1, 3, 2], 0.5)])
def test_average_precision_is_1_where_right_answers_come_first(
    odds: list[float], precision: float
) -> None:
    answers = np.array([1.0, 0.0, 0.0]) if precision == 1 else np.array([0.0, 0.0, 1.0])
    assert average_precision(np.array(odds, dtype=float), answers) == precision
