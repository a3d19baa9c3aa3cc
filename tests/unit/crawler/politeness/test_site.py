from __future__ import annotations

from crawler.politeness.pace import Pace
from crawler.politeness.site import FAILURES_IN_A_ROW, Site
from indexer.records.outcome import Outcome


def test_failures_in_a_row_start_a_cooldown() -> None:
    site = Site("example.org", Pace(0))
    for _ in range(FAILURES_IN_A_ROW - 1):
        site.record_outcome(Outcome.TIMED_OUT, "late")
    site.record_outcome(Outcome.HTTP_ERROR, "status 404")
    for _ in range(FAILURES_IN_A_ROW - 1):
        site.record_outcome(Outcome.BLOCKED, "status 403")
    assert site.cooldown is None
    site.record_outcome(Outcome.BLOCKED, "status 403")
    assert site.cooldown is not None
    assert (site.cooldown.state, site.cooldown.reason) == (
        "blocked",
        "5 times in a row: status 403",
    )
