from __future__ import annotations

import pytest

from crawler.parsers.article.publication.lone_days import LoneDays, shown_order
from tests.page_reader import packaged_dates


@pytest.mark.parametrize(
    ("text", "day_first", "known", "day"),
    [
        ("2024/3/12", True, set(), "2024-03-12"),
        ("12.03.2024", False, set(), "2024-03-12"),
        ("06/09/2015", True, set(), "2015-09-06"),
        ("06/09/2015", False, set(), "2015-06-09"),
        ("25/09/2015", False, set(), "2015-09-25"),
        ("09/25/2015", True, set(), "2015-09-25"),
        ("06/09/2015", True, {"2015-06-09"}, "2015-06-09"),
        ("06/09/2015", False, {"2015-09-06"}, "2015-09-06"),
        ("06/09/2015", False, {"2015-09-06", "2015-06-09"}, "2015-06-09"),
        ("14.06.18", True, set(), "2018-06-14"),
        ("14.06.97", True, set(), "1997-06-14"),
        ("31.02.2024", True, set(), None),
        ("12 March 1850", True, set(), None),
        ("9 June 2015", True, set(), "2015-06-09"),
        ("March 2015", True, set(), "2015-03"),
    ],
)
def test_the_day_of_a_string(text: str, day_first: bool, known: set[str], day: str | None) -> None:
    days = LoneDays(packaged_dates(), "en", day_first=day_first).knowing(known)
    found = days.parse(text)
    assert (found[0] if found else None) == day


@pytest.mark.parametrize(
    ("known", "named", "day"),
    [
        (set(), {"2015-09-06"}, "2015-09-06"),
        ({"2015-06-09"}, {"2015-09-06"}, "2015-06-09"),
        (set(), {"2015-09-06", "2015-06-09"}, "2015-06-09"),
        (set(), {"2015-09-07"}, "2015-06-09"),
    ],
)
def test_days_named_elsewhere_tell_the_order_where_nothing_stated_does(
    known: set[str], named: set[str], day: str
) -> None:
    asked = []

    def days_named() -> set[str]:
        asked.append(True)
        return named

    reader = packaged_dates()
    days = LoneDays(reader, "en", day_first=False, named=days_named).knowing(known)
    found = [days.parse(text) for text in ("06/09/2015", "06/09/15", "25/09/2015")]
    assert [day for day, _ in filter(None, found)] == [day, day, "2015-09-25"]
    assert len(asked) == (not known)


@pytest.mark.parametrize(
    ("lang", "text", "day"),
    [
        ("de", "May 11, 2026", "2026-05-11"),
        ("de", "11 May 2026", "2026-05-11"),
        ("en", "11. Mai 2026", "2026-05-11"),
        ("ru", "2026 жылғы 11 мамыр", "2026-05-11"),
        ("kk", "11 мая 2026", "2026-05-11"),
        ("ru", "11-may, 2026", "2026-05-11"),
        ("de", "5 Plätze im Jahr 2026", "2026"),
        ("de", "11 Xyzember 2026", "2026"),
        ("de", "May 2026", "2026"),
    ],
)
def test_a_day_may_be_printed_in_another_language(lang: str, text: str, day: str | None) -> None:
    found = LoneDays(packaged_dates(), lang, day_first=True).parse(text)
    assert (found[0] if found else None) == day


@pytest.mark.parametrize(
    ("lines", "order"),
    [
        (["Posted 25/09/2015"], True),
        (["Posted 9/25/2015", "5/6/2015"], False),
        (["5/6/2015", "7/8/2015"], None),
        (["25/09/2015", "9/25/2015"], None),
        (["25.09.2015"], None),
        ([], None),
    ],
)
def test_the_order_that_a_page_shows(lines: list[str], order: bool | None) -> None:
    assert shown_order(lines) is order
