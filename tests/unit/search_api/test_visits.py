from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from search_api.visits import PAUSE, Visit, visit_at

MORNING = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


def test_a_visit_goes_on_as_long_as_somebody_looks() -> None:
    visit = visit_at(MORNING, MORNING, None)
    assert visit.since is None
    later = visit_at(MORNING + DAY, MORNING + DAY, visit.value())
    assert later.since == MORNING
    now = MORNING + DAY
    for _ in range(5):
        now += PAUSE - MINUTE
        later = visit_at(now, now, later.value())
        assert (later.since, later.seen) == (MORNING, now)
    after = visit_at(now + PAUSE + MINUTE, now + PAUSE, later.value())
    assert after.since == now


def test_what_was_not_in_the_index_is_new_the_next_time() -> None:
    """A run has begun at two, and is not through at half past eight."""
    run = MORNING.replace(hour=2)
    visit = visit_at(MORNING, run, None)
    assert visit_at(MORNING + DAY, MORNING + DAY, visit.value()).since == run


def test_a_value_is_read_as_it_was_written() -> None:
    visit = Visit(MORNING - DAY, MORNING, MORNING)
    assert visit_at(MORNING + MINUTE, MORNING, visit.value()).since == MORNING - DAY


@pytest.mark.parametrize(
    "value",
    [
        *("", "x", "..", "1.2", "1.2.3.4", "-1.2.3", "1.2.\u0663", "1" * 5000, "\n1.2.3"),
        Visit(None, MORNING, MORNING + 2 * PAUSE).value(),
        Visit(None, MORNING + DAY, MORNING).value(),
        Visit(MORNING + DAY, MORNING, MORNING).value(),
        f"99999999999.{Visit(None, MORNING, MORNING).value()[1:]}",
    ],
)
def test_a_value_that_is_none_begins_anew(value: str) -> None:
    assert visit_at(MORNING, MORNING, value) == Visit(None, MORNING, MORNING)
