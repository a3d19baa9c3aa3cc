"""How often a page is asked for where nothing says whether it has changed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from indexer.frontier.recrawl.revisits import LONGEST, REVISIT, ChangeRates, interval

DAY = timedelta(days=1)


def wait(rates: ChangeRates, age: float, changes: int = 0, watched: float = 0.0) -> timedelta:
    return interval(rates, age * DAY, changes, watched * DAY)


def taught(changes: int, visits: int, *, age: float = 0.0) -> ChangeRates:
    rates = ChangeRates()
    for number in range(visits):
        rates.record_visit(age, age + 1, changed=number < changes)
    return rates


def test_the_older_a_page_the_longer_the_wait() -> None:
    waits = [wait(ChangeRates(), age) for age in (0, 1, 5, 20, 100, 2000)]
    assert waits == sorted(waits)
    assert waits[0] >= REVISIT
    assert waits[-1] <= LONGEST


def test_sites_that_edit_much_are_asked_more_often_than_those_that_never_do() -> None:
    much, never = taught(60, 100), taught(0, 500)
    assert wait(much, 3) < wait(ChangeRates(), 3) < wait(never, 3)


def test_each_age_has_a_rate_of_its_own() -> None:
    rates = taught(80, 100)
    for _ in range(100):
        rates.record_visit(30, 60, changed=False)
    assert rates.k(0) > 2 * rates.k(40)


def test_a_page_that_changes_all_the_time_is_asked_for_however_old_it_is() -> None:
    rates = taught(0, 300, age=200)
    assert wait(rates, 400, changes=1, watched=30) > 10 * DAY
    assert wait(rates, 400, changes=20, watched=40) <= DAY


def test_half_of_an_interval_counts_that_ended_with_a_change() -> None:
    changed, unchanged = taught(1, 1), taught(0, 1)
    assert changed.classes[0][1] == pytest.approx(unchanged.classes[0][1] / 2)


@pytest.mark.parametrize(("before", "after"), [(-2500.0, 3.0), (-1.0, 3.0), (-3.0, -2.0)])
def test_a_look_of_a_clock_that_was_behind_counts_from_the_pages_first_day(
    before: float, after: float
) -> None:
    behind, right = ChangeRates(), ChangeRates()
    behind.record_visit(before, after, changed=False)
    right.record_visit(0, max(0, after), changed=False)
    assert behind.to_json() == right.to_json()
    assert wait(ChangeRates(), 3, changes=4, watched=-5) <= wait(ChangeRates(), 3)


def test_experience_is_kept_and_the_old_one_fades() -> None:
    rates = taught(3, 9)
    assert ChangeRates.from_json(rates.to_json()).k(0) == pytest.approx(rates.k(0), rel=1e-3)
    many = taught(6000, 6000)
    assert sum(pair[1] for pair in many.classes) < 2000
