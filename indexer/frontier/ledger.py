"""The frontier of one run, on the system of record: addresses, fetches and counted outcomes.

Runs are in `indexer.frontier.run_record`, documents and their revisions in
`indexer.revisions.revisions`. All methods write on one connection; nothing is durable before
`commit`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from indexer.database import tables
from indexer.database.buffered_writes import Writes
from indexer.database.chunks import chunks
from indexer.database.engine import raising_database_errors
from indexer.frontier import backfills, sites, unread_pages
from indexer.frontier.address import VALIDATORS, Address, AddressState
from indexer.frontier.address_rows import AddressRows
from indexer.frontier.archive_files import find_archive_file, save_end
from indexer.frontier.due import DueAddresses
from indexer.frontier.fetches import INSERT_FETCH, response_columns
from indexer.frontier.link_values import come, values_of_lastmod, values_of_link
from indexer.frontier.page_outcomes import INSERT_OUTCOME, pages_with_outcome, put_outcome
from indexer.frontier.port import (
    ArchivePosition,
    BackfillProgress,
    KnownAddress,
    KnownSite,
    Link,
    Response,
    UnreadFailure,
    UnreadPage,
)
from indexer.frontier.recrawl.claims import claim_by_lastmod, claim_by_validators
from indexer.frontier.recrawl.failures import is_gone, retry_delay
from indexer.frontier.recrawl.feed_polling import postpone_feeds, record_feed
from indexer.frontier.recrawl.revisits import REVISIT
from indexer.frontier.recrawl.vanished import record_listing
from indexer.frontier.recrawl.visits import Visit, Visits
from indexer.frontier.traps.shape_records import ShapeRecords
from indexer.records.instants import parse_instant
from indexer.records.outcome import Outcome
from indexer.records.site import site
from indexer.text.passages import fingerprint

UNCONDITIONAL = 20
"""One of so many requests for a page is unconditional, whatever the validators: a site that answers
"not modified" though the text has changed would else never be found out."""

_UPDATE_DOCUMENT = sa.update(tables.document).where(tables.document.c.id == sa.bindparam("key"))
"""Made once: to build and compare a statement takes longer than to execute it."""


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
        """`everything`: all known pages are due."""
        self._connection = connection
        self._writes = Writes(connection)
        self.run = run
        self.now = now
        self.everything = everything
        self._visits = Visits(connection)
        self._shapes = ShapeRecords(connection)
        self._addresses = AddressRows(connection, self._writes)
        self._ended = pages_with_outcome(connection, run)
        """Page addresses with an outcome in this run."""
        self._ends: dict[str, int] = {}
        """Ends of archive files that are not in the database yet."""

    @property
    def connection(self) -> sa.Connection:
        """Shows everything that was recorded."""
        with raising_database_errors():
            self._writes.write()
        return self._connection

    # -- addresses, as they stand

    @raising_database_errors()
    def find(self, source: str, url: str) -> KnownAddress | None:
        """The address as earlier runs left it."""
        del source  # an address has one owner, whoever asks
        address = self.address(url)
        if address is None:
            return None
        is_unsure = address.met in ("aside", "late") and address.document is not None
        return replace(self._known(address), unsure_since=address.first_seen if is_unsure else None)

    @raising_database_errors()
    def prefetch(self, urls: Iterable[str]) -> None:
        """Look up together addresses that `find` is going to be called for."""
        self._addresses.prefetch(urls)

    def iter_due(self, source: str) -> Iterator[KnownAddress]:
        """Known page addresses of the source that are due now, best first, read lazily."""
        due = DueAddresses(self.connection, self.run)
        addresses = due.everything(source) if self.everything else due.due(source, self.now())
        with raising_database_errors():
            for address in addresses:
                yield self._known(address)

    def iter_waiting(self, source: str) -> Iterator[str]:
        """Addresses that wait for their first request, the oldest first, shape by shape."""
        with raising_database_errors():
            for address in DueAddresses(self.connection, self.run).waiting(source, self.now()):
                if self.rested_shape(source, address.url) is None:
                    yield address.url

    @raising_database_errors()
    def rested_shape(self, source: str, url: str) -> str | None:
        """The shape because of which the address is rested."""
        return self._shapes.rested_shape(source, url)

    @raising_database_errors()
    def read_titles(self, source: str, titles: Collection[str]) -> Collection[str]:
        """Those of the titles under which a page was found and requested."""
        address = tables.address.c
        found: set[str] = set()
        for part in chunks(titles):
            query = sa.select(address.title).where(
                address.source == source, address.title.in_(part), address.last_outcome.is_not(None)
            )
            found.update(self.connection.execute(query.distinct()).scalars())
        return found

    @raising_database_errors()
    def record_left_out(self, source: str, shape: str, number: int) -> None:
        """So many found addresses of a rested shape are not requested."""
        self._shapes.record_left_out(source, shape, self.run, number)

    def has_outcome(self, url: str) -> bool:
        """Whether the page address has an outcome in this run already."""
        return url in self._ended

    @raising_database_errors()
    def address(self, url: str) -> Address | None:
        """The address as it stands, uncommitted changes included."""
        return self._addresses.find(url)

    def is_conditional(self, address: AddressState) -> bool:
        """Whether the address is requested conditionally."""
        if not self._visits.histories.of(address.site).validators.silence_is_true:
            return False
        if address.kind != "page":
            return not (address.is_read_whole(self.now()) or address.was_read_long_ago(self.now()))
        visits = address.unchanged + address.changes
        return (visits + len(address.url)) % UNCONDITIONAL != 0

    def _known(self, address: AddressState) -> KnownAddress:
        conditional = self.is_conditional(address)
        return KnownAddress(
            url=address.url,
            etag=address.etag if conditional else None,
            last_modified=address.last_modified if conditional else None,
            last_fetch=address.last_fetch,
            lastmod=address.lastmod,
            vanished=address.vanished,
            has_document=address.document is not None,
            whole=address.is_read_whole(self.now()),
        )

    # -- what the crawl records

    @raising_database_errors()
    def add(self, source: str, link: Link) -> None:
        """Add a discovered page address, or note what the entry of a known one states.

        Of a rested shape, only so many addresses are kept.
        """
        address = self.address(link.url)
        rested = self.rested_shape(source, link.url) if address is None else None
        if rested is not None and not self._shapes.has_room(source, rested):
            return
        if address is None:
            self._addresses.insert(link.url, self._values_of_new(source, link))
            return
        if told := values_of_link(address, link):
            self._addresses.update(link.url, told)
        lastmod = come(link.lastmod, self.now())
        if lastmod is None:
            return
        trust = self._visits.histories
        told = values_of_lastmod(
            address, lastmod, self.now(), lambda: trust.of(address.site).lastmod.claims_count
        )
        if told:
            self._addresses.update(link.url, told)

    @raising_database_errors()
    def record_listed(self, url: str) -> None:
        """A list that was read before names it as new: what was told of it to none is told."""
        self._addresses.update(url, {"met": "news"})

    def _values_of_new(self, source: str, link: Link) -> dict[str, Any]:
        """A page address that nothing was known of."""
        return {
            "source": source,
            "site": site(link.url),
            "kind": "page",
            "title": link.title,
            "published": link.published,
            "dated": parse_instant(link.published),
            "lastmod": come(link.lastmod, self.now()),
            "archive": link.archive,
            "met": link.met,
            "guid": link.guid,
            "document": self._document_of_item(source, link),
            "first_seen": self.now(),
            "next_due": self.now(),
        }

    def _document_of_item(self, source: str, link: Link) -> str | None:
        """The document that the item of a feed has given under another address.

        By its guid and its title: some feeds number their positions, and call them guid.
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

    @raising_database_errors()
    def record_fetch(
        self,
        source: str,
        response: Response,
        position: ArchivePosition,
        *,
        given: Mapping[str, Any] | None = None,
        counted: bool = True,
    ) -> bool:
        """A page was fetched and archived: it is `fetched` until it is extracted.

        False: it is byte for byte what was extracted last time, so it is `unchanged` already.
        `given`: what was handed in with an imported page; such a one is always extracted. The
        response's remark becomes the reason of the outcome, unless extraction gives another one.
        `counted`: whether it is an outcome of this run, which is then not requested again.
        """
        before = self.address(response.url)
        read = before if before is not None and before.document is not None else None
        headers = response.headers
        lastmod = claim_by_lastmod(read) if read is not None else None
        validators = claim_by_validators(read, headers) if read is not None else None
        kept = {column: headers.get(header) for column, header in VALIDATORS.items()}
        body_hash = response.content_hash() if given is None else None
        self.note_archived(position)
        if (
            read is not None
            and body_hash
            and read.body_hash == body_hash
            and read.last_outcome != Outcome.FETCHED  # another answer is still to be extracted
        ):
            visit = Visit(
                at=response.fetched_at,
                outcome=Outcome.UNCHANGED,
                changed=False,
                previous=read.last_fetch,
                lastmod_claim=lastmod,
                validators_claim=validators,
            )
            self._same(read, visit, kept)
            return False
        fetch = response_columns(response, position) | {
            "run": self.run,
            "source": source,
            "known": read is not None,
            "body_hash": body_hash,
            "previous": before.last_fetch if before is not None else None,
            "lastmod_claim": lastmod,
            "validators_claim": validators,
            "given": dict(given) if given is not None else None,
        }
        self._writes.add(INSERT_FETCH, f"fetch {response.url}", fetch)
        if counted:
            self._count(source, response.url, Outcome.FETCHED, response.remark)
        self._put_address(
            source,
            response.url,
            **kept,
            kind="page",
            lastmod_fetched=before.lastmod if before is not None else None,
            lastmod_changed=False,
            lastmod_unchanged=False,
            last_fetch=response.fetched_at,
            status=response.status,
            failures=0,
            next_due=response.fetched_at + REVISIT,
            last_outcome=Outcome.FETCHED,
        )
        return True

    @raising_database_errors()
    def record_outcome(
        self,
        source: str,
        url: str,
        outcome: Outcome,
        reason: str | None = None,
        *,
        status: int | None = None,
        position: ArchivePosition | None = None,
    ) -> None:
        """A page address ended without a page to extract."""
        self.note_archived(position)
        address = self.address(url)
        now = self.now()
        if outcome == Outcome.NOT_MODIFIED and address is not None:
            # The status of the response that the validators belong to stays: 304 confirms it.
            visit = Visit(now, outcome, False, address.last_fetch, claim_by_lastmod(address))
            self._same(address, visit, {"status": 200})
            return
        if address is not None and is_gone(address, outcome, status):
            outcome = Outcome.GONE
        if outcome == Outcome.DUPLICATE and (address is None or address.last_outcome is None):
            self._shapes.record(source, url, [fingerprint(reason or "")[:12]])
        failures = (address.failures if address is not None else 0) + (outcome != Outcome.DUPLICATE)
        changes: dict[str, Any] = {
            "kind": "page",
            "last_outcome": outcome,
            "failures": failures,
            "next_due": now + retry_delay(outcome, failures),
            "lastmod_unchanged": False,
            "lastmod_changed": False,
        }
        if status is not None:
            changes |= {"status": status, "last_fetch": now}
        if outcome == Outcome.GONE and address is not None:
            self._visits.learn_removal(address)
            changes |= {"gone_since": address.gone_since or now, "misses": 0, "listing": None}
        # An address that was never fetched may have the document of an item of a feed, which it
        # had under another address before.
        fetched = address is not None and address.last_fetch is not None
        document = address.document if address is not None and fetched else None
        self._count(source, url, outcome, reason, document)
        self._put_address(source, url, **changes)
        if document is not None:
            self._update_document(document, last_outcome=outcome)

    def _same(self, address: Address, visit: Visit, values: Mapping[str, Any]) -> None:
        """The page is as it was extracted last, as the site states or byte for byte."""
        self._count(address.source, address.url, visit.outcome, None, address.document)
        fetched = replace(address, lastmod_fetched=address.lastmod)
        changes = {
            "lastmod_fetched": address.lastmod,
            "failures": 0,
            "last_fetch": visit.at,
            **values,
            **self._visits.learn(fetched, visit),
        }
        self._addresses.update(address.url, changes)
        if address.document is not None:
            self._update_document(address.document, last_outcome=visit.outcome, last_seen=visit.at)

    @raising_database_errors()
    def record_discovery(
        self,
        source: str,
        url: str,
        outcome: Outcome,
        reason: str | None = None,
        *,
        response: Response | None = None,
        position: ArchivePosition | None = None,
    ) -> None:
        """A discovery document was requested; with a 200 response its validators are saved."""
        self.note_archived(position)
        put_outcome(
            self.connection,
            {"run": self.run, "url": url, "kind": "discovery"},
            {"source": source, "outcome": outcome, "reason": reason},
        )
        address = self.address(url)
        if outcome != Outcome.FETCHED:
            postpone_feeds(self.connection, [url], self.now())
        if address is not None and address.kind == "page":
            return
        changes: dict[str, Any] = {"kind": "discovery", "last_outcome": outcome}
        if response is not None and response.status == 200:
            headers = response.headers
            changes |= {column: headers.get(header) for column, header in VALIDATORS.items()}
            changes["last_fetch"] = self.now()
            if address is not None and address.is_read_whole(self.now()):
                # `record_listing` sets it again, if the listing was read to its end.
                changes["whole_due"] = None
        self._put_address(source, url, next_due=self.now(), **changes)

    @raising_database_errors()
    def record_feed(self, source: str, url: str, entries: Sequence[Link]) -> None:
        """A feed was read. To be called before its new entries are added."""
        self._addresses.forget()
        record_feed(self.connection, source, url, entries, self.now())

    @raising_database_errors()
    def record_listing(
        self, source: str, url: str, pages: Collection[str], *, rolling: bool = False
    ) -> None:
        """A complete listing was read. To be called after its pages are added."""
        del source  # the pages have theirs
        self._addresses.forget()
        record_listing(
            self.connection, self._visits.histories, url, pages, self.now(), rolling=rolling
        )

    # -- backfills and sites

    @raising_database_errors()
    def load_backfill(self, source: str, start: str) -> BackfillProgress | None:
        """How far earlier backfills have come through the list that begins at this address."""
        return backfills.load_progress(self.connection, source, start)

    @raising_database_errors()
    def save_backfill(self, source: str, start: str, progress: BackfillProgress) -> None:
        """Save how far a backfill has come."""
        backfills.save_progress(self.connection, source, start, progress)

    @raising_database_errors()
    def load_unread(self, source: str, start: str) -> Mapping[str, UnreadPage]:
        """By address: pages of a list that earlier runs failed to get."""
        unread = unread_pages.load_unread(self.connection, source, start, self.now())
        if not self.everything:
            return unread
        return {url: replace(page, is_due=True) for url, page in unread.items()}

    @raising_database_errors()
    def save_unread(self, source: str, start: str, failures: Mapping[str, UnreadFailure]) -> None:
        """Save which pages of a list this run failed to get."""
        unread_pages.save_failures(self.connection, source, start, failures, self.now())

    @raising_database_errors()
    def delete_unread(self, source: str, start: str, pages: Collection[str]) -> None:
        """Delete pages of a list that were read at last, or are given up."""
        self._addresses.forget()
        unread_pages.delete_unread(self.connection, source, start, pages, self.now())

    @raising_database_errors()
    def load_site(self, name: str) -> KnownSite:
        """The state of a site; the defaults for one that is not known."""
        return sites.load_site(self.connection, name)

    @raising_database_errors()
    def save_robots(self, name: str, status: int, body: bytes) -> None:
        """Save the robots.txt that the site has just sent."""
        sites.save_robots(self.connection, name, status, body, self.now())

    @raising_database_errors()
    def save_cooldown(self, name: str, cooldown: KnownSite) -> None:
        """Save the cooldown of a site, and its failures."""
        sites.save_cooldown(self.connection, name, cooldown)

    @raising_database_errors()
    def reset_site(self, name: str) -> None:
        """Clear cooldown and failures: the site has sent a good response."""
        sites.reset_site(self.connection, name)

    # -- the archive, and the transaction

    @raising_database_errors()
    def committed_end(self, file: str) -> int:
        """End of the last committed record in this archive file; 0 for one that is not known."""
        if file in self._ends:
            return self._ends[file]
        known = find_archive_file(self._connection, file)
        return 0 if known is None else known.end

    def note_archived(self, position: ArchivePosition | None) -> None:
        """The archive file holds a record here. One that is reported late takes nothing back."""
        if position is not None:
            end = position.offset + position.length
            self._ends[position.file] = max(end, self.committed_end(position.file))

    @raising_database_errors()
    def commit(self) -> None:
        """Make durable everything since the last commit."""
        for file, end in self._ends.items():
            save_end(self.connection, file, end)
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
        if url in self._ended:
            put_outcome(self.connection, key, values)
        else:
            self._ended.add(url)
            self._writes.add(INSERT_OUTCOME, f"visit {url}", {**key, **values})

    def _put_address(self, source: str, url: str, **values: Any) -> None:
        if self.address(url) is None:
            defaults = {"first_seen": self.now(), "failures": 0, "unchanged": 0, "site": site(url)}
            self._addresses.insert(url, {"source": source, **defaults, **values})
        else:
            self._addresses.update(url, values)

    def _update_document(self, document: str, **values: Any) -> None:
        self._writes.add(_UPDATE_DOCUMENT, f"document {document}", {"key": document, **values})
