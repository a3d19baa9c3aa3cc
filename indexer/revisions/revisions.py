"""Documents and their revisions: writes what an extracted page means to what is known already.

A document is a canonical URL (`indexer.revisions.document_identity`); it gets a new revision only
when what its passages say changes, or when its markup gives an event another date, place or status.
Every revision has an ingest sequence number; watches go by it and never by publication time.
"""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from indexer.database import tables
from indexer.documents.queries import CurrentDocument, find_document, next_sequence
from indexer.events.facts import EventNames
from indexer.events.history import Statement
from indexer.events.registry import EventRegistry
from indexer.frontier.address import (
    Address,
    find_address,
    insert_address,
    request_whole,
    update_address,
)
from indexer.frontier.fetches import Fetch, mark_extracted, mark_lost, stand_in_mark
from indexer.frontier.page_outcomes import conclude_outcome
from indexer.frontier.port import NEWS
from indexer.frontier.recrawl.revisits import REVISIT
from indexer.frontier.recrawl.visits import READ_WELL, Visit, Visits
from indexer.frontier.run_record import past_moment
from indexer.frontier.traps.evidence import what_it_says
from indexer.frontier.traps.shape_records import ShapeRecords
from indexer.records.document import NOT_NEWS, DocumentId, Page, document_id
from indexer.records.errors import ArchiveError, ParseError
from indexer.records.instants import latest_moment
from indexer.records.outcome import STANDS_IN, Outcome
from indexer.records.reference import NO_REFERENCE, Reference
from indexer.records.site import site
from indexer.revisions.changes import Change, change, change_without_text, is_cut_off, news_of
from indexer.revisions.document_identity import identify
from indexer.revisions.fingerprints import Fingerprints, text_hash
from indexer.revisions.moves import follow
from indexer.revisions.site_titles import without_pointers
from indexer.text.passages import passages
from indexer.text.volatile_text import VolatileText

READ = (Outcome.NEW, Outcome.CHANGED, Outcome.UNCHANGED, Outcome.MOVED, Outcome.PAYWALLED)
"""Outcomes by which an address has given its document in a run."""

NOT_KEPT = {"consent-wall": Outcome.CONSENT_WALL, "soft-404": Outcome.SOFT_404}
"""Kinds of page that say nothing of the document: counted, but no revision comes of them."""

ERASED = "forgotten"
"""Reason of an answer that turned out to be a page that must not come back."""

CUT_OFF = "cut off: the page is known as a whole"

BLANK = "neither title nor text; the page is known with some"

LEFT = "its document goes on at another address"


