"""Trees learn what their pages show, and the same from the same pages."""

from __future__ import annotations

import numpy as np
import pytest

from radar.training import boosting
from radar.training.boosting import Growth, answers, grow


def test_trees_find_a_rule_of_two_measures_and_are_always_the_same() -> None:
    chance = np.random.default_rng(3)
    values = chance.uniform(0, 10, (600, 5))
    wanted = ((values[:, 1] > 4) & (values[:, 3] < 7)).astype(float)
    growth = Growth(trees=60, measures=0.6)
    trees = grow(values[:400], wanted[:400], np.ones(400), growth)
    assert trees == grow(values[:400], wanted[:400], np.ones(400), growth)
    assert all(isinstance(number, float) for tree in trees for node in tree for number in node)
    said = answers(trees, values[400:]) > 0
    assert (said == (wanted[400:] == 1)).mean() > 0.93


def test_without_anything_to_learn_the_answer_is_the_share() -> None:
    values, wanted = np.zeros((40, 2)), np.array([1.0] * 10 + [0.0] * 30)
    trees = grow(values, wanted, np.ones(40), Growth(trees=5))
    assert abs(answers(trees, values)[0] - np.log(1 / 3)) < 0.05


def test_a_question_that_is_always_answered_alike_gets_finite_odds() -> None:
    trees = grow(np.zeros((40, 2)), np.ones(40), np.ones(40), Growth(trees=5))
    assert 4 < answers(trees, np.zeros((1, 2)))[0] < 10


def test_of_rows_too_light_for_two_leaves_no_split_is_looked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    values = np.arange(20.0).reshape(20, 1)
    wanted = (values[:, 0] > 9).astype(float)
    # Undecided rows weigh a quarter each: 16 of 20 are seen, 4 together, and a leaf needs 4.
    trees = grow(values, wanted, np.ones(20), Growth(trees=3))
    assert [len(tree) for tree in trees] == [1] * 4
    monkeypatch.delattr(boosting._Grower, "_below")
    assert grow(values, wanted, np.ones(20), Growth(trees=3)) == trees
