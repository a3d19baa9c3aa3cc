"""The sitemaps of one source: files, and the files in their indexes, newest first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta

from crawler.discovery.sitemaps import ChildSitemap, SitemapContent, read_sitemap
from crawler.scrapy_settings import MAX_BODY
from crawler.spiders.source_discovery.documents import DiscoveryDocuments
from crawler.spiders.source_discovery.found_links import FoundLinks
from crawler.spiders.source_run import SourceRun
from indexer.frontier.port import BackfillProgress, Response
from indexer.records.instants import SKEW
from indexer.records.urls import canonical

SITEMAP_FILES = 50
"""Most files below one sitemap index that one run requests: the newest ones."""
MOST_FOUND = 200_000
"""New links from which on no further file is read: fifty full files have two and a half million,
which take some 950 MiB of memory, and no run requests so many.
"""
SITEMAP_DEPTH = 3
"""Levels of indexes; the protocol knows one."""
_DAY = timedelta(days=1)


class SitemapFiles:
    """Reads the sitemaps of one source."""

    def __init__(
        self, run: SourceRun, documents: DiscoveryDocuments, found: FoundLinks, now: datetime
    ) -> None:
        self._now = now
        self._run = run
        self._documents = documents
        self._found = found

    async def read(self, url: str) -> None:
        """Read a sitemap and the files of an index; a backfill skips what an earlier one read."""
        backfill = self._run.task.backfill
        most = SITEMAP_FILES if backfill is None else max(backfill.depth, 1) + 1
        waiting = [(url, 0)]
        requested: set[str] = set()
        while waiting and len(requested) < most and len(self._found.new) < MOST_FOUND:
            current, depth = waiting.pop(0)
            if current in requested:
                continue
            requested.add(current)
            content = await self._read_file(current)
            if content is None or depth >= SITEMAP_DEPTH:
                continue
            self._run.links += len(content.children)
            wanted, silent = list[ChildSitemap](), list[ChildSitemap]()
            for child in filter(lambda c: self._run.owns(c.url), content.children):
                (silent if self._is_read(child) else wanted).append(child)
            audited = self._audited(silent) if backfill is None else []
            files = [*_newest_first(wanted), *audited]
            waiting.extend((file.url, depth + 1) for file in files)

    async def _read_file(self, url: str) -> SitemapContent | None:
        run, was_read = self._run, self._run.was_read(url)
        # An index never saves validators: "not modified" would not name its files again.
        fetched = await self._documents.read(
            url,
            _read,
            largest=MAX_BODY,
            conditional=run.task.backfill is None,
            save_validators=False,
        )
        if fetched is None:
            return None
        answer, content = fetched
        with self._found.met(None if was_read else "aside"):
            await self._found.add_many(content.links)
        # After the links: what is not added is not skipped by the next run as unchanged.
        if not content.children:
            self._documents.record_read(canonical(url) or url, answer, save_validators=True)
        if content.complete and not answer.response.truncated:
            pages = [self._found.address_of(link) for link in content.links]
            run.frontier.record_listing(run.source.id, canonical(url) or url, pages)
        if run.task.backfill is not None and content.links:
            run.frontier.save_backfill(
                run.source.id, url, BackfillProgress(run.task.backfill.since, None)
            )
            run.journal.commit_full_batch()
        return content

    def _audited(self, silent: Sequence[ChildSitemap]) -> list[ChildSitemap]:
        """Of the files that an index calls unchanged, the newest one, and one by turns: the days of
        some indexes never move, and what comes into their files would not be found.
        """
        files = _newest_first(silent)
        by_turns = self._now.toordinal() % max(len(files), 1)
        return [file for number, file in enumerate(files) if number in (0, by_turns)]

    def _is_read(self, file: ChildSitemap) -> bool:
        """Whether a file has nothing that is both wanted and unread."""
        run = self._run
        if run.task.backfill is None:
            return self._is_unchanged(file)
        since = run.task.backfill.since
        done = run.frontier.load_backfill(run.source.id, file.url)
        if done is not None and done.since <= since:
            return True
        oldest = datetime.combine(since, time.min, UTC)
        return file.lastmod is not None and oldest - file.lastmod > _DAY

    def _is_unchanged(self, file: ChildSitemap) -> bool:
        """Whether a file has not changed since it was read, as its index states."""
        known = self._run.frontier.find(self._run.source.id, file.url)
        if known is None or known.last_fetch is None or file.lastmod is None:
            return False
        if known.last_fetch > self._now + SKEW:
            return False  # a clock that was ahead has read it: nobody knows when
        # A day counts from its beginning: a file that changed on the day it was read is changed.
        return known.last_fetch - file.lastmod > _DAY


def _newest_first(files: Sequence[ChildSitemap]) -> list[ChildSitemap]:
    """The files by their change; where the index states none, or the same of all, from its ends to
    its middle: the newest stands at one of them.
    """
    ends = [file for pair in zip(files, reversed(files), strict=True) for file in pair]
    return sorted(
        ends[: len(files)], key=lambda c: c.lastmod.timestamp() if c.lastmod else 0.0, reverse=True
    )


def _read(response: Response) -> SitemapContent:
    return read_sitemap(response.body, response.final_url)
