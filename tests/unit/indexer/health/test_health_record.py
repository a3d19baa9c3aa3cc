"""The health of a source over its nights: from the rows of the runs to what is kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import sqlalchemy as sa

from indexer.health.health_record import (
    LONGEST_COOLDOWN,
    SavedHealth,
    assess_health,
    cooldown_after,
    load_health,
)
from indexer.health.judgement import Coverage
from indexer.health.statistics import source_statistics
from indexer.profiles.profile_records import ProfileRecord, save_profile
from indexer.records.document import Page
from indexer.records.errors import ParseError
from indexer.records.outcome import Outcome
from tests.unit.indexer.record import HOME, Record

FEED = f"{HOME}/feed"


def look(
    record: Record, *, state: str = "ok", reason: str | None = None, links: int = 9
) -> SavedHealth:
    """End the crawl of the source, judge it, and begin the next night."""
    record.run.record_source("partner", state, reason, record.now, links=links)
    record.run.end_first_looks(record.now)
    assess_health(record.connection, {"partner": [FEED]}, record.now)
    kept = load_health(record.connection)["partner"]
    record.next_night()
    return kept


def test_a_stop_leaves_sources_as_they_were_judged(record: Record) -> None:
    look(record, state="blocked", reason="status 403")
    for source in ("partner", "other"):
        record.run.record_source(source, "ok", None, record.now, links=9)
    asked = iter((False, True))
    sources = {"other": [FEED], "partner": [FEED]}
    found = assess_health(record.connection, sources, record.now, lambda: next(asked))
    assert found.keys() == {"other"}
    assert load_health(record.connection)["partner"].state == "blocked"


def news(record: Record, name: str, **fields: object) -> None:
    """A page is found, and read."""
    record.fetch(f"/{name}")
    given = {"kind": "article", "text": f"Text of {name}.", "authors": ("A. Bee",)} | fields
    record.read(Page(url=f"{HOME}/{name}", **given))  # type: ignore[arg-type]  # fields of a page


def test_a_blocked_source_rests_longer_each_time_and_is_never_given_up(record: Record) -> None:
    began = record.now
    for times, hours in enumerate((12, 24, 48, 96, 168, 168, 168), start=1):
        night = record.now
        kept = look(record, state="blocked", reason="status 403")
        assert (kept.state, kept.reason, kept.since) == ("blocked", "status 403", began)
        assert kept.next_try == night + timedelta(hours=hours) == night + cooldown_after(times)
    assert cooldown_after(10_000) == LONGEST_COOLDOWN
    healed = look(record)
    assert (healed.state, healed.reason, healed.next_try) == ("ok", None, None)
    assert look(record, state="blocked", reason="status 403").next_try == (
        record.now - timedelta(days=1) + cooldown_after(1)
    )


def test_an_unreachable_source_is_tried_by_the_next_run(record: Record) -> None:
    assert look(record, state="unreachable", reason="no route").next_try is None


def test_a_source_that_falls_silent_is_stale_until_it_has_news(record: Record) -> None:
    for number in range(14):
        news(record, f"n{number}", published=record.now.date().isoformat())
        assert look(record).state == "ok"
    for _ in range(20):
        kept = look(record)
    assert kept.state == "stale"
    assert "no new page since 2026-03-14" in (kept.reason or "")
    news(record, "at-last")
    assert look(record).state == "ok"


def test_answers_without_links_are_no_answers(record: Record) -> None:
    record.ledger.record_discovery("partner", f"{HOME}/robots.txt", Outcome.FETCHED)
    assert look(record, links=0).state == "ok"  # nothing but robots.txt was asked for
    record.ledger.record_discovery("partner", FEED, Outcome.FETCHED)
    assert look(record, links=0).state == "empty"
    record.ledger.record_discovery("partner", FEED, Outcome.NOT_MODIFIED, None)
    assert look(record, links=0).state == "ok"


def test_one_way_of_several_that_fails_is_told(record: Record) -> None:
    told = record.ledger.record_discovery
    told("partner", f"{HOME}/map.xml", Outcome.HTTP_ERROR, "status 404")  # named by robots.txt
    assert look(record).state == "ok"
    record.ledger.record_discovery("partner", FEED, Outcome.HTTP_ERROR, "status 410")
    kept = look(record)
    assert (kept.state, kept.reason) == ("degraded", f"{FEED}: status 410")


def lose(record: Record, names: list[str], status: int) -> None:
    """Pages answer with an error."""
    for name in names:
        record.ended(f"/{name}", Outcome.HTTP_ERROR, f"status {status}", status=status)


def test_lists_that_lead_to_pages_which_are_not_there_are_told(record: Record) -> None:
    names = [f"n{number}" for number in range(8)]
    for name in names:
        news(record, name)
    assert look(record).state == "ok"
    lose(record, names[:6], 404)
    lose(record, names[6:], 500)
    kept = look(record)
    told = "8 of 8 pages answered with an error (status 404: 6, status 500: 2)"
    assert (kept.state, kept.reason) == ("degraded", told)
    lose(record, names, 404)  # for the second time: six are gone
    assert look(record).reason == "8 of 8 pages answered with an error (status 404: 8)"
    record.next_night(40)
    lose(record, names[:6], 404)  # looked at again: they are no news
    assert look(record).state == "ok"


def test_dead_links_among_pages_that_are_read_are_told_by_nobody(record: Record) -> None:
    for number in range(6):
        news(record, f"n{number}")
    lose(record, [f"dead-{number}" for number in range(6)], 404)
    assert look(record).state == "ok"


def test_dead_links_that_alone_are_tried_again_are_told_by_nobody(record: Record) -> None:
    """The pages beside them are not due in that night."""
    for number in range(8):
        news(record, f"n{number}")
    dead = [f"dead-{number}" for number in range(6)]
    lose(record, dead, 404)
    assert look(record).state == "ok"
    lose(record, dead, 404)
    assert look(record).state == "ok"
    lose(record, [f"new-{number}" for number in range(6)], 404)
    assert look(record).reason == "6 of 6 pages answered with an error (status 404: 6)"


def test_a_source_of_dead_links_alone_stays_degraded(record: Record) -> None:
    dead = [f"dead-{number}" for number in range(6)]
    for _ in range(2):
        lose(record, dead, 404)
        assert look(record).reason == "6 of 6 pages answered with an error (status 404: 6)"


def test_an_archive_that_is_read_bit_by_bit_is_no_news(record: Record) -> None:
    look(record)
    for number in range(8):
        news(record, f"old-{number}", published="2019-05-06")
        news(record, f"new-{number}", published=record.now.date().isoformat())
        look(record)
    assert source_statistics(record.connection, "partner").weeks == [7]


def test_pages_that_hold_no_text_are_no_answers(record: Record) -> None:
    for name in ("a", "b"):
        news(record, name, kind="not-an-article", text="")
    news(record, "list", kind="listing", text="")
    kept = look(record)
    assert (kept.state, kept.reason) == ("empty", "none of its 2 newest pages holds a text")
    news(record, "form", kind="not-an-article")
    news(record, "c")
    assert look(record).state == "ok"
    assert source_statistics(record.connection, "partner").lately.pages == 3


def test_two_pages_without_text_after_a_long_silence_are_no_empty_source(record: Record) -> None:
    news(record, "report-of-last-season")
    look(record)
    record.now += timedelta(days=80)
    for name in ("gallery", "film"):
        news(record, name, kind="not-an-article", text="")
    assert look(record).state == "ok"


def test_statistics_come_from_the_rows(record: Record) -> None:
    news(record, "old", published="2025-11-20")
    news(record, "older", published="2025-11")  # no day: of the first look it says nothing
    look(record)
    news(record, "new")
    record.fetch("/broken")
    record.read(ParseError("no", reason="crashed"))
    night = record.now
    kept = look(record)
    assert kept.state == "ok"
    found = source_statistics(record.connection, "partner")
    assert found.looked_on == night.date()
    assert [day.isoformat() for day in found.news] == ["2025-11-20", night.date().isoformat()]
    assert found.pages == [{"new": 1, "quarantined": 1}, {"new": 2}]
    assert found.lately == Coverage(pages=3, date=2, author=3, event=0, text=3)
    assert found.before == Coverage()
    assert found.weeks == []


def test_weeks_are_counted_from_the_first_look_on(record: Record) -> None:
    for number in range(5):
        news(record, f"first-{number}")
    look(record)
    for number in range(16):
        news(record, f"n{number}")
        look(record)
    found = source_statistics(record.connection, "partner")
    assert found.weeks == [7, 7]
    record.next_night(30)
    look(record)
    later = source_statistics(record.connection, "partner")
    assert (later.lately.pages, later.before.pages) == (0, 21)
    assert later.weeks[:4] == [0, 0, 0, 0]


def test_other_sources_are_not_mixed_in(record: Record, engine: sa.Engine) -> None:
    news(record, "one")
    look(record)
    assert source_statistics(record.connection, "stranger").looked_on is None
    assert set(load_health(record.connection)) == {"partner"}


def test_a_change_of_layout_is_told_for_a_week(record: Record) -> None:
    learnt = ProfileRecord("partner", "partner.example", 1, "ab", {}, 7, record.now)
    save_profile(record.connection, replace(learnt, redesigned=record.now))
    day = record.now.date().isoformat()
    for _ in range(7):
        kept = look(record)
        assert kept.state == "degraded"
        assert f"the layout changed on {day}: partner.example" in (kept.reason or "")
    assert look(record).state == "ok"
