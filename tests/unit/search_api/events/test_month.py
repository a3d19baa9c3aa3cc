from __future__ import annotations

from datetime import date

from indexer.events.listing import ListedEvent
from search_api.events.month import Month, shown_days
from search_api.events.pages import MonthParameters


def test_events_stand_on_each_of_their_days() -> None:
    long = ListedEvent("a", "a", start="2026-04-29", end="2026-05-02")
    short = ListedEvent("b", "b", start="2026-05-02")
    month = Month.of("2026-05", [long, short])
    days = {d.day: [e.id for e in d.events] for week in month.weeks for d in week}
    assert days[date(2026, 4, 30)] == ["a"]
    assert days[date(2026, 5, 2)] == ["a", "b"]
    assert days[date(2026, 5, 3)] == []
    assert all(len(week) == 7 and week[0].day.weekday() == 0 for week in month.weeks)
    assert (month.before, month.after) == ("2026-04", "2026-06")
    assert month.count == 2
    assert Month.of("2026-06", [long, short]).count == 0


def test_the_first_day_that_shows_an_event_is_told_from_those_on_which_it_goes_on() -> None:
    events = [
        ListedEvent("a", "a", start="2026-04-20", end="2026-05-02"),
        ListedEvent("b", "b", start="2026-05-02", end="2026-05-04"),
    ]
    month = Month.of("2026-05", events)
    begin = {d.day: d.begin for week in month.weeks for d in week if d.begin}
    assert begin == {date(2026, 4, 27): {"a"}, date(2026, 5, 2): {"b"}}


def test_events_without_a_day_stand_apart() -> None:
    events = [
        ListedEvent("a", "a", start="2026-05"),
        ListedEvent("b", "b", start="2026-05-01", end="2026-12-31"),
    ]
    month = Month.of("2026-05", events)
    assert month.vague == tuple(events)
    assert not any(day.events for week in month.weeks for day in week)


def test_the_calendar_has_ends() -> None:
    assert Month.of("2199-12", []).after is None
    assert Month.of("1900-01", []).before is None
    assert (Month.of("2025-12", []).after, Month.of("2026-01", []).before) == ("2026-01", "2025-12")


def test_days_of_the_months_beside_are_shown_with_all_their_events() -> None:
    assert shown_days("2026-12") == (date(2026, 11, 30), date(2027, 1, 3))
    before = ListedEvent("a", "a", start="2026-11-30")
    vague = ListedEvent("b", "b", start="2026-11")
    month = Month.of("2026-12", [before, vague])
    assert [e.id for e in month.weeks[0][0].events] == ["a"]
    assert (month.count, month.vague) == (0, ())


def test_a_month_leads_to_its_own_events_as_a_list() -> None:
    shown = MonthParameters.model_validate({"month": "2026-12", "country": "KZ"})
    assert shown.listed.address("/events.csv") == "/events.csv?country=KZ&from=2026-12&to=2026-12"
    past = MonthParameters.model_validate({"when": "past"})
    assert past.listed.address("/events.csv") == "/events.csv?when=past"
