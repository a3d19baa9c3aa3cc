"""What the stage makes of what was read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any, cast

import pytest
import sqlalchemy as sa

from crawler.parsers import EXTRACTOR_VERSION
from crawler.parsers.raw_page import RawPage
from indexer.database import tables
from indexer.frontier.fetches import Fetch
from indexer.records.document import Page, document_id
from indexer.records.errors import ParseError
from indexer.records.outcome import Outcome
from indexer.records.reference import NO_REFERENCE
from indexer.records.source import Source
from indexer.revisions.revisions import Revisions
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

    def read(
        self,
        *answers: Mapping[str, Page | ParseError],
        stopped: Callable[[], bool] = lambda: False,
    ) -> dict[str, str]:
        """What was fetched is read, and the next night begins: address → outcome.

        `answers`: by address, of its first fetch, its second one and so on.
        """

        class Given(Extractor):
            def answers(
                self, connection: sa.Connection, ahead: object = None, **_: object
            ) -> Iterator[tuple[Job, Page | ParseError]]:
                jobs = [job for job in extract._jobs(connection) if job.document is None]
                given = {url: [one[url] for one in answers if url in one] for url in urls}
                yield from ((job, given[job.fetch.url].pop(0)) for job in jobs)

        urls = {url for one in answers for url in one}
        nothing: Any = None
        pool: Any = SimpleNamespace(pending=0)
        reader = Given(nothing, pool, self.sources, NO_REFERENCE, nothing)
        record, visit = self.record, tables.visit.c
        reader.extract(
            record.connection,
            record.run.id,
            record.now,
            progress=lambda number: None,
            stopped=stopped,
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
def stage(connection: sa.Connection) -> Stage:
    record = Record(connection, datetime(2026, 3, 1, 2, 30, tzinfo=UTC))
    return Stage(record, {"partner": source(NEW)})


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


def rewritten(number: int) -> Page:
    """Nothing of the page before, and of no other one."""
    return Page(url=None, title=f"Neues {number}", text=f"Ofen {number}.\n\nBahn {number}.")


def test_a_stop_leaves_held_pages_to_the_next_run(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extract, "BATCH", 1)
    urls = [f"{HOME}/{number}" for number in range(3)]
    for number in range(3):
        stage.record.fetch(f"/{number}")
    stage.read({url: replace(PAGE, title=f"Meldung {url}") for url in urls})
    for number in range(3):
        stage.record.fetch(f"/{number}")
    pages = {url: rewritten(number) for number, url in enumerate(urls)}
    changed = sa.select(tables.revision.c.seq).where(tables.revision.c.number == 2)

    def stopped() -> bool:
        return stage.record.connection.execute(changed).first() is not None

    assert sorted(stage.read(pages, stopped=stopped).values()) == ["changed", "fetched", "fetched"]
    stage.read({url: pages[url] for url in urls[1:]})
    assert len(stage.record.connection.execute(changed).all()) == 3


@pytest.mark.parametrize(
    "error", [KeyError("edition"), sa.exc.IntegrityError("insert", {}, ValueError("unique"))]
)
def test_a_page_that_we_can_not_enter_does_not_hold_up_the_others(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    """A mistake in our code, met by one page: each run would end there, and nothing be told."""
    enter = Revisions.record_page

    def fail(revisions: Revisions, fetch: Fetch, page: Page, url: str) -> Outcome:
        outcome = enter(revisions, fetch, page, url)
        if url.endswith("/b"):
            raise error
        return outcome

    monkeypatch.setattr(Revisions, "record_page", fail)
    pages = {f"{HOME}/{path}": replace(PAGE, title=path) for path in "abc"}
    for path in "abc":
        stage.record.fetch(f"/{path}")
    read = stage.read(pages, pages, pages)
    assert read == {f"{HOME}/a": "new", f"{HOME}/b": "quarantined", f"{HOME}/c": "new"}
    assert len(stage.record.revisions()) == 2
    [reason] = stage.record.connection.execute(
        sa.select(tables.fetch.c.reason).where(tables.fetch.c.url == f"{HOME}/b")
    ).scalars()
    assert reason.startswith(f"internal-error: {type(error).__name__}: ")


def test_an_answer_that_we_can_not_make_a_page_of_does_not_hold_up_the_others(
    stage: Stage,
) -> None:
    """The item of an API, of which no worker makes a page."""

    class Mistaken(Extractor):
        def _known(self, job: Job, *_: object) -> Page:
            if job.fetch.url.endswith("/b"):
                raise KeyError("items")
            return replace(PAGE, title=job.fetch.url)

    for path in "abc":
        stage.record.fetch(f"/{path}")
    nothing: Any = None
    pool: Any = SimpleNamespace(pending=0, busy=False)
    record = stage.record
    revisions = Mistaken(nothing, pool, {}, NO_REFERENCE, nothing).extract(
        record.connection,
        record.run.id,
        record.now,
        progress=lambda number: None,
        stopped=lambda: False,
    )
    assert revisions == 2
    assert record.outcomes() == {"new": 2, "quarantined": 1}


def test_so_many_pages_that_we_can_not_enter_end_the_run(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extract, "MOST_FAILED", 2)
    monkeypatch.setattr(Revisions, "record_page", lambda *_: dict[str, str]()["edition"])
    for path in "abcd":
        stage.record.fetch(f"/{path}")
    pages = {f"{HOME}/{path}": PAGE for path in "abcd"}
    with pytest.raises(KeyError):
        stage.read(pages, pages, pages)


def test_a_failure_after_a_held_page_of_its_address_stands_last(stage: Stage) -> None:
    stage.record.fetch("/a")
    stage.read({f"{HOME}/a": PAGE})
    stage.record.fetch("/a")
    stage.record.next_night()
    stage.record.fetch("/a")
    outcomes = stage.read({f"{HOME}/a": rewritten(1)}, {f"{HOME}/a": BROKEN})
    assert outcomes == {f"{HOME}/a": "quarantined"}


@dataclass
class SlowPool:
    """Answers a page only when somebody waits for it, and looks who may write meanwhile."""

    database: sa.Engine
    pending: int = 0
    busy: bool = False
    sent: list[int] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    def submit(self, number: int, raw: RawPage) -> None:
        del raw
        self.sent.append(number)
        self.pending, self.busy = len(self.sent), True

    def results(self, *, wait: bool) -> Iterator[tuple[int, Page]]:
        if not wait:
            return
        try:
            with self.database.begin() as other:
                other.exec_driver_sql("PRAGMA busy_timeout = 0")
                other.execute(sa.insert(tables.erasure).values(ERASURE))
        except sa.exc.OperationalError as error:
            self.refused.append(str(error.orig))
        number = self.sent.pop(0)
        self.pending, self.busy = len(self.sent), False
        yield number, rewritten(number)


ERASURE = {"kind": "page", "what": "x", "started": datetime(2026, 3, 1, tzinfo=UTC), "counts": {}}


def test_others_can_write_while_a_page_is_waited_for(stage: Stage) -> None:
    class Reading(Extractor):
        def _known(self, *_: object) -> RawPage:
            return RawPage()

    record, nothing = stage.record, cast("Any", None)
    for number in range(3):
        record.fetch(f"/{number}")
    pool = SlowPool(record.connection.engine)
    reader = Reading(nothing, cast("Any", pool), stage.sources, NO_REFERENCE, nothing)
    revisions = reader.extract(
        record.connection,
        record.run.id,
        record.now,
        progress=lambda number: None,
        stopped=lambda: False,
    )
    assert revisions == 3
    assert pool.refused == []
    assert len(record.connection.execute(sa.select(tables.erasure)).all()) == 3
