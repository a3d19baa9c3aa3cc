"""Documents and their revisions: what a page that was read means to what is known already.

A document is a canonical URL; it gets a new revision only when its passages change. Every revision has
an ingest sequence number; watches go by it and never by publication time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from indexer import database as db
from indexer.document import DocumentId, Page, Passage, StoredDocument, document_id
from indexer.errors import ParseError
from indexer.outcome import Outcome
from indexer.revisits import REVISIT
from indexer.site import site
from indexer.text.passages import passages
from indexer.visits import READ_WELL, Visit, Visits

NEVER_MATCHED = frozenset({"listing", "not-an-article"})
"""Kinds of page that are indexed, but say nothing new to a watch."""

READ = (Outcome.NEW, Outcome.CHANGED, Outcome.UNCHANGED, Outcome.MOVED, Outcome.PAYWALLED)
"""Outcomes by which an address has given its document in a run."""

NOT_KEPT = {"consent-wall": Outcome.CONSENT_WALL, "soft-404": Outcome.SOFT_404}
"""Kinds of page that say nothing of the document: counted, but no revision comes of them."""


@dataclass(frozen=True, slots=True)
class Revision:
    """A document as of one ingest sequence number."""

    seq: int
    document: StoredDocument
    added: frozenset[str] | None
    """Fingerprints of the passages that are new in it; None: all of them."""
    first_look: bool
    """Whether its source was being crawled for the first time."""

    @property
    def news(self) -> list[Passage] | None:
        """The added passages; None: the whole document is new."""
        if self.added is None:
            return None
        return [p for p in passages(self.document.page) if p.fingerprint in self.added]


class Revisions:
    """Writes what reading a fetched page gave; the caller commits."""

    def __init__(self, connection: sa.Connection, run: int, now: datetime, extractor: int) -> None:
        self.connection = connection
        self.run = run
        self.now = now
        self.extractor = extractor
        self._visits = Visits(connection)
        self.count = 0
        """Revisions that were written."""
        newest = connection.execute(sa.select(sa.func.max(db.revision.c.seq))).scalar()
        self._seq = int(newest or 0)
        crawled = sa.select(db.source.c.id, db.source.c.first_crawled)
        ended = crawled.where(db.source.c.first_crawled.is_not(None))
        self._first_crawled = dict(connection.execute(ended).all())

    def failed(self, fetch: sa.Row[Any], error: ParseError) -> Outcome:
        """The page can't be read: quarantined, with the reason."""
        reason = f"{error.reason}: {error.message}"
        self._fetch_read(fetch, "quarantined", reason)
        self._conclude(fetch, Outcome.QUARANTINED, None, reason)
        self._ask_anew(fetch)
        return Outcome.QUARANTINED

    def read(self, fetch: sa.Row[Any], page: Page, url: str) -> Outcome:
        """The page was read, and is the document with this canonical URL."""
        if page.kind in NOT_KEPT:
            self._fetch_read(fetch, "not-kept", page.kind)
            self._conclude(fetch, NOT_KEPT[page.kind], None)
            self._ask_anew(fetch)
            return NOT_KEPT[page.kind]
        self._fetch_read(fetch, "read", None)
        identifier = document_id(url)
        if self._counted_already(fetch, identifier):
            self._conclude(fetch, Outcome.DUPLICATE, identifier, f"same page as {url}")
            return Outcome.DUPLICATE
        outcome = revised = self._revise(fetch, page, url, identifier)
        if page.kind == "paywalled":
            outcome = Outcome.PAYWALLED
        self.connection.execute(
            sa.update(db.document)
            .where(db.document.c.id == identifier)
            .values(last_seen=fetch.fetched_at, last_outcome=outcome, fetch=fetch.id)
        )
        if fetch.known and fetch.final_url != fetch.url:
            self._follow(fetch, identifier, outcome)
            outcome = Outcome.MOVED
        self._conclude(fetch, outcome, identifier, page=page, revised=revised)
        return outcome

    def read_again(self, document: sa.Row[Any], page: Page | ParseError) -> bool:
        """What a newer extractor makes of the last archived bytes: adds no passage, starts no match.

        A page that it can't read leaves the document as it was. True if the record changed.
        """
        current = self.connection.execute(
            current_documents().where(db.document.c.id == document.id)
        ).one()
        if isinstance(page, Page) and page.to_json() != current.page and page.kind not in NOT_KEPT:
            self._insert(document.id, document.revision + 1, document.fetch, page, [], first=False)
            self._set_current(document.id, document.revision + 1, page)
            return True
        self.connection.execute(
            sa.update(db.revision)
            .where(db.revision.c.document == document.id, db.revision.c.number == document.revision)
            .values(extractor=self.extractor)
        )
        return False

    # -- steps

    def _revise(self, fetch: sa.Row[Any], page: Page, url: str, identifier: DocumentId) -> Outcome:
        current = self.connection.execute(
            current_documents().where(db.document.c.id == identifier)
        ).one_or_none()
        if current is None:
            self.connection.execute(
                sa.insert(db.document).values(
                    id=identifier,
                    url=url,
                    source=fetch.source,
                    first_seen=fetch.fetched_at,
                    last_seen=fetch.fetched_at,
                    last_outcome=Outcome.NEW,
                    revision=1,
                    published=page.published,
                    fetch=fetch.id,
                    indexed=0,
                )
            )
            news = self._new_of(fetch, page)
            self._insert(identifier, 1, fetch.id, page, news, first=self._is_first_look(fetch))
            return Outcome.NEW
        old = Page.from_json(current.page)
        before = {p.fingerprint for p in passages(old)}
        after = {p.fingerprint for p in passages(page)}
        # What was read as a listing has been told to no watch: as an article, all of it is news.
        untold = old.kind in NEVER_MATCHED and page.kind not in NEVER_MATCHED
        if before == after and not untold:
            return Outcome.UNCHANGED
        added = None if untold else sorted(after - before)
        number = current.revision + 1
        first = fetch.source not in self._first_crawled
        self._insert(identifier, number, fetch.id, page, added, first=first)
        self._set_current(identifier, number, page)
        return Outcome.CHANGED

    def _new_of(self, fetch: sa.Row[Any], page: Page) -> list[str] | None:
        """Passages of a new document that are news; None: all of it.

        A page that goes by another address now is a new document, but what it said before is no news.
        """
        led_to = sa.select(db.address.c.document).where(db.address.c.url == fetch.url)
        before = self.connection.execute(
            current_documents().where(db.document.c.id == led_to.scalar_subquery())
        ).one_or_none()
        if before is None:
            return None
        said = {p.fingerprint for p in passages(Page.from_json(before.page))}
        return sorted({p.fingerprint for p in passages(page)} - said)

    def _insert(
        self,
        identifier: str,
        number: int,
        fetch: int,
        page: Page,
        added: list[str] | None,
        *,
        first: bool,
    ) -> None:
        self._seq += 1
        self.count += 1
        self.connection.execute(
            sa.insert(db.revision).values(
                document=identifier,
                number=number,
                seq=self._seq,
                run=self.run,
                fetch=fetch,
                extractor=self.extractor,
                created=self.now,
                page=page.to_json(),
                added=added if added is not None else sa.null(),
                first_look=first,
            )
        )

    def _set_current(self, identifier: str, number: int, page: Page) -> None:
        self.connection.execute(
            sa.update(db.document)
            .where(db.document.c.id == identifier)
            .values(revision=number, published=page.published, rejected=None)
        )

    def _counted_already(self, fetch: sa.Row[Any], identifier: DocumentId) -> bool:
        """Whether another address of this run has given the same document."""
        query = sa.select(db.visit.c.url).where(
            db.visit.c.run == self.run,
            db.visit.c.kind == "page",
            db.visit.c.document == identifier,
            db.visit.c.url != fetch.url,
            db.visit.c.outcome.in_(READ),
        )
        return self.connection.execute(query.limit(1)).first() is not None

    def _conclude(
        self,
        fetch: sa.Row[Any],
        outcome: Outcome,
        identifier: DocumentId | None,
        reason: str | None = None,
        *,
        page: Page | None = None,
        revised: Outcome | None = None,
    ) -> None:
        """Put the outcome on the page address and on its visit.

        `revised`: what the page meant to the document, whatever else the outcome tells.
        """
        self.connection.execute(
            sa.update(db.visit)
            .where(
                db.visit.c.run == self.run, db.visit.c.url == fetch.url, db.visit.c.kind == "page"
            )
            .values(outcome=outcome, document=identifier, reason=reason)
        )
        address = self.connection.execute(
            sa.select(db.address).where(db.address.c.url == fetch.url)
        ).one()
        compared = revised in (Outcome.CHANGED, Outcome.UNCHANGED)
        visit = Visit(
            fetch.fetched_at,
            outcome,
            revised == Outcome.CHANGED if compared else None,
            fetch.previous,
            fetch.lastmod_said,
            fetch.validators_said,
            page.published if page is not None else None,
        )
        changes = dict(self._visits.ended(address, visit))
        whole = outcome in READ_WELL and outcome != Outcome.PAYWALLED and not fetch.truncated
        changes["body_hash"] = fetch.body_hash if whole else None
        if identifier is not None:
            changes["document"] = identifier
        self.connection.execute(
            sa.update(db.address).where(db.address.c.url == fetch.url).values(**changes)
        )

    def _follow(self, fetch: sa.Row[Any], identifier: DocumentId, outcome: Outcome) -> None:
        """From now on the page is looked for where it has moved to; the old document says so."""
        led_to = sa.select(db.address.c.document).where(db.address.c.url == fetch.url)
        self.connection.execute(
            sa.update(db.document)
            .where(db.document.c.id == led_to.scalar_subquery(), db.document.c.id != identifier)
            .values(last_outcome=Outcome.MOVED)
        )
        target = sa.select(db.address.c.url).where(db.address.c.url == fetch.final_url)
        if self.connection.execute(target).first() is None:
            self.connection.execute(
                sa.insert(db.address).values(
                    url=fetch.final_url,
                    site=site(fetch.final_url),
                    source=fetch.source,
                    kind="page",
                    first_seen=fetch.fetched_at,
                    last_fetch=fetch.fetched_at,
                    status=fetch.status,
                    failures=0,
                    unchanged=0,
                    next_due=fetch.fetched_at + REVISIT,
                    document=identifier,
                    last_outcome=outcome,
                )
            )

    def _ask_anew(self, fetch: sa.Row[Any]) -> None:
        """Nothing is known of what the page says, so the site must not be asked whether it changed."""
        self.connection.execute(
            sa.update(db.address)
            .where(db.address.c.url == fetch.url)
            .values(etag=None, last_modified=None)
        )

    def _is_first_look(self, fetch: sa.Row[Any]) -> bool:
        """Whether the page was there when its source was crawled for the first time.

        A first crawl may end at its budget: what it had seen by then is no news afterwards either.
        """
        ended = self._first_crawled.get(fetch.source)
        seen = sa.select(db.address.c.first_seen).where(db.address.c.url == fetch.url)
        return ended is None or self.connection.execute(seen).scalar_one() <= ended

    def _fetch_read(self, fetch: sa.Row[Any], state: str, reason: str | None) -> None:
        self.connection.execute(
            sa.update(db.fetch)
            .where(db.fetch.c.id == fetch.id)
            .values(state=state, reason=reason, extractor=self.extractor)
        )


