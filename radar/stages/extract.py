"""The stage extract: archived responses become pages, documents and revisions."""

from __future__ import annotations

import logging
from collections import Counter, deque
from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import datetime

import sqlalchemy as sa

from crawler.archive.warc import Archive
from crawler.discovery.apis.api_items import page_of_item
from crawler.discovery.apis.api_lists import api_of_item
from crawler.discovery.variants import (
    former_addresses,
    main_address,
    mirror_addresses,
    shorter_addresses,
)
from crawler.parsers import EXTRACTOR_VERSION
from crawler.parsers.pool import PagePool
from crawler.parsers.raw_page import RawPage
from crawler.profiles import SiteProfile
from crawler.spiders.page_type import why_no_json
from indexer.database.engine import is_mistake
from indexer.documents.queries import (
    CurrentDocument,
    counted_day,
    next_sequence,
    outdated_documents,
)
from indexer.documents.translations import keep_versions
from indexer.events.facts import EventNames
from indexer.events.registry import EventRegistry, unlinked_documents
from indexer.frontier.address import Address, delete_address, find_address
from indexer.frontier.fetches import Fetch, load_fetches, pending_fetches
from indexer.frontier.port import Response
from indexer.profiles.profile_samples import stated_by_discovery, stated_of
from indexer.records.document import Page
from indexer.records.errors import ArchiveError, ParseError
from indexer.records.reference import Reference
from indexer.records.source import Source
from indexer.records.stated import NOTHING_STATED, Stated
from indexer.records.urls import owns
from indexer.revisions.document_identity import (
    address_of,
    find_copy,
    find_original,
    find_same_text,
)
from indexer.revisions.former_hosts import FormerHosts
from indexer.revisions.moves import follow_redirects, follow_vanished
from indexer.revisions.revisions import Revisions
from indexer.revisions.stand_ins import StandIns
from indexer.revisions.swapped_passages import take_back_swapped
from indexer.text.volatile_text import VolatileText
from radar.erasure.erased_pages import ErasedPages
from radar.stages.commits import Commits
from radar.stages.read_ahead import ReadingAhead
from radar.stages.site_profiles import SiteProfiles

logger = logging.getLogger(__name__)

BATCH = 50
"""Answers that are kept between two commits: few enough that little is read twice after a crash."""
MOST_FAILED = 20
"""Pages of a run that can't be entered by a mistake in our code; one more ends the run."""
HELD = 200
"""Answers that are held while one before them is not there yet, at most."""


@dataclass(frozen=True, slots=True)
class Job:
    """An archived response to extract."""

    fetch: Fetch
    document: CurrentDocument | None = None
    """The document that a newer extractor extracts again; None: a first extraction."""


class _PageFailed(Exception):
    """A page can't be read or entered, by a mistake in our code."""

    def __init__(self, job: Job, error: Exception) -> None:
        super().__init__(job.fetch.url)
        self.job = job
        self.error = error


@contextmanager
def _blaming(job: Job) -> Iterator[None]:
    """Raise _PageFailed where it is the page, and not the database or the disk, that fails."""
    try:
        yield
    except Exception as error:
        if is_mistake(error):
            raise _PageFailed(job, error) from error
        raise


def _as_it_is(connection: sa.Connection, what: str) -> AbstractContextManager[None]:
    """Every mistake ends what comes after it."""
    del connection, what
    return nullcontext()


@dataclass(frozen=True, slots=True)
class _Entering:
    """What pages are entered with, and what decides on them."""

    revisions: Revisions
    erased: ErasedPages
    stand_ins: StandIns
    former_hosts: FormerHosts


