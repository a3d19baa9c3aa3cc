from __future__ import annotations

from datetime import date

from search_api.pages.timeline import HEIGHT, MOST_MONTHS, WIDTH, bars
from search_api.parameters import SearchParameters

SEARCH = SearchParameters.model_validate({"q": "Erz", "cursor": "x"})


def days(**counts: int) -> dict[int, int]:
    return {date.fromisoformat(d[1:].replace("_", "-")).toordinal(): n for d, n in counts.items()}


def test_months_are_bars_that_narrow_the_search() -> None:
    found = bars(SEARCH, days(d2024_11_30=1, d2025_01_01=3, d2025_01_31=3))
    assert [(bar.label, bar.height) for bar in found] == [
        ("November 2024: 1 page", 7),
        ("December 2024: 0 pages", 0),
        ("January 2025: 6 pages", HEIGHT),
    ]
    assert (found[0].period, found[-1].period) == ("November 2024", "January 2025")
    assert [bar.x for bar in found] == [0, WIDTH, 2 * WIDTH]
    assert found[0].address == "/?q=Erz&from=2024-11&to=2024-11"


def test_a_long_time_is_shown_in_years() -> None:
    found = bars(SEARCH, days(d2019_05_01=2, d2023_01_01=1))
    assert [bar.label.partition(":")[0] for bar in found] == [str(y) for y in range(2019, 2024)]
    assert found[-1].address == "/?q=Erz&from=2023&to=2023"
    assert len(bars(SEARCH, days(d2020_01_01=1, d2022_12_01=1))) == MOST_MONTHS


def test_of_a_very_long_time_only_years_with_pages_are_shown() -> None:
    assert len(bars(SEARCH, days(d0001_01_01=1, d1990_01_01=1, d9999_12_31=1))) == 3


def test_a_single_period_narrows_nothing() -> None:
    assert bars(SEARCH, days(d2024_05_01=2, d2024_05_09=1)) == ()
    assert bars(SEARCH, {}) == ()
