"""The stage extract: archived answers become pages, documents and revisions."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from crawler.archive import Archive
from crawler.discovery.apis import api_of_item
from crawler.frontier import ArchivePosition
from crawler.parsers import EXTRACTOR_VERSION
from crawler.parsers.api_items import page_of_item
from crawler.parsers.raw_page import RawPage
from crawler.spiders.page_type import why_no_json
from crawler.urls import canonical, identity, is_home, owned
from crawler.worker import read_pages
from indexer import database as db
from indexer.document import Page
from indexer.documents import outdated_documents, pending_fetches
from indexer.errors import ParseError, RadarError
from indexer.events.facts import EventNames
from indexer.events.registry import EventRegistry, unlinked
from indexer.moves import follow_redirects
from indexer.reference import Reference
from indexer.revisions import Revisions
from indexer.source import Source
from indexer.versions import keep_versions
from radar.folding import document_shown

BATCH = 50
"""Answers that are kept between two commits: few enough that little is read twice after a crash."""


@dataclass(frozen=True, slots=True)
class _Job:
    """An archived answer to read."""

    fetch: sa.Row[Any]
    document: sa.Row[Any] | None = None
    """The document that is read again because the extractor is newer; None: a first reading."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads archived answers in worker processes."""

    archive: Archive
    config: Path | None
    """The operator's configuration folder."""
    workers: int
    sources: Mapping[str, Source]
    reference: Reference

    def extract(
        self,
        connection: sa.Connection,
        run: int,
        now: datetime,
        *,
        progress: Callable[[int], None],
        stopped: Callable[[], bool],
    ) -> int:
        """Read what has not been read by this version; returns the number of new revisions.

        Older readings come first, so that what was fetched since is compared with like. Workers
        answer in any order; what they say is kept in the order of fetching.
        """
        self._link(connection, run, now, stopped)
        revisions = Revisions(connection, run, now, EXTRACTOR_VERSION, self.reference)
        for number, (job, answer) in enumerate(self._answers(_jobs(connection)), start=1):
            self._keep(revisions, job, answer)
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

    def _keep(self, revisions: Revisions, job: _Job, answer: Page | ParseError) -> None:
        if job.document is not None:
            revisions.read_again(job.document, answer)
        elif isinstance(answer, ParseError):
            revisions.failed(job.fetch, answer)
        else:
            self._keep_page(revisions, job.fetch, answer)

    def _keep_page(self, revisions: Revisions, fetch: sa.Row[Any], page: Page) -> None:
        url = self.document_url(fetch, page)
        source = self.sources.get(fetch.source)
        shown = document_shown(revisions.connection, source, url, page)
        if shown is not None:
            revisions.shown_elsewhere(fetch, shown)
            return
        revisions.read(fetch, page, url)
        if source is not None and page.lang is not None:
            versions = [a for a in page.alternates if owned(source, a.url)]
            keep_versions(revisions.connection, url, page.lang, versions)

    def _answers(self, jobs: Iterator[_Job]) -> Iterator[tuple[_Job, Page | ParseError]]:
        """Every job with its answer, in the order of the jobs."""
        asked: deque[_Job] = deque()
        answers: dict[int, Page | ParseError] = {}
        first = 0  # number of the job at the head of `asked`

        def inputs() -> Iterator[tuple[int, RawPage]]:
            for number, job in enumerate(jobs):
                asked.append(job)
                try:
                    yield number, self.raw_page(job.fetch)
                except ParseError as error:
                    answers[number] = error
                except RadarError as error:
                    answers[number] = ParseError(error.message, reason="not-in-archive")

        # Bodies are read from the archive as the workers get free, never all at once.
        for number, answer in read_pages(inputs(), config=self.config, workers=self.workers):
            answers[number] = answer
            while first in answers:
                yield asked.popleft(), answers.pop(first)
                first += 1
        while asked:
            yield asked.popleft(), answers.pop(first)
            first += 1

    def raw_page(self, fetch: sa.Row[Any]) -> RawPage:
        """The archived bytes, with what was said about them."""
        archived = self.archive.read(ArchivePosition(fetch.file, fetch.offset, fetch.length))
        source = self.sources.get(fetch.source)
        api = api_of_item(source, fetch.final_url) if source is not None else None
        if api is not None and why_no_json(archived.body) is None:
            return page_of_item(archived.body, fetch.final_url, fetch.content_type, api)
        given = fetch.given or {}
        form = given.get("form")
        text = archived.body.decode() if form else None
        return RawPage(
            body=None if form else archived.body,
            html=text if form == "html" else None,
            text=text if form == "text" else None,
            url=given.get("url", fetch.final_url),
            content_type=fetch.content_type,
            lang=given.get("lang"),
            published=given.get("published"),
            truncated=fetch.truncated,
        )

    def document_url(self, fetch: sa.Row[Any], page: Page) -> str:
        """The address that the page goes by: its own canonical one where the source owns that.

        A canonical that points to the home page is a mistake of the site, unless it is the home page.
        """
        source = self.sources.get(fetch.source)
        stated = canonical(page.canonical, fetch.final_url) if page.canonical else None
        if stated is None or source is None or not owned(source, stated):
            return str(fetch.final_url)
        if is_home(stated) and not is_home(fetch.final_url):
            return str(fetch.final_url)
        # http and https, and the www twin, are one page: the form that was fetched stays.
        return str(fetch.final_url) if identity(stated) == identity(fetch.final_url) else stated


def _jobs(connection: sa.Connection) -> Iterator[_Job]:
    after = ""
    while documents := outdated_documents(connection, EXTRACTOR_VERSION, after, BATCH):
        ids = [document.fetch for document in documents]
        rows = connection.execute(sa.select(db.fetch).where(db.fetch.c.id.in_(ids)))
        fetches = {row.id: row for row in rows}
        yield from (_Job(fetches[document.fetch], document) for document in documents)
        after = documents[-1].id
    last = 0
    while fresh := pending_fetches(connection, EXTRACTOR_VERSION, last, BATCH):
        yield from (_Job(fetch) for fetch in fresh)
        last = fresh[-1].id