def current_documents() -> sa.Select[Any]:
    """Documents with the page of their current revision."""
    return sa.select(db.document, db.revision.c.page, db.revision.c.extractor).join(
        db.revision,
        sa.and_(
            db.revision.c.document == db.document.c.id,
            db.revision.c.number == db.document.c.revision,
        ),
    )


def _stored(row: sa.Row[Any]) -> StoredDocument:
    return StoredDocument(
        DocumentId(row.id),
        row.url,
        row.source,
        row.revision,
        row.first_seen,
        Page.from_json(row.page),
    )


def pending_fetches(
    connection: sa.Connection, extractor: int, after: int, limit: int
) -> list[sa.Row[Any]]:
    """Archived answers to read, in the order in which they were fetched.

    Those that were never read, and the last one of each address that an older extractor could make
    nothing of.
    """
    newer = db.fetch.alias()
    last = ~sa.exists().where(newer.c.url == db.fetch.c.url, newer.c.id > db.fetch.c.id)
    failed = sa.and_(
        db.fetch.c.state.in_(("quarantined", "not-kept")), db.fetch.c.extractor < extractor, last
    )
    query = (
        sa.select(db.fetch)
        .where(sa.or_(db.fetch.c.state == "pending", failed), db.fetch.c.id > after)
        .order_by(db.fetch.c.id)
        .limit(limit)
    )
    return list(connection.execute(query))


