from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from indexer.records.errors import DatabaseError
from search_api.pages.start import MOST_MATCHES, MOST_SOURCES, Start, StartReader
from search_api.visits import PAUSE, Visit
from tests.web.sample_site import SEEN, SOURCES, SampleArchive, SampleStore

NOW = datetime(2099, 6, 2, 9, tzinfo=UTC)


def read(
    archive: SampleArchive | None = None, now: datetime = NOW, cookie: str | None = None
) -> Start | None:
    return StartReader(archive or SampleArchive(), SampleStore(), lambda: now).read(cookie)


def test_events_begin_with_those_that_are_not_over() -> None:
    start = read()
    assert start is not None
    assert [event.start for event in start.events] == ["2099-05-30", "2099-autumn"]
    later = read(now=datetime(2100, 1, 1, tzinfo=UTC))
    assert later is not None
    assert later.events == ()


def test_the_newest_matches_of_all_watches_come_first() -> None:
    start = read()
    assert start is not None
    moments = [match.when for _, match in start.matches]
    assert moments == sorted(moments, reverse=True)
    assert len(moments) == MOST_MATCHES
    assert len({watch.id for watch, _ in start.matches}) > 1


def test_only_sources_that_need_a_person_are_told() -> None:
    well = replace(SOURCES[0], enabled=True, state="ok", overdue=False)
    ill = replace(well, state="blocked")
    late = replace(well, overdue=True)
    off = replace(ill, enabled=False)
    archive = SampleArchive(configured=(well, off, *[ill] * MOST_SOURCES, late))
    start = read(archive)
    assert start is not None
    assert list(start.sources) == [ill] * MOST_SOURCES
    assert start.ailing == MOST_SOURCES + 1


def test_without_a_database_there_is_no_start() -> None:
    assert read(SampleArchive(error=DatabaseError("gone"))) is None


def test_at_the_first_visit_nothing_is_new_and_what_is_there_is_seen() -> None:
    start = read()
    assert start is not None
    assert start.new is None
    assert start.visit == Visit(None, SEEN, NOW)


def test_pages_first_seen_since_the_last_visit_are_new() -> None:
    day = timedelta(days=1)
    for since, total in ((SEEN - day, 3), (SEEN, 3), (SEEN + day, 0)):
        start = read(cookie=Visit(None, since, NOW - PAUSE - day).value())
        assert start is not None
        assert start.new is not None
        assert (start.new.since, start.new.total) == (since, total)
        assert len(start.new.hits) == total
        assert start.new.address == f"/?since={since:%Y-%m-%dT%H}%3A{since:%M}%3A00Z"
