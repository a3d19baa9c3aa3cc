"""Values that the event reader marks as sure are right, and most values are marked so."""

from __future__ import annotations

from tests.quality.rule_confidence import coverage, own

LEAST_SURE = 0.6
"""Share of the values that count as sure."""
LEAST_RIGHT = 0.95
"""Share of these that are right; both may be raised, never lowered."""


def test_sure_values_are_right() -> None:
    share, right = coverage(own())
    assert share >= LEAST_SURE
    assert right >= LEAST_RIGHT
