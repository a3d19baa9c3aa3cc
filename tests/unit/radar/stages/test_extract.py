"""What the stage makes of what was read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from crawler.parsers import EXTRACTOR_VERSION
from indexer.database import tables
from indexer.database.engine import open_database
from indexer.records.document import Page, document_id
from indexer.records.errors import ParseError
from indexer.records.reference import NO_REFERENCE
from indexer.records.source import Source
from radar.stages import extract
from radar.stages.extract import Extractor, Job
from tests.unit.indexer.record import HOME, Record

NEW = "https://new.example"
PAGE = Page(url=None, title="Meldung", text="Der Schacht steht.\n\nDie Halde wächst.")
WALL = replace(PAGE, kind="consent-wall")
BROKEN = ParseError("no text", reason="empty")


@dataclass
class Stage:
    """Nights in which given answers are read, by the address that was requested."""

    record: Record
    sources: Mapping[str, Source]

    def read(self, answers: Mapping[str, Page | ParseError]) -> dict[str, str | None]:
        """What was fetched is read, and the next night begins: address → outcome."""

        class Given(Extractor):
            def answers(
                self, connection: sa.Connection, ahead: object = None
            ) -> Iterator[tuple[Job, Page | ParseError]]:
                jobs = [job for job in extract._jobs(connection) if job.document is None]
                yield from ((job, answers[job.fetch.url]) for job in jobs)

        nothing: Any = None
        reader = Given(nothing, nothing, self.sources, NO_REFERENCE, nothing)
        record, visit = self.record, tables.visit.c
        reader.extract(
            record.connection,
            record.run.id,
            record.now,
            progress=lambda number: None,
            stopped=lambda: False,
        )
        query = sa.select(visit.url, visit.outcome).where(visit.run == record.run.id)
        outcomes = dict(record.connection.execute(query).all())
        record.next_night()
        return outcomes

    def documents(self) -> dict[str, str | None]:
        """Address → its document."""
        address = tables.address.c
        query = sa.select(address.url, address.document).where(address.kind == "page")
        return dict(self.record.connection.execute(query).all())


def source(home: str, identifier: str = "partner") -> Source:
    return Source(id=identifier, name="P", url=home, country="DE", languages=("de",))


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    engine = open_database(f"sqlite:///{tmp_path / 'radar.db'}")
    with engine.connect() as connection:
        record = Record(connection, datetime(2026, 3, 1, 2, 30, tzinfo=UTC))
        yield Stage(record, {"partner": source(NEW)})
    engine.dispose()


@pytest.mark.parametrize("last", [WALL, BROKEN])
def test_of_an_address_that_is_nobodys_nothing_is_read_again(
    stage: Stage, last: Page | ParseError, monkeypatch: pytest.MonkeyPatch
) -> None:
    for answer in (PAGE, last):
        stage.record.fetch("/a")
        stage.read({f"{HOME}/a": answer})
    stage.record.fetch_from(f"{NEW}/a")
    stage.read({f"{NEW}/a": PAGE})
    assert stage.documents() == {f"{NEW}/a": document_id(f"{NEW}/a")}
    monkeypatch.setattr(extract, "EXTRACTOR_VERSION", EXTRACTOR_VERSION + 1)
    assert stage.read({}) == {}


@pytest.mark.parametrize("last", [PAGE, BROKEN])
def test_an_address_that_becomes_nobodys_before_it_is_read_has_moved(
    stage: Stage, last: Page | ParseError
) -> None:
    stage.record.fetch("/a")
    stage.read({f"{HOME}/a": PAGE})
    stage.record.fetch_from(f"{NEW}/a")
    stage.record.fetch("/a")
    outcomes = stage.read({f"{NEW}/a": PAGE, f"{HOME}/a": last})
    assert outcomes[f"{HOME}/a"] == "moved"
    assert stage.documents() == {f"{NEW}/a": document_id(f"{NEW}/a")}
    assert stage.read({}) == {}


@pytest.mark.parametrize(
    ("owner", "outcome", "left"), [("partner", "moved", False), ("other", "duplicate", True)]
)
def test_the_original_of_a_copy_is_left_to_another_source(
    stage: Stage, owner: str, outcome: str, left: bool
) -> None:
    stage.record.fetch("/a")
    stage.record.fetch("/b")
    stage.read({f"{HOME}/a": PAGE, f"{HOME}/b": PAGE})
    address = tables.address.c
    taken = sa.update(tables.address).where(address.url == f"{HOME}/a").values(source=owner)
    stage.record.connection.execute(taken)
    stage.record.fetch("/b")
    edited = replace(PAGE, text=f"{PAGE.text}\n\nUnd sie blüht.")
    assert stage.read({f"{HOME}/b": edited})[f"{HOME}/b"] == outcome
    assert (f"{HOME}/a" in stage.documents()) == left
