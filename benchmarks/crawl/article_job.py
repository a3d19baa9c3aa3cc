"""Our crawl with the article reader alone: title, text, authors and date, as JSON lines.

What the peers of the crawl benchmark do, and no more: no names, dates in the text or events, which
cost more than everything else and are measured apart.
"""

from __future__ import annotations

import json
from collections.abc import Hashable
from contextlib import ExitStack
from pathlib import Path

from crawler.archive.warc import Archive
from crawler.parsers.pool import PagePool
from indexer.frontier.run_record import RunRecord
from indexer.records.document import Page
from radar.configuration.settings import load_settings
from radar.installation.clock import real_clock
from radar.installation.installation import Installation
from radar.stages.crawl import CrawlHooks, CrawlPlan, crawl_sources
from radar.stages.extract import Extractor
from radar.stages.learn import Learning
from radar.stages.read_ahead import ReadingAhead
from radar.stages.site_profiles import SiteProfiles

READER = "benchmarks.crawl.article_reader:ArticleOnly"


def crawl_and_read(output: Path, config: Path, home: Path) -> None:
    """Crawl, and read meanwhile and afterwards with as many workers as there are cores."""
    installation = Installation(load_settings(config, home=home))
    settings = installation.settings
    pool = PagePool[Hashable](
        config=config,
        workers=installation.workers,
        reader=READER,
    )
    sources = {source.id: source for source in settings.sources}
    with (
        ExitStack() as opened,
        installation.open_writer().connect() as connection,
        output.open("w", encoding="utf-8") as file,
        pool,
    ):
        profiles = SiteProfiles(connection)
        extractor = Extractor(
            Archive(settings.archive), pool, sources, installation.reference, profiles
        )
        ahead = opened.enter_context(ReadingAhead(pool, settings.home, extractor.page_of, profiles))
        run = RunRecord.start(connection, real_clock(), {}).id
        crawl_sources(
            installation,
            connection,
            run,
            CrawlPlan(settings.sources),
            CrawlHooks(ahead=ahead),
            clock=real_clock,
        )
        ahead.finish()
        Learning(connection, pool, profiles, extractor.raw_page, real_clock()).learn()
        for job, page in extractor.answers(connection, ahead):
            if isinstance(page, Page):
                line = {
                    "url": job.fetch.final_url,
                    "title": page.title,
                    "text": page.text,
                    "authors": page.authors,
                    "date": page.published,
                }
                file.write(json.dumps(line, ensure_ascii=False) + "\n")
