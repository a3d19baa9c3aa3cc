from __future__ import annotations

from dataclasses import replace
from datetime import date

from indexer.records.errors import DatabaseError
from search_api.pages.start import MOST_MATCHES, MOST_SOURCES, StartReader
from tests.web.sample_site import SOURCES, SampleArchive

TODAY = date(2099, 6, 2)


def test_events_begin_with_those_that_are_not_over() -> None:
    start = StartReader(SampleArchive(), lambda: TODAY).read()
    assert start is not None
    assert [event.start for event in start.events] == ["2099-05-30", "2099-autumn"]
    later = StartReader(SampleArchive(), lambda: date(2100, 1, 1)).read()
    assert later is not None
    assert later.events == ()


def test_the_newest_matches_of_all_watches_come_first() -> None:
    start = StartReader(SampleArchive(), lambda: TODAY).read()
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
    start = StartReader(archive, lambda: TODAY).read()
    assert start is not None
    assert list(start.sources) == [ill] * MOST_SOURCES
    assert start.ailing == MOST_SOURCES + 1


def test_without_a_database_there_is_no_start() -> None:
    assert StartReader(SampleArchive(error=DatabaseError("gone")), lambda: TODAY).read() is None
