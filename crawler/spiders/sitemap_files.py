"""The sitemaps of one source: files, and what their indexes list, newest first."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from crawler.discovery.sitemaps import ChildSitemap, SitemapContent, read_sitemap
from crawler.scrapy_settings import MAX_BODY
from crawler.spiders.documents import Documents
from crawler.spiders.found_links import FoundLinks
from crawler.spiders.source_run import SourceRun
from indexer.frontier.port import BackfillProgress, Response
from indexer.records.urls import canonical

SITEMAP_FILES = 50
"""Files below one sitemap index that are read in one run, at most: the newest ones."""
SITEMAP_DEPTH = 3
"""Indexes of indexes; the protocol knows one level."""


class SitemapFiles:
    """Reads the sitemaps of one source."""

    def __init__(self, run: SourceRun, documents: Documents, found: FoundLinks) -> None:
        self._run = run
        self._documents = documents
        self._found = found

    async def read(self, url: str) -> None:
        """A sitemap, and what an index lists. A backfill leaves out what an earlier one has read."""
        backfill = self._run.task.backfill
        most = SITEMAP_FILES if backfill is None else max(backfill.depth, 1) + 1
        waiting = [(url, 0)]
        asked: set[str] = set()
        while waiting and len(asked) < most:
            current, depth = waiting.pop(0)
            if current in asked:
                continue
            asked.add(current)
            content = await self._file(current)
            if content is None or depth >= SITEMAP_DEPTH:
                continue
            self._run.links += len(content.children)
            children = [
                c for c in content.children if self._run.owns(c.url) and not self._is_read(c)
            ]
            children.sort(key=lambda c: c.lastmod.timestamp() if c.lastmod else 0.0, reverse=True)
            waiting.extend((child.url, depth + 1) for child in children)

    async def _file(self, url: str) -> SitemapContent | None:
        run = self._run
        # An index is always asked for whole: unchanged, it would not tell its files again.
        fetched = await self._documents.read(
            url, _read, largest=MAX_BODY, conditional=run.task.backfill is None, keep=False
        )
        if fetched is None:
            return None
        answer, content = fetched
        if not content.children:
            self._documents.told(url, answer, keep=True)
        self._found.take(content.links)
        if content.complete and not answer.response.truncated:
            pages = [self._found.kept_as(link) for link in content.links]
            run.frontier.record_listing(run.source.id, canonical(url) or url, pages)
        if run.task.backfill is not None and content.links:
            run.frontier.save_backfill(
                run.source.id, url, BackfillProgress(run.task.backfill.since, None)
            )
            run.journal.told()
        return content

    def _is_read(self, file: ChildSitemap) -> bool:
        """Whether there is nothing in a file that is wanted and was not read before."""
        run = self._run
        if run.task.backfill is None:
            return self._is_unchanged(file)
        since = run.task.backfill.since
        done = run.frontier.load_backfill(run.source.id, file.url)
        if done is not None and done.since <= since:
            return True
        oldest = datetime.combine(since, time.min, UTC)
        return file.lastmod is not None and file.lastmod + timedelta(days=1) < oldest

    def _is_unchanged(self, file: ChildSitemap) -> bool:
        """Whether the index says that a file has not changed since it was read."""
        known = self._run.frontier.find(self._run.source.id, file.url)
        if known is None or known.last_fetch is None or file.lastmod is None:
            return False
        # A day stands for its beginning: a file that changed on the day of its reading counts as
        # changed.
        return file.lastmod + timedelta(days=1) < known.last_fetch


def _read(response: Response) -> SitemapContent:
    return read_sitemap(response.body, response.final_url)
