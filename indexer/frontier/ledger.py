"""What a run knows and learns of addresses: the crawl's frontier, on the system of record.

Here belong addresses, fetches and counted outcomes. Runs are in `indexer.frontier.run_record`,
documents and their revisions in `indexer.revisions.revisions`. All methods write on one connection;
nothing is durable before `commit`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Protocol

import sqlalchemy as sa

from indexer.database import tables
from indexer.database.buffered_writes import Writes
from indexer.database.chunks import chunks
from indexer.database.rows import put_row
from indexer.frontier.backoff import doubled
from indexer.frontier.claims import VALIDATORS, lastmod_said, settled, validators_said
from indexer.frontier.due import DueAddresses
from indexer.frontier.feed_polling import Entry, feed_read, feeds_put_off
from indexer.frontier.revisits import REVISIT
from indexer.frontier.vanished import listing_read
from indexer.frontier.visits import LONGEST_REST, MISSED, READ_WELL, RETIRED, Visit, Visits
from indexer.records.instants import stated
from indexer.records.outcome import Outcome
from indexer.records.site import site

UNCONDITIONAL = 20
"""One of so many visits asks for the page whatever its validators say: a site that answers "not
modified" though the text has changed would else never be found out."""

# Made once: to build and compare a statement takes longer than to execute it.
_ROW = sa.select(tables.address).where(tables.address.c.url == sa.bindparam("asked"))
_UPDATE = sa.update(tables.address).where(tables.address.c.url == sa.bindparam("asked"))
_INSERT = sa.insert(tables.address)
_FETCHED = sa.insert(tables.fetch)
_VISITED = sa.insert(tables.visit)
_DOCUMENT_ENDED = sa.update(tables.document).where(tables.document.c.id == sa.bindparam("asked"))
_COMMITTED = sa.select(tables.archive_file.c.end).where(
    tables.archive_file.c.name == sa.bindparam("file")
)

GONE_STATUS = (404, 410)

ROWS = 2_000
"""Addresses that are held in memory, at most."""


class SeenLink(Protocol):
    """A discovered link, as `indexer.frontier.port.Link` is."""

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

    @property
    def guid(self) -> str | None:
        """Of its item in a feed."""

    @property
    def archive(self) -> bool:
        """Whether a backfill found it: no news."""


