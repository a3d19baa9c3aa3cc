"""Values that the event reader marks as sure are right, and most values are marked so."""

from __future__ import annotations

from crawler.parsers.events.assembly.rule_confidence import SHARES, SURE, rule_confidence
from crawler.parsers.events.page.found_value import FoundValue
from tests.quality.rule_confidence import coverage, own

LEAST_SURE = 0.5
"""Share of the values that count as sure."""
LEAST_RIGHT = 0.92
"""Share of these that are right; both may be raised, never lowered."""


def test_sure_values_are_right() -> None:
    share, right = coverage(own())
    assert share >= LEAST_SURE
    assert right >= LEAST_RIGHT


def test_every_rule_that_reads_a_value_has_a_share() -> None:
    assert {v.rule for v in own()} <= set(SHARES)


def test_a_date_that_hardly_leads_is_not_sure() -> None:
    clear = FoundValue("2031-05-04", "text", 0, 6, "dating.ranked", 0.95)
    close = FoundValue("2031-05-04", "text", 0, 6, "dating.ranked", 0.7)
    assert rule_confidence(clear) >= SURE > rule_confidence(close)
