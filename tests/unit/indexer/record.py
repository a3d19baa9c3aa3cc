"""Nights of an installation in a few words: what was fetched, and what was read from it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import sqlalchemy as sa

from indexer.database import tables
from indexer.documents.queries import pending_fetches
from indexer.frontier.ledger import Ledger
from indexer.frontier.run_record import RunRecord
from indexer.records.document import Page
from indexer.records.errors import ParseError
from indexer.records.outcome import Outcome
from indexer.revisions.revisions import Revisions

HOME = "https://partner.example"


@dataclass
class Seen:
    """A discovered link."""

    url: str
    title: str | None = None
    published: str | None = None
    lastmod: datetime | None = None
    archive: bool = False
    guid: str | None = None


class Record:
    """One database, with a run in progress."""

    def __init__(self, connection: sa.Connection, now: datetime) -> None:
        self.connection = connection
        self.now = now
        self.extractor = 1
        self._start(everything=False)

    def begin(self, *, everything: bool = False) -> None:
        """The next run."""
        self.ledger.commit()
        self._start(everything=everything)

    def _start(self, *, everything: bool) -> None:
        self.run = RunRecord.start(self.connection, self.now, {})
        self.ledger = Ledger(self.connection, self.run.id, lambda: self.now, everything=everything)

    def next_night(self, days: int = 1, *, everything: bool = False) -> None:
        """End this run, and begin one some days later."""
        self.ledger.commit()
        self.run.finish(self.now, {})
        self.now += timedelta(days=days)
        self.begin(everything=everything)

    def fetch(self, path: str, *, to: str | None = None, body_hash: str | None = None) -> None:
        """A page was fetched, perhaps by way of a redirect."""
        self.ledger.page_fetched(
            "partner",
            HOME + path,
            final_url=HOME + (to or path),
            status=200,
            headers={"etag": f'"{path}"'},
            fetched_at=self.now,
            truncated=False,
            file="a.warc.gz",
            offset=0,
            length=10,
            body_hash=body_hash,
        )
        self.ledger.commit()

    def read(self, *texts: str | Page | ParseError, canonical: str | None = None) -> list[Outcome]:
        """What the reader makes of the fetched pages, in order."""
        revisions = Revisions(self.connection, self.run.id, self.now, self.extractor)
        outcomes = []
        rows = pending_fetches(self.connection, self.extractor, 0, 1000)
        for fetch, text in zip(rows, texts, strict=True):
            if isinstance(text, ParseError):
                outcomes.append(revisions.failed(fetch, text))
            else:
                page = text if isinstance(text, Page) else Page(url=fetch.final_url, text=text)
                url = HOME + canonical if canonical else fetch.final_url
                outcomes.append(revisions.read(fetch, replace(page, url=url), url))
        self.connection.commit()
        return outcomes

    def ended(self, path: str, outcome: Outcome, *, status: int | None = None) -> None:
        """A page address ended without a page."""
        self.ledger.page_ended("partner", HOME + path, outcome, None, status=status)
        self.ledger.commit()

    def outcomes(self) -> dict[str, int]:
        """Counted page outcomes of this run."""
        return self.run.outcomes("page").get("partner", {})

    def due(self) -> list[str]:
        """Paths that are due."""
        return [row.url.removeprefix(HOME) for row in self.ledger.due_rows("partner")]

    def count(self, table: sa.Table) -> int:
        """Rows of a table."""
        return self.connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()

    def revisions(self) -> list[sa.Row]:
        """All revisions by ingest sequence number."""
        return list(
            self.connection.execute(sa.select(tables.revision).order_by(tables.revision.c.seq))
        )