class Ledger:
    """The frontier of one run (`indexer.frontier.port.Frontier`) on the system of record."""

    def __init__(
        self,
        connection: sa.Connection,
        run: int,
        now: Callable[[], datetime],
        *,
        everything: bool = False,
    ) -> None:
        self._connection = connection
        self._writes = Writes(connection)
        self.run = run
        self.now = now
        self.everything = everything
        self._visits = Visits(connection)
        self._rows: dict[str, sa.Row[Any] | None] = {}
        """Addresses as they stand: the crawl asks several times for each that it comes to, and
        nobody
        else writes them meanwhile."""
        visit = tables.visit.c
        counted = sa.select(visit.url).where(visit.run == run, visit.kind == "page")
        self._counted = set(connection.execute(counted).scalars())
        """Page addresses with an outcome in this run."""
        self._ends: dict[str, int] = {}
        """Ends of archive files that are not in the database yet."""

    @property
    def connection(self) -> sa.Connection:
        """Shows all that was told."""
        self._writes.write()
        return self._connection

    # -- questions

    def row(self, url: str) -> sa.Row[Any] | None:
        """The address as it stands, uncommitted changes included."""
        if url not in self._rows:
            if len(self._rows) >= ROWS:
                self._rows.clear()
            if url in self._writes:
                self._writes.write()
            self._rows[url] = self._connection.execute(_ROW, {"asked": url}).one_or_none()
        return self._rows[url]

    def look_up(self, urls: Iterable[str]) -> None:
        """Look addresses up together that will be asked for one by one."""
        for part in chunks(url for url in urls if url not in self._rows):
            if len(self._rows) + len(part) > ROWS:
                self._rows.clear()
            found = self.connection.execute(
                sa.select(tables.address).where(tables.address.c.url.in_(part))
            )
            self._rows |= dict.fromkeys(part) | {row.url: row for row in found}

    def due_rows(self, source: str) -> Iterator[sa.Row[Any]]:
        """Known page addresses of the source to ask for, best first, read as they are asked for."""
        addresses = DueAddresses(self.connection, self.run)
        return (
            addresses.everything(source) if self.everything else addresses.due(source, self.now())
        )

    def asked_conditionally(self, row: sa.Row[Any]) -> bool:
        """Whether the site is to be asked if the address has changed, and not for all of it."""
        if row.kind != "page":
            return not self.is_read_whole(row)
        if not self._visits.experiences.of(row.site).validators.silence_is_true:
            return False
        visits = int(row.unchanged) + int(row.changes)
        return (visits + len(row.url)) % UNCONDITIONAL != 0

    def is_read_whole(self, row: sa.Row[Any]) -> bool:
        """Whether it is a list that is now to be read to its end, and not only for its news."""
        return (
            row.kind != "page" and row.whole_due is not None and bool(row.whole_due <= self.now())
        )

    def counted(self, url: str) -> bool:
        """Whether the page address has an outcome in this run already."""
        return url in self._counted

    def committed_end(self, file: str) -> int:
        """End of the last committed record in this archive file; 0 for one that is not known."""
        if file in self._ends:
            return self._ends[file]
        return int(self._connection.execute(_COMMITTED, {"file": file}).scalar() or 0)

    # -- what the crawl tells

    def see(self, source: str, link: SeenLink) -> None:
        """Keep a discovered page address, and what its entry says of it."""
        row = self.row(link.url)
        if row is None:
            self._insert(
                link.url,
                source=source,
                site=site(link.url),
                kind="page",
                title=link.title,
                published=link.published,
                dated=stated(link.published),
                lastmod=link.lastmod,
                archive=link.archive,
                guid=link.guid,
                document=self._document_of_item(source, link),
                first_seen=self.now(),
                next_due=self.now(),
            )
        elif link.lastmod is not None:
            self._heed(row, link.lastmod)

    def _document_of_item(self, source: str, link: SeenLink) -> str | None:
        """The document that the item of a feed has given under another address.

        By its guid and its title: some feeds number their places, and call them guid.
        """
        if link.guid is None or link.title is None:
            return None
        address = tables.address.c
        query = sa.select(address.document).where(
            address.source == source,
            address.guid == link.guid,
            address.title == link.title,
            address.document.is_not(None),
        )
        return self.connection.execute(query.limit(1)).scalar()

    def _heed(self, row: sa.Row[Any], lastmod: datetime) -> None:
        """An entry states when a known page changed last."""
        moved = row.lastmod is None or lastmod > row.lastmod
        values: dict[str, Any] = {"lastmod": lastmod} if moved else {}
        if row.last_fetch is not None and row.last_outcome in READ_WELL:
            # A day that was not over when the page was fetched may have seen a change afterwards.
            claimed = settled(max(lastmod, row.lastmod or lastmod)) > row.last_fetch
            if claimed != row.claimed or claimed == row.quiet:
                values |= {"claimed": claimed, "quiet": not claimed}
        if values:
            self._update(row.url, values)

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
        body_hash: str | None = None,
        given: Mapping[str, Any] | None = None,
        remark: str | None = None,
    ) -> bool:
        """A page was got and archived: it is `fetched` until it has been read. Whether it is to be.

        Byte for byte the answer that was read last time, it need not be read again: `unchanged`.
        `remark` becomes the reason of its outcome, if reading it gives no other one.
        """
        before = self.row(url)
        known = before is not None and before.document is not None
        lastmod = lastmod_said(before) if before is not None and known else None
        validators = validators_said(before, headers) if before is not None and known else None
        kept = {column: headers.get(header) for column, header in VALIDATORS.items()}
        if before is not None and known and body_hash and before.body_hash == body_hash:
            self._archived(file, offset + length)
            visit = Visit(
                fetched_at, Outcome.UNCHANGED, False, before.last_fetch, lastmod, validators
            )
            self._same(before, visit, kept)
            return False
        answer = {
            "run": self.run,
            "source": source,
            "url": url,
            "final_url": final_url,
            "known": known,
            "status": status,
            "content_type": headers.get("content-type"),
            "fetched_at": fetched_at,
            "file": file,
            "offset": offset,
            "length": length,
            "truncated": truncated,
            "body_hash": body_hash,
            "previous": before.last_fetch if before is not None else None,
            "lastmod_said": lastmod,
            "validators_said": validators,
            "given": dict(given) if given is not None else None,
            "state": "pending",
        }
        self._writes.add(_FETCHED, f"fetch {url}", answer)
        self._archived(file, offset + length)
        self._count(source, url, Outcome.FETCHED, remark)
        self._put_address(
            source,
            url,
            **kept,
            **self._asked(before),
            kind="page",
            quiet=False,
            last_fetch=fetched_at,
            status=status,
            failures=0,
            next_due=fetched_at + REVISIT,
            last_outcome=Outcome.FETCHED,
        )
        return True

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
        """A page address ended without a page to read; `archived` is file and end of the answer's
        record.
        """
        if archived is not None:
            self._archived(*archived)
        row = self.row(url)
        now = self.now()
        if outcome == Outcome.NOT_MODIFIED and row is not None:
            # The status of the answer that the validators belong to stays: 304 says that it still
            # holds.
            visit = Visit(now, outcome, False, row.last_fetch, lastmod_said(row))
            self._same(row, visit, {"status": 200})
            return
        if row is not None and _is_gone(row, outcome, status):
            outcome = Outcome.GONE
        failures = (row.failures if row is not None else 0) + (outcome != Outcome.DUPLICATE)
        changes: dict[str, Any] = {
            "kind": "page",
            "last_outcome": outcome,
            "failures": failures,
            "next_due": now + _rest(outcome, failures),
            "quiet": False,
            "claimed": False,
        }
        if status is not None:
            changes |= {"status": status, "last_fetch": now}
        if outcome == Outcome.GONE and row is not None:
            self._visits.removed(row)
            changes |= {"gone_since": row.gone_since or now, "absences": 0, "listing": None}
        # One that was never fetched may have the document of an item that had another address
        # before.
        document = row.document if row is not None and row.last_fetch is not None else None
        self._count(source, url, outcome, reason, document)
        self._put_address(source, url, **changes)
        if document is not None:
            self._document_ended(document, last_outcome=outcome)

    def _same(self, row: sa.Row[Any], visit: Visit, values: Mapping[str, Any]) -> None:
        """The page is as it was read last, by the site's word or byte for byte."""
        self._count(row.source, row.url, visit.outcome, None, row.document)
        learnt = self._visits.ended(row, visit)
        changes = {**self._asked(row), "failures": 0, "last_fetch": visit.at, **values, **learnt}
        self._update(row.url, changes)
        if row.document is not None:
            self._document_ended(row.document, last_outcome=visit.outcome, last_seen=visit.at)

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
        put_row(
            self.connection,
            tables.visit,
            {"run": self.run, "url": url, "kind": "discovery"},
            {"source": source, "outcome": outcome, "reason": reason},
        )
        row = self.row(url)
        if outcome != Outcome.FETCHED:
            feeds_put_off(self.connection, [url], self.now())
        if row is not None and row.kind == "page":
            return
        changes: dict[str, Any] = {"kind": "discovery", "last_outcome": outcome}
        if validators is not None:
            changes |= {column: validators.get(header) for column, header in VALIDATORS.items()}
            changes["last_fetch"] = self.now()
            if row is not None and self.is_read_whole(row):
                # `listed` says when again, if it has become known whole.
                changes["whole_due"] = None
        self._put_address(source, url, next_due=self.now(), **changes)

    def feed_read(self, source: str, url: str, entries: Sequence[Entry]) -> None:
        """A feed was read; told before its entries are seen."""
        self._rows.clear()
        feed_read(self.connection, source, url, entries, self.now())

    def listed(self, url: str, pages: Collection[str], *, rolling: bool = False) -> None:
        """A complete listing was read; told after its entries are seen."""
        self._rows.clear()
        listing_read(
            self.connection, self._visits.experiences, url, pages, self.now(), rolling=rolling
        )

    def commit(self) -> None:
        """Make durable all that was told since the last commit."""
        for file, end in self._ends.items():
            put_row(self.connection, tables.archive_file, {"name": file}, {"end": end})
        self._ends.clear()
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
        key = {"run": self.run, "url": url, "kind": "page"}
        values = {"source": source, "outcome": outcome, "reason": reason, "document": document}
        if url in self._counted:
            put_row(self.connection, tables.visit, key, values)
        else:
            self._counted.add(url)
            self._writes.add(_VISITED, f"visit {url}", {**key, **values})

    def _asked(self, row: sa.Row[Any] | None) -> dict[str, Any]:
        """The page was got: what lastmod claimed of it before is settled."""
        return {"claimed": False, "lastmod_fetched": row.lastmod if row is not None else None}

    def _put_address(self, source: str, url: str, **values: Any) -> None:
        if self.row(url) is None:
            defaults = {"first_seen": self.now(), "failures": 0, "unchanged": 0, "site": site(url)}
            self._insert(url, source=source, **{**defaults, **values})
        else:
            self._update(url, values)

    def _insert(self, url: str, **values: Any) -> None:
        self._rows.pop(url, None)
        self._writes.add(_INSERT, url, {"url": url, **values})

    def _update(self, url: str, values: Mapping[str, Any]) -> None:
        self._rows.pop(url, None)
        self._writes.add(_UPDATE, url, {"asked": url, **values})

    def _document_ended(self, document: str, **values: Any) -> None:
        self._writes.add(_DOCUMENT_ENDED, f"document {document}", {"asked": document, **values})

    def _archived(self, file: str, end: int) -> None:
        """The file holds a record up to `end`; what is told late never takes back what is
        committed.
        """
        self._ends[file] = max(end, self.committed_end(file))


def _is_gone(row: sa.Row[Any], outcome: Outcome, status: int | None) -> bool:
    """Whether a known page that answers 404 or 410 is gone: the second witness decides.

    That is either the same answer in an earlier run, or a complete listing that has left the page
    out twice (`indexer.frontier.vanished`).
    """
    return (
        outcome == Outcome.HTTP_ERROR
        and status in GONE_STATUS
        and row.document is not None
        and (row.status in GONE_STATUS or row.absences >= MISSED)
    )


def _rest(outcome: Outcome, failures: int) -> timedelta:
    """How long an address without a page to read rests, at its so manieth failure in a row."""
    if outcome in (Outcome.UNREACHABLE, Outcome.TIMED_OUT):
        return timedelta(0)  # it is the site that rests: the next run that asks it tries again
    if outcome in (Outcome.GONE, Outcome.MOVED):
        return RETIRED
    if outcome in (Outcome.HTTP_ERROR, Outcome.REFUSED, Outcome.QUARANTINED):
        return doubled(REVISIT, failures - 1, LONGEST_REST)
    return REVISIT
