"""`radar run`: all stages, each a hand-over through durable state, with one counted summary.

crawl → extract → index → match → deliver. Each may be interrupted at any moment; the next run
continues there. Pages are read during the crawl (`radar.stages.read_ahead`); the stage extract
stores them, once the sites that are new are learnt (`radar.stages.learn`). The last stage no longer
holds the run lock (`radar.run.delivery`).
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Hashable
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa

from crawler.archive.warc import Archive
from crawler.parsers.pool import PagePool
from indexer.alerts.delivery import Delivered
from indexer.database.engine import usable
from indexer.database.epochs import Kinship
from indexer.frontier.fetches import retry_unread
from indexer.frontier.ledger import Ledger
from indexer.frontier.recrawl.feed_polling import postpone_feeds
from indexer.frontier.renamed_sources import IMPORTED
from indexer.frontier.run_record import RunRecord
from indexer.health.health_record import assess_health
from indexer.health.judgement import NEEDS_A_PERSON
from indexer.records.errors import (
    ForeignData,
    StoreError,
)
from radar.erasure.retention import Removed
from radar.installation.belonging import (
    AHEAD,
    RESTORE_DATABASE,
    claim_archive,
    index_kinship,
    is_new,
    traces_of_a_database,
)
from radar.installation.clock import Clock, real_clock
from radar.installation.delivery_terms import current_terms
from radar.installation.installation import Installation
from radar.installation.ledger_damage import has_unreadable_ledger
from radar.plurals import counted
from radar.run.believed_time import SiteClocks
from radar.run.delivery import Delivery, is_delivering
from radar.run.forgetting import Forgetting
from radar.run.housekeeping import keep_house
from radar.run.indexing import Indexing
from radar.run.known_to_ledgers import take_over
from radar.run.lock import run_lock
from radar.run.pending_work import has_pending_work
from radar.run.progress import STDERR, Display
from radar.run.remarks import Remarks
from radar.run.run_log import run_log
from radar.run.run_summary import (
    Effort,
    RunOptions,
    RunSummary,
    SourceStates,
    Stage,
    sources_of,
    total,
)
from radar.run.source_choice import SourceChoice, choose_sources
from radar.run.taken_over import entry_keys, take_over_sources
from radar.run.watching import Watching
from radar.stages.crawl import CrawlHooks, CrawlPlan, crawl_sources
from radar.stages.extract import Extractor
from radar.stages.index import Indexed
from radar.stages.learn import Learning
from radar.stages.read_again import read_again
from radar.stages.read_ahead import ReadingAhead
from radar.stages.reentry import Entered, Reentry
from radar.stages.site_profiles import SiteProfiles
from radar.stages.unasked_ways import LookForWays

logger = logging.getLogger(__name__)

_MOST_SHOWN = 20
"""Pages that could not be read, of which a summary tells."""


@dataclass(slots=True)
class Run:
    """One run of an installation."""

    installation: Installation
    engine: sa.Engine
    options: RunOptions
    clock: Clock
    show: Display
    stop: threading.Event
    """Set when a signal requests the end."""
    remarks: Remarks = field(default_factory=Remarks)
    states: SourceStates = field(default_factory=dict)
    crawled: list[str] = field(default_factory=list)
    """Sources that were crawled to their end."""
    efforts: dict[str, Effort] = field(default_factory=dict)
    """What the sources have cost so far."""
    ahead: ReadingAhead | None = None
    """Extracts during the crawl; None if the run does not do both."""
    site_clocks: SiteClocks = field(default_factory=SiteClocks)

    @property
    def watching(self) -> Watching:
        """The watches of this run."""
        return Watching(self.installation, self.clock, self.show, self.remarks)

    def perform(
        self,
        gather: Callable[[Run, sa.Connection, RunRecord], None] | None,
        release: Callable[[], None],
    ) -> RunSummary:
        """Run the stages; `gather` replaces the crawl (an import), `release` frees the run lock."""
        with usable(), self.engine.connect() as connection:
            self._check_belonging(connection)
            record = RunRecord.start(connection, self.clock(), self.options.to_json())
            self.watching.read(connection)
            take_over_sources(connection, self.installation.settings, self.remarks)
            connection.commit()
            settings, now = self.installation.settings, self.clock()
            unreadable = take_over(connection, settings, record.id, now)
            self.remarks.problems += unreadable
            summary = RunSummary(record.id, record.started, record.started)
            self._gather_and_read(connection, record, gather, summary)
            if self._does("index"):
                indexed = self._index(connection)
                summary.indexed, summary.rejected = indexed.written, indexed.rejected
            if self._does("match") and not unreadable:
                with self.remarks.going_on(connection, "watches"):
                    summary.matches = self._match(connection, record)
            self._conclude(connection, record, summary)
            release()
            delivered = Delivered(0, ())
            if self._does("deliver") and not unreadable:
                delivered = self._deliver(connection, record.id)
            return self._end(record, summary, delivered)

    def _check_belonging(self, connection: sa.Connection) -> None:
        """Raise ForeignData before anything is done; tell of an index to be built again.

        A store that is down stops nothing: the stage index meets it again.
        """
        settings = self.installation.settings
        if is_new(connection) and (traces := traces_of_a_database(settings)):
            self.remarks.problems.append(f"the database was gone, but {traces}: {RESTORE_DATABASE}")
            STDERR.print(self.remarks.problems[-1], highlight=False, markup=False, soft_wrap=True)
        claim_archive(connection, settings.archive)
        if not self._does("index"):
            return
        try:
            if index_kinship(connection, self.installation) is Kinship.AHEAD:
                STDERR.print(f"{AHEAD}: this run builds it again", highlight=False, soft_wrap=True)
        except ForeignData:
            raise
        except StoreError as error:
            logger.warning("store_unusable %s", error.message)

    def _gather_and_read(
        self,
        connection: sa.Connection,
        record: RunRecord,
        gather: Callable[[Run, sa.Connection, RunRecord], None] | None,
        summary: RunSummary,
    ) -> None:
        """Crawl and extract, with the same workers, which extract during the crawl."""
        settings = self.installation.settings
        sources = {s.id: s for s in settings.sources}
        pool: PagePool[Hashable] = PagePool(
            config=settings.own_folder,
            parameters=self.installation.parameters,
            workers=self.installation.workers,
        )
        if self._does("extract") and (number := read_again(connection, self.installation)):
            self.remarks.notes.append(
                f"{counted(number, 'page')} read again with other trained parameters"
            )
        profiles = SiteProfiles(connection, self.clock())
        extractor = Extractor(
            Archive(settings.archive),
            pool,
            sources,
            self.installation.reference,
            profiles,
            going_on=self.remarks.going_on,
        )
        with pool, ReadingAhead(pool, settings.home, extractor.page_of, profiles) as ahead:
            entered = self._reenter(connection, record)
            summary.reentered = entered.pages
            if entered.earlier and self._does("extract"):
                # The pages that are requested now are compared with these.
                summary.revisions = self._extract(connection, record, extractor)
            if self._does("crawl") and self._does("extract"):
                self.ahead = ahead
            if self._does("crawl"):
                (gather or Run.crawl)(self, connection, record)
                if IMPORTED in self.states:
                    record.mark_source_crawled(IMPORTED, self.clock())
            if self._does("extract"):
                summary.revisions += self._extract(connection, record, extractor)

    def _reenter(self, connection: sa.Connection, record: RunRecord) -> Entered:
        """Enter what the archive has and the database does not, before anything is written."""
        if not (self._does("crawl") or self._does("extract")):
            return Entered()
        settings = self.installation.settings
        since = record.continues
        return Reentry(
            Ledger(connection, record.id, self.clock),
            settings.archive,
            settings.sources,
            since,
            self.stop.is_set,
        ).enter()

    def choose(self, connection: sa.Connection) -> SourceChoice:
        """The sources to crawl; notes the states of those that are left out."""
        choice = choose_sources(connection, self.installation.settings, self.options, self.clock())
        self.states |= choice.left_out
        return choice

    def crawl(self, connection: sa.Connection, record: RunRecord) -> None:
        """Fetch what is due of the chosen sources."""
        choice = self.choose(connection)
        self.show.stage("crawl")
        results = crawl_sources(
            self.installation,
            connection,
            record.id,
            CrawlPlan(
                choice.sources,
                choice.feeds,
                everything=self.options.everything,
                limit=self.options.limit,
                backfill=self.options.backfill,
            ),
            CrawlHooks(
                self.show.at,
                self._count_bytes,
                self.ahead,
                self.stop,
                self._see_site_time,
                self._note_browser,
            ),
            clock=self.clock,
        )
        for source, result in results.items():
            self._effort(source).seconds = result.seconds
            if result.state == "not-due" or source in choice.feeds:
                # Its schedule continues as if there had been no request.
                if result.state != "ok":
                    postpone_feeds(connection, choice.feeds.get(source, ()), self.clock())
                reason = result.reason or "only its feeds that turn over fast were polled"
                self.states[source] = ("not-due", reason)
                continue
            self.states[source] = (result.state, result.reason)
            if self.options.backfill is None:
                # A backfill is no look for news: the schedule does not count it.
                self.crawled.append(source)
                record.record_source(
                    source, result.state, result.reason, self.clock(), links=result.links
                )
            elif result.state != "ok":
                self.remarks.problems.append(f"source {source}: {result.state}: {result.reason}")
        connection.commit()

    def idle(self) -> RunSummary | None:
        """The summary of a run without any work, which leaves no row and no log.

        Only `--due` without other options can be idle: it is called every minute. A watch
        that is new in the configuration waits for the next real run.
        """
        if not self.options.due or self.options.only is not None:
            return None
        with usable(), self.engine.connect() as connection:
            settings = self.installation.settings
            # While a ledger can't be read nothing is matched or sent, and what waits is no work.
            held = has_unreadable_ledger(settings)
            if self.choose(connection).sources or has_pending_work(
                connection,
                self.clock(),
                current_terms(settings, connection, self.clock()),
                can_run=lambda watches: not held and self.watching.can_run_any(connection, watches),
                unsent=not (held or is_delivering(settings.database)),
            ):
                return None
        now = self.clock()
        return RunSummary(None, now, now, sources=sources_of(self.states, {}, {}))

    def _count_bytes(self, source: str, size: int) -> None:
        self._effort(source).bytes += size

    def _see_site_time(self, shown: datetime) -> None:
        # Not by the clock of the run, which may be set for simulated nights.
        self.site_clocks.see(shown, real_clock())

    def _note_browser(self, failure: str) -> None:
        self.remarks.problems.append(
            f"rendering: {failure}; pages that need a browser are tried again by the next run"
        )

    def _effort(self, source: str) -> Effort:
        return self.efforts.setdefault(source, Effort())

    # -- stages

    def _does(self, stage: Stage) -> bool:
        return not self.stop.is_set() and self.options.only in (None, stage)

    def _extract(self, connection: sa.Connection, record: RunRecord, extractor: Extractor) -> int:
        """`--only extract` reads once more what the archive did not give."""
        if self.options.only == "extract":
            retry_unread(connection)
            connection.commit()
        with self.remarks.going_on(connection, "profiles of sites"):
            self._learn(connection, extractor)
        with self.remarks.going_on(connection, "lists that nobody named"):
            self._look_for_ways(connection, extractor)
        self.show.stage("extract")
        revisions = extractor.extract(
            connection,
            record.id,
            self.clock(),
            ahead=self.ahead,
            progress=self.show.advance,
            stopped=self.stop.is_set,
        )
        self.remarks.problems += [
            f"archive: {counted(number, 'answer')} in {file} can't be read; "
            "`radar check --deep` says why"
            for file, number in sorted(extractor.unread.items())
        ]
        return revisions

    def _learn(self, connection: sa.Connection, extractor: Extractor) -> None:
        """What the sites have in common, before their pages are read."""
        self.show.stage("learn")
        if self.ahead is not None:
            self.ahead.finish()
        learning = Learning(
            connection, extractor.pool, extractor.profiles, extractor.raw_page, self.clock()
        )
        for unusable in learning.learn(show=self.show.at, stopped=self.stop.is_set):
            line = f"the profile of {unusable}; it is learnt anew"
            STDERR.print(line, highlight=False, markup=False, soft_wrap=True)

    def _look_for_ways(self, connection: sa.Connection, extractor: Extractor) -> None:
        """What pages of sources lead to and nobody named."""
        languages = self.installation.reference.languages
        look = LookForWays(connection, extractor.pool, languages, extractor.raw_page, self.clock())
        look.look(self.installation.settings.sources, stopped=self.stop.is_set)

    def _index(self, connection: sa.Connection) -> Indexed:
        """A store that is down stops nothing: the backlog waits for the next run.

        `--only index` sends what the store refused once more.
        """
        self.show.stage("index")
        indexing = Indexing(self.installation, self.show, self.stop, self.remarks)
        return indexing.write(connection, rejected_again=self.options.only == "index")

    def _match(self, connection: sa.Connection, record: RunRecord) -> int:
        self.show.stage("match")
        return self.watching.match(connection, record)

    def _deliver(self, connection: sa.Connection, run: int) -> Delivered:
        self.show.stage("deliver")
        delivery = Delivery(self.installation, self.engine, self.clock, self.stop)
        return delivery.send(connection, run, everything=self.options.only == "deliver")

    def _forget(
        self, connection: sa.Connection, record: RunRecord, believed: datetime | None
    ) -> Removed:
        forgetting = Forgetting(
            self.installation, self.engine, self.clock, self.remarks, self._index
        )
        return forgetting.enforce(connection, record.id, believed)

    def _believed_time(self) -> datetime | None:
        """The moment by which is removed what is past its time; None: a later run, in which a site
        says what time it is, does so.
        """
        sources = self.installation.settings.sources
        if not any(source.enabled for source in sources):
            return self.clock()  # none is ever asked
        doubt = self.site_clocks.doubt
        if doubt is not None and any(source.rights.retention_days for source in sources):
            self.remarks.problems.append(
                f"{doubt}: what may not be kept for longer is removed by theirs"
            )
        return self.site_clocks.believed(self.clock())

    def _judge(self, connection: sa.Connection) -> None:
        """The health of what was looked at, now that its pages have been read."""
        entries = {
            source.id: entry_keys(source)
            for source in self.installation.settings.sources
            if source.id in self.crawled
        }
        healths = assess_health(connection, entries, self.clock(), self.stop.is_set)
        for source, health in healths.items():
            self.states[source] = (health.state, health.reason)
            if health.state in NEEDS_A_PERSON:
                self.remarks.problems.append(f"source {source}: {health.state}: {health.reason}")
        connection.commit()  # what fails afterwards takes back no pause of a source

    def _conclude(self, connection: sa.Connection, record: RunRecord, summary: RunSummary) -> None:
        """What is left to do under the run lock, and the summary of it all."""
        with self.remarks.going_on(connection, "health of the sources"):
            self._judge(connection)
        if self._does("index") or self._does("match"):
            self._note_meaning()
        pages = record.outcomes("page")
        summary.outcomes = total(pages)
        summary.discovery = total(record.outcomes("discovery"))
        tidies = not self.stop.is_set() and self.options.only is None
        believed = self._believed_time() if tidies else None
        with self.remarks.going_on(connection, "retention"):
            if tidies:
                summary.removed = self._forget(connection, record, believed)
        with self.remarks.going_on(connection, "rows of old runs"):
            if believed is not None:
                keep_house(connection, believed)
        summary.sources = sources_of(self.states, pages, self.efforts)
        summary.bytes = sum(effort.bytes for effort in self.efforts.values())
        self._note_unreadable(record)
        summary.problems, summary.notes = self.remarks.problems, self.remarks.notes
        summary.finished = self.clock()
        record.keep_summary(summary.to_json())

    def _note_meaning(self) -> None:
        """Stories and watches went by words, if the encoder failed."""
        if (failure := self.installation.encoder_failure) is not None:
            self.remarks.problems.append(f"meaning: {failure.message}; {failure.hint}")

    def _note_unreadable(self, record: RunRecord) -> None:
        """Which pages could not be read: the first ones for people, all of them in the log."""
        pages = record.unreadable_pages()
        for url, reason in pages:
            logger.warning("page_not_read %s %s", url, reason)
        shown, more = pages[:_MOST_SHOWN], len(pages[_MOST_SHOWN:])
        self.remarks.notes += [f"not read: {url}: {reason}" for url, reason in shown]
        if more:
            self.remarks.notes.append(
                f"not read: {counted(more, 'more page')}, see the log of the run"
            )

    def _end(self, record: RunRecord, summary: RunSummary, delivered: Delivered) -> RunSummary:
        """Add what the delivery came to, and end the run."""
        kept = record.load_summary()
        summary.finished, summary.sent = self.clock(), delivered.sent
        summary.problems += delivered.problems
        told = summary.to_json()
        added = {key: told[key] for key in ("finished", "seconds", "sent")}
        added["problems"] = [*kept["problems"], *delivered.problems]
        ended = "interrupted" if self.stop.is_set() else "done"
        record.finish(summary.finished, {**kept, **added}, state=ended)
        for problem in summary.problems:
            logger.warning("run_problem %s", problem)
        logger.info("run_finished %s", summary.to_json())
        return summary


def run(
    installation: Installation,
    options: RunOptions,
    *,
    clock: Clock,
    show: Display,
    stop: threading.Event,
    gather: Callable[[Run, sa.Connection, RunRecord], None] | None = None,
) -> RunSummary:
    """Hold the lock, write the log, run the stages.

    Raises ConfigError, RunInProgress, DatabaseError and ForeignData; all else is in the summary.
    """
    settings = installation.settings
    with ExitStack() as locked, ExitStack() as opened:
        locked.enter_context(run_lock(settings.home, settings.database))
        engine = installation.open_writer()
        opened.callback(engine.dispose)
        work = Run(installation, engine, options, clock, show, stop)
        idle = work.idle() if gather is None else None
        if idle is not None:
            return idle
        opened.enter_context(run_log(settings.log))
        return work.perform(gather, release=locked.close)