@dataclass(frozen=True, slots=True)
class Extractor:
    """Extracts archived responses in worker processes."""

    archive: Archive
    pool: PagePool[Hashable]
    sources: Mapping[str, Source]
    reference: Reference
    profiles: SiteProfiles
    unread: Counter[str] = field(default_factory=Counter)
    """Archive file → responses in it that could not be read."""
    going_on: Callable[[sa.Connection, str], AbstractContextManager[None]] = _as_it_is
    """Within it, a mistake in our code at what is named ends nothing else."""

    def extract(
        self,
        connection: sa.Connection,
        run: int,
        now: datetime,
        *,
        ahead: ReadingAhead | None = None,
        progress: Callable[[int], None],
        stopped: Callable[[], bool],
    ) -> int:
        """Extract what this version has not extracted; returns the number of new revisions.

        Known documents come first, so that later fetches are compared with results of the same
        version. Workers finish in any order; results are written in the order of fetching. Pages
        that were extracted `ahead` are not extracted again.
        """
        with self.going_on(connection, "links of events"):
            self._link(connection, run, now, stopped)
        failures = revisions = 0
        while True:
            first = next_sequence(connection)
            try:
                return revisions + self._enter_all(
                    connection, run, now, ahead=ahead, progress=progress, stopped=stopped
                )
            except _PageFailed as failed:
                connection.rollback()
                failures += 1
                if failures > MOST_FAILED:
                    raise failed.error from None
                logger.exception("page_failed %s", failed.job.fetch.url)
                while self.pool.pending:  # or an answer would be taken for another page's
                    self._results(lambda: None)
                revisions += next_sequence(connection) - first
                self._give_up(Revisions(connection, run, now, EXTRACTOR_VERSION), failed)
                connection.commit()

    def _give_up(self, revisions: Revisions, failed: _PageFailed) -> None:
        """A page that we can't enter, by a mistake in our code: it must not hold up the others for
        ever.
        """
        message = f"{type(failed.error).__name__}: {failed.error}"[:500]
        error = ParseError(message, reason="internal-error")
        if failed.job.document is not None:
            revisions.record_new_extraction(failed.job.document, error)
        else:
            revisions.record_failure(failed.job.fetch, error)

    def _enter_all(
        self,
        connection: sa.Connection,
        run: int,
        now: datetime,
        *,
        ahead: ReadingAhead | None,
        progress: Callable[[int], None],
        stopped: Callable[[], bool],
    ) -> int:
        """Enter all that is read. Raises _PageFailed; what was not committed is read again."""
        revisions = Revisions(connection, run, now, EXTRACTOR_VERSION, self.reference)
        entering = _Entering(
            revisions, ErasedPages(connection), StandIns(connection, run), FormerHosts(connection)
        )
        commits = Commits(connection, BATCH)
        for job, answer in self.answers(connection, ahead, before_waiting=commits.flush):
            with _blaming(job):
                self._keep(entering, job, answer)
            commits.wrote()
            progress(1)
            if stopped():
                break
        else:
            self._settle(entering, stopped)
        connection.commit()
        with self.going_on(connection, "pages that lists name as new"):
            revisions.tell_listed()
            connection.commit()
        with self.going_on(connection, "passages that many pages gained"):
            take_back_swapped(connection, run, VolatileText.of(self.reference.languages))
            connection.commit()
        with self.going_on(connection, "pages that moved"):
            follow_redirects(connection, run)
            follow_vanished(connection, run)
            connection.commit()
        return revisions.count

    def _link(
        self, connection: sa.Connection, run: int, now: datetime, stopped: Callable[[], bool]
    ) -> None:
        """Link events of documents that are older than this feature or must be linked again."""
        events = EventRegistry(connection, run, now, EventNames(self.reference))
        for statements in unlinked_documents(connection, BATCH):
            if stopped():
                return
            for statement in statements:
                events.state(statement)
            connection.commit()

    def _keep(self, entering: _Entering, job: Job, answer: Page | ParseError) -> None:
        revisions = entering.revisions
        if isinstance(answer, Page) and answer.unread:
            logger.warning("parts_unread %s %s", job.fetch.url, "; ".join(answer.unread))
        if job.document is not None:
            revisions.record_new_extraction(job.document, answer)
        elif find_address(revisions.connection, job.fetch.url) is None:
            revisions.record_left(job.fetch)
        elif not entering.stand_ins.holds(job.fetch, answer):
            self._enter(entering, job.fetch, answer)

    def _settle(self, entering: _Entering, stopped: Callable[[], bool]) -> None:
        """Enter what was held, now that all answers are there. Stand-ins are written together: of
        half of them, the next run could not tell that they are some.
        """
        for number, held in enumerate(entering.stand_ins.settle(), start=1):
            if held.page is not None and number % BATCH == 0:  # All stand-ins are written.
                entering.revisions.connection.commit()
                if stopped():
                    return
            with _blaming(Job(held.fetch)):
                if find_address(entering.revisions.connection, held.fetch.url) is None:
                    entering.revisions.record_left(held.fetch)
                elif held.page is None:
                    entering.revisions.record_stand_in(held.fetch, held.words)
                else:
                    self._enter(entering, held.fetch, held.page)

    def _enter(self, entering: _Entering, fetch: Fetch, answer: Page | ParseError) -> None:
        if isinstance(answer, ParseError):
            entering.revisions.record_failure(fetch, answer)
        else:
            self._keep_page(entering, fetch, answer)

    def _keep_page(self, entering: _Entering, fetch: Fetch, page: Page) -> None:
        revisions, erased = entering.revisions, entering.erased
        source = self.sources.get(fetch.source)
        url = address_of(page, fetch.final_url, source)
        if url in erased:
            revisions.record_erased(fetch)
            return
        if source is not None:
            entering.former_hosts.lead_here(source, fetch, page, url)
        same = self._original_of(revisions, fetch, page, url)
        if same is not None:
            revisions.record_duplicate(fetch, page, same)
            return
        revisions.record_page(fetch, page, url)
        if source is not None and page.lang is not None:
            versions = [a for a in page.alternates if owns(source, a.url) and a.url not in erased]
            keep_versions(revisions.connection, url, page.lang, versions)

    def _original_of(self, revisions: Revisions, fetch: Fetch, page: Page, url: str) -> str | None:
        """Canonical address of the document that the page shows under another address."""
        source, connection = self.sources.get(fetch.source), revisions.connection
        twins = _twins(source, url) if source is not None else ()
        same = find_same_text(connection, fetch, page, url, twins)
        if same is not None or fetch.given is not None:
            return same
        original = find_original(connection, fetch, page)
        known = find_address(connection, original) if original is not None else None
        if known is not None and source is not None and _has_left(source, known):
            delete_address(connection, known.url)
            return None
        return original or find_copy(connection, revisions.run, fetch, page, url)

    def answers(
        self,
        connection: sa.Connection,
        ahead: ReadingAhead | None = None,
        *,
        before_waiting: Callable[[], None] = lambda: None,
    ) -> Iterator[tuple[Job, Page | ParseError]]:
        """What has not been read by this version, each with what was read, in the order of
        fetching. `before_waiting` is called whenever no answer is there yet.
        """
        if ahead is not None:
            ahead.finish()
        submitted: deque[Job] = deque()
        answers: dict[Hashable, Page | ParseError] = {}
        first = 0  # number of the job at the head of `submitted`
        for number, job in enumerate(_jobs(connection)):
            submitted.append(job)
            with _blaming(job):
                known = self._known(job, ahead, _stated(connection, job))
            if isinstance(known, RawPage):
                self.pool.submit(number, known)
            else:
                answers[number] = known
            # Bodies are read from the archive as the workers get free, never all at once.
            if self.pool.busy or (self.pool.pending and len(submitted) >= HELD):
                answers |= self._results(before_waiting)
            while first in answers:
                yield submitted.popleft(), answers.pop(first)
                first += 1
        while submitted:
            answers |= self._results(before_waiting)
            while first in answers:
                yield submitted.popleft(), answers.pop(first)
                first += 1

    def _results(self, before_waiting: Callable[[], None]) -> Mapping[Hashable, Page | ParseError]:
        """Results of workers, at least one; a page may take minutes."""
        ready = dict(self.pool.results(wait=False))
        if ready:
            return ready
        before_waiting()
        return dict(self.pool.results(wait=True))

    def _known(
        self, job: Job, ahead: ReadingAhead | None, stated: Stated
    ) -> RawPage | Page | ParseError:
        """The result of a job where there is one, else the page to extract."""
        if ahead is not None and job.document is None:
            answer = ahead.answer(job.fetch.position, self._profile_of(job.fetch), stated)
            if answer is not None:
                return answer
        try:
            return replace(self.raw_page(job.fetch), stated=stated)
        except ArchiveError as error:
            self.unread[job.fetch.file] += 1
            logger.warning("archive_unread %s %s", job.fetch.url, error.message)
            return error
        except ParseError as error:
            return error

    def raw_page(self, fetch: Fetch) -> RawPage:
        """The archived bytes, with their metadata."""
        if not fetch.file:
            raise ParseError(fetch.reason or "its response was removed", reason="removed")
        archived = self.archive.read(fetch.position, fetch.final_url)
        given = fetch.given or {}
        form = given.get("form")
        if form is None:
            return self._page(
                fetch.source,
                archived.body,
                given.get("url", fetch.final_url),
                fetch.content_type,
                truncated=fetch.truncated,
                fetched_at=fetch.fetched_at,
                profile=self._profile_of(fetch),
            )
        text = archived.body.decode()
        return RawPage(
            html=text if form == "html" else None,
            text=text if form == "text" else None,
            url=given.get("url", fetch.final_url),
            content_type=fetch.content_type,
            lang=given.get("lang"),
            published=given.get("published"),
            truncated=fetch.truncated,
            profile=self._profile_of(fetch) if form == "html" else None,
        )

    def _profile_of(self, fetch: Fetch) -> SiteProfile | None:
        return self.profiles.of(fetch.source, fetch.final_url, fetch.fetched_at)

    def page_of(self, source: str, response: Response) -> RawPage:
        """A fetched page, as `raw_page` gives it once it is archived."""
        return self._page(
            source,
            response.body,
            response.final_url,
            response.headers.get("content-type"),
            truncated=response.truncated,
            fetched_at=response.fetched_at,
            profile=self.profiles.of(source, response.final_url),
        )

    def _page(
        self,
        source: str,
        body: bytes,
        url: str,
        content_type: str | None,
        *,
        truncated: bool,
        fetched_at: datetime,
        profile: SiteProfile | None,
    ) -> RawPage:
        known = self.sources.get(source)
        api = api_of_item(known, url) if known is not None else None
        if api is not None and why_no_json(body) is None:
            return page_of_item(body, url, content_type, api)
        return RawPage(
            body=body,
            url=url,
            content_type=content_type,
            truncated=truncated,
            fetched=fetched_at.date(),
            fetched_at=fetched_at,
            profile=profile,
        )


