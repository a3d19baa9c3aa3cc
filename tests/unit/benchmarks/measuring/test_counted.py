from __future__ import annotations

from benchmarks.measuring.counted import Counted


def test_counts_are_summed() -> None:
    counted = Counted(1, 2, 4) + Counted(1, 2, 0)
    assert (counted.right, counted.found, counted.labelled) == (2, 4, 4)
    assert (counted.precision, counted.f1) == (0.5, 0.5)
    assert str(counted) == "0.50 / 0.50 / 0.500"
    assert str(Counted()) == "0.00 / 0.00 / 0.000"