class Revisions:
    """Writes what extracting a fetched page gave; the caller commits."""

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
        self._shapes = ShapeRecords(connection)
        self.count = 0
        """Revisions that were written."""
        self._next_seq = next_sequence(connection)
        crawled = sa.select(tables.source.c.id, tables.source.c.first_crawled)
        ended = crawled.where(tables.source.c.first_crawled.is_not(None))
        self._first_crawled = dict(connection.execute(ended).all())
        self._widgets = VolatileText.of(reference.languages)
        self._events = EventRegistry(connection, run, now, EventNames(reference))

    def record_failure(self, fetch: Fetch, error: ParseError) -> Outcome:
        """The page can't be extracted: quarantined, with the reason."""
        reason = f"{error.reason}: {error.message}"
        self._mark_extracted(fetch, "quarantined", reason)
        self._conclude(fetch, Outcome.QUARANTINED, None, reason)
        self._drop_validators(fetch)
        return Outcome.QUARANTINED

    def record_page(self, fetch: Fetch, page: Page, url: str) -> Outcome:
        """The page was extracted; `url` is its canonical address."""
        self._learn_shape(fetch, page)
        if page.kind in NOT_KEPT:
            self._mark_extracted(fetch, "not-kept", page.kind)
            self._conclude(fetch, NOT_KEPT[page.kind], None)
            self._drop_validators(fetch)
            return NOT_KEPT[page.kind]
        identity = identify(self.connection, fetch, page, url)
        identifier = identity.id
        if broken := self._record_broken(fetch, page, identifier):
            return broken
        self._mark_extracted(fetch, "read", None)
        if self._counted_already(fetch, identifier):
            self._conclude(fetch, Outcome.DUPLICATE, identifier, f"same page as {identity.url}")
            if identity.continues is not None:
                follow(self.connection, identity.continues, identifier)
            return Outcome.DUPLICATE
        revised, statement = self._revise(fetch, page, identity.url, identifier)
        outcome = revised
        if page.kind == "paywalled":
            outcome = Outcome.PAYWALLED
        self.connection.execute(
            sa.update(tables.document)
            .where(tables.document.c.id == identifier)
            .values(last_seen=fetch.fetched_at, last_outcome=outcome, fetch=fetch.id, moved_to=None)
        )
        moved = identity.continues is not None
        if identity.continues is not None:
            follow(self.connection, identity.continues, identifier)
        # After a move: statements of the old document about its events are those of this page.
        if statement is not None:
            self._events.state(statement)
        if fetch.known and fetch.final_url != fetch.url:
            self._follow_redirect(fetch, identifier, outcome)
            moved = True
        if moved:
            outcome = Outcome.MOVED
        self._conclude(fetch, outcome, identifier, page=page, revised=revised)
        return outcome

    def _record_broken(self, fetch: Fetch, page: Page, identifier: DocumentId) -> Outcome | None:
        """The outcome of an answer with less than what its site would say; None if it is whole."""
        if fetch.truncated and self._is_known_whole(identifier, page):
            return self._record_cut_off(fetch)
        if self._is_known_and_blank(identifier, page):
            return self.record_failure(fetch, ParseError(BLANK, reason="empty"))
        return None

    def _is_known_whole(self, identifier: DocumentId, page: Page) -> bool:
        known = find_document(self.connection, tables.document.c.id == identifier)
        return known is not None and not known.text_removed and is_cut_off(known.read_page(), page)

    def _is_known_and_blank(self, identifier: DocumentId, page: Page) -> bool:
        """Whether nothing at all is left of a known page: its site has failed at making it, as with
        an answer without a body.
        """
        if page.events or any(passages(page)):
            return False
        known = find_document(self.connection, tables.document.c.id == identifier)
        return known is not None and bool(Fingerprints.of_document(known).passages)

    def _record_cut_off(self, fetch: Fetch) -> Outcome:
        """The document stays as it was read from a whole answer, also for newer extractors."""
        self._mark_extracted(fetch, "not-kept", CUT_OFF)
        self._conclude(fetch, Outcome.TIMED_OUT, None, CUT_OFF)
        self._drop_validators(fetch)
        return Outcome.TIMED_OUT

    def record_erased(self, fetch: Fetch) -> Outcome:
        """The page must not come back: nothing of it is kept, and its response is purged."""
        self._mark_extracted(fetch, "not-kept", ERASED)
        self._conclude(fetch, Outcome.REFUSED, None, "to be forgotten")
        return Outcome.REFUSED

    def record_left(self, fetch: Fetch) -> Outcome:
        """The address is nobody's any more since it was fetched: its document goes on at another
        one (`indexer.revisions.former_hosts`).
        """
        self._mark_extracted(fetch, "read", None)
        conclude_outcome(
            self.connection, self.run, fetch.url, Outcome.MOVED, document=None, reason=LEFT
        )
        return Outcome.MOVED

    def record_stand_in(self, fetch: Fetch, words: str) -> Outcome:
        """The page stands in for several (`indexer.revisions.stand_ins`): it says nothing of the
        document. `words` is the hash of its text.
        """
        self._mark_extracted(fetch, "not-kept", stand_in_mark(words))
        self._conclude(fetch, Outcome.SOFT_404, None, STANDS_IN)
        self._drop_validators(fetch)
        return Outcome.SOFT_404

    def record_duplicate(self, fetch: Fetch, page: Page, url: str) -> Outcome:
        """The page was extracted, and has the text of the document with this canonical URL.

        What a known copy has besides is told by its original, which is requested next: the site may
        say of the copy alone that it has changed.
        """
        self._learn_shape(fetch, page)
        self._mark_extracted(fetch, "read", None)
        current = find_document(self.connection, tables.document.c.id == document_id(url))
        if fetch.known and current is not None and self._difference(current, page).added:
            due = {"next_due": self.now, "lastmod_unchanged": False}
            update_address(self.connection, url, due)
        self._conclude(fetch, Outcome.DUPLICATE, document_id(url), f"same page as {url}")
        return Outcome.DUPLICATE

    def record_new_extraction(self, document: CurrentDocument, page: Page | ParseError) -> bool:
        """What a newer extractor makes of the last archived bytes: adds no passage, starts no
        match.

        If it fails, the document stays as it was; it is tried again if the archive file is missing
        now, and the page is requested whole if its archived bytes are lost. True if the record
        changed.
        """
        if isinstance(page, ArchiveError):
            if page.reason == ArchiveError.NOT_THERE:
                return False
            self._record_loss(document, page)
        if isinstance(page, Page) and page.to_json() != document.page and page.kind not in NOT_KEPT:
            number = document.revision + 1
            self._insert(document.id, number, document.fetch, page, [], removed=[], first=False)
            self._set_current(document.id, number, page)
            if document.moved_to is None:
                self._events.state(Statement(document.id, number, page, silent=True))
            else:  # the one that continues it tells of its events
                self._events.leave_out(document.id)
            return True
        self.connection.execute(
            sa.update(tables.revision)
            .where(
                tables.revision.c.document == document.id,
                tables.revision.c.number == document.revision,
            )
            .values(extractor=self.extractor)
        )
        if not document.text_removed:
            # Versions before the present one kept none, or counted other words.
            self.connection.execute(
                sa.update(tables.document)
                .where(tables.document.c.id == document.id)
                .values(text_hash=text_hash(document.read_page()))
            )
        return False

    def tell_listed(self) -> None:
        """Tell of pages that were told to none when they were met, and that a list has named since
        then as new: all that they say is news, as that of a new page.
        """
        address, revision = tables.address.c, tables.revision.c
        listed = sa.select(address.url, address.document).where(
            address.met == "news", address.document.is_not(None)
        )
        for row in self.connection.execute(listed).all():
            update_address(self.connection, row.url, {"met": None})
            current = find_document(self.connection, tables.document.c.id == row.document)
            told = sa.select(revision.number).where(
                revision.document == row.document, revision.first_look.is_(sa.false())
            )
            if current is None or self.connection.execute(told.limit(1)).first() is not None:
                continue
            page, number = current.read_page(), current.revision + 1
            self._insert(current.id, number, current.fetch, page, None, first=False)
            self._set_current(current.id, number, page)

    # -- steps

    def _record_loss(self, document: CurrentDocument, error: ArchiveError) -> None:
        """The bytes that the document was last extracted from are damaged."""
        mark_lost(self.connection, document.fetch, f"{error.reason}: {error.message}")
        requested = sa.select(tables.fetch.c.url).where(tables.fetch.c.id == document.fetch)
        request_whole(self.connection, self.connection.execute(requested).scalar_one())

    def _revise(
        self, fetch: Fetch, page: Page, url: str, identifier: DocumentId
    ) -> tuple[Outcome, Statement | None]:
        current = find_document(self.connection, tables.document.c.id == identifier)
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
                    text_hash=text_hash(page),
                )
            )
            is_old = self._was_there_before(fetch, page)
            news = [] if is_old else self._new_of(fetch, page)
            first = is_old or self._is_first_look(fetch)
            self._insert(identifier, 1, fetch.id, page, news, first=first)
            return Outcome.NEW, Statement(identifier, 1, page, first)
        old = current.read_page()
        difference = self._difference(current, page)
        # A listing is matched by no watch: when it becomes an article, all of it is news.
        untold = old.kind in NOT_NEWS and page.kind not in NOT_NEWS
        if not difference and not untold:
            return Outcome.UNCHANGED, None
        number = current.revision + 1
        first = fetch.source not in self._first_crawled
        self._insert(
            identifier,
            number,
            fetch.id,
            page,
            self._untold(current, page) if untold else self._news(current, page, difference),
            removed=list(difference.removed),
            first=first,
        )
        self._set_current(identifier, number, page)
        return Outcome.CHANGED, Statement(identifier, number, page, first)

    def _difference(self, current: CurrentDocument, page: Page) -> Change:
        """How the page differs from the current revision, or from what is left of that."""
        if current.text_removed:
            return change_without_text(Fingerprints.of_document(current), page)
        old = current.read_page()
        return change(old, current.created.date(), page, self.now.date(), self._widgets)

    def _news(self, current: CurrentDocument, page: Page, difference: Change) -> list[str]:
        """The added passages that say more than what other pages of the source are called, and that
        the document did not have before.

        Those come back after an error of the site that looked like a page, where it shows two forms
        of a page by turns, or where a change was taken back.
        """
        revision = tables.revision.c
        query = sa.select(revision.removed).where(
            revision.document == current.id, revision.removed.is_not(None)
        )
        had = {key for removed in self.connection.execute(query).scalars() for key in removed}
        added = tuple(key for key in difference.added if key not in had)
        return without_pointers(self.connection, current.source, page, added, self._widgets)

    def _untold(self, current: CurrentDocument, page: Page) -> list[str] | None:
        """Passages of a page that is no listing any more which it has not had as one before: an
        error of the site may have looked like a listing meanwhile. None: all of it.
        """
        revision = tables.revision.c
        query = sa.select(revision.page, revision.fingerprints).where(
            revision.document == current.id
        )
        had: frozenset[str] = frozenset()
        for content, saved in self.connection.execute(query):
            known = Fingerprints.of(Page.from_json(content), saved)
            if known.kind not in NOT_NEWS:
                had |= known.passages
        return sorted(Fingerprints.of(page).passages - had) if had else None

    def _new_of(self, fetch: Fetch, page: Page) -> list[str] | None:
        """Passages of a new document that are news; None: all of it.

        A page with a new address is a new document, but what it said at its old one is no news.
        """
        led_to = sa.select(tables.address.c.document).where(tables.address.c.url == fetch.url)
        before = find_document(self.connection, tables.document.c.id == led_to.scalar_subquery())
        if before is None:
            return None
        return news_of(Fingerprints.of_document(before), Fingerprints.of(page))

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
        self.count += 1
        self.connection.execute(
            sa.insert(tables.revision).values(
                document=identifier,
                number=number,
                seq=self._next_seq,
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
        self._next_seq += 1

    def _set_current(self, identifier: str, number: int, page: Page) -> None:
        self.connection.execute(
            sa.update(tables.document)
            .where(tables.document.c.id == identifier)
            .values(
                revision=number,
                published=page.published,
                rejected=None,
                text_hash=text_hash(page),
            )
        )

    def _learn_shape(self, fetch: Fetch, page: Page) -> None:
        """Whether addresses of this shape show the same again is asked of each address once."""
        if fetch.previous is None and fetch.given is None:
            day = fetch.fetched_at.date()
            said = what_it_says(page, fetch.url, lambda text: self._widgets.essence(text, day))
            self._shapes.record(fetch.source, fetch.url, said)

    def _counted_already(self, fetch: Fetch, identifier: DocumentId) -> bool:
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
        fetch: Fetch,
        outcome: Outcome,
        identifier: DocumentId | None,
        reason: str | None = None,
        *,
        page: Page | None = None,
        revised: Outcome | None = None,
    ) -> None:
        """Put the outcome on the page address and on its visit.

        `revised`: what the page meant to the document, independent of the outcome.
        """
        conclude_outcome(
            self.connection, self.run, fetch.url, outcome, document=identifier, reason=reason
        )
        address = self._address_of(fetch)
        compared = revised in (Outcome.CHANGED, Outcome.UNCHANGED)
        visit = Visit(
            fetch.fetched_at,
            outcome,
            revised == Outcome.CHANGED if compared else None,
            fetch.previous,
            fetch.lastmod_claim,
            fetch.validators_claim,
            page.published if page is not None else None,
        )
        changes = dict(self._visits.learn(address, visit))
        whole = outcome in READ_WELL and outcome != Outcome.PAYWALLED and not fetch.truncated
        changes["body_hash"] = fetch.body_hash if whole else None
        if outcome == Outcome.MOVED and fetch.final_url == fetch.url:
            # By its canonical address only: it is still here that the page is served.
            changes["next_due"] = fetch.fetched_at + REVISIT
        if identifier is not None:
            changes["document"] = identifier
        update_address(self.connection, fetch.url, changes)

    def _follow_redirect(self, fetch: Fetch, identifier: DocumentId, outcome: Outcome) -> None:
        """The page is requested at its new address from now on; its old document is `moved`."""
        led_to = sa.select(tables.address.c.document).where(tables.address.c.url == fetch.url)
        self.connection.execute(
            sa.update(tables.document)
            .where(
                tables.document.c.id == led_to.scalar_subquery(), tables.document.c.id != identifier
            )
            .values(last_outcome=Outcome.MOVED)
        )
        if find_address(self.connection, fetch.final_url) is None:
            insert_address(
                self.connection,
                {
                    "url": fetch.final_url,
                    "site": site(fetch.final_url),
                    "source": fetch.source,
                    "kind": "page",
                    "first_seen": fetch.fetched_at,
                    "last_fetch": fetch.fetched_at,
                    "status": fetch.status,
                    "failures": 0,
                    "unchanged": 0,
                    "next_due": fetch.fetched_at + REVISIT,
                    "document": identifier,
                    "last_outcome": outcome,
                },
            )

    def _drop_validators(self, fetch: Fetch) -> None:
        """The content of the page is unknown, so that the next request must be unconditional."""
        update_address(self.connection, fetch.url, {"etag": None, "last_modified": None})

    def _is_first_look(self, fetch: Fetch) -> bool:
        """Whether the page was there when its source was crawled for the first time.

        A first crawl may end at its budget: pages that it has seen are not news later either.
        Nor is what a backfill found.
        """
        first_crawled = self._first_crawled.get(fetch.source)
        address = self._address_of(fetch)
        ended = past_moment(self.connection, first_crawled, self.now)
        if first_crawled is None or ended is None or address.archive:
            return True
        # Both may come from one run whose clock was ahead of ours.
        return address.first_seen <= ended or self.now < address.first_seen <= first_crawled

    def _was_there_before(self, fetch: Fetch, page: Page) -> bool:
        """Whether the page is none that has just come, though it is met only now: no list names it
        that was read before, and its day is before its source was watched, or no recent one where
        the list that it was met by was first read days after the others.
        """
        watched_since = past_moment(
            self.connection, self._first_crawled.get(fetch.source), self.now
        )
        address = self._address_of(fetch)
        if watched_since is None or address.met is None or self._is_first_look(fetch):
            return False
        latest = latest_moment(page.published or address.published)
        if address.met == "late":
            # It may have been seen by a run whose clock was ahead of ours.
            return latest is None or latest < min(address.first_seen, self.now) - NEWS
        return latest is not None and latest < watched_since - NEWS

    def _address_of(self, fetch: Fetch) -> Address:
        address = find_address(self.connection, fetch.url)
        if address is None:
            raise LookupError(f"no address for the fetch of {fetch.url}")
        return address

    def _mark_extracted(self, fetch: Fetch, state: str, reason: str | None) -> None:
        mark_extracted(self.connection, fetch, state, reason, self.extractor)
