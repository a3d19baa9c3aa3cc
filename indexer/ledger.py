"""What a run knows and learns of addresses: the crawl's frontier, on the system of record.

Here belong runs, addresses, fetches and counted outcomes. Documents and their revisions are in
`indexer.revisions`. All methods write on one connection; nothing is durable before `commit`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, Protocol

import sqlalchemy as sa

from indexer import database as db
from indexer.outcome import Outcome

REVISIT = timedelta(hours=20)
"""First interval between two visits of a page: under a day, so that a nightly run always meets it."""

DOUBLINGS = 5
"""An unchanged page is asked for half as often each time, at most this many times (27 days)."""

RETIRED = timedelta(days=30)
"""Pages that are gone or have moved are looked at again after this time."""

GONE_STATUS = (404, 410)


class SeenLink(Protocol):
    """A discovered link, as `crawler.frontier.Link` is."""

    @property
    def url(self) -> str:
        """Canonical address."""

    @property
    def title(self) -> str | None:
        """Title that the entry states."""

    @property
    def published(self) -> str | None:
        """Date that the entry states."""

    @property
    def lastmod(self) -> datetime | None:
        """When the page changed last, as the entry states."""


def interval(unchanged: int) -> timedelta:
    """Time until the next visit of a page that was found unchanged so many times in a row."""
    return REVISIT * (1 << min(unchanged, DOUBLINGS))


class RunRecord:
    """One row of `run`, from its start to its end."""

    def __init__(self, connection: sa.Connection, identifier: int, started: datetime) -> None:
        self.connection = connection
        self.id = identifier
        self.started = started

    @classmethod
    def start(
        cls, connection: sa.Connection, now: datetime, arguments: Mapping[str, Any]
    ) -> RunRecord:
        """Begin a run; what an interrupted run had fetched but not read becomes part of it.

        The caller holds the run lock, so a run that is still `running` here was cut off.
        """
        inserted = connection.execute(
            sa.insert(db.run).values(started=now, state="running", arguments=dict(arguments))
        ).inserted_primary_key
        identifier = int(inserted[0]) if inserted else 0
        unread = sa.and_(db.visit.c.kind == "page", db.visit.c.outcome == Outcome.FETCHED)
        connection.execute(sa.update(db.visit).where(unread).values(run=identifier))
        connection.execute(
            sa.update(db.fetch).where(db.fetch.c.state == "pending").values(run=identifier)
        )
        connection.execute(
            sa.update(db.run)
            .where(db.run.c.state == "running", db.run.c.id != identifier)
            .values(state="interrupted", finished=now)
        )
        connection.commit()
        return cls(connection, identifier, now)

    def finish(self, now: datetime, summary: Mapping[str, Any], *, state: str = "done") -> None:
        """End the run with its counted summary."""
        self.connection.execute(
            sa.update(db.run)
            .where(db.run.c.id == self.id)
            .values(state=state, finished=now, summary=dict(summary))
        )
        self.connection.commit()

    def outcomes(self, kind: str) -> dict[str, dict[str, int]]:
        """Counted outcomes of each source: {source: {outcome: n}}; `kind` is page or discovery."""
        counted: dict[str, dict[str, int]] = {}
        rows = self.connection.execute(
            sa.select(db.visit.c.source, db.visit.c.outcome, sa.func.count())
            .where(db.visit.c.run == self.id, db.visit.c.kind == kind)
            .group_by(db.visit.c.source, db.visit.c.outcome)
            .order_by(db.visit.c.source, db.visit.c.outcome)
        )
        for source, outcome, number in rows:
            counted.setdefault(source, {})[outcome] = number
        return counted

    def source_ended(
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
        _put(
            self.connection,
            db.source_run,
            {"run": self.id, "source": source},
            {"state": state, "reason": reason, "finished": now, "links": links},
        )
        if state == "ok":
            self.source_gathered(source, now)

    def source_gathered(self, source: str, now: datetime) -> None:
        """All that this run was to get of a source is there."""
        _put(self.connection, db.source, {"id": source}, {"last_crawled": now})

    def end_first_looks(self, now: datetime) -> None:
        """From now on, what comes from the sources crawled so far is news, no first look.

        Not while answers wait to be read: they belong to the first look.
        """
        pending = sa.select(db.fetch.c.id).where(db.fetch.c.state == "pending").limit(1)
        if self.connection.execute(pending).first() is not None:
            return
        self.connection.execute(
            sa.update(db.source)
            .where(db.source.c.first_crawled.is_(None), db.source.c.last_crawled.is_not(None))
            .values(first_crawled=now)
        )


class Ledger:
    """The frontier of one run (`crawler.frontier.Frontier`) on the system of record."""

    def __init__(
        self,
        connection: sa.Connection,
        run: int,
        now: Callable[[], datetime],
        *,
        everything: bool = False,
    ) -> None:
        self.connection = connection
        self.run = run
        self.now = now
        self.everything = everything
        pages = sa.select(db.visit.c.url).where(db.visit.c.run == run, db.visit.c.kind == "page")
        self._counted = set(connection.execute(pages).scalars())

    # -- questions

    def row(self, url: str) -> sa.Row[Any] | None:
        """The address as it stands, uncommitted changes included."""
        return self.connection.execute(
            sa.select(db.address).where(db.address.c.url == url)
        ).one_or_none()

    def is_due(self, row: sa.Row[Any]) -> bool:
        """Whether this run is to ask for the address; one never asked for is due whatever the clock says."""
        return self.everything or row.last_outcome is None or row.next_due <= self.now()

    def due_rows(self, source: str) -> Iterator[sa.Row[Any]]:
        """Known page addresses of the source to ask for: never fetched ones first, then the newest."""
        page = db.address.c
        query = (
            sa.select(db.address)
            .where(page.source == source, page.kind == "page", page.url.like("http%"))
            .order_by(page.last_fetch.is_not(None), page.published.desc().nulls_last(), page.url)
        )
        if not self.everything:
            query = query.where(sa.or_(page.last_outcome.is_(None), page.next_due <= self.now()))
        for row in self.connection.execute(query).all():
            if row.url not in self._counted:
                yield row

    def counted(self, url: str) -> bool:
        """Whether the page address has an outcome in this run already."""
        return url in self._counted

    def committed_end(self, file: str) -> int:
        """End of the last committed record in this archive file; 0 for one that is not known."""
        query = sa.select(db.archive_file.c.end).where(db.archive_file.c.name == file)
        return int(self.connection.execute(query).scalar() or 0)

    # -- what the crawl tells

    def see(self, source: str, link: SeenLink) -> None:
        """Keep a discovered page address; one that says it has changed becomes due."""
        row = self.row(link.url)
        if row is None:
            self.connection.execute(
                sa.insert(db.address).values(
                    url=link.url,
                    source=source,
                    kind="page",
                    title=link.title,
                    published=link.published,
                    lastmod=link.lastmod,
                    first_seen=self.now(),
                    next_due=self.now(),
                )
            )
        elif link.lastmod is not None and (row.lastmod is None or link.lastmod > row.lastmod):
            changes: dict[str, Any] = {"lastmod": link.lastmod}
            if row.last_fetch is None or link.lastmod > row.last_fetch:
                changes["next_due"] = self.now()
            self._update(link.url, changes)

    def page_fetched(
        self,
        source: str,
        url: str,
        *,
        final_url: str,
        status: int,
        headers: Mapping[str, str],
        fetched_at: datetime,
        truncated: bool,
        file: str,
        offset: int,
        length: int,
        given: Mapping[str, Any] | None = None,
    ) -> None:
        """A page was got and archived: it is `fetched` until it has been read."""
        before = self.row(url)
        self.connection.execute(
            sa.insert(db.fetch).values(
                run=self.run,
                source=source,
                url=url,
                final_url=final_url,
                known=before is not None and before.document is not None,
                status=status,
                content_type=headers.get("content-type"),
                fetched_at=fetched_at,
                file=file,
                offset=offset,
                length=length,
                truncated=truncated,
                given=dict(given) if given is not None else None,
                state="pending",
            )
        )
        self._archived(file, offset + length)
        self._count(source, url, Outcome.FETCHED, None)
        self._put_address(
            source,
            url,
            kind="page",
            etag=headers.get("etag"),
            last_modified=headers.get("last-modified"),
            last_fetch=fetched_at,
            status=status,
            failures=0,
            next_due=fetched_at + REVISIT,
            last_outcome=Outcome.FETCHED,
        )

    def page_ended(
        self,
        source: str,
        url: str,
        outcome: Outcome,
        reason: str | None,
        *,
        status: int | None,
        archived: tuple[str, int] | None = None,
    ) -> None:
        """A page address ended without a page to read; `archived` is file and end of the answer's record."""
        if archived is not None:
            self._archived(*archived)
        row = self.row(url)
        if (
            outcome == Outcome.HTTP_ERROR
            and status in GONE_STATUS
            and row is not None
            and row.document is not None
            and row.status in GONE_STATUS
        ):
            outcome = Outcome.GONE
        document = row.document if row is not None else None
        self._count(source, url, outcome, reason, document)
        now = self.now()
        changes: dict[str, Any] = {
            "kind": "page",
            "last_outcome": outcome,
            "next_due": now + _rest(outcome),
        }
        if status is not None:
            changes |= {"status": status, "last_fetch": now}
        if outcome == Outcome.NOT_MODIFIED:
            unchanged = (row.unchanged if row is not None else 0) + 1
            # The status of the answer that the validators belong to stays: 304 says that it still holds.
            changes |= {
                "unchanged": unchanged,
                "failures": 0,
                "status": 200,
                "next_due": now + interval(unchanged),
            }
        elif outcome != Outcome.DUPLICATE:
            changes["failures"] = (row.failures if row is not None else 0) + 1
        self._put_address(source, url, **changes)
        if document is not None:
            seen: dict[str, Any] = {"last_outcome": outcome}
            if outcome == Outcome.NOT_MODIFIED:
                seen["last_seen"] = now
            self.connection.execute(
                sa.update(db.document).where(db.document.c.id == document).values(**seen)
            )

    def discovery_asked(
        self,
        source: str,
        url: str,
        outcome: Outcome,
        reason: str | None,
        *,
        validators: Mapping[str, str] | None = None,
        archived: tuple[str, int] | None = None,
    ) -> None:
        """A discovery document was asked for; `validators` are the headers of a 200 answer."""
        if archived is not None:
            self._archived(*archived)
        _put(
            self.connection,
            db.visit,
            {"run": self.run, "url": url, "kind": "discovery"},
            {"source": source, "outcome": outcome, "reason": reason},
        )
        row = self.row(url)
        if row is not None and row.kind == "page":
            return
        changes: dict[str, Any] = {"kind": "discovery", "last_outcome": outcome}
        if validators is not None:
            changes |= {
                "etag": validators.get("etag"),
                "last_modified": validators.get("last-modified"),
                "last_fetch": self.now(),
            }
        self._put_address(source, url, next_due=self.now(), **changes)

    def commit(self) -> None:
        """Make durable all that was told since the last commit."""
        self.connection.commit()

    # -- writing

    def _count(
        self,
        source: str,
        url: str,
        outcome: Outcome,
        reason: str | None,
        document: str | None = None,
    ) -> None:
        self._counted.add(url)
        _put(
            self.connection,
            db.visit,
            {"run": self.run, "url": url, "kind": "page"},
            {"source": source, "outcome": outcome, "reason": reason, "document": document},
        )

    def _put_address(self, source: str, url: str, **values: Any) -> None:
        if self.row(url) is None:
            defaults = {"first_seen": self.now(), "failures": 0, "unchanged": 0}
            self.connection.execute(
                sa.insert(db.address).values(url=url, source=source, **{**defaults, **values})
            )
        else:
            self._update(url, values)

    def _update(self, url: str, values: Mapping[str, Any]) -> None:
        self.connection.execute(
            sa.update(db.address).where(db.address.c.url == url).values(**values)
        )

    def _archived(self, file: str, end: int) -> None:
        """The file holds a record up to `end`; what is told late never takes back what is committed."""
        if end > self.committed_end(file):
            _put(self.connection, db.archive_file, {"name": file}, {"end": end})


def _rest(outcome: Outcome) -> timedelta:
    """How long an address without a page to read rests."""
    if outcome in (Outcome.UNREACHABLE, Outcome.TIMED_OUT):
        return timedelta(0)  # the next run tries again
    if outcome in (Outcome.GONE, Outcome.MOVED):
        return RETIRED
    return REVISIT


def _put(
    connection: sa.Connection,
    table: sa.Table,
    key: Mapping[str, Any],
    values: Mapping[str, Any],
) -> None:
    """Update the row with this key, or insert it."""
    where = [table.c[name] == value for name, value in key.items()]
    if connection.execute(sa.update(table).where(*where).values(**values)).rowcount == 0:
        connection.execute(sa.insert(table).values(**key, **values))
