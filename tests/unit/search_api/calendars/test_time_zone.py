from __future__ import annotations

from datetime import UTC
from zoneinfo import ZoneInfo

from search_api.calendars.time_zone import zone_lines


def observances(lines: tuple[str, ...]) -> dict[tuple[str, str, str], list[str]]:
    """(kind, offset before, offset after) → local times of the change."""
    found: dict[tuple[str, str, str], list[str]] = {}
    values: dict[str, list[str]] = {}
    for line in lines[2:-1]:
        name, _, value = line.partition(":")
        if name == "BEGIN":
            values = {}
        values.setdefault(name, []).append(value)
        if name == "END":
            key = (value, values["TZOFFSETFROM"][0], values["TZOFFSETTO"][0])
            found[key] = [*values["DTSTART"], *values.get("RDATE", [])]
    return found


def test_the_clock_is_changed_at_the_local_time_before_it() -> None:
    found = observances(zone_lines(ZoneInfo("Europe/Berlin")))
    assert "20260329T020000" in found["DAYLIGHT", "+0100", "+0200"]
    assert "20261025T030000" in found["STANDARD", "+0200", "+0100"]


def test_a_zone_that_changed_once_for_good() -> None:
    found = observances(zone_lines(ZoneInfo("Asia/Almaty")))
    assert found["STANDARD", "+0600", "+0500"] == ["20240301T000000"]


def test_a_zone_without_changes() -> None:
    lines = zone_lines(UTC)
    assert (lines[0], lines[1], lines[-1]) == ("BEGIN:VTIMEZONE", "TZID:UTC", "END:VTIMEZONE")
    assert observances(lines) == {("STANDARD", "+0000", "+0000"): ["20000101T000000"]}
