"""The stage extract: archived answers become pages, documents and revisions."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from crawler.archive.warc import Archive
from crawler.discovery.apis.api_items import page_of_item
from crawler.discovery.apis.api_lists import api_of_item
from crawler.parsers import EXTRACTOR_VERSION
from crawler.parsers.pool import PagePool
from crawler.parsers.raw_page import RawPage
from crawler.spiders.page_type import why_no_json
from indexer.database import tables
from indexer.documents.queries import outdated_documents, pending_fetches
from indexer.documents.translations import keep_versions
from indexer.events.facts import EventNames
from indexer.events.registry import EventRegistry, unlinked
from indexer.frontier.port import ArchivePosition, Response
from indexer.records.document import Page
from indexer.records.errors import ParseError, RadarError
from indexer.records.reference import Reference
from indexer.records.source import Source
from indexer.records.urls import canonical, identity, is_home, owned
from indexer.revisions.moves import follow_redirects
from indexer.revisions.revisions import Revisions
from radar.erasure.forgotten import Forgotten
from radar.stages.read_ahead import ReadingAhead
from radar.stages.same_text import document_shown

BATCH = 50
"""Answers that are kept between two commits: few enough that little is read twice after a crash."""
HELD = 200
"""Answers that are held while one before them is not there yet, at most."""


@dataclass(frozen=True, slots=True)
class Job:
    """An archived answer to read."""

    fetch: sa.Row[Any]
    document: sa.Row[Any] | None = None
    """The document that is read again because the extractor is newer; None: a first reading."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads archived answers in worker processes."""

    archive: Archive
    pool: PagePool[Hashable]
    sources: Mapping[str, Source]
    reference: Reference

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
        """Read what has not been read by this version; returns the number of new revisions.

        Older readings come first, so that what was fetched since is compared with like. Workers
        answer in any order; what they say is kept in the order of fetching. Pages that were read
        `ahead` are not read again.
        """
        self._link(connection, run, now, stopped)
        revisions = Revisions(connection, run, now, EXTRACTOR_VERSION, self.reference)
        forgotten = Forgotten(connection)
        for number, (job, answer) in enumerate(self.answers(connection, ahead), start=1):
            self._keep(revisions, job, answer, forgotten)
            progress(1)
            if number % BATCH == 0:
                connection.commit()
            if stopped():
                break
        follow_redirects(connection)
        connection.commit()
        return revisions.count

    def _link(
        self, connection: sa.Connection, run: int, now: datetime, stopped: Callable[[], bool]
    ) -> None:
        """Events of documents that were kept before events were, or that are to be linked anew."""
        events = EventRegistry(connection, run, now, EventNames(self.reference))
        while not stopped() and (statements := unlinked(connection, BATCH)):
            for statement in statements:
                events.state(statement)
            connection.commit()

    def _keep(
        self, revisions: Revisions, job: Job, answer: Page | ParseError, forgotten: Forgotten
    ) -> None:
        if job.document is not None:
            revisions.read_again(job.document, answer)
        elif isinstance(answer, ParseError):
            revisions.failed(job.fetch, answer)
        elif (url := self.document_url(job.fetch, answer)) in forgotten:
            revisions.forgotten(job.fetch)
        else:
            self._keep_page(revisions, job.fetch, answer, url, forgotten)

    def _keep_page(
        self,
        revisions: Revisions,
        fetch: sa.Row[Any],
        page: Page,
        url: str,
        forgotten: Forgotten,
    ) -> None:
        source = self.sources.get(fetch.source)
        shown = document_shown(revisions.connection, source, url, page)
        if shown is not None:
            revisions.shown_elsewhere(fetch, shown)
            return
        revisions.read(fetch, page, url)
        if source is not None and page.lang is not None:
            versions = [
                a for a in page.alternates if owned(source, a.url) and a.url not in forgotten
            ]
            keep_versions(revisions.connection, url, page.lang, versions)

    def answers(
        self, connection: sa.Connection, ahead: ReadingAhead | None = None
    ) -> Iterator[tuple[Job, Page | ParseError]]:
        """What has not been read by this version, each with what was read, in the order of
        fetching.
        """
        if ahead is not None:
            ahead.finish()
        asked: deque[Job] = deque()
        answers: dict[Hashable, Page | ParseError] = {}
        first = 0  # number of the job at the head of `asked`
        for number, job in enumerate(_jobs(connection)):
            asked.append(job)
            known = self._known(job, ahead)
            if isinstance(known, RawPage):
                self.pool.submit(number, known)
            else:
                answers[number] = known
            # Bodies are read from the archive as the workers get free, never all at once.
            if self.pool.busy or (self.pool.waiting and len(asked) >= HELD):
                answers |= self.pool.answers(patient=True)
            while first in answers:
                yield asked.popleft(), answers.pop(first)
                first += 1
        while asked:
            answers |= self.pool.answers(patient=True)
            while first in answers:
                yield asked.popleft(), answers.pop(first)
                first += 1

    def _known(self, job: Job, ahead: ReadingAhead | None) -> RawPage | Page | ParseError:
        """The answer to a job where there is one, else the page to read."""
        if ahead is not None and job.document is None:
            answer = ahead.answer(_position(job.fetch))
            if answer is not None:
                return answer
        try:
            return self.raw_page(job.fetch)
        except ParseError as error:
            return error
        except RadarError as error:
            return ParseError(error.message, reason="not-in-archive")

    def raw_page(self, fetch: sa.Row[Any]) -> RawPage:
        """The archived bytes, with what was said about them."""
        archived = self.archive.read(_position(fetch))
        given = fetch.given or {}
        form = given.get("form")
        if form is None:
            return self._page(
                fetch.source,
                archived.body,
                given.get("url", fetch.final_url),
                fetch.content_type,
                truncated=fetch.truncated,
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
        )

    def page_of(self, source: str, response: Response) -> RawPage:
        """A fetched page, as `raw_page` gives it once it is archived."""
        return self._page(
            source,
            response.body,
            response.final_url,
            response.headers.get("content-type"),
            truncated=response.truncated,
        )

    def _page(
        self, source: str, body: bytes, url: str, content_type: str | None, *, truncated: bool
    ) -> RawPage:
        known = self.sources.get(source)
        api = api_of_item(known, url) if known is not None else None
        if api is not None and why_no_json(body) is None:
            return page_of_item(body, url, content_type, api)
        return RawPage(body=body, url=url, content_type=content_type, truncated=truncated)

    def document_url(self, fetch: sa.Row[Any], page: Page) -> str:
        """The address that the page goes by: its own canonical one where the source owns that.

        A canonical that points to the home page is a mistake of the site, unless it is the home
        page.
        """
        source = self.sources.get(fetch.source)
        stated = canonical(page.canonical, fetch.final_url) if page.canonical else None
        if stated is None or source is None or not owned(source, stated):
            return str(fetch.final_url)
        if is_home(stated) and not is_home(fetch.final_url):
            return str(fetch.final_url)
        # http and https, and the www twin, are one page: the form that was fetched stays.
        return str(fetch.final_url) if identity(stated) == identity(fetch.final_url) else stated


def _position(fetch: sa.Row[Any]) -> ArchivePosition:
    return ArchivePosition(fetch.file, fetch.offset, fetch.length)


def _jobs(connection: sa.Connection) -> Iterator[Job]:
    after = ""
    while documents := outdated_documents(connection, EXTRACTOR_VERSION, after, BATCH):
        ids = [document.fetch for document in documents]
        rows = connection.execute(sa.select(tables.fetch).where(tables.fetch.c.id.in_(ids)))
        fetches = {row.id: row for row in rows}
        yield from (Job(fetches[document.fetch], document) for document in documents)
        after = documents[-1].id
    last = 0
    while fresh := pending_fetches(connection, EXTRACTOR_VERSION, last, BATCH):
        yield from (Job(fetch) for fetch in fresh)
        last = fresh[-1].id
