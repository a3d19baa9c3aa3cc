"""A weighted sum of measures."""

from __future__ import annotations

from crawler.parsers.events.trained.linear_model import LinearModel


def test_log_odds_are_the_weighted_sum_of_what_was_measured() -> None:
    model = LinearModel({"day": 1.5, "list": -0.5}, 0.25)
    assert model.log_odds({"day": 1.0, "list": 2.0, "unknown": 9.0}) == 0.5
