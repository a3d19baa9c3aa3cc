"""Our crawl and our article reader alone: title, text, authors and date, as JSON lines.

What the peers of the crawl benchmark do, and no more: no names, dates in the text or events, which
cost more than everything else and are measured apart.

    python -m benchmarks.article_only OUTPUT CONFIG HOME
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import sqlalchemy as sa

from crawler.archive import Archive
from crawler.frontier import ArchivePosition
from crawler.parsers.article import ArticleReader, PageWords
from crawler.parsers.dates import DateReader
from crawler.parsers.html import HtmlDocument
from crawler.parsers.raw_page import RawPage
from crawler.worker import read_pages
from indexer import database as db
from indexer.document import Page
from indexer.errors import ParseError
from indexer.reference import Reference
from radar.cli import main as radar


class ArticleOnly:
    """Reads the article of a page with the parts that `PageReader` uses."""

    def __init__(self, reference: Reference) -> None:
        self._articles = ArticleReader(
            PageWords(reference.languages), DateReader(reference.languages)
        )

    def read(self, raw: RawPage) -> Page:
        """Title, text, authors, date, language and kind; raises ParseError."""
        if raw.body is None:
            raise ParseError("no body", reason="empty")
        document = HtmlDocument.from_bytes(raw.body, raw.content_type)
        draft = self._articles.read(document, raw.url)
        return Page(
            url=raw.url,
            kind=draft.kind,
            lang=draft.lang,
            title=draft.title,
            text=draft.text,
            authors=draft.authors,
            published=draft.published,
        )


def archived(engine: sa.Engine, archive: Archive) -> Iterator[tuple[str, RawPage]]:
    """Address and bytes of every answer that waits to be read."""
    with engine.connect() as connection:
        rows = connection.execute(sa.select(db.fetch).where(db.fetch.c.state == "pending")).all()
    for row in rows:
        found = archive.read(ArchivePosition(row.file, row.offset, row.length))
        yield (
            row.final_url,
            RawPage(body=found.body, url=row.final_url, content_type=row.content_type),
        )


def main(output: Path, config: Path, home: Path) -> None:
    """Crawl, then read with as many workers as there are cores."""
    with suppress(SystemExit):
        radar(["run", "--only", "crawl", "--config", str(config), "--home", str(home)])
    engine = db.open_database(f"sqlite:///{home / 'radar.db'}")
    answers = read_pages(
        archived(engine, Archive(home / "archive")),
        config=config,
        workers=len(os.sched_getaffinity(0)),
        reader=f"{__spec__.name}:ArticleOnly" if __spec__ else "",
    )
    with output.open("w", encoding="utf-8") as file:
        for url, page in answers:
            if isinstance(page, Page):
                record = {
                    "url": url,
                    "title": page.title,
                    "text": page.text,
                    "authors": page.authors,
                    "date": page.published,
                }
                file.write(json.dumps(record, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
