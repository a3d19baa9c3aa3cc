"""Nights of an installation in a few words: what was fetched, and what was read from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from indexer.database import tables
from indexer.documents.backlog import iter_backlog
from indexer.frontier.address import Address
from indexer.frontier.fetches import pending_fetches
from indexer.frontier.ledger import Ledger
from indexer.frontier.port import ArchivePosition, Response
from indexer.frontier.run_record import RunRecord
from indexer.records.document import Page, StoredDocument
from indexer.records.errors import ParseError
from indexer.records.outcome import Outcome
from indexer.records.reference import NO_REFERENCE
from indexer.revisions.revisions import Revisions

HOME = "https://partner.example"


def response_of(
    url: str,
    headers: Mapping[str, str],
    now: datetime,
    *,
    final_url: str | None = None,
    body: bytes = b"",
) -> Response:
    """A response with status 200."""
    return Response(url, final_url or url, 200, headers, now, body)


def backlog(connection: sa.Connection, limit: int) -> list[StoredDocument]:
    """The first documents that the search store lacks."""
    return next(iter_backlog(connection, limit), [])


class Record:
    """One database, with a run in progress."""

    def __init__(self, connection: sa.Connection, now: datetime) -> None:
        self.connection = connection
        self.now = now
        self.extractor = 1
        self.reference = NO_REFERENCE
        self._fetches = 0
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

    def fetch(
        self, path: str, *, to: str | None = None, body: bytes | None = None, cut: bool = False
    ) -> None:
        """A page was fetched, perhaps by way of a redirect, perhaps `cut` off; without a body, the
        bytes are new.
        """
        self.fetch_from(HOME + path, to=HOME + (to or path), body=body, cut=cut)

    def fetch_from(
        self, url: str, *, to: str | None = None, body: bytes | None = None, cut: bool = False
    ) -> None:
        """The same by its address, for a source with several sites."""
        self._fetches += 1
        response = response_of(
            url,
            {"etag": f'"{url}"'},
            self.now,
            final_url=to,
            body=body or f"fetch {self._fetches}".encode(),
        )
        response = replace(response, truncated=cut)
        self.ledger.record_fetch("partner", response, ArchivePosition("a.warc.gz", 0, 10))
        self.ledger.commit()

    def read(self, *texts: str | Page | ParseError, canonical: str | None = None) -> list[Outcome]:
        """What the reader makes of the fetched pages, in order."""
        revisions = Revisions(
            self.connection, self.run.id, self.now, self.extractor, self.reference
        )
        outcomes = []
        rows = pending_fetches(self.connection, self.extractor, 0, 1000)
        for fetch, text in zip(rows, texts, strict=True):
            if isinstance(text, ParseError):
                outcomes.append(revisions.record_failure(fetch, text))
            else:
                page = text if isinstance(text, Page) else Page(url=fetch.final_url, text=text)
                url = HOME + canonical if canonical else fetch.final_url
                outcomes.append(revisions.record_page(fetch, replace(page, url=url), url))
        self.connection.commit()
        return outcomes

    def ended(
        self, path: str, outcome: Outcome, reason: str | None = None, *, status: int | None = None
    ) -> None:
        """A page address ended without a page."""
        self.ledger.record_outcome("partner", HOME + path, outcome, reason, status=status)
        self.ledger.commit()

    def outcomes(self) -> dict[str, int]:
        """Counted page outcomes of this run."""
        return self.run.outcomes("page").get("partner", {})

    def due(self) -> list[str]:
        """Paths that are due."""
        return [known.url.removeprefix(HOME) for known in self.ledger.iter_due("partner")]

    @contextmanager
    def statements(self) -> Iterator[list[tuple[str, Any]]]:
        """What is asked of the database meanwhile, with parameters; the rows of one insertion
        count once.
        """
        asked: list[tuple[str, Any]] = []

        def add(_: object, cursor: object, statement: str, parameters: Any, *more: object) -> None:
            asked.append((statement, parameters))

        sa.event.listen(self.connection, "before_cursor_execute", add)
        yield asked
        sa.event.remove(self.connection, "before_cursor_execute", add)

    def known(self, url: str) -> Address:
        """The address as it stands: it is known, or the test fails."""
        found = self.ledger.address(url)
        assert found is not None
        return found

    def count(self, table: sa.Table) -> int:
        """Rows of a table."""
        return self.connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()

    def revisions(self) -> list[sa.Row[Any]]:
        """All revisions by ingest sequence number."""
        return list(
            self.connection.execute(sa.select(tables.revision).order_by(tables.revision.c.seq))
        )
