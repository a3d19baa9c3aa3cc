"""The stage extract: archived answers become pages, documents and revisions."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from crawler.archive import Archive
from crawler.frontier import ArchivePosition
from crawler.parsers import EXTRACTOR_VERSION
from crawler.parsers.page import RawPage
from crawler.urls import canonical, identity, is_home, owned
from crawler.worker import read_pages
from indexer import database as db
from indexer.document import Page
from indexer.errors import ParseError, RadarError
from indexer.revisions import Revisions, outdated_documents, pending_fetches
from indexer.source import Source

BATCH = 100
"""Answers that are read between two commits: few enough that little is read twice after a crash."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads archived answers in worker processes."""

    archive: Archive
    config: Path | None
    """The operator's configuration folder."""
    workers: int
    sources: Mapping[str, Source]

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

        Older readings come first, so that what was fetched since is compared with like.
        """
        revisions = Revisions(connection, run, now, EXTRACTOR_VERSION)
        before = revisions.count
        for documents in _batches(
            lambda after: outdated_documents(connection, EXTRACTOR_VERSION, after, BATCH), "", "id"
        ):
            if stopped():
                break
            self._read_again(connection, revisions, documents)
            progress(len(documents))
        for fetches in _batches(lambda after: pending_fetches(connection, after, BATCH), 0, "id"):
            if stopped():
                break
            self._read(connection, revisions, fetches)
            progress(len(fetches))
        return revisions.count - before

    def _read(
        self, connection: sa.Connection, revisions: Revisions, fetches: list[sa.Row[Any]]
    ) -> None:
        """Worker processes answer in any order; what they say is kept in the order of fetching."""
        answers = self._answers(fetches)
        for fetch in fetches:
            answer = answers[fetch.id]
            if isinstance(answer, ParseError):
                revisions.failed(fetch, answer)
            else:
                revisions.read(fetch, answer, self.document_url(fetch, answer))
        connection.commit()

    def _read_again(
        self, connection: sa.Connection, revisions: Revisions, documents: list[sa.Row[Any]]
    ) -> None:
        ids = [document.fetch for document in documents]
        query = sa.select(db.fetch).where(db.fetch.c.id.in_(ids))
        answers = self._answers(connection.execute(query).all())
        for document in documents:
            revisions.read_again(document, answers[document.fetch])
        connection.commit()

    def _answers(self, fetches: Iterable[sa.Row[Any]]) -> dict[int, Page | ParseError]:
        answers: dict[int, Page | ParseError] = {}

        def inputs() -> Iterator[tuple[int, RawPage]]:
            for fetch in fetches:
                try:
                    yield fetch.id, self.raw_page(fetch)
                except RadarError as error:
                    answers[fetch.id] = ParseError(error.message, reason="archive")

        # Bodies are read from the archive as the workers ask for them, never all at once.
        read = dict(read_pages(inputs(), config=self.config, workers=self.workers))
        return answers | read

    def raw_page(self, fetch: sa.Row[Any]) -> RawPage:
        """The archived bytes, with what was said about them."""
        archived = self.archive.read(ArchivePosition(fetch.file, fetch.offset, fetch.length))
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


def _batches(
    rows: Callable[[Any], list[sa.Row[Any]]], start: Any, key: str
) -> Iterator[list[sa.Row[Any]]]:
    """Successive batches, each beginning after the last row of the one before."""
    after = start
    while batch := rows(after):
        yield batch
        after = getattr(batch[-1], key)


def given_of_line(line: Mapping[str, Any]) -> dict[str, Any]:
    """What a line of `radar import` or `radar parse` hands in with its page."""
    published = line.get("published") or line.get("reference_date")
    return {
        "form": "html" if line.get("html") is not None else "text",
        "url": line.get("url"),
        "lang": line.get("lang"),
        "published": published,
    }


def json_line(record: Mapping[str, Any]) -> str:
    """One object of JSON lines."""
    return json.dumps(record, ensure_ascii=False)
