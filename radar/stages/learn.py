"""The stage learn: what the pages of a site have in common, before they are read.

Of each site with pages to read, a few are compared with what is known of it. Where they no longer
agree, or where there is more to learn from, the site is learnt from answers in the archive; also
where only some do not, for the site may have one more layout. What was read with another profile is
then extracted again, as after a new version of the extractor: no watch is told. What fails is
noted, and the pages are read without.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

import sqlalchemy as sa

from crawler.parsers import EXTRACTOR_VERSION
from crawler.parsers.pool import PagePool, answer_of
from crawler.parsers.raw_page import RawPage
from crawler.profiles.learning import Comparison, Lesson, SamplePage, compare, study
from indexer.frontier.fetches import Fetch
from indexer.frontier.run_record import past_moment
from indexer.profiles.learning_due import MOST, is_due, is_settled
from indexer.profiles.profile_records import (
    ProfileRecord,
    SiteKey,
    extract_again,
    save_profile,
)
from indexer.profiles.profile_samples import (
    newest_answers,
    outdated_sites,
    spread,
    stated_by_discovery,
    stated_of,
    waiting_pages,
)
from indexer.records.errors import ParseError
from radar.stages.site_profiles import Learnt, SiteProfiles, digest_of

if TYPE_CHECKING:
    from crawler.parsers.article import ArticleReader

logger = logging.getLogger(__name__)

COMPARED, SEVERAL = 10, 2
"""Pages of a site that are compared with its profile in a run, at most: enough to notice another
layout in the night in which it comes, few enough to cost next to nothing. How many of them make it
worth while to look for one more layout, though others agree.
"""
BYTES = 1 << 20
"""A longer answer is no sample: it would hold up the worker, and teach no more."""
AT_ONCE = 3
"""Sites whose pages are held in memory."""

A = TypeVar("A")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Learning:
    """Learns sites in one run; commits after each."""

    connection: sa.Connection
    pool: PagePool[Hashable]
    profiles: SiteProfiles
    raw_page: Callable[[Fetch], RawPage]
    """Reads an answer from the archive; raises ParseError."""
    now: datetime
    doubtful: set[SiteKey] = field(default_factory=set)
    """Sites of which several pages do not agree in this run."""

    def learn(
        self,
        *,
        show: Callable[[int, int], None] = lambda done, planned: None,
        stopped: Callable[[], bool] = lambda: False,
    ) -> list[str]:
        """Learn what is due; returns a line for each profile that this version can't use.

        `show`: called with the number of sites that were looked at, and of all.
        """
        waiting = waiting_pages(self.connection)
        sites = sorted({*waiting, *outdated_sites(self.connection, EXTRACTOR_VERSION)})
        unusable = list(self._unusable(sites))
        self._compare(waiting, stopped)
        due = self._due(sites, show, stopped)
        for key, lesson, future in self._in_workers(study, due):
            learnt = answer_of(future)
            self._save(key, Learnt.of(learnt, len(lesson.pages)))
        return unusable

    def _unusable(self, sites: Iterable[SiteKey]) -> Iterator[str]:
        for key in sites:
            why = self.profiles.site(key).unusable
            if why is not None:
                logger.warning("profile_unusable %s %s: %s", key.source, key.site, why)
                yield f"{key.site} ({key.source}): {why}"

    # -- pages that are read now are compared with what is known

    def _compare(
        self, waiting: Mapping[SiteKey, Sequence[Fetch]], stopped: Callable[[], bool]
    ) -> None:
        def known() -> Iterator[tuple[SiteKey, Comparison]]:
            for key, fetches in waiting.items():
                profile = self.profiles.site(key).profile
                if profile is not None and not stopped():
                    yield key, Comparison(profile, self._samples(spread(fetches, COMPARED)))

        for key, comparison, future in self._in_workers(compare, known()):
            answer = answer_of(future)
            record = self.profiles.site(key).record
            if isinstance(answer, ParseError) or record is None:
                logger.warning("profile_not_compared %s %s: %s", key.source, key.site, answer)
                continue
            # All that was fetched in this night is of the same layout as the first that was.
            first = waiting[key][0].fetched_at
            compared = record.compared([(first, agrees) for agrees in answer.layout])
            profile = comparison.profile
            if answer.articles != profile.articles:
                profile = replace(profile, articles=answer.articles)
                compared = replace(compared, content=profile.to_json())
            save_profile(self.connection, compared)
            self.connection.commit()
            self.profiles.put(compared, profile)
            if list(answer.layout).count(False) >= SEVERAL and not compared.has_stopped_agreeing:
                self.doubtful.add(key)

    # -- learning

    def _due(
        self,
        sites: Sequence[SiteKey],
        show: Callable[[int, int], None],
        stopped: Callable[[], bool],
    ) -> Iterator[tuple[SiteKey, Lesson]]:
        for number, key in enumerate(sites, start=1):
            if stopped():
                return
            show(number, len(sites))
            learnt = self.profiles.unsaved.get(key)
            if learnt is not None:
                self._save(key, learnt)
            elif samples := self._samples_to_learn(key):
                before = self.profiles.site(key).profile if key in self.doubtful else None
                yield key, Lesson(samples, before)

    def _samples_to_learn(self, key: SiteKey) -> list[SamplePage]:
        """The pages to learn the site from now; none if it is not due."""
        known = self.profiles.site(key)
        usable = known.profile is not None
        doubtful = key in self.doubtful
        if not doubtful and is_settled(known.record, self.now, usable=usable):
            return []
        answers = newest_answers(self.connection, key, self._since(known.record))
        if not doubtful and not is_due(known.record, len(answers), self.now, usable=usable):
            return []
        return self._samples(spread(answers, MOST))

    def _samples(self, fetches: Sequence[Fetch]) -> list[SamplePage]:
        """What the archive gives of these answers."""
        urls = {url for fetch in fetches for url in (fetch.url, fetch.final_url)}
        stated = stated_by_discovery(self.connection, urls)
        found = []
        for fetch in fetches:
            try:
                raw = replace(self.raw_page(fetch), profile=None)
            except ParseError:
                continue  # its own job says so
            if raw.text is None and len(raw.body or raw.html or "") <= BYTES:
                told = stated_of(fetch, stated.get)
                found.append(SamplePage(raw, fetch.fetched_at.date(), told.published, told.title))
        return found

    def _since(self, record: ProfileRecord | None) -> datetime | None:
        """From when on the pages of the site have the layout that it has now."""
        if record is None:
            return None
        told = record.doubted if record.has_stopped_agreeing else record.redesigned
        return past_moment(self.connection, told, self.now)

    def _save(self, key: SiteKey, learnt: Learnt) -> None:
        """Keep what was learnt, and have read again what it reads differently."""
        before = self.profiles.site(key).record
        since = self._since(before)
        record, profile = _record(key, learnt, before, since, self.now), learnt.profile
        if learnt.reason is not None:
            logger.warning("profile_not_learnt %s %s: %s", key.source, key.site, learnt.reason)
            if before is not None and not before.has_stopped_agreeing:
                profile = self.profiles.site(key).profile  # what there was is still good
        save_profile(self.connection, record)
        if record.digest != (before.digest if before is not None else None):
            again = extract_again(self.connection, key, since)
            facts = (key.source, key.site, learnt.pages, again)
            logger.info("profile_learnt %s %s pages=%d again=%d", *facts)
        self.connection.commit()
        self.profiles.put(record, profile)

    def _in_workers(
        self,
        function: Callable[[A, ArticleReader | None], T],
        tasks: Iterable[tuple[SiteKey, A]],
    ) -> Iterator[tuple[SiteKey, A, Future[T]]]:
        """What workers answer, in the order of the tasks, which are drawn as answers are taken."""
        under_way: deque[tuple[SiteKey, A, Future[T]]] = deque()
        for key, argument in tasks:
            under_way.append((key, argument, self.pool.call(function, argument)))
            if len(under_way) == AT_ONCE:
                yield under_way.popleft()
        yield from under_way


def _record(
    key: SiteKey,
    learnt: Learnt,
    before: ProfileRecord | None,
    since: datetime | None,
    now: datetime,
) -> ProfileRecord:
    """What is known of the site from now on; `since`: from when on its pages have this layout."""
    stopped = before is not None and before.has_stopped_agreeing
    if learnt.reason is not None and before is not None and not stopped:
        return replace(before, pages=learnt.pages, learnt=now, reason=learnt.reason)
    profile = learnt.profile
    return ProfileRecord(
        *key,
        version=profile.version if profile is not None else None,
        digest=digest_of(profile),
        content=profile.to_json() if profile is not None else None,
        pages=learnt.pages,
        learnt=now,
        reason=learnt.reason,
        redesigned=since,
    )
