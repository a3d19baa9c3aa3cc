"""`radar run`: all stages, each a hand-over through durable state, with one counted summary.

crawl → extract → index → match → deliver. Each may be cut off at any instant; the next run goes on
where it stopped.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, get_args

import sqlalchemy as sa

from crawler.archive import Archive
from indexer.alerts.matching import Matcher
from indexer.alerts.outbox import deliver, undelivered
from indexer.alerts.watches import sync_watches
from indexer.database import usable
from indexer.document import iso_instant
from indexer.errors import StoreError
from indexer.feeds import feeds_put_off
from indexer.ledger import RunRecord
from indexer.revisions import send_rejected_again
from indexer.source import Source
from radar.clock import Clock
from radar.crawling import crawl_sources, fast_feeds
from radar.indexing import Indexed, index_backlog
from radar.installation import Installation
from radar.lock import run_lock
from radar.progress import Display
from radar.reading import Reader
from radar.run_log import run_log
from radar.schedule import due_sources

logger = logging.getLogger(__name__)

IMPORTED = "import"
"""Source of imported pages that are nobody's."""

Stage = Literal["crawl", "extract", "index", "match", "deliver"]
STAGES: tuple[Stage, ...] = get_args(Stage)


@dataclass(frozen=True, slots=True)
class RunOptions:
    """What a run was asked to do."""

    sources: tuple[str, ...] = ()
    """Ids; empty: all."""
    due: bool = False
    """Only sources whose schedule says so."""
    everything: bool = False
    """Ask for every known page again."""
    only: Stage | None = None
    limit: int | None = None
    """Pages of each source, at most."""

    def to_json(self) -> dict[str, Any]:
        """As the run's row keeps it."""
        return {
            "sources": list(self.sources),
            "due": self.due,
            "all": self.everything,
            "only": self.only,
            "limit": self.limit,
        }


@dataclass(slots=True)
class RunSummary:
    """What a run came to, as `--json` prints it."""

    run: int
    started: datetime
    finished: datetime
    outcomes: dict[str, int] = field(default_factory=dict)
    discovery: dict[str, int] = field(default_factory=dict)
    sources: dict[str, dict[str, Any]] = field(default_factory=dict)
    revisions: int = 0
    indexed: int = 0
    rejected: int = 0
    """Documents that the search store refused; `radar check` lists them."""
    matches: int = 0
    sent: int = 0
    problems: list[str] = field(default_factory=list)
    """What needs a person: sources not reached, messages not delivered, a store that is down."""
    notes: list[str] = field(default_factory=list)
    """Single pages worth telling of; they do not count as problems."""

    def to_json(self) -> dict[str, Any]:
        """The object of the contract."""
        return {
            "run": self.run,
            "started": iso_instant(self.started),
            "finished": iso_instant(self.finished),
            "outcomes": self.outcomes,
            "discovery": self.discovery,
            "sources": self.sources,
            "revisions": self.revisions,
            "indexed": self.indexed,
            "matches": self.matches,
            "sent": self.sent,
            "rejected": self.rejected,
            "problems": self.problems,
        }


SourceStates = dict[str, tuple[str, str | None]]
"""Source id → state and reason."""


