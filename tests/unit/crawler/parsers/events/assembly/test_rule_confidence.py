from __future__ import annotations

import pytest

from crawler.parsers.events.assembly.rule_confidence import SHARES, SURE, rule_confidence
from crawler.parsers.events.page.found_value import FoundValue


@pytest.mark.parametrize(
    ("rule", "rank", "confidence"),
    [
        ("names.gathering", 0.5, SHARES["names.gathering"]),
        ("dating.ranked", 0.95, SHARES["dating.ranked"]),
        ("dating.ranked", 0.84, 0.8),
        ("placing.town", 0.8, SHARES["placing.town"]),
        ("placing.town", 0.79, 0.8),
        ("a.new-rule", 0.95, 0.7),
        ("a.new-rule", 0.6, 0.6),
    ],
)
def test_the_confidence_of_a_value(rule: str, rank: float, confidence: float) -> None:
    assert rule_confidence(FoundValue("x", "text", 0, 1, rule, rank)) == confidence


def test_a_close_date_is_not_sure() -> None:
    close = FoundValue("2031-05-05", "text", 0, 1, "dating.ranked", 0.6)
    assert rule_confidence(close) < SURE <= SHARES["dating.ranked"]
