"""Joins the crawl's port `Frontier` to the ledger of the system of record."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Iterator, Sequence
from contextlib import contextmanager
from hashlib import blake2b

import sqlalchemy as sa

from indexer.database import tables
from indexer.database.engine import usable
from indexer.database.rows import put_row
from indexer.frontier.backfills import keep_walk, walk_of
from indexer.frontier.ledger import Ledger
from indexer.frontier.port import ArchivePosition, KnownAddress, KnownSite, Link, Response, Walk
from indexer.frontier.visits import MISSED
from indexer.records.errors import DatabaseError
from indexer.records.outcome import Outcome
from radar.stages.read_ahead import ReadingAhead


class LedgerFrontier:
    """The frontier of one run; see `indexer.frontier.port.Frontier` for what each method means.

    Whatever the database's driver raises becomes DatabaseError: the crawl knows no other.
    """

    def __init__(
        self, ledger: Ledger, forgotten: Container[str] = (), ahead: ReadingAhead | None = None
    ) -> None:
        """`forgotten`: pages that are not asked for, whoever links to them. `ahead` reads what is
        fetched.
        """
        self.ledger = ledger
        self.forgotten = forgotten
        self.ahead = ahead

    def known(self, source: str, url: str) -> KnownAddress | None:
        """The address as earlier runs left it."""
        del source  # an address has one owner, whoever asks
        if url in self.forgotten:
            # Else a listing would be turned to its end each night, for the sake of this one link.
            return KnownAddress(url)
        with _record():
            row = self.ledger.row(url)
            return None if row is None else self._known(row)

    def look_up(self, urls: Iterable[str]) -> None:
        """Many addresses will be asked for, one after the other."""
        with _record():
            self.ledger.look_up(urls)

    def due(self, source: str) -> Iterator[KnownAddress]:
        """Known page addresses of the source that are due now."""
        rows = self.ledger.due_rows(source)
        while True:
            with _record():  # each row: nothing is read before it is asked for
                row = next(rows, None)
            if row is None:
                return
            yield self._known(row)

    def counted(self, url: str) -> bool:
        """Whether the address has an outcome in this run already."""
        return url in self.forgotten or self.ledger.counted(url)

    def see(self, source: str, link: Link) -> None:
        """Keep a discovered page address."""
        if link.url in self.forgotten:
            return
        with _record():
            new = self.ledger.row(link.url) is None
            self.ledger.see(source, link)
        if new and self.ahead is not None:
            self.ahead.expect()

    def fetched(self, source: str, response: Response, position: ArchivePosition) -> None:
        """A page was got and archived."""
        with _record():
            unread = self.ledger.page_fetched(
                source,
                response.url,
                final_url=response.final_url,
                status=response.status,
                headers=response.headers,
                fetched_at=response.fetched_at,
                truncated=response.truncated,
                file=position.file,
                offset=position.offset,
                length=position.length,
                remark=response.remark,
                body_hash=_hash(response),
            )
        if self.ahead is not None and unread:
            self.ahead.offer(position, source, response)

    def ended(
        self,
        source: str,
        url: str,
        outcome: Outcome,
        reason: str | None = None,
        *,
        status: int | None = None,
        position: ArchivePosition | None = None,
    ) -> None:
        """A page address ended without a page to read."""
        with _record():
            self.ledger.page_ended(
                source, url, outcome, reason, status=status, archived=_end(position)
            )

    def discovery(
        self,
        source: str,
        url: str,
        outcome: Outcome,
        reason: str | None = None,
        *,
        response: Response | None = None,
        position: ArchivePosition | None = None,
    ) -> None:
        """A discovery document was asked for."""
        answered = response is not None and response.status == 200
        with _record():
            self.ledger.discovery_asked(
                source,
                url,
                outcome,
                reason,
                validators=response.headers if response is not None and answered else None,
                archived=_end(position),
            )

    def walk(self, source: str, start: str) -> Walk | None:
        """How far earlier backfills have come."""
        with _record():
            row = walk_of(self.ledger.connection, source, start)
            return None if row is None else Walk(row.since, row.next)

    def walked(self, source: str, start: str, walk: Walk) -> None:
        """A backfill has come so far."""
        with _record():
            keep_walk(self.ledger.connection, source, start, walk.since, walk.next)

    def feed_read(self, source: str, url: str, entries: Sequence[Link]) -> None:
        """A feed was read; told before its new entries are."""
        with _record():
            self.ledger.feed_read(source, url, entries)

    def listed(
        self, source: str, url: str, pages: Collection[str], *, rolling: bool = False
    ) -> None:
        """A complete listing was read; told after its new pages are."""
        del source  # the pages know whose they are
        with _record():
            self.ledger.listed(url, pages, rolling=rolling)

    # -- sites

    def site(self, name: str) -> KnownSite:
        """What is known of a site."""
        with _record():
            row = self.ledger.connection.execute(
                sa.select(tables.site).where(tables.site.c.name == name)
            ).one_or_none()
        if row is None:
            return KnownSite()
        return KnownSite(
            row.robots,
            row.robots_status,
            row.robots_at,
            row.rest_until,
            row.rest_state or "blocked",
            row.rest_reason or "",
            row.failures,
        )

    def robots_read(self, name: str, status: int, body: bytes) -> None:
        """The site has answered for its robots.txt, just now."""
        now = self.ledger.now()
        self._put_site(name, robots=body, robots_status=status, robots_at=now)

    def site_rests(self, name: str, rest: KnownSite) -> None:
        """The site is to be left alone."""
        self._put_site(
            name,
            rest_until=rest.rest_until,
            rest_state=rest.rest_state,
            rest_reason=rest.rest_reason,
            failures=rest.failures,
        )

    def site_heals(self, name: str) -> None:
        """The site has given a good answer."""
        self._put_site(name, rest_until=None, rest_state=None, rest_reason=None, failures=0)

    def _put_site(self, name: str, **values: object) -> None:
        with _record():
            put_row(self.ledger.connection, tables.site, {"name": name}, values)

    # -- the whole

    def committed_end(self, file: str) -> int:
        """End of the last committed record in this archive file."""
        with _record():
            return self.ledger.committed_end(file)

    def commit(self) -> None:
        """Make durable all that was told."""
        with _record():
            self.ledger.commit()

    def _known(self, row: sa.Row[tuple[object, ...]]) -> KnownAddress:
        conditional = self.ledger.asked_conditionally(row)
        return KnownAddress(
            url=row.url,
            etag=row.etag if conditional else None,
            last_modified=row.last_modified if conditional else None,
            last_fetch=row.last_fetch,
            lastmod=row.lastmod,
            vanished=row.absences >= MISSED,
            whole=self.ledger.is_read_whole(row),
        )


def _hash(response: Response) -> str | None:
    """Of all that reading depends on; None for an answer that came by way of a redirect, or in
    part.
    """
    if response.truncated or response.final_url != response.url:
        return None
    kind = response.headers.get("content-type", "").encode("utf-8", "replace")
    return blake2b(kind + b"\n" + response.body, digest_size=8).hexdigest()


@contextmanager
def _record() -> Iterator[None]:
    """Turn all failures of the database into DatabaseError.

    `usable` knows those of the driver; SQLAlchemy's own come after them, of a connection that one
    of them has made useless.
    """
    try:
        with usable():
            yield
    except sa.exc.SQLAlchemyError as error:
        raise DatabaseError(f"the database can't be used: {error}") from error


def _end(position: ArchivePosition | None) -> tuple[str, int] | None:
    return None if position is None else (position.file, position.offset + position.length)