@dataclass(slots=True)
class Run:
    """One run of an installation, under its lock."""

    installation: Installation
    engine: sa.Engine
    options: RunOptions
    clock: Clock
    show: Display
    stop: threading.Event
    """Set when a signal asks for the end."""
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    states: SourceStates = field(default_factory=dict)

    def perform(
        self, gather: Callable[[Run, sa.Connection, RunRecord], None] | None = None
    ) -> RunSummary:
        """Do the stages; `gather` stands in for the crawl (an import)."""
        with usable(), self.engine.connect() as connection:
            record = RunRecord.start(connection, self.clock(), self.options.to_json())
            sync_watches(connection, self.installation.watches, self.clock())
            connection.commit()
            summary = RunSummary(record.id, record.started, record.started)
            if self._does("crawl"):
                (gather or Run.crawl)(self, connection, record)
                if IMPORTED in self.states:
                    record.source_gathered(IMPORTED, self.clock())
            if self._does("extract"):
                summary.revisions = self._extract(connection, record)
            if self._does("index"):
                indexed = self._index(connection)
                summary.indexed, summary.rejected = indexed.written, indexed.rejected
            if self._does("match"):
                summary.matches = self._match(connection, record)
            if self._does("deliver"):
                summary.sent = self._deliver(connection)
            return self._end(connection, record, summary)

    def crawl(self, connection: sa.Connection, record: RunRecord) -> None:
        """Fetch what is due of the chosen sources."""
        settings = self.installation.settings
        chosen = [
            s for s in settings.sources if s.id in self.options.sources or not self.options.sources
        ]
        enabled = [s for s in chosen if s.enabled]
        ready = (
            due_sources(connection, enabled, self.clock(), settings.timezone)
            if self.options.due
            else enabled
        )
        self.states |= {s.id: ("disabled", s.reason) for s in chosen if not s.enabled}
        waiting = [s for s in enabled if s not in ready]
        self.states |= {s.id: ("not-due", None) for s in waiting}
        feeds = fast_feeds(connection, waiting, self.clock())
        self.show.stage("crawl")
        results = crawl_sources(
            self.installation,
            connection,
            record.id,
            [*ready, *(s for s in waiting if s.id in feeds)],
            feeds=feeds,
            clock=self.clock,
            everything=self.options.everything,
            limit=self.options.limit,
            progress=self.show.at,
            stop=self.stop,
        )
        for source, result in results.items():
            if result.state == "not-due" or source in feeds:
                # Its schedule goes on as if nobody had been there.
                if result.state != "ok":
                    feeds_put_off(connection, feeds.get(source, ()), self.clock())
                reason = result.reason or "only its feeds that turn over fast were polled"
                self.states[source] = ("not-due", reason)
                continue
            self.states[source] = (result.state, result.reason)
            record.source_ended(source, result.state, result.reason, self.clock())
            if result.state != "ok":
                self.problems.append(f"source {source}: {result.state}: {result.reason}")
        connection.commit()

    # -- stages

    def _does(self, stage: Stage) -> bool:
        return not self.stop.is_set() and self.options.only in (None, stage)

    def _extract(self, connection: sa.Connection, record: RunRecord) -> int:
        self.show.stage("extract")
        settings = self.installation.settings
        archive = Archive(settings.archive)
        reader = Reader(
            archive,
            settings.own_folder,
            self.installation.workers,
            {s.id: s for s in settings.sources},
        )
        return reader.extract(
            connection,
            record.id,
            self.clock(),
            progress=self.show.advance,
            stopped=self.stop.is_set,
        )

    def _index(self, connection: sa.Connection) -> Indexed:
        """A store that is down stops nothing: the backlog waits for the next run.

        `--only index` sends what the store refused once more.
        """
        self.show.stage("index")
        try:
            if self.options.only == "index":
                send_rejected_again(connection)
            with self.installation.store(writable=True) as store:
                return index_backlog(
                    connection, store, progress=self.show.advance, stopped=self.stop.is_set
                )
        except StoreError as error:
            connection.rollback()
            self.problems.append(f"search store: {error.message}; {error.hint}".rstrip("; "))
            return Indexed()

    def _match(self, connection: sa.Connection, record: RunRecord) -> int:
        self.show.stage("match")
        matcher = Matcher(connection, record.id, self.clock())
        found = matcher.match(
            self.installation.watches, self.installation.compiler, progress=self.show.advance
        )
        record.end_first_looks(self.clock())
        connection.commit()
        return found

    def _deliver(self, connection: sa.Connection) -> int:
        waiting = undelivered(connection)
        self.show.stage("deliver", waiting)
        names = {s.id: s.name for s in self.installation.settings.sources}
        delivered = deliver(
            connection,
            self.clock,
            lambda channel: self.installation.channel(channel, self.engine),
            names,
            configured={(w.id, c) for w in self.installation.watches for c in w.channels},
            everything=self.options.only == "deliver",
        )
        self.problems += delivered.problems
        return delivered.sent

    def _end(self, connection: sa.Connection, record: RunRecord, summary: RunSummary) -> RunSummary:
        pages = record.outcomes("page")
        summary.outcomes = _total(pages)
        summary.discovery = _total(record.outcomes("discovery"))
        for source in sorted({*self.states, *pages}):
            state, reason = self.states.get(source, ("ok", None))
            summary.sources[source] = {
                "state": state,
                "reason": reason,
                "outcomes": pages.get(source, {}),
            }
        summary.problems, summary.notes = self.problems, self.notes
        summary.finished = self.clock()
        ended = "interrupted" if self.stop.is_set() else "done"
        record.finish(summary.finished, summary.to_json(), state=ended)
        for problem in summary.problems:
            logger.warning("run_problem %s", problem)
        logger.info("run_finished %s", summary.to_json())
        return summary


def _total(counted: Mapping[str, Mapping[str, int]]) -> dict[str, int]:
    total: dict[str, int] = {}
    for outcomes in counted.values():
        for outcome, number in outcomes.items():
            total[outcome] = total.get(outcome, 0) + number
    return dict(sorted(total.items()))


def run(
    installation: Installation,
    options: RunOptions,
    *,
    clock: Clock,
    show: Display,
    stop: threading.Event,
    gather: Callable[[Run, sa.Connection, RunRecord], None] | None = None,
) -> RunSummary:
    """Hold the lock, write the log, do the stages.

    Raises ConfigError, RunInProgress, DatabaseError; everything else is in the summary.
    """
    settings = installation.settings
    installation.check_watches()
    with run_lock(settings.home, settings.database), run_log(settings.log):
        engine = installation.open_writer()
        try:
            return Run(installation, engine, options, clock, show, stop).perform(gather)
        finally:
            engine.dispose()


def unknown_sources(asked: Sequence[str], sources: Sequence[Source]) -> list[str]:
    """Ids that name no configured source."""
    known = {s.id for s in sources}
    return [name for name in asked if name not in known]
