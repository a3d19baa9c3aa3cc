from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from indexer.records.errors import DatabaseError
from search_api.coverage import AGAIN, CoverageReader, coverage
from search_api.language import speaking
from search_api.parameters import SearchParameters
from search_api.ports import LastRun, SourceView
from tests.web.sample_site import SampleArchive

RUN = LastRun(datetime(2026, 5, 20, tzinfo=UTC), {"new": 1})
WELL = SourceView("well", "Well", "https://w.example/", "DE", ("de",), state="ok", last_run=RUN)
LOST = replace(
    WELL, id="lost", state="unreachable", since=datetime(2026, 5, 12, tzinfo=UTC), last_run=RUN
)
NEVER = replace(WELL, id="never", state="never-looked-at", last_run=None)
OFF = replace(WELL, id="off", state="disabled", enabled=False, last_run=None)


def test_sources_that_were_not_reached_are_gaps() -> None:
    found = coverage([WELL, LOST, NEVER, OFF, replace(WELL, id="late", overdue=True)], None)
    assert found.sources == 4
    assert [(gap.id, gap.state) for gap in found.gaps] == [
        ("never", "never-looked-at"),
        ("lost", "unreachable"),
        ("late", "overdue"),
    ]
    assert found.line == "4 sources, 3 not reached since 2026-05-12"
    with speaking("de"):
        assert found.line == "4 Quellen, 3 nicht erreicht seit 12. Mai 2026"
    assert coverage([WELL], None).line == "1 source, all of them reached"
    assert coverage([NEVER], None).line == "1 source, 1 not reached"
    assert coverage([], None).line == "0 sources"


def test_a_period_that_ended_before_is_covered() -> None:
    assert [gap.id for gap in coverage([WELL, LOST], date(2026, 5, 12)).gaps] == ["lost"]
    assert coverage([WELL, LOST], date(2026, 5, 11)).gaps == ()


def test_only_the_sources_that_are_asked_for_count() -> None:
    reader = CoverageReader(SampleArchive(configured=(WELL, LOST)))
    found = reader.of(SearchParameters.model_validate({"source": ["well"]}))
    assert found is not None
    assert (found.sources, found.gaps) == (1, ())


def test_sources_are_read_again_after_a_while() -> None:
    now = 0.0
    archive = SampleArchive(configured=(WELL,))
    reader = CoverageReader(archive, lambda: now)
    assert reader.of(SearchParameters.model_validate({})) == coverage([WELL], None)
    archive.configured = (WELL, LOST)
    assert reader.of(SearchParameters.model_validate({})) == coverage([WELL], None)
    now = AGAIN + 1
    assert reader.of(SearchParameters.model_validate({})) == coverage([WELL, LOST], None)


def test_without_a_database_nothing_is_told() -> None:
    class Failing(SampleArchive):
        def sources(self) -> tuple[SourceView, ...]:
            raise DatabaseError("locked")

    assert CoverageReader(Failing()).of(SearchParameters.model_validate({})) is None