def outdated_documents(
    connection: sa.Connection, extractor: int, after: str, limit: int
) -> list[sa.Row[Any]]:
    """Documents whose current revision an older extractor has read, by id."""
    query = (
        current_documents()
        .where(db.revision.c.extractor < extractor, db.document.c.id > after)
        .order_by(db.document.c.id)
        .limit(limit)
    )
    return list(connection.execute(query))


def backlog(connection: sa.Connection, limit: int) -> list[StoredDocument]:
    """Current revisions that the search store does not have yet, in ingest order."""
    query = (
        current_documents()
        .where(db.document.c.indexed < db.document.c.revision, db.document.c.rejected.is_(None))
        .order_by(db.revision.c.seq)
        .limit(limit)
    )
    return [_stored(row) for row in connection.execute(query)]


def mark_indexed(connection: sa.Connection, documents: list[StoredDocument]) -> None:
    """The search store has these revisions (they are durable there)."""
    for document in documents:
        connection.execute(
            sa.update(db.document)
            .where(db.document.c.id == document.id, db.document.c.indexed < document.revision)
            .values(indexed=document.revision)
        )


def mark_rejected(connection: sa.Connection, document: DocumentId, reason: str) -> None:
    """The search store refuses this revision; it is left out until the document changes."""
    connection.execute(
        sa.update(db.document).where(db.document.c.id == document).values(rejected=reason)
    )


