"""One run as the system of record knows it: its beginning, what came of its sources, its end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from indexer.database import tables
from indexer.database.contention import write_patiently
from indexer.database.records import columns_of, find_record, iter_records
from indexer.database.rows import put_row
from indexer.frontier.fetches import adopt_pending_fetches
from indexer.frontier.page_outcomes import adopt_fetched_pages, count_outcomes, unreadable_pages
from indexer.records.instants import SKEW


@dataclass(frozen=True, slots=True)
class PastRun:
    """A run as it was recorded."""

    id: int
    started: datetime
    finished: datetime | None
    state: str
    """running, done or interrupted."""
    arguments: Mapping[str, Any]
    summary: Mapping[str, Any] | None


def past_runs(
    connection: sa.Connection, limit: int = 0, before: int | None = None
) -> list[PastRun]:
    """The last runs (or the last ones before a run), the newest first; `limit` 0: all."""
    query = sa.select(*columns_of(PastRun, tables.run)).order_by(tables.run.c.id.desc())
    if before is not None:
        query = query.where(tables.run.c.id < before)
    return list(iter_records(connection, PastRun, query.limit(limit) if limit else query))


def find_run(connection: sa.Connection, number: int) -> PastRun | None:
    """The run with this number."""
    query = sa.select(*columns_of(PastRun, tables.run)).where(tables.run.c.id == number)
    return find_record(connection, PastRun, query)


def last_extracting_run(connection: sa.Connection, before: int) -> int:
    """The last run before this one that came to the end of extraction; 0: there is none."""
    run = tables.run.c
    query = sa.select(run.id, run.arguments).where(run.id < before, run.state == "done")
    rows = connection.execute(query.order_by(run.id.desc()).execution_options(yield_per=10))
    with rows:
        return next((r.id for r in rows if r.arguments.get("only") in (None, "extract")), 0)


def past_moment(
    connection: sa.Connection, moment: datetime | None, now: datetime
) -> datetime | None:
    """A moment in the past, as a run has noted it; None: none.

    Where a clock ahead of ours says so, it was before the first run after the last such one.
    """
    if moment is None or moment <= now + SKEW:
        return moment
    run = tables.run.c
    ahead = sa.select(sa.func.max(run.id)).where(run.started > now + SKEW).scalar_subquery()
    after = sa.select(sa.func.min(run.started)).where(run.id > ahead, run.started <= now)
    return connection.execute(after).scalar() or now


class RunRecord:
    """One row of `run`, from its start to its end."""

    def __init__(
        self,
        connection: sa.Connection,
        identifier: int,
        started: datetime,
        continues: datetime | None = None,
    ) -> None:
        self.connection = connection
        self.id = identifier
        self.started = started
        self.continues = continues
        """When the run began that was cut off before this one; None: none was."""

    @classmethod
    def start(
        cls, connection: sa.Connection, now: datetime, arguments: Mapping[str, Any]
    ) -> RunRecord:
        """Begin a run; what an interrupted run had fetched but not read becomes part of it.

        The caller holds the run lock, so a run that is still `running` here was cut off, or has
        only messages to send: then it corrects its state when it ends.
        """
        inserted = connection.execute(
            sa.insert(tables.run).values(started=now, state="running", arguments=dict(arguments))
        ).inserted_primary_key
        identifier = int(inserted[0]) if inserted else 0
        adopt_fetched_pages(connection, identifier)
        adopt_pending_fetches(connection, identifier)
        cut_off = sa.and_(tables.run.c.state == "running", tables.run.c.id != identifier)
        continues = connection.execute(
            sa.select(sa.func.min(tables.run.c.started)).where(cut_off)
        ).scalar()
        connection.execute(
            sa.update(tables.run).where(cut_off).values(state="interrupted", finished=now)
        )
        connection.commit()
        return cls(connection, identifier, now, continues)

    def finish(self, now: datetime, summary: Mapping[str, Any], *, state: str = "done") -> None:
        """End the run with its counted summary."""
        self._update(state=state, finished=now, summary=dict(summary))

    def keep_summary(self, summary: Mapping[str, Any]) -> None:
        """What the run has come to before it delivers, which it does without the run lock."""
        self._update(summary=dict(summary))

    def load_summary(self) -> Mapping[str, Any]:
        """The summary as it is now: an erasure may have taken something out of it."""
        query = sa.select(tables.run.c.summary).where(tables.run.c.id == self.id)
        summary: Mapping[str, Any] = self.connection.execute(query).scalar_one()
        self.connection.commit()
        return summary

    def _update(self, **values: Any) -> None:
        update = sa.update(tables.run).where(tables.run.c.id == self.id).values(**values)
        write_patiently(self.connection, lambda: self.connection.execute(update).rowcount == 1)

    def outcomes(self, kind: str) -> dict[str, dict[str, int]]:
        """Counted outcomes of each source: {source: {outcome: n}}; `kind` is page or discovery."""
        return count_outcomes(self.connection, self.id, kind)

    def unreadable_pages(self) -> list[tuple[str, str]]:
        """Address of each page that this run could not read, and why."""
        return unreadable_pages(self.connection, self.id)

    def record_source(
        self,
        source: str,
        state: str,
        reason: str | None,
        now: datetime,
        *,
        links: int | None = None,
    ) -> None:
        """Keep how the crawl of a source went; a first crawl that was `ok` ends its first look.

        `links`: to its pages that discovery found, known ones too.
        """
        put_row(
            self.connection,
            tables.source_run,
            {"run": self.id, "source": source},
            {"state": state, "reason": reason, "finished": now, "links": links},
        )
        if state == "ok":
            self.mark_source_crawled(source, now)

    def mark_source_crawled(self, source: str, now: datetime) -> None:
        """All that this run was to get of a source is there."""
        put_row(self.connection, tables.source, {"id": source}, {"last_crawled": now})

    def end_first_looks(self, now: datetime) -> None:
        """From now on, what comes from the sources crawled so far is news, no first look.

        Not while fetches wait for extraction: they belong to the first look.
        """
        pending = sa.select(tables.fetch.c.id).where(tables.fetch.c.state == "pending").limit(1)
        if self.connection.execute(pending).first() is not None:
            return
        self.connection.execute(
            sa.update(tables.source)
            .where(
                tables.source.c.first_crawled.is_(None), tables.source.c.last_crawled.is_not(None)
            )
            .values(first_crawled=now)
        )
