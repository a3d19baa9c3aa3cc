"""Documents and their revisions: what a page that was read means to what is known already.

A document is a canonical URL; it gets a new revision only when what its passages say changes, or
when its markup gives an event another date, place or status. Every revision has an ingest sequence
number; watches go by it and never by publication time.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from indexer.database import tables
from indexer.database.records import get_record
from indexer.documents.queries import NEVER_MATCHED, current_documents
from indexer.events.facts import EventNames
from indexer.events.history import Statement
from indexer.events.registry import EventRegistry
from indexer.frontier.address import ADDRESS, Address
from indexer.frontier.revisits import REVISIT
from indexer.frontier.visits import READ_WELL, Visit, Visits
from indexer.records.document import DocumentId, Page, document_id
from indexer.records.errors import ParseError
from indexer.records.outcome import Outcome
from indexer.records.reference import NO_REFERENCE, Reference
from indexer.records.site import site
from indexer.revisions.changes import Change, change, change_without_text, news_of, resembles
from indexer.revisions.fingerprints import Said, said
from indexer.revisions.moves import follow, moved_from
from indexer.text.volatile_text import Widgets

READ = (Outcome.NEW, Outcome.CHANGED, Outcome.UNCHANGED, Outcome.MOVED, Outcome.PAYWALLED)
"""Outcomes by which an address has given its document in a run."""

NOT_KEPT = {"consent-wall": Outcome.CONSENT_WALL, "soft-404": Outcome.SOFT_404}
"""Kinds of page that say nothing of the document: counted, but no revision comes of them."""

FORGOTTEN = "forgotten"
"""Reason of an answer that turned out to be a page that must not come back."""


class Revisions:
    """Writes what reading a fetched page gave; the caller commits."""

    def __init__(
        self,
        connection: sa.Connection,
        run: int,
        now: datetime,
        extractor: int,
        reference: Reference = NO_REFERENCE,
    ) -> None:
        self.connection = connection
        self.run = run
        self.now = now
        self.extractor = extractor
        self._visits = Visits(connection)
        self.count = 0
        """Revisions that were written."""
        newest = connection.execute(sa.select(sa.func.max(tables.revision.c.seq))).scalar()
        self._seq = int(newest or 0)
        crawled = sa.select(tables.source.c.id, tables.source.c.first_crawled)
        ended = crawled.where(tables.source.c.first_crawled.is_not(None))
        self._first_crawled = dict(connection.execute(ended).all())
        self._widgets = Widgets.of(reference.languages)
        self._events = EventRegistry(connection, run, now, EventNames(reference))

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
        before = moved_from(self.connection, fetch.url, identifier)
        if before is not None and self._is_mistaken(fetch, before, page, url):
            identifier, url, before = before.id, before.url, None
        if self._counted_already(fetch, identifier):
            self._conclude(fetch, Outcome.DUPLICATE, identifier, f"same page as {url}")
            if before is not None:
                self._follow(before, page, identifier)
            return Outcome.DUPLICATE
        revised, statement = self._revise(fetch, page, url, identifier)
        outcome = revised
        if page.kind == "paywalled":
            outcome = Outcome.PAYWALLED
        self.connection.execute(
            sa.update(tables.document)
            .where(tables.document.c.id == identifier)
            .values(last_seen=fetch.fetched_at, last_outcome=outcome, fetch=fetch.id, moved_to=None)
        )
        moved = before is not None and self._follow(before, page, identifier)
        # After a move: what the old document told of its events was said by this page.
        if statement is not None:
            self._events.state(statement)
        if fetch.known and fetch.final_url != fetch.url:
            self._look_there(fetch, identifier, outcome)
            moved = True
        if moved:
            outcome = Outcome.MOVED
        self._conclude(fetch, outcome, identifier, page=page, revised=revised)
        return outcome

    def forgotten(self, fetch: sa.Row[Any]) -> Outcome:
        """The page is one that must not come back: nothing is kept of it, its answer is purged."""
        self._fetch_read(fetch, "not-kept", FORGOTTEN)
        self._conclude(fetch, Outcome.REFUSED, None, "to be forgotten")
        return Outcome.REFUSED

    def shown_elsewhere(self, fetch: sa.Row[Any], url: str) -> Outcome:
        """The page was read, and is what the document with this canonical URL shows already."""
        self._fetch_read(fetch, "read", None)
        self._conclude(fetch, Outcome.DUPLICATE, document_id(url), f"same page as {url}")
        return Outcome.DUPLICATE

    def read_again(self, document: sa.Row[Any], page: Page | ParseError) -> bool:
        """What a newer extractor makes of the last archived bytes: adds no passage, starts no
        match.

        A page that it can't read leaves the document as it was. True if the record changed.
        """
        current = self.connection.execute(
            current_documents().where(tables.document.c.id == document.id)
        ).one()
        if isinstance(page, Page) and page.to_json() != current.page and page.kind not in NOT_KEPT:
            number = document.revision + 1
            self._insert(document.id, number, document.fetch, page, [], removed=[], first=False)
            self._set_current(document.id, number, page)
            self._events.state(Statement(document.id, number, page, silent=True))
            return True
        self.connection.execute(
            sa.update(tables.revision)
            .where(
                tables.revision.c.document == document.id,
                tables.revision.c.number == document.revision,
            )
            .values(extractor=self.extractor)
        )
        return False

    # -- steps

    def _revise(
        self, fetch: sa.Row[Any], page: Page, url: str, identifier: DocumentId
    ) -> tuple[Outcome, Statement | None]:
        current = self.connection.execute(
            current_documents().where(tables.document.c.id == identifier)
        ).one_or_none()
        if current is None:
            self.connection.execute(
                sa.insert(tables.document).values(
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
                    linked=True,
                )
            )
            news = self._new_of(fetch, page)
            first = self._is_first_look(fetch)
            self._insert(identifier, 1, fetch.id, page, news, first=first)
            return Outcome.NEW, Statement(identifier, 1, page, first)
        old = Page.from_json(current.page)
        difference = self._difference(current, page)
        # What was read as a listing has been told to no watch: as an article, all of it is news.
        untold = old.kind in NEVER_MATCHED and page.kind not in NEVER_MATCHED
        if not difference and not untold:
            return Outcome.UNCHANGED, None
        number = current.revision + 1
        first = fetch.source not in self._first_crawled
        self._insert(
            identifier,
            number,
            fetch.id,
            page,
            None if untold else list(difference.added),
            removed=list(difference.removed),
            first=first,
        )
        self._set_current(identifier, number, page)
        return Outcome.CHANGED, Statement(identifier, number, page, first)

    def _difference(self, current: sa.Row[Any], page: Page) -> Change:
        """What the page says otherwise than the current revision, or what is left of that."""
        if current.said is not None:
            return change_without_text(said(current), page)
        old = Page.from_json(current.page)
        return change(old, current.created.date(), page, self.now.date(), self._widgets)

    def _new_of(self, fetch: sa.Row[Any], page: Page) -> list[str] | None:
        """Passages of a new document that are news; None: all of it.

        A page that goes by another address now is a new document, but what it said before is no
        news.
        """
        led_to = sa.select(tables.address.c.document).where(tables.address.c.url == fetch.url)
        before = self.connection.execute(
            current_documents().where(tables.document.c.id == led_to.scalar_subquery())
        ).one_or_none()
        return None if before is None else news_of(said(before), Said.of(page))

    def _insert(
        self,
        identifier: str,
        number: int,
        fetch: int,
        page: Page,
        added: list[str] | None,
        *,
        first: bool,
        removed: list[str] | None = None,
    ) -> None:
        self._seq += 1
        self.count += 1
        self.connection.execute(
            sa.insert(tables.revision).values(
                document=identifier,
                number=number,
                seq=self._seq,
                run=self.run,
                fetch=fetch,
                extractor=self.extractor,
                created=self.now,
                page=page.to_json(),
                added=added if added is not None else sa.null(),
                removed=removed if removed is not None else sa.null(),
                first_look=first,
            )
        )

    def _set_current(self, identifier: str, number: int, page: Page) -> None:
        self.connection.execute(
            sa.update(tables.document)
            .where(tables.document.c.id == identifier)
            .values(revision=number, published=page.published, rejected=None)
        )

    def _counted_already(self, fetch: sa.Row[Any], identifier: DocumentId) -> bool:
        """Whether another address of this run has given the same document."""
        query = sa.select(tables.visit.c.url).where(
            tables.visit.c.run == self.run,
            tables.visit.c.kind == "page",
            tables.visit.c.document == identifier,
            tables.visit.c.url != fetch.url,
            tables.visit.c.outcome.in_(READ),
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
            sa.update(tables.visit)
            .where(
                tables.visit.c.run == self.run,
                tables.visit.c.url == fetch.url,
                tables.visit.c.kind == "page",
            )
            .values(
                outcome=outcome,
                document=identifier,
                # What was remarked when it was fetched stays, unless there is more to say.
                reason=sa.case(
                    (
                        tables.visit.c.outcome == Outcome.FETCHED,
                        sa.func.coalesce(reason, tables.visit.c.reason),
                    ),
                    else_=reason,
                ),
            )
        )
        query = sa.select(*ADDRESS).where(tables.address.c.url == fetch.url)
        address = get_record(self.connection, Address, query)
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
        if outcome == Outcome.MOVED and fetch.final_url == fetch.url:
            # By its canonical address only: it is still here that the page is served.
            changes["next_due"] = fetch.fetched_at + REVISIT
        if identifier is not None:
            changes["document"] = identifier
        self.connection.execute(
            sa.update(tables.address).where(tables.address.c.url == fetch.url).values(**changes)
        )

    def _is_mistaken(self, fetch: sa.Row[Any], before: sa.Row[Any], page: Page, url: str) -> bool:
        """Whether a canonical address that the page did not state before is a mistake of the site.

        It is where a page of another content is known there, and this one says what it always said.
        """
        says = Said.of(page)
        if before.url != fetch.final_url or not resembles(said(before), says):
            return False
        there = self.connection.execute(
            current_documents().where(tables.document.c.url == url)
        ).one_or_none()
        return there is not None and not resembles(said(there), says)

    def _follow(self, before: sa.Row[Any], page: Page, identifier: DocumentId) -> bool:
        """Whether the document goes on for the one that the address gave until now."""
        if not resembles(said(before), Said.of(page)):
            return False
        follow(self.connection, before.id, identifier)
        return True

    def _look_there(self, fetch: sa.Row[Any], identifier: DocumentId, outcome: Outcome) -> None:
        """From now on the page is looked for where it has moved to; what it was before says so."""
        led_to = sa.select(tables.address.c.document).where(tables.address.c.url == fetch.url)
        self.connection.execute(
            sa.update(tables.document)
            .where(
                tables.document.c.id == led_to.scalar_subquery(), tables.document.c.id != identifier
            )
            .values(last_outcome=Outcome.MOVED)
        )
        target = sa.select(tables.address.c.url).where(tables.address.c.url == fetch.final_url)
        if self.connection.execute(target).first() is None:
            self.connection.execute(
                sa.insert(tables.address).values(
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
            sa.update(tables.address)
            .where(tables.address.c.url == fetch.url)
            .values(etag=None, last_modified=None)
        )

    def _is_first_look(self, fetch: sa.Row[Any]) -> bool:
        """Whether the page was there when its source was crawled for the first time.

        A first crawl may end at its budget: what it had seen by then is no news afterwards either.
        Nor is what a backfill found.
        """
        ended = self._first_crawled.get(fetch.source)
        seen = sa.select(tables.address.c.first_seen, tables.address.c.archive).where(
            tables.address.c.url == fetch.url
        )
        row = self.connection.execute(seen).one()
        return ended is None or row.archive or row.first_seen <= ended

    def _fetch_read(self, fetch: sa.Row[Any], state: str, reason: str | None) -> None:
        self.connection.execute(
            sa.update(tables.fetch)
            .where(tables.fetch.c.id == fetch.id)
            .values(state=state, reason=reason, extractor=self.extractor)
        )
