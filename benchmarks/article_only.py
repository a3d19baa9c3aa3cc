"""Our crawl and our article reader alone: title, text, authors and date, as JSON lines.

What the peers of the crawl benchmark do, and no more: no names, dates in the text or events, which
cost more than everything else and are measured apart.

    python -m benchmarks.article_only OUTPUT CONFIG HOME
"""

from __future__ import annotations

import json
import sys
import threading
from pathlib import Path

from crawler.archive import Archive
from crawler.parsers.article import ArticleReader, PageWords
from crawler.parsers.dates import DateReader
from crawler.parsers.html import HtmlDocument
from crawler.parsers.raw_page import RawPage
from crawler.worker import PagePool
from indexer.document import Page
from indexer.errors import ParseError
from indexer.reference import Reference
from indexer.run_record import RunRecord
from radar.clock import real_clock
from radar.crawling import crawl_sources
from radar.installation import Installation
from radar.reading import Reader
from radar.reading_ahead import ReadingAhead
from radar.settings import load_settings


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


def main(output: Path, config: Path, home: Path) -> None:
    """Crawl, and read meanwhile and afterwards with as many workers as there are cores."""
    installation = Installation(load_settings(config, home=home))
    settings = installation.settings
    pool = PagePool[int](
        config=config,
        workers=installation.workers,
        reader=f"{__spec__.name}:ArticleOnly" if __spec__ else "",
    )
    sources = {source.id: source for source in settings.sources}
    reader = Reader(Archive(settings.archive), pool, sources, installation.reference)
    with (
        installation.open_writer().connect() as connection,
        output.open("w", encoding="utf-8") as file,
        pool,
        ReadingAhead(pool, settings.home, reader.page_of) as ahead,
    ):
        run = RunRecord.start(connection, real_clock(), {}).id
        crawl_sources(
            installation,
            connection,
            run,
            settings.sources,
            clock=real_clock,
            everything=False,
            limit=None,
            backfill=None,
            progress=lambda *_: None,
            fetched=lambda _: None,
            ahead=ahead,
            stop=threading.Event(),
        )
        for job, page in reader.answers(connection, ahead):
            if isinstance(page, Page):
                line = {
                    "url": job.fetch.final_url,
                    "title": page.title,
                    "text": page.text,
                    "authors": page.authors,
                    "date": page.published,
                }
                file.write(json.dumps(line, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
