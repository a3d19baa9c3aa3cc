"""Extraction during the crawl, which mostly waits for sites and leaves the processors idle.

Results wait until the stage extract takes them, so that order and rules are the same as if
everything were extracted there. After a crash it is extracted there. Pages of sites that are still
to be learnt are left to it as well (`radar.stages.learn_ahead`).
"""

from __future__ import annotations

import dataclasses
import logging
from collections.abc import Callable, Hashable
from pathlib import Path
from typing import NamedTuple, Self

from crawler.parsers.pool import PagePool
from crawler.parsers.raw_page import RawPage
from crawler.profiles import SiteProfile
from crawler.profiles.learning import SamplePage
from indexer.database.engine import is_mistake
from indexer.frontier.port import ArchivePosition, Response
from indexer.profiles.profile_records import SiteKey
from indexer.records.document import Page
from indexer.records.errors import ParseError, RadarError
from indexer.records.stated import NOTHING_STATED, Stated
from radar.stages.learn_ahead import LearningAhead
from radar.stages.site_profiles import SiteProfiles, way_of_reading
from radar.stages.spool import Spool

logger = logging.getLogger(__name__)

BYTES = 8 << 20
"""Of pages that wait for a worker, at most; one more is left to the stage extract."""


class _Way(NamedTuple):
    """What tells whether a page is read alike twice."""

    profile: tuple[str | None, bool]
    """By `way_of_reading`."""
    stated: Stated


class _Sent(NamedTuple):
    """A page that a worker has."""

    size: int
    way: _Way
    """In which it is read."""


class ReadingAhead:
    """Takes pages as they are fetched, and returns the results after the crawl."""

    def __init__(
        self,
        pool: PagePool[Hashable],
        folder: Path,
        raw_page: Callable[[str, Response], RawPage],
        profiles: SiteProfiles,
    ) -> None:
        """`folder`: where results wait, in a file without a name. `raw_page` is given source and
        answer.
        """
        self._pool = pool
        self._raw_page = raw_page
        self._learning = LearningAhead(pool, profiles, folder)
        self._sent: dict[Hashable, _Sent] = {}
        self._spool = Spool(folder)
        self._places: dict[Hashable, tuple[int, _Way]] = {}
        """Where in the spool the answers lie, and in which way they were read."""
        self._failure: RadarError | None = None

    def __enter__(self) -> Self:
        """Nothing is open yet."""
        return self

    def __exit__(self, *error: object) -> None:
        """Drop the results that nobody took."""
        self._spool.__exit__(*error)
        self._learning.__exit__(*error)

    def expect(self) -> None:
        """Start the workers: there will be pages to read."""
        self._pool.start()

    def offer(
        self,
        position: ArchivePosition,
        source: str,
        response: Response,
        stated: Stated | None = None,
    ) -> None:
        """Read a fetched page if its site is known, and the workers have capacity. Never waits.

        `stated`: by `stated_of`.
        """
        self._collect(wait=False)
        if self._failure is not None:
            return
        try:
            self._offer(position, source, response, stated or NOTHING_STATED)
        except ParseError:
            return  # not a page: the stage extract records why
        except RadarError as error:
            self._failure = error  # the crawl continues; the stage extract can't
        except Exception as error:
            if not is_mistake(error):
                raise
            # Of our code; the stage extract meets it, too, and leaves the page out, not its source.
            logger.exception("page_not_read_ahead %s", response.url)

    def finish(self) -> None:
        """Wait for what is under way. Raises RadarError if workers could not start."""
        while self._sent and self._failure is None:
            self._collect(wait=True)
        if self._failure is not None:
            raise self._failure
        self._learning.finish()

    def answer(
        self,
        position: ArchivePosition,
        profile: SiteProfile | None,
        stated: Stated = NOTHING_STATED,
    ) -> Page | ParseError | None:
        """The result of a page; None if it was not read, or with another profile, or as something
        else was stated of it. Call it once for each, after `finish`.
        """
        place, way = self._places.pop(position, (None, None))
        if place is None or way != _Way(way_of_reading(profile), stated):
            return None
        answer: Page | tuple[str, str] = self._spool.get(place)
        return answer if isinstance(answer, Page) else ParseError(answer[1], reason=answer[0])

    def _offer(
        self, position: ArchivePosition, source: str, response: Response, stated: Stated
    ) -> None:
        raw = self._raw_page(source, response)
        key = SiteKey.of(source, response.final_url)
        moment = response.fetched_at
        sample = SamplePage(raw, moment.date(), stated.published, stated.title)
        if key is not None and raw.body is not None and self._learning.takes(key, sample, moment):
            return
        size = len(response.body)
        if size <= BYTES - sum(sent.size for sent in self._sent.values()):
            self._pool.submit(position, dataclasses.replace(raw, stated=stated))
            self._sent[position] = _Sent(size, _Way(way_of_reading(raw.profile), stated))

    def _collect(self, *, wait: bool) -> None:
        try:
            for position, answer in self._pool.results(wait=wait):
                sent = self._sent.pop(position)
                # Errors with arguments don't travel.
                kept = answer if isinstance(answer, Page) else (answer.reason, answer.message)
                self._places[position] = (self._spool.put(kept), sent.way)
        except RadarError as error:
            self._failure = error
