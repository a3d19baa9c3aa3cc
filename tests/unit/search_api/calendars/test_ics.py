from __future__ import annotations

from datetime import UTC

import pytest

from indexer.events.listing import ListedEvent
from search_api.calendars.ics import calendar


def lines(event: ListedEvent) -> list[str]:
    data = b"".join(calendar("Events", [event], UTC, "https://r.example"))
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    return data.replace(b"\r\n ", b"").decode().split("\r\n")


@pytest.mark.parametrize(
    ("start", "end", "first", "after", "status"),
    [
        ("2026-05-03", None, "20260503", "20260504", "CONFIRMED"),
        ("2026-12-30", "2027-01-02", "20261230", "20270103", "CONFIRMED"),
        ("2026-02", None, "20260201", "20260301", "TENTATIVE"),
        ("2026-autumn", None, "20260901", "20261201", "TENTATIVE"),
        ("2026", None, "20260101", "20270101", "TENTATIVE"),
    ],
)
def test_days_are_whole_and_the_end_is_the_day_after(
    start: str, end: str | None, first: str, after: str, status: str
) -> None:
    written = lines(ListedEvent("e1", "Erztag", start=start, end=end))
    assert f"DTSTART;VALUE=DATE:{first}" in written
    assert f"DTEND;VALUE=DATE:{after}" in written
    assert f"STATUS:{status}" in written
    assert "DTSTAMP:19700101T000000Z" in written  # a partial date of the event is no moment


def test_long_lines_are_folded_between_characters() -> None:
    name = "Съезд горняков " * 20
    assert f"SUMMARY:{name}" in lines(ListedEvent("e1", name, start="2026-05-03"))


def test_texts_cannot_add_lines() -> None:
    name = "Tag\r\nATTENDEE:x\x07; eins, zwei\\drei"
    written = lines(ListedEvent("e1", name, start="2026-05-03"))
    assert "SUMMARY:Tag\\nATTENDEE:x\\; eins\\, zwei\\\\drei" in written
    assert "ATTENDEE:x" not in written


def test_the_last_day_of_all_has_no_day_after() -> None:
    assert "DTEND;VALUE=DATE:99991231" in lines(ListedEvent("e1", "Tag", start="9999-12-31"))


@pytest.mark.parametrize(
    ("city", "country", "called"),
    [
        ("Osh", "KG", "Excursion\\, Osh"),
        (None, "KG", "Excursion\\, Kyrgyzstan"),
        (None, None, "Excursion"),
    ],
)
def test_an_entry_of_a_bare_name_tells_where(
    city: str | None, country: str | None, called: str
) -> None:
    event = ListedEvent(
        "e1", "Excursion", start="2026-05-03", city=city, country=country, bare=True
    )
    assert f"SUMMARY:{called}" in lines(event)