def _stated(connection: sa.Connection, job: Job) -> Stated:
    """What the site says of a page that was fetched, and the day that it counted when it was read
    before; nothing of one that was handed in.
    """
    fetch = job.fetch
    if fetch.given is not None:
        return NOTHING_STATED
    told = stated_of(fetch, stated_by_discovery(connection, {fetch.url, fetch.final_url}).get)
    known = job.document.id if job.document is not None else None
    return told._replace(counted=counted_day(connection, fetch.url, known))


def _twins(source: Source, url: str) -> Iterator[str]:
    """Addresses that may show the same page: without the mark of a print version or a
    checksum, without any one of its parameters, on mirrors.
    """
    yield from former_addresses(url)
    yield from shorter_addresses(url)
    yield from mirror_addresses(source, main_address(url) or url)


def _has_left(source: Source, address: Address) -> bool:
    """Whether it is on a host that the source has left, and no other source's: nobody requests it
    there any more.
    """
    return address.source == source.id and not owns(source, address.url)


def _jobs(connection: sa.Connection) -> Iterator[Job]:
    after = ""
    while documents := outdated_documents(connection, EXTRACTOR_VERSION, after, BATCH):
        ids = [document.fetch for document in documents]
        fetches = load_fetches(connection, ids)
        yield from (Job(fetches[document.fetch], document) for document in documents)
        after = documents[-1].id
    last = 0
    while fresh := pending_fetches(connection, EXTRACTOR_VERSION, last, BATCH):
        yield from (Job(fetch) for fetch in fresh)
        last = fresh[-1].id