def send_rejected_again(connection: sa.Connection) -> None:
    """What the search store refused is backlog again."""
    connection.execute(
        sa.update(db.document).where(db.document.c.rejected.is_not(None)).values(rejected=None)
    )


def rejected_documents(connection: sa.Connection, limit: int) -> list[tuple[str, str]]:
    """(url, reason) of documents that the search store refuses."""
    query = (
        sa.select(db.document.c.url, db.document.c.rejected)
        .where(db.document.c.rejected.is_not(None))
        .order_by(db.document.c.url)
        .limit(limit)
    )
    return [(row.url, row.rejected) for row in connection.execute(query)]


def mark_rebuilt(connection: sa.Connection, until: int, reasons: Mapping[str, str]) -> None:
    """A new index has every current revision up to this ingest sequence number, save the refused ones."""
    filled = sa.select(db.revision.c.document).where(
        db.revision.c.number == db.document.c.revision, db.revision.c.seq <= until
    )
    connection.execute(
        sa.update(db.document)
        .where(db.document.c.id.in_(filled.correlate(db.document)))
        .values(indexed=db.document.c.revision, rejected=None)
    )
    for document, reason in reasons.items():
        connection.execute(
            sa.update(db.document)
            .where(db.document.c.id == document)
            .values(indexed=0, rejected=reason)
        )


def forget_index(connection: sa.Connection) -> None:
    """The search store is empty: everything is backlog again."""
    connection.execute(sa.update(db.document).values(indexed=0, rejected=None))


def documents_after(
    connection: sa.Connection, seq: int, limit: int
) -> list[tuple[int, StoredDocument]]:
    """Current revisions with a higher ingest sequence number, in its order, each with its number."""
    query = (
        current_documents()
        .add_columns(db.revision.c.seq)
        .where(db.revision.c.seq > seq)
        .order_by(db.revision.c.seq)
        .limit(limit)
    )
    return [(row.seq, _stored(row)) for row in connection.execute(query)]


def revisions_after(
    connection: sa.Connection, seq: int, *, until: int | None = None
) -> Iterator[Revision]:
    """Revisions in ingest order that can start a match: re-readings and pure removals are left out."""
    after, size = seq, 200
    while True:
        query = (
            sa.select(
                db.revision,
                db.document.c.id,
                db.document.c.url,
                db.document.c.source,
                db.document.c.first_seen,
            )
            .join(db.document, db.document.c.id == db.revision.c.document)
            .where(db.revision.c.seq > after)
            .order_by(db.revision.c.seq)
            .limit(size)
        )
        if until is not None:
            query = query.where(db.revision.c.seq <= until)
        rows = connection.execute(query).all()
        for row in rows:
            if row.added != []:
                stored = StoredDocument(
                    DocumentId(row.id),
                    row.url,
                    row.source,
                    row.number,
                    row.first_seen,
                    Page.from_json(row.page),
                )
                added = None if row.added is None else frozenset(row.added)
                yield Revision(row.seq, stored, added, row.first_look)
        if len(rows) < size:
            return
        after = rows[-1].seq


def newest_sequence(connection: sa.Connection) -> int:
    """The highest ingest sequence number; 0 while there is none."""
    return int(connection.execute(sa.select(sa.func.max(db.revision.c.seq))).scalar() or 0)
