"""What a run tells of itself."""

from __future__ import annotations

import sqlalchemy as sa

from radar.run.remarks import Remarks


def test_what_is_failed_at_twice_in_a_run_is_told_once() -> None:
    remarks = Remarks()
    with sa.create_engine("sqlite://").connect() as connection:
        for what in ("links of events", "links of events", "pages that moved"):
            with remarks.going_on(connection, what):
                raise KeyError("mistake")
    assert remarks.problems == [
        "links of events: internal error: KeyError: 'mistake'",
        "pages that moved: internal error: KeyError: 'mistake'",
    ]
