from __future__ import annotations

from crawler.parsers.article.publication.day_measures import measure_days
from crawler.parsers.article.publication.marks import Mark


def mark(day: str, source: str) -> Mark:
    return Mark(day, None, source, "markup", day, source.split(".", maxsplit=1)[0])


def test_days_are_measured_by_what_names_them_and_beside_each_other() -> None:
    marks = [
        mark("2024-03-12", "json-ld.article.published"),
        mark("2024-03-13", "byline"),
        mark("2024-03-20", "meta.modified"),
    ]
    measured = measure_days(marks, "2024-03")
    assert [*measured] == ["2024-03-12", "2024-03-13", "2024-03-20"]
    first, second, last = measured.values()
    assert (first["said.json-ld.article.published"], second["said.byline"]) == (1, 1)
    assert (second["near.stated"], last["near.stated"]) == (True, False)
    assert (first["later"], first["earlier"], last["earlier"]) == (2, 0, 2)
    assert (first["gap.stated"], second["gap.stated"]) == (0, 1)
    assert second["gap.modified"] == -3
    assert {each["month"] for each in measured.values()} == {1}
    assert {each["page.days"] for each in measured.values()} == {3}


def test_all_days_have_the_same_measures_whatever_names_them() -> None:
    alone = measure_days([mark("2024-03-12", "byline")], None)
    other = measure_days([mark("2024-03-12", "script.created")], "2024-04")
    assert [*alone["2024-03-12"]] == [*other["2024-03-12"]]
    assert (alone["2024-03-12"]["month"], other["2024-03-12"]["month"]) == (0, -1)
    assert measure_days([], None) == {}


def test_a_day_at_the_end_of_time_has_neighbours() -> None:
    assert measure_days([mark("9999-12-31", "byline")], None)["9999-12-31"]["near.stated"] == 0
